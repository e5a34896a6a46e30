"""The register of devices: enrolment by a code that counts once, keys that nobody can read back, revocation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hexi.core.data.parameters import Parameter, enter_parameters
from hexi.core.sensing.api import fleet
from hexi.core.sensing.devices import sample
from hexi.core.sensing.devices.cards import simulated_keys
from hexi.core.sensing.devices.keys import digest
from hexi.core.sensing.devices.models import Device
from hexi.core.sensing.tests.conftest import COMMUNITY, STREET, Gadget, Person
from hexi.core.trust.models import Event

pytestmark = pytest.mark.django_db
People = Callable[..., Person]
NEW = {"name": "示例·厨房烟感", "kind": "smoke", "maker": "示例厂", "place": COMMUNITY, "person": "王小明"}


def registered(steward: Person) -> dict[str, Any]:
    answer = steward.post("/api/records/sensing.device", {"values": NEW})
    assert answer.status_code == 201, answer.content
    return answer.json()


def act(steward: Person, number: int, action: str) -> Any:
    version = Device.objects.get(pk=number).version
    return steward.post(f"/api/records/sensing.device/{number}/actions/{action}", {"version": version, "why": "示例", "values": {}})


def exchanged(code: str) -> Any:
    return Client().post("/api/devices/enrol", {"code": code}, content_type="application/json")


def test_a_device_gets_its_key_for_a_code_and_the_code_counts_once(person: People) -> None:
    steward = person("data_steward", STREET)
    number = registered(steward)["record"]["id"]
    code = act(steward, number, "give_code").json()["once"]["code"]
    answer = exchanged(code.lower())
    assert answer.status_code == 201
    row = Device.objects.get(pk=number)
    assert (row.state, answer.json()["device"], answer.json()["topic"]) == ("active", row.code, f"hexi/readings/{row.code}")
    assert (exchanged(code).status_code, exchanged(code).json()["code"]) == (401, "wrong_code")
    shown = steward.get(f"/api/records/sensing.device/{number}").content.decode()
    kept = shown + str(list(Event.objects.values_list("before", "after"))) + str(list(Device.objects.values()))
    assert answer.json()["key"] not in kept
    assert code not in kept


def test_a_code_that_is_too_old_or_was_followed_by_another_counts_no_more(person: People) -> None:
    steward = person("data_steward", STREET)
    number = registered(steward)["record"]["id"]
    old = act(steward, number, "give_code").json()["once"]["code"]
    new = act(steward, number, "give_code").json()["once"]["code"]
    assert exchanged(old).status_code == 401
    Device.objects.filter(pk=number).update(code_until=timezone.now() - timedelta(seconds=1))
    assert exchanged(new).status_code == 401
    assert Device.objects.get(pk=number).state == "enrolled"


def test_whoever_guesses_codes_is_slowed_down(person: People) -> None:
    enter_parameters()
    Parameter.objects.filter(key="enrolment_attempts").update(value=2)
    from hexi.core.data import parameters

    parameters.forget()
    assert [exchanged("AAAAA-BBBBB").status_code for _ in range(3)] == [401, 401, 429]


def test_a_revoked_device_is_refused_at_once_and_a_new_code_brings_it_back(person: People, gadget: Callable[..., Gadget]) -> None:
    steward, one = person("data_steward", STREET), gadget()
    assert one.send({"kind": "smoke", "value": 1}).status_code == 503, "its key is right, only the intake does not run here"
    assert act(steward, one.row.pk, "revoke").status_code == 200
    assert one.send({"kind": "smoke", "value": 1}).status_code == 401
    assert Event.objects.filter(entity="sensing.device", action="revoke", why="示例").exists()
    one.key = exchanged(act(steward, one.row.pk, "give_code").json()["once"]["code"]).json()["key"]
    assert one.send({"kind": "smoke", "value": 1}).status_code == 503


def test_the_register_follows_the_one_permission_predicate(person: People, gadget: Callable[..., Gadget]) -> None:
    here = gadget(person="王小明")
    elsewhere = gadget(place="120103002")
    steward = person("data_steward", STREET)
    rows = steward.get("/api/records/sensing.device").json()["rows"]
    assert [row["id"] for row in rows] == [here.row.pk]
    assert act(steward, elsewhere.row.pk, "revoke").status_code == 404
    worker = person("community_worker", STREET)
    assert worker.get(f"/api/records/sensing.device/{here.row.pk}").status_code == 404, "whom no grant lets read them"
    auditor = person("auditor", "120103")
    seen = auditor.get(f"/api/records/sensing.device/{here.row.pk}").json()["record"]
    assert seen["person"] != "王小明"
    assert act(auditor, here.row.pk, "revoke").status_code == 403


def test_what_the_intake_writes_no_form_changes(person: People) -> None:
    steward = person("data_steward", STREET)
    made = steward.post("/api/records/sensing.device", {"values": NEW | {"state": "active", "code": "mine", "received": 9}})
    row = Device.objects.order_by("-pk").first()
    assert made.status_code in {201, 422}
    assert row is None or (row.state, row.received) == ("enrolled", 0)


def test_simulated_devices_stand_in_the_homes_of_people_and_only_their_installation_knows_their_keys(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(sample, "_people", lambda most: [("samples.thing:7", COMMUNITY)][:most])
    monkeypatch.setattr(sample, "doorway_codes", lambda: ["120103001"])
    monkeypatch.setenv("HEXI_SAMPLE", "120")
    said: list[Any] = []
    sample.load(said.append)
    rows = {row.code: row for row in Device.objects.all()}
    assert (len(rows), {row.simulated for row in rows.values()}, {row.person for row in rows.values()}) == (12, {True}, {""})
    assert sorted({row.reading_key for row in rows.values() if row.subject}) == ["samples.thing:7"]
    assert [one.code for one in fleet()] == sorted(rows)
    assert all(digest(one.key) == rows[one.code].key_digest for one in fleet())
    assert simulated_keys(["samples.thing:7", "samples.thing:8", f"sensing.device:{rows['dsimbed00002'].pk}"]) == {
        "samples.thing:7", f"sensing.device:{rows['dsimbed00002'].pk}",
    }  # fmt: skip
    Device.objects.create(name="a button on the wall", kind="other", state="active", key_digest="x", subject="samples.thing:7")
    assert simulated_keys(["samples.thing:7"]) == set(), "a call in that home may be meant now, and is never labelled as one that is not"
