"""Files, choices and visits: consent first, the elder's word above all, and evidence without photographs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.scenarios.eldercare.models import Consent, Contact, Elder, QuietZone
from hexi.scenarios.eldercare.models_care import Carer, CareVisit, Training
from hexi.scenarios.eldercare.sensing import why_not
from hexi.scenarios.eldercare.tests.conftest import CODE, DOOR, FAMILY_CODE, Around, Make, begin, do, facts, fine, refused, sheet
from hexi.scenarios.eldercare.today import today, word_of_day
from hexi.scenarios.eldercare.visits import stops
from hexi.scenarios.population.scenario import Resident

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"name": "示例李爷爷", "sex": "male", "born_on": "1940-05-01", "home": DOOR, "lives": "alone"}


def test_without_the_elders_consent_there_is_no_file(around: Around) -> None:
    assert "没有本人同意" in refused(begin(around["community"], "elder", "enrol", **TOLD))
    assert not Elder.objects.exists()
    fine(begin(around["community"], "elder", "enrol", agrees=True, **TOLD))
    found = Elder.objects.get()
    assert (found.state, found.need, len(found.code)) == ("served", "weekly", 16)
    assert found.visit_due == today() + timedelta(days=7)


def test_nobody_opens_a_file_outside_their_area(around: Around) -> None:
    assert "不在您的范围内" in refused(begin(around["elsewhere"], "elder", "enrol", agrees=True, **TOLD))


def test_what_the_register_of_residents_knows_is_not_asked_again(around: Around) -> None:
    row = Resident.objects.create(name="示例王奶奶", sex="female", born_on="1938-01-01", home=DOOR, residence="registered", phone="0")
    fine(begin(around["community"], "elder", "enrol", agrees=True, resident=row.pk, lives="couple"))
    found = Elder.objects.get()
    assert (found.name, str(found.born_on), found.resident) == ("示例王奶奶", "1938-01-01", row.pk)
    assert "已建档" in refused(begin(around["community"], "elder", "enrol", agrees=True, resident=row.pk, lives="couple"))


def test_an_assessment_sets_the_level_and_how_often_somebody_comes(elder: Elder, around: Around) -> None:
    fine(do(around["centre"], elder, "assess", score=40))
    assert (elder.ability, elder.need) == ("severe", "near")
    assert elder.visit_due == today()


def test_a_file_that_rests_asks_for_no_visit_and_one_taken_up_again_does(elder: Elder, around: Around) -> None:
    fine(do(around["steward"], elder, "pause", "住院"))
    assert (elder.state, elder.visit_due) == ("paused", None)
    fine(do(around["steward"], elder, "take_up"))
    assert elder.visit_due == today()


def test_the_elders_word_of_the_day_is_the_evidence_of_a_visit(elder: Elder, around: Around) -> None:
    assert "口令不对" in refused(do(around["steward"], elder, "care_visit", met="met", word="x"))
    assert not CareVisit.objects.exists()
    fine(do(around["steward"], elder, "care_visit", met="met", word=word_of_day(elder, today())))
    assert CareVisit.objects.get().evidence == "token"
    assert (elder.last_met, elder.visit_due) == (today(), today() + timedelta(days=7))


def test_after_a_closed_door_somebody_comes_again_the_next_day(elder: Elder, around: Around) -> None:
    fine(do(around["steward"], elder, "care_visit", met="absent"))
    assert (elder.visit_due, CareVisit.objects.get().evidence) == (today() + timedelta(days=1), "none")


def test_findings_are_kept_only_with_consent(elder: Elder, around: Around) -> None:
    assert "不记录情况" in refused(do(around["steward"], elder, "care_visit", met="met", findings="血压高"))
    fine(do(around["steward"], elder, "care_visit", met="met", findings="血压高", consent=True))


def test_nobody_checks_a_visit_of_their_own(elder: Elder, around: Around) -> None:
    fine(do(around["community"], elder, "care_visit", met="met"))
    visit = CareVisit.objects.get()
    assert "不能核实自己" in refused(do(around["community"], visit, "check_visit", took_place=True))
    fine(do(around["centre"], visit, "check_visit", took_place=True))
    assert visit.evidence == "call"


def test_the_round_shows_a_steward_their_own_elders_and_others_nothing(elder: Elder, around: Around) -> None:
    assert [stop.record for stop in stops(around["steward"].viewer)] == [elder.pk]
    mine = Carer.objects.create(name="示例", kind="steward", place=DOOR[:9], account=around["steward"].viewer.account)
    assert stops(around["steward"].viewer) == []
    Elder.objects.update(steward=mine)
    (stop,) = stops(around["steward"].viewer)
    assert (stop.title.zh, stop.at) == ("示例张奶奶", (117.22, 39.1))
    assert stops(around["elsewhere"].viewer) == [] and stops(around["kitchen"].viewer) == []


def test_silence_is_no_consent_and_the_last_word_counts(elder: Elder, around: Around) -> None:
    now = timezone.now()
    assert why_not(elder, "radar", "rescue", now) is not None
    fine(begin(around["steward"], "consent", "switch", elder=elder.pk, switch="on", device="radar"))
    later = timezone.now()
    assert why_not(elder, "radar", "rescue", later) is None
    assert why_not(elder, "radar", "family", later) is not None
    fine(begin(around["nobody"], "consent", "switch_by_code", code=CODE, switch="off", device="all"))
    assert why_not(elder, "radar", "rescue", timezone.now()) is not None
    assert why_not(elder, "button", "rescue", timezone.now()) is None
    assert Consent.objects.filter(way="self").exists()


def test_a_yes_for_a_day_runs_out(elder: Elder, around: Around) -> None:
    fine(begin(around["steward"], "consent", "switch", elder=elder.pk, switch="on", device="radar", span="1"))
    assert why_not(elder, "radar", "rescue", timezone.now()) is None
    assert why_not(elder, "radar", "rescue", timezone.now() + timedelta(days=2)) is not None


def test_a_dignity_zone_stands_above_every_yes_until_it_is_lifted(elder: Elder, around: Around) -> None:
    fine(begin(around["steward"], "consent", "switch", elder=elder.pk, switch="on", device="radar"))
    fine(begin(around["steward"], "quietzone", "set_zone", elder=elder.pk, room="bathroom"))
    assert why_not(elder, "radar", "rescue", timezone.now(), "bathroom") is not None
    assert why_not(elder, "radar", "rescue", timezone.now(), "kitchen") is None
    assert why_not(elder, "radar", "rescue", timezone.now()) is not None
    fine(do(around["steward"], QuietZone.objects.get(), "lift_zone", "老人不再需要"))
    assert why_not(elder, "radar", "rescue", timezone.now(), "bathroom") is None


def test_the_elder_alone_chooses_the_budget_by_the_own_code(elder: Elder, around: Around) -> None:
    assert "没有这个" not in sheet(around["nobody"], "elder_budget", CODE).content.decode()
    fine(begin(around["nobody"], "elder", "choose_by_code", code=CODE, budget="only_button"))
    elder.refresh_from_db()
    assert (elder.budget, elder.call_from) == ("only_button", 101)
    refused(begin(around["nobody"], "elder", "choose_by_code", code=FAMILY_CODE, budget="every"))


def test_only_a_passed_course_counts_and_the_day_that_makes_enough_is_kept(around: Around) -> None:
    carer = Carer.objects.create(name="示例家属", kind="family", place=DOOR[:9])
    for hours, passed in (("5", True), ("9", False), ("3", True)):
        fine(do(around["centre"], carer, "learn", course="防跌倒", on="2026-01-05", hours=hours, passed=passed))
    assert (float(carer.hours), str(carer.trained_on), Training.objects.count()) == (8.0, "2026-01-05", 3)


def test_the_family_sees_what_the_elder_lets_them_see(elder: Elder, around: Around) -> None:
    fine(do(around["steward"], elder, "care_visit", met="met", word=word_of_day(elder, today())))
    seen = facts(sheet(around["nobody"], "elder_family", FAMILY_CODE))
    assert seen["求助"] == "现在没有" and any("见到本人" in said for said in seen.values())
    assert seen["谁看过老人的信息"] == "由老人自己查看"
    Contact.objects.update(sees_care=False, sees_calls=False)
    seen = facts(sheet(around["nobody"], "elder_family", FAMILY_CODE))
    assert "求助" not in seen and not any("见到本人" in said for said in seen.values())


def test_who_looked_is_shown_to_the_elder_and_to_the_family_only_where_the_elder_lets_them(elder: Elder, around: Around) -> None:
    fine(do(around["steward"], elder, "show_elder_link", purpose="上门交给本人"))
    looks = around["nobody"].client.get("/api/looks", headers={"X-Slip-Secret": CODE})
    assert [row["fields"][0]["zh"] for row in looks.json()["rows"]] == ["本人码"]
    assert around["nobody"].client.get("/api/looks", headers={"X-Slip-Secret": FAMILY_CODE}).status_code == 404
    Contact.objects.update(sees_looks=True)
    assert around["nobody"].client.get("/api/looks", headers={"X-Slip-Secret": FAMILY_CODE}).status_code == 200


def test_a_file_is_masked_for_the_leader_and_closed_to_other_streets(make: Make, around: Around) -> None:
    one = make()
    assert around["leader"].get(f"/api/records/eldercare.elder/{one.pk}").json()["record"]["name"] != one.name
    assert around["elsewhere"].get(f"/api/records/eldercare.elder/{one.pk}").status_code == 404
    assert around["nobody"].get(f"/api/records/eldercare.elder/{one.pk}").status_code in {401, 404}


def test_a_community_gives_a_steward_of_its_street_and_reads_no_family_carer_there(elder: Elder, around: Around) -> None:
    steward, _family = (Carer.objects.create(name=f"示例{kind}", kind=kind, place=DOOR[:9]) for kind in ("steward", "family"))
    fine(do(around["community"], elder, "give_steward", steward=steward.pk))
    told = around["community"].get(f"/api/records/eldercare.elder/{elder.pk}").json()["references"]["steward"]
    assert told["label"] == "示例steward"
    assert [row["id"] for row in around["community"].get("/api/records/eldercare.carer").json()["rows"]] == [steward.pk]
