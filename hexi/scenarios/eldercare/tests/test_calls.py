"""Calls for help: the large button always calls, a device's sign as far as the elder allows; desks and figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.sensing.api import Engine, Journal, batch_of
from hexi.kernel.reading import Reading, moment_of
from hexi.kit import Found, Rescue, tuned_context
from hexi.modules.cases.sensed import act_on_all
from hexi.scenarios.eldercare import sos
from hexi.scenarios.eldercare.fairness import Street, ratio, ratio_words
from hexi.scenarios.eldercare.indicators import in_fifteen, in_time
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_care import CareEvent
from hexi.scenarios.eldercare.sources import SOURCES
from hexi.scenarios.eldercare.tests.conftest import CODE, FAMILY_CODE, Around, begin, do, facts, fine, refused, sheet
from hexi.scenarios.eldercare.today import today

pytestmark = pytest.mark.django_db


def press(around: Around, code: str = CODE) -> Any:
    return begin(around["nobody"], "careevent", "call_for_help", code=code)


def test_the_large_button_calls_and_pressed_again_joins_the_call_that_runs(elder: Elder, around: Around) -> None:
    fine(press(around))
    fine(press(around))
    rescue = Rescue.objects.get()
    assert (rescue.presses, rescue.source, rescue.place, rescue.alarm) == (2, "person", elder.home, "elder_sos")
    assert elder.name not in rescue.title
    event = CareEvent.objects.get()
    assert (event.sign, event.called, event.case_id) == ("sos", True, rescue.case_id)
    assert "已收到" in facts(sheet(around["nobody"], "elder", CODE))["求助"]
    assert "已收到" in facts(sheet(around["nobody"], "elder_family", FAMILY_CODE))["求助"]


def test_the_elders_page_has_one_large_button_and_no_other_question(elder: Elder, around: Around) -> None:
    found = sheet(around["nobody"], "elder", CODE).json()
    assert (found["button"]["zh"], found["form"]["properties"], found["closed"]) == ("我需要帮助", {}, None)
    assert sheet(around["nobody"], "elder_meal", CODE).json()["button"] is None


def test_a_wrong_or_closed_code_opens_and_calls_nothing(elder: Elder, around: Around) -> None:
    for slip in ("elder", "elder_meal", "elder_service", "elder_sensing", "elder_budget", "elder_family"):
        assert sheet(around["nobody"], slip, "WRONGCODE").status_code == 404
    refused(press(around, "WRONGCODE"))
    refused(press(around, FAMILY_CODE))
    Elder.objects.update(state="left")
    refused(press(around))
    assert not Rescue.objects.exists()


def found(elder: Elder, score: float, **more: Any) -> Found:
    now = timezone.now()
    return Found("elder_fall", sos.subject_of(elder), elder.pk, now, now, score / 100, **more)


def agree(around: Around, elder: Elder) -> None:
    fine(begin(around["steward"], "consent", "switch", elder=elder.pk, switch="on", device="radar"))


def test_without_consent_nothing_of_a_sign_is_kept(elder: Elder, around: Around) -> None:
    sos.sign_found(found(elder, 95))
    assert not CareEvent.objects.exists() and not Rescue.objects.exists()
    agree(around, elder)
    sos.sign_found(found(elder, 95))
    assert (CareEvent.objects.get().called, Rescue.objects.get().rule) == (True, "elder_fall")


def test_what_comes_of_a_simulated_fall_says_so_everywhere(elder: Elder, around: Around) -> None:
    agree(around, elder)
    sos.sign_found(found(elder, 95, simulated=True))
    assert CareEvent.objects.get().simulated and Rescue.objects.get().title.startswith("【模拟】")


def test_in_a_dignity_zone_nothing_of_a_sign_is_kept(elder: Elder, around: Around) -> None:
    agree(around, elder)
    fine(begin(around["steward"], "quietzone", "set_zone", elder=elder.pk, room="home"))
    sos.sign_found(found(elder, 95))
    assert not CareEvent.objects.exists()


def test_below_the_homes_budget_a_sign_is_kept_and_calls_nobody(elder: Elder, around: Around) -> None:
    agree(around, elder)
    Elder.objects.update(call_from=70)
    sos.sign_found(found(elder, 60))
    assert (CareEvent.objects.get().called, Rescue.objects.exists()) == (False, False)
    sos.sign_found(found(elder, 99))
    assert CareEvent.objects.count() == 1  # within minutes it is the same sign
    assert sos.note_sign(Elder.objects.get(), "fall", "radar", 99, timezone.now() + timedelta(minutes=9)) is not None
    assert Rescue.objects.count() == 1


def test_a_sign_of_a_device_or_of_nobody_does_nothing(elder: Elder) -> None:
    now = timezone.now()
    sos.sign_found(Found("elder_fall", "device:1", None, now, now, 99))
    sos.sign_found(Found("elder_fall", "eldercare.elder:999", 999, now, now, 99))
    assert not CareEvent.objects.exists()


def test_what_an_ended_rescue_was_is_what_its_sign_was(elder: Elder, around: Around) -> None:
    fine(press(around))
    sos.label_ended(frozenset())
    assert CareEvent.objects.get().outcome == "open"
    Rescue.objects.update(outcome="false_alarm", ended_at=timezone.now(), state="ended")
    sos.label_ended(frozenset())
    assert CareEvent.objects.get().outcome == "false"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    found = Journal(tmp_path)
    yield found
    found.close()


def test_a_radars_reading_becomes_a_sign_only_with_the_elders_consent(elder: Elder, around: Around, journal: Journal) -> None:
    engine = Engine(0, journal.folder)

    def sensed(after_s: int) -> None:
        moment = moment_of(timezone.now()) + after_s * 1_000_000
        journal.append(batch_of([Reading(sos.subject_of(elder), "fall_score", moment, 0.88, moment)]))
        engine.turn(moment)
        act_on_all()

    sensed(0)
    assert not CareEvent.objects.exists()
    agree(around, elder)
    sensed(1)
    assert (CareEvent.objects.get().score, Rescue.objects.get().subject) == (88, sos.subject_of(elder))


def test_staff_name_what_a_sign_was(elder: Elder, around: Around) -> None:
    agree(around, elder)
    Elder.objects.update(call_from=101)
    sos.sign_found(found(elder, 60))
    fine(do(around["centre"], CareEvent.objects.get(), "label_sign", outcome="false"))
    assert CareEvent.objects.get().outcome == "false"


def test_helpers_are_told_where_whom_and_whom_to_ring_and_nothing_of_a_closed_file(elder: Elder) -> None:
    whom = sos.whom(elder.pk)
    assert whom and (whom.name, whom.place, whom.point) == (elder.name, elder.home, (117.22, 39.1))
    assert [(one.name, one.relation.zh) for one in whom.contacts] == [("示例女儿", "子女")]
    Elder.objects.update(state="left")
    assert sos.whom(elder.pk) is None


def test_the_code_at_the_door_is_what_the_label_says_and_only_keepers_print_it(elder: Elder, around: Around) -> None:
    known = sos.whom(elder.pk)
    assert known is not None and len(known.door_code) == 5
    assert known.door_code in around["steward"].get(f"/api/records/eldercare.elder/{elder.pk}/tag.svg").text
    assert around["office"].get(f"/api/records/eldercare.elder/{elder.pk}/tag.svg").status_code == 403


def test_a_call_counts_as_reached_within_the_tables_limit_and_unknown_counts_as_not(elder: Elder, around: Around) -> None:
    now = timezone.now()
    assert in_time(now, now + timedelta(minutes=15)) and not in_time(now, now + timedelta(minutes=15, seconds=1)) and not in_time(now, None)
    fine(press(around))
    assert in_fifteen(tuned_context()) == {}
    Rescue.objects.update(outcome="fall", ended_at=now, state="ended")
    assert in_fifteen(tuned_context()) == {elder.home: (0, 1)}
    Rescue.objects.update(outcome="false_alarm")
    assert in_fifteen(tuned_context()) == {}


def street(code: str, timely: int, due: int, few: bool = False) -> Street:
    return Street(code, due, due, timely, 1, 0, few)


def test_streets_with_few_people_take_no_part_in_best_against_worst() -> None:
    rows = [street("a", 90, 100), street("b", 60, 100), street("c", 0, 5, few=True)]
    compared = ratio(rows)
    assert compared and (compared[0].code, compared[1].code, compared[2]) == ("a", "b", 1.5)
    assert "1.5倍" in ratio_words(rows, {}, today()).zh and "1个街道不足30人" in ratio_words(rows, {}, today()).zh
    assert ratio(rows[1:]) is None and "无法比较" in ratio_words(rows[1:], {}, today()).zh
    assert ratio([street("a", 9, 10), street("b", 0, 10)]) is None


def test_every_source_of_the_desk_answers_staff_and_tells_others_that_nothing_is_shown(elder: Elder, around: Around) -> None:
    fine(press(around))
    for source in SOURCES:
        for who in ("centre", "leader", "kitchen"):
            answer = around[who].get(f"/api/data/{source.key}", place="120103", key="age_retrofits")
            assert answer.status_code == 200, (source.key, answer.content)
    (row,) = around["centre"].get("/api/data/eldercare.totals").json()["rows"]
    assert (row["elders"], row["alarms"], row["due"]) == (1, 1, 1)
    for source in ("alarms", "due", "signs"):
        shown = around["centre"].get(f"/api/data/eldercare.{source}").json()
        assert len(shown["rows"]) == 1 and not shown.get("empty"), source
    closed = around["kitchen"].get("/api/data/eldercare.due").json()
    assert closed["rows"] == [] and "不能查看" in closed["empty"]["zh"]


def test_the_map_shows_homes_without_names_and_only_to_who_may_read_the_files(elder: Elder, around: Around) -> None:
    shown = around["centre"].get("/api/layers/eldercare.elders")
    assert elder.name not in shown.content.decode() and len(shown.json()["features"]) == 1
    assert around["nobody"].get("/api/layers/eldercare.elders").json()["features"] == []
