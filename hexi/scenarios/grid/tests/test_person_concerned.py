"""What visits and needs say of somebody belongs to that person, over the registers of two scenarios."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hexi.core.data.concerned.mine import give_link
from hexi.core.trust.api import PLATFORM, record_reveal
from hexi.scenarios.grid.models import CareCall, Need, Visit
from hexi.scenarios.grid.tests.conftest import COMMUNITY, DISTRICT, DOOR, Make


def _visit(resident: Any) -> Visit:
    call = CareCall.objects.create(resident=resident.pk, place=DOOR, reason="old_alone", due_on=timezone.localdate())
    return Visit.objects.create(call=call, place=DOOR, at=timezone.now(), by="示例·网格员", met="met", consent=True, findings="膝盖疼")


def _rows(who: Any, secret: str) -> Any:
    return who.client.get("/api/looks", headers={"X-Slip-Secret": secret}).json()["rows"]


def test_a_look_at_a_visit_shows_on_the_page_of_whoever_was_visited(resident: Any, person: Make) -> None:
    one, other = resident(), resident()
    visit, _ = _visit(one), _visit(other)
    record_reveal(PLATFORM, "grid.visit", visit.pk, ["findings"], "audit")
    record_reveal(PLATFORM, "population.resident", one.pk, ["phone"], "contact")
    rows = _rows(person(), give_link("population.resident", one.pk))
    assert [(row["register"]["zh"], row["fields"][0]["zh"]) for row in rows] == [("居民", "联系电话"), ("走访记录", "走访情况")]
    assert _rows(person(), give_link("population.resident", other.pk)) == []


def test_the_beneficiary_s_code_opens_the_looks_at_their_need(grids: Any, person: Make) -> None:
    need = Need.objects.create(title="代买药", kind="health", place=COMMUNITY, code="ABCDEFGH2345", posted_by="示例·社区")
    worker = person("community_worker", COMMUNITY)
    answer = worker.post(f"/api/records/grid.need/{need.pk}/actions/show_link", {"values": {"purpose": "交给受益人"}, "version": 1})
    assert answer.status_code == 200, answer.json()
    (row,) = _rows(person(), "abcdefgh2345")
    assert (row["record"], row["purpose"]["zh"]) == ("代买药", "交给受益人")


def test_whoever_is_erased_from_the_register_is_erased_from_their_visits(resident: Any, person: Make) -> None:
    one, other = resident(), resident()
    visit, kept = _visit(one), _visit(other)
    officer = person("data_steward", DISTRICT)
    path = f"/api/records/population.resident/{one.pk}/actions/erase_personal"
    assert officer.post(path, {"values": {}, "version": 1, "why": "本人申请"}).status_code == 200
    visit.refresh_from_db()
    kept.refresh_from_db()
    one.refresh_from_db()
    assert (one.name, one.born_on, one.home, visit.findings, visit.by, kept.findings) == ("", None, DOOR, "", "示例·网格员", "膝盖疼")


def test_a_community_worker_hands_out_the_link(resident: Any, person: Make) -> None:
    one = resident()
    worker = person("community_worker", COMMUNITY)
    answer = worker.post(f"/api/records/population.resident/{one.pk}/actions/give_look_link", {"values": {}, "version": 1})
    assert answer.status_code == 200, answer.json()
    page, _, secret = answer.json()["once"]["link"].partition("#")
    assert page == "/m/looks" and _rows(person(), secret) == []
