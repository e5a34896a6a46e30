"""The desk: whoever received a matter answers for it until the person is told."""

from __future__ import annotations

import pytest
from django.utils import timezone

from hexi.kit import tuned_context
from hexi.modules.cases.models import Case, CaseTask
from hexi.scenarios.grid.indicators import CONCLUDED
from hexi.scenarios.grid.models import DutySlot, Reception
from hexi.scenarios.grid.tests.conftest import COMMUNITY, DISTRICT, OTHER_GRID, Make, Person, begin, do, rows

pytestmark = pytest.mark.django_db


def received(desk: Person, title: str = "楼道灯不亮") -> tuple[Reception, Case]:
    answer = begin(desk, "reception", "receive", title=title, place=COMMUNITY, name="示例·来访人", phone="00000000000")
    assert answer.status_code == 201, answer.content
    row = Reception.objects.latest("pk")
    return row, row.case


def finished(person: Make, case: Case) -> None:
    office = person("department_staff", "", "housing")
    task = CaseTask.objects.get(case=case)
    assert do(office, task, "accept_task").status_code == 200
    assert do(office, task, "finish_task", result="已修复").status_code == 200
    case.refresh_from_db()


def test_a_matter_settled_while_the_person_is_there_is_told_thereby(desk: Person) -> None:
    row, case = received(desk)
    assert do(desk, case, "settle", result="已换灯泡").status_code == 200
    row.refresh_from_db()
    assert (case.state, case.phase, row.at_once, row.told_at is not None) == ("settled", "closed", True, True)


def test_passing_a_matter_on_leaves_its_receiver_answerable(desk: Person, person: Make) -> None:
    row, case = received(desk)
    assert do(desk, case, "pass_on", lead="housing").status_code == 200
    finished(person, case)
    row.refresh_from_db()
    assert case.state == "answered" and row.told_at is None
    assert row.answerable_id == desk.viewer.account
    assert [one["title"]["zh"] for one in rows(desk, "waiting")] == ["楼道灯不亮"]


def test_nobody_else_tells_the_person(desk: Person, person: Make) -> None:
    _, case = received(desk)
    do(desk, case, "pass_on", lead="housing")
    finished(person, case)
    colleague = person("community_worker", COMMUNITY)
    answer = do(colleague, case, "tell", how="电话告知")
    assert answer.status_code == 403 and "首问责任人" in answer.json()["title"] + answer.json().get("detail", "")
    assert do(desk, case, "tell", how="电话告知，表示满意").status_code == 200
    assert case.state == "told" and Reception.objects.get(case=case).told_at is not None


def test_a_colleague_takes_it_over_only_with_a_reason_and_by_name(desk: Person, person: Make) -> None:
    row, case = received(desk)
    colleague = person("community_worker", COMMUNITY)
    assert do(colleague, row, "take_over").status_code == 422
    assert do(colleague, row, "take_over", why="周某病假").status_code == 200
    assert (row.answerable_id, row.handovers) == (colleague.viewer.account, 1)
    assert do(desk, case, "settle", result="已换灯泡").status_code == 403


def test_handing_the_desk_over_does_not_hand_the_matters_over(desk: Person) -> None:
    slot = DutySlot.objects.create(place=COMMUNITY, day=timezone.localdate(), shift="morning", name="示例", username=desk.viewer.username)
    assert do(desk, slot, "take_desk").status_code == 200
    row, _ = received(desk)
    assert row.slot == slot
    assert do(desk, slot, "hand_over", to="示例·接班人", note="一件待回告").status_code == 200
    row.refresh_from_db()
    assert slot.open_matters == 1 and row.answerable_id == desk.viewer.account


def test_only_the_person_on_the_rota_takes_the_desk(desk: Person) -> None:
    slot = DutySlot.objects.create(place=COMMUNITY, day=timezone.localdate(), shift="morning", name="示例·他人", username="somebody")
    assert do(desk, slot, "take_desk").status_code == 403
    assert slot.taken_at is None


def test_first_contact_completion_counts_concluded_matters_only(desk: Person, person: Make) -> None:
    _, first = received(desk)
    do(desk, first, "settle", result="已换灯泡")
    received(desk, "屋面漏水")
    (row,) = rows(desk, "desk")
    assert (row["waiting"], row["at_once"]) == (1, 100.0)
    assert sum(CONCLUDED.holds(one, tuned_context()) for one in Reception.objects.all()) == 1


def test_a_desk_takes_in_no_matter_of_another_community(desk: Person) -> None:
    assert begin(desk, "reception", "receive", title="别处的事", place=DISTRICT).status_code == 403
    assert not Reception.objects.exists() and not Case.objects.exists()


def test_a_grid_worker_sees_receptions_of_the_own_grid_only(worker: Person, desk: Person, person: Make) -> None:
    other = person("grid_worker", OTHER_GRID)
    assert begin(desk, "reception", "receive", title="三网格的事", place=OTHER_GRID).status_code == 201
    assert rows(worker, "waiting") == []
    assert [row["title"]["zh"] for row in rows(other, "waiting")] == ["三网格的事"]
