"""Residents and other systems report over HTTP: once for each key, the point in any system, the answers checked, floods braked."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hexi.core.data.tests.conftest import COMMUNITY, Person
from hexi.core.space.api import Datum, convert, distance_m
from hexi.modules.cases import intake
from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.models import Case

HERE = (117.223000, 39.096000)
LAMP = {"kind": "lamp", "title": "路灯不亮", "category": "light.out", "place": COMMUNITY, "reporter": {"name": "示例·甲", "phone": "13800000000"}}


def send(who: Person, body: dict[str, Any], key: str = "") -> Any:
    return who.send("POST", "/api/cases", body, **({"HTTP_IDEMPOTENCY_KEY": key} if key else {}))


def test_a_report_gets_its_number_its_secret_and_what_happens_next(rules: None, person: Callable[..., Person]) -> None:
    got = send(person(), LAMP)
    assert got.status_code == 201, got.content
    told = got.json()
    case = Case.objects.get(number=told["number"])
    assert told["state"] == {"key": "received", "zh": "待受理", "en": "received"}
    assert told["clock"]["key"] == "accepting"
    assert told["due_at"] == f"{case.due_at:%Y-%m-%dT%H:%M:%SZ}"
    assert told["next"]["zh"].startswith("下一步由受理中心办理：受理，时限 ")
    assert told["follow"]["address"] == f"/m/cases/{case.number}#{told['follow']['secret']}"
    assert case.source == "resident"


def test_the_same_key_is_answered_with_the_same_case_and_200(rules: None, person: Callable[..., Person]) -> None:
    who, key = person(), str(uuid.uuid4())
    first, second = send(who, LAMP, key), send(who, LAMP, key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert {k: v for k, v in second.json().items() if k != "again"} == {k: v for k, v in first.json().items() if k != "again"}
    assert second.json()["again"] is True
    assert Case.objects.count() == 1
    assert send(who, {**LAMP, "client_id": key}).status_code == 200


def test_a_stranger_who_hits_upon_the_key_of_another_gets_nothing_of_theirs(rules: None, person: Callable[..., Person]) -> None:
    key = str(uuid.uuid4())
    secret = send(person(), LAMP, key).json()["follow"]["secret"]
    got = send(person(), {**LAMP, "reporter": {"phone": "13900000000"}}, key)
    assert got.status_code == 409
    assert secret not in got.content.decode()
    short = send(person(), LAMP, "1")
    assert (short.status_code, short.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000", "gcj02", "bd09"])
def test_a_point_is_kept_in_wgs84_whatever_system_it_was_measured_in(rules: None, person: Callable[..., Person], datum: str) -> None:
    lon, lat = convert(*HERE, Datum.WGS84, Datum(datum))
    got = send(person(), {**LAMP, "point": {"lon": lon, "lat": lat, "datum": datum}})
    case = Case.objects.get(number=got.json()["number"])
    assert distance_m((float(case.lon), float(case.lat)), HERE) < 0.5


def test_a_point_without_its_datum_is_refused(rules: None, person: Callable[..., Person]) -> None:
    got = send(person(), {**LAMP, "point": {"lon": 117.2, "lat": 39.1}})
    assert got.status_code == 422
    assert got.json()["errors"][0]["field"].endswith("point.datum")


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"title": " "}, "title"), ({"category": "nothing"}, "category"), ({"source": "hotline"}, "source"), ({"colour": "red"}, "colour"),
        ({"occurred_at": "1001-01-01T00:00:00Z"}, "occurred_at"), ({"occurred_at": "2999-01-01T00:00:00Z"}, "occurred_at"),
        ({"reporter": {"phone": "call me"}}, "reporter.phone"), ({"files": [9]}, "files"), ({"files": [2**70]}, "files"), ({"files": [-(2**70)]}, "files"), ({"answers": {"colour": "red"}}, "answers.colour"),
        ({"answers": {"lamps": 0}}, "answers.lamps"),
    ],
)  # fmt: skip
def test_a_faulty_report_names_its_field_and_keeps_nothing(rules: None, person: Callable[..., Person], wrong: dict[str, Any], field: str) -> None:
    got = send(person(), {**LAMP, **wrong})
    assert got.status_code == 422, got.content
    assert [one["field"].removeprefix("new.") for one in got.json()["errors"]] == [field]
    assert not Case.objects.exists()


def test_answers_are_kept_as_the_form_of_the_kind_reads_them(rules: None, person: Callable[..., Person]) -> None:
    got = send(person(), {**LAMP, "answers": {"lamps": "3", "pole": " A-12 "}})
    assert got.status_code == 201, got.content
    assert Case.objects.get(number=got.json()["number"]).answers == {"lamps": 3, "pole": "A-12", "sort": "out", "seen": []}


def test_an_unknown_kind_is_not_found_and_one_of_the_desk_is_forbidden(rules: None, person: Callable[..., Person]) -> None:
    assert send(person(), {**LAMP, "kind": "lamps"}).status_code == 404
    assert send(person(), {**LAMP, "kind": "alarm"}).status_code == 403


def test_an_office_behind_one_address_is_not_locked_out_but_one_telephone_is(rules: None, person: Callable[..., Person], settings: Any) -> None:
    settings.REPORTS_PER_PERSON, settings.REPORTS_PER_ADDRESS = 3, 8
    who = person()
    codes = [send(who, {**LAMP, "reporter": {"phone": f"1380000000{n}"}}).status_code for n in range(4)]
    assert codes == [201] * 4
    again = [send(who, {**LAMP, "reporter": {"phone": "+86 138-0000-0000"}}) for _ in range(3)]
    assert [got.status_code for got in again] == [201, 201, 429]
    assert int(again[-1]["Retry-After"]) > 0
    assert send(who, {**LAMP, "reporter": {"phone": "13900000000"}}).status_code == 201
    assert send(who, {**LAMP, "reporter": {"phone": "13900000001"}}).status_code == 429


def test_a_retry_with_its_key_is_not_counted_as_another_report(rules: None, person: Callable[..., Person], settings: Any) -> None:
    settings.REPORTS_PER_PERSON = 1
    who, key = person(), str(uuid.uuid4())
    assert [send(who, LAMP, key).status_code for _ in range(3)] == [201, 200, 200]


def test_the_desk_takes_in_a_call_without_a_brake(rules: None, desk: Person, settings: Any) -> None:
    settings.REPORTS_PER_ADDRESS = 1
    assert [send(desk, {**LAMP, "source": "hotline"}).status_code for _ in range(3)] == [201] * 3


@pytest.mark.django_db(transaction=True)
def test_nothing_is_looked_up_while_the_transaction_of_a_report_is_open(rules: None, person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []

    def places_at(*_: Any) -> list[None]:
        held.append(connection.in_atomic_block)
        return [None]

    monkeypatch.setattr(intake, "places_at", places_at)
    got = send(person(), {**LAMP, "place": "", "point": {"lon": HERE[0], "lat": HERE[1], "datum": "wgs84"}})
    assert got.status_code == 201
    assert held == [False]


def test_no_log_line_carries_secret_telephone_or_words_of_a_report(rules: None, person: Callable[..., Person], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    who = person()
    told = send(who, LAMP).json()
    secret = told["follow"]["secret"]
    monkeypatch.setattr("hexi.modules.cases.following.progress", lambda _: 1 / 0)
    with caplog.at_level(logging.DEBUG):
        assert who.send("GET", f"/api/cases/{told['number']}/progress", HTTP_X_CASE_SECRET=secret).status_code == 500
        assert who.get(f"/api/cases/{told['number']}/progress", secret=secret).status_code == 500
    assert caplog.records
    logged = caplog.text.replace("\n", " ")
    assert secret not in logged
    assert "13800000000" not in logged


def test_what_no_database_keeps_is_taken_out_of_a_report(rules: None, person: Callable[..., Person]) -> None:
    got = send(person(), {**LAMP, "title": "路灯\x00不亮", "description": "a\ud800b"})
    assert got.status_code == 201
    assert Case.objects.get(number=got.json()["number"]).title == "路灯不亮"


def test_the_engine_takes_a_report_of_another_system_with_the_same_key_once(rules: None, desk: Person) -> None:
    key = "hotline-1"
    one, two = (intake.open_case(desk.viewer, NewCase("lamp", "路灯不亮", key=key)) for _ in range(2))
    assert (two.case.pk, two.again) == (one.case.pk, True)
