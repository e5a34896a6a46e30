"""Visits by need: who is visited and why, what one note becomes, and who sees whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hexi.core.data.tests.test_pictures import photo
from hexi.modules.cases.models import Case
from hexi.scenarios.grid.models import CareCall, Correction, Reception, Visit
from hexi.scenarios.grid.tests.conftest import COMMUNITY, DISTRICT, OTHER_DOOR, Make, Person, do, rows
from hexi.scenarios.grid.visits import find_calls
from hexi.scenarios.population.scenario import Resident

pytestmark = pytest.mark.django_db
Residents = Callable[..., Resident]


@pytest.mark.parametrize(
    ("age", "alone", "reason"),
    [(82, True, "old_alone"), (92, False, "very_old"), (65, True, "alone_60"), (82, False, None), (40, True, None)],
)
def test_a_resident_is_visited_when_a_rule_says_why(resident: Residents, age: int, alone: bool, reason: str | None) -> None:
    resident(age, lives_alone=alone)
    find_calls(frozenset())
    assert [call.reason for call in CareCall.objects.all()] == ([reason] if reason else [])


def test_somebody_old_and_alone_is_visited_for_the_strongest_reason_once(resident: Residents) -> None:
    resident(95)
    find_calls(frozenset())
    find_calls(frozenset())
    assert [call.reason for call in CareCall.objects.all()] == ["old_alone"]


def test_a_visit_ends_when_its_reason_has_gone(resident: Residents) -> None:
    found = resident()
    find_calls(frozenset())
    Resident.objects.filter(pk=found.pk).update(lives_alone=False)
    find_calls(frozenset())
    assert not CareCall.objects.get().active


def test_nothing_personal_of_the_register_is_copied() -> None:
    kept = {field.name for field in CareCall._meta.get_fields()}
    assert not kept & {"name", "born_on", "phone", "identity_number", "sex", "lives_alone"}


def test_one_note_becomes_a_visit_a_matter_and_a_correction(call: CareCall, worker: Person) -> None:
    answer = do(
        worker,
        call,
        "visit",
        met="met",
        consent=True,
        findings="身体尚好",
        asks_for="修水龙头",
        wrong_item="phone",
        should_be="00000000002",
    )
    assert answer.status_code == 200, answer.content
    visit = Visit.objects.get()
    assert visit.case == Case.objects.get() and visit.correction == Correction.objects.get()
    assert Reception.objects.get().answerable_id == worker.account.pk  # type: ignore[union-attr]
    assert call.last_visit == timezone.localdate() and call.due_on == timezone.localdate() + timedelta(days=7)
    assert Resident.objects.get().phone == "00000000001"


def test_a_note_with_a_fault_leaves_nothing_of_the_three(call: CareCall, worker: Person) -> None:
    assert do(worker, call, "visit", met="met", asks_for="修水龙头", wrong_item="lives_alone", should_be="也许").status_code == 422
    assert not Visit.objects.exists() and not Case.objects.exists() and not Correction.objects.exists()


def test_without_consent_no_findings_are_kept(call: CareCall, worker: Person) -> None:
    assert do(worker, call, "visit", met="met", findings="身体尚好").status_code == 422
    assert do(worker, call, "visit", met="met").status_code == 200


def test_a_door_that_nobody_opened_is_due_again_tomorrow_and_counts_as_no_meeting(call: CareCall, worker: Person) -> None:
    do(worker, call, "visit", met="absent")
    assert call.last_visit is None and call.due_on == timezone.localdate() + timedelta(days=1)


def test_visits_that_lay_on_a_phone_arrive_in_any_order_and_leave_the_same(call: CareCall, worker: Person) -> None:
    now = timezone.now()
    told = [("met", now - timedelta(days=3)), ("absent", now - timedelta(days=1)), ("absent", now - timedelta(days=5))]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        Visit.objects.all().delete()
        CareCall.objects.update(last_visit=None)
        for met, at in (told[n] for n in order):
            assert do(worker, call, "visit", met=met, at=at.isoformat()).status_code == 200
        assert call.last_visit == timezone.localdate() - timedelta(days=3)
        assert call.due_on == timezone.localdate(), "the door stayed closed after that, so it is due the day after"
        assert sorted(Visit.objects.values_list("at", flat=True)) == sorted(at for _, at in told)


def test_a_visit_needs_no_version_and_the_same_one_sent_twice_is_one(call: CareCall, worker: Person) -> None:
    path = f"/api/records/grid.carecall/{call.pk}/actions/visit"
    CareCall.objects.update(version=9, active=False)
    for _ in range(2):
        assert worker.post(path, {"values": {"met": "absent"}, "client_id": "visit-0001"}).status_code == 200
    assert worker.post(path, {"values": {"met": "met"}, "client_id": "visit-0002", "version": 1}).status_code == 200
    assert Visit.objects.count() == 2


@pytest.mark.parametrize("back", [timedelta(days=31), timedelta(hours=-2)])
def test_a_visit_at_a_moment_that_cannot_be_is_refused(call: CareCall, worker: Person, back: timedelta) -> None:
    assert do(worker, call, "visit", met="met", at=(timezone.now() - back).isoformat()).status_code == 422
    assert do(worker, call, "visit", met="met", at="2026-11-28T09:00:00").status_code == 422, "a moment without its zone is none"


def test_without_consent_no_photo_of_the_person_is_kept_and_a_closed_door_may_be_shown(call: CareCall, worker: Person) -> None:
    sent = worker.client.post("/api/files", {"file": SimpleUploadedFile("a.jpg", photo(1))})
    number = sent.json()["id"]
    assert do(worker, call, "visit", met="met", photos=[number]).status_code == 422
    assert do(worker, call, "visit", met="absent", photos=[number]).status_code == 200
    assert Visit.objects.get().photos == [number]


def test_the_phone_gets_the_round_with_what_a_visit_asks_and_only_the_own_grid(resident: Residents, worker: Person, person: Make) -> None:
    resident()
    resident(home=OTHER_DOOR)
    find_calls(frozenset())
    (round_,) = [one for one in worker.get("/api/cases/work").json()["rounds"] if one["key"] == "visits"]
    assert (round_["key"], round_["entity"]) == ("visits", "grid.carecall")
    (stop,) = round_["stops"]
    assert stop["title"]["zh"] == "示***" and (stop["lon"], stop["lat"]) == (117.22, 39.1)
    (act,) = round_["acts"]
    assert act["adds"] and act["form"]["required"] == ["met"]
    assert person("department_staff", DISTRICT, "housing").get("/api/cases/work").json()["rounds"] == []


def test_whoever_was_visited_is_off_the_round(call: CareCall, worker: Person) -> None:
    do(worker, call, "visit", met="absent")
    assert worker.get("/api/cases/work").json()["rounds"][0]["stops"] == []


def test_a_correction_changes_the_register_when_somebody_else_accepts_it(call: CareCall, worker: Person, desk: Person) -> None:
    do(worker, call, "visit", met="met", wrong_item="lives_alone", should_be="否")
    correction = Correction.objects.get()
    assert do(worker, correction, "accept_correction").status_code == 403
    assert do(desk, correction, "accept_correction").status_code == 200
    assert correction.state == "accepted" and not Resident.objects.get().lives_alone


def test_who_proposed_a_correction_does_not_accept_it(call: CareCall, desk: Person) -> None:
    do(desk, call, "visit", met="met", wrong_item="phone", should_be="00000000009")
    correction = Correction.objects.get()
    assert do(desk, correction, "accept_correction").status_code == 403
    assert correction.state == "proposed"


def test_a_grid_worker_sees_and_visits_the_own_grid_only(resident: Residents, worker: Person) -> None:
    resident()
    far = resident(home=OTHER_DOOR)
    find_calls(frozenset())
    assert [row["door"]["zh"] for row in rows(worker, "worklist")] == ["1门"]
    other = CareCall.objects.get(resident=far.pk)
    assert do(worker, other, "visit", met="met").status_code == 404
    assert {row["id"] for row in worker.get("/api/records/grid.carecall").json()["rows"]} == {
        CareCall.objects.exclude(pk=other.pk).get().pk
    }


def test_the_work_list_masks_names_for_those_who_may_not_read_them(call: CareCall, worker: Person, desk: Person) -> None:
    assert rows(worker, "worklist")[0]["name"] == "示***"
    assert rows(desk, "worklist")[0]["name"] == "示例老人"


def test_people_are_counted_for_those_who_may_read_the_register_and_for_nobody_else(call: CareCall, desk: Person, person: Make) -> None:
    (row,) = rows(desk, "people", place=COMMUNITY)
    assert (row["residents"], row["doors"], row["old"], row["alone"]) == (1, 1, 1, 1)
    closed = person().get("/api/data/grid.people").json()
    assert closed["rows"] == [] and "无权" in closed["empty"]["zh"]


def test_who_may_not_read_the_visits_is_told_so_and_not_that_there_are_none(call: CareCall, desk: Person, person: Make) -> None:
    assert rows(desk, "summary", place=COMMUNITY)[0]["calls"] == 1
    outsider = person()
    assert outsider.get("/api/data/grid.summary").json()["rows"][0]["calls"] is None
    told = outsider.get("/api/data/grid.care").json()
    assert told["rows"] == [] and "不能查看" in told["empty"]["zh"]


def test_without_streets_the_round_says_that_it_is_a_straight_line(call: CareCall, worker: Person) -> None:
    note: Any = worker.get("/api/data/grid.worklist").json()["note"]
    assert "直线" in note["zh"] and "straight lines" in note["en"]


def test_the_community_plans_the_visits_of_a_day(call: CareCall, desk: Person, worker: Person) -> None:
    told = next(one for one in desk.get("/api/tours").json()["tours"] if one["key"] == "visits")
    assert [stop["record"] for stop in told["stops"]] == [call.pk] and told["stay_s"] == 15 * 60
    assert worker.account is not None and worker.account.pk in {one["account"] for one in told["people"]}
