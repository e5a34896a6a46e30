"""Whose is it: claims in time, decisions, precedents, and what a late return means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from hexi.kit import Case, CaseTask
from hexi.scenarios.hotline.disputes import precedents_of, returns_until
from hexi.scenarios.hotline.models import Dispute
from hexi.scenarios.hotline.tests.conftest import COMMUNITY, Person, do, lead_task, ok

pytestmark = pytest.mark.django_db
Call = Callable[..., Case]


def claimed(unit: Person, case: Case) -> Dispute:
    ok(do(unit, lead_task(case), "claim_return", "不属本单位", basis="职责清单第3条", suggested="city_management"))
    return Dispute.objects.latest("pk")


def test_an_office_cannot_give_an_order_back_by_itself(sent: Call, unit: Person) -> None:
    answer = do(unit, lead_task(sent()), "return_task", "不属本单位")
    assert answer.status_code == 403 and "申请退回" in answer.content.decode()


def test_a_claim_needs_a_reason_and_a_basis(sent: Call, unit: Person) -> None:
    task = lead_task(sent())
    assert do(unit, task, "claim_return", "", basis="职责清单").status_code == 422
    assert do(unit, task, "claim_return", "不属本单位").status_code == 422


def test_an_agreed_claim_sends_the_order_back_and_becomes_a_precedent(sent: Call, unit: Person, dispatcher: Person) -> None:
    case = sent()
    row = claimed(unit, case)
    ok(do(dispatcher, row, "agree_return", "权属在城管委"))
    case.refresh_from_db()
    assert (case.state, case.lead, lead_task(case).state) == ("to_send", "", "returned")
    assert [one.pk for one in precedents_of("appeal.housing.property", COMMUNITY)] == [row.pk]
    assert case.routing["office"] == "city_management" and "提出，已获同意" in case.routing["why"]["zh"], "whose it is instead is suggested"


def test_a_refused_claim_leaves_it_with_the_office_for_good(sent: Call, unit: Person, dispatcher: Person) -> None:
    case = sent()
    ok(do(dispatcher, claimed(unit, case), "refuse_return", "目录明确"))
    task = lead_task(case)
    assert task.designated and task.state == "assigned"
    assert do(unit, task, "claim_return", "还是不属", basis="职责清单").status_code == 403


def test_a_late_claim_means_that_the_office_keeps_it(sent: Call, unit: Person) -> None:
    task = lead_task(sent())
    CaseTask.objects.filter(pk=task.pk).update(assigned_at=datetime.now(UTC) - timedelta(days=30))
    answer = do(unit, task, "claim_return", "不属本单位", basis="职责清单第3条")
    assert answer.status_code == 403 and "视为接收" in answer.content.decode()


def test_complex_orders_have_two_working_days_and_others_one(sent: Call) -> None:
    moment = datetime(2026, 3, 9, 1, tzinfo=UTC)
    untils: list[datetime | None] = []
    for category in ("appeal.market.food", "appeal.housing.property"):
        task = lead_task(sent(category=category))
        task.assigned_at = moment
        untils.append(returns_until(task))
    assert untils == [datetime(2026, 3, 10, 9, 30, tzinfo=UTC), datetime(2026, 3, 11, 9, 30, tzinfo=UTC)]


def test_the_third_dispatch_designates(sent: Call, unit: Person, dispatcher: Person) -> None:
    case = sent()
    for _ in range(2):
        ok(do(dispatcher, claimed(unit, case), "agree_return", "改派"))
        ok(do(dispatcher, case, "send_out", lead="property_centre"))
    task = lead_task(case)
    assert (case.dispatches, task.designated) == (3, True)
    assert do(unit, task, "claim_return", "不属本单位", basis="职责清单").status_code == 403


def test_only_one_claim_waits_at_a_time(sent: Call, unit: Person) -> None:
    case = sent()
    claimed(unit, case)
    assert do(unit, lead_task(case), "claim_return", "不属本单位", basis="职责清单").status_code == 409


def test_precedents_of_the_same_kind_and_place_come_first(sent: Call) -> None:
    case = sent()
    task = lead_task(case)
    rows = [
        ("appeal.housing.leak", COMMUNITY), ("appeal.housing.property", "120103001009"), ("appeal.housing.property", COMMUNITY),
        ("appeal.market.food", COMMUNITY), ("appeal.housing.property", "120103002001"),
    ]  # fmt: skip
    for category, place in rows:
        Dispute.objects.create(case=case, task=task, office="civil", category=category, place=place, reason="示例", basis="示例",
                               state="agreed", asked_by="示例", asked_at=datetime.now(UTC), decided_at=datetime.now(UTC))  # fmt: skip
    found = [(one.category, one.place) for one in precedents_of("appeal.housing.property", COMMUNITY)]
    assert found == [rows[2], rows[1], rows[0]]


def test_the_desk_shows_each_claim_with_its_precedents(sent: Call, unit: Person, dispatcher: Person) -> None:
    ok(do(dispatcher, claimed(unit, sent()), "agree_return", "权属在城管委"))
    row = claimed(unit, sent())
    (shown,) = dispatcher.get("/api/data/hotline.disputes").json()["rows"]
    assert shown["precedents"]["zh"] == "1 件先例：1 件同意退回"
    (before,) = dispatcher.get("/api/data/hotline.precedents", dispute=row.pk).json()["rows"]
    assert before["decision"] == "权属在城管委"
    ok(do(dispatcher, row, "agree_return", "同前例"))
    assert row.precedents == [before["id"]] or Dispute.objects.get(pk=row.pk).precedents == [before["id"]]
