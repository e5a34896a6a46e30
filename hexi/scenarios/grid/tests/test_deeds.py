"""双报到: check-ins count nothing, and a deed counts when its beneficiary says so."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.core.trust.models import Event
from hexi.kit import t
from hexi.scenarios.grid.deeds import misplaced
from hexi.scenarios.grid.indicators import INDICATORS
from hexi.scenarios.grid.models import CheckIn, Confirmation, Need, PartyOrgan, PartyUnit, Pledge, ServiceDeed
from hexi.scenarios.grid.tests.conftest import COMMUNITY, GRID, OTHER_GRID, Make, Person, begin, do, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed(need: Need, unit: PartyUnit, liaison: Person) -> ServiceDeed:
    assert do(liaison, need, "pledge_need", unit=unit.pk).status_code == 200
    answer = do(liaison, Pledge.objects.get(), "record_deed", outcome="陪同就医一次", hours=3)
    assert answer.status_code == 200, answer.content
    return ServiceDeed.objects.get()


def figures(who: Person) -> tuple[int, int, float | None]:
    (row,) = rows(who, "summary")
    return row["pledged"], row["confirmed"], row["fulfilment"]


def test_a_check_in_counts_nothing(desk: Person, unit: PartyUnit) -> None:
    before = figures(desk)
    assert do(desk, unit, "check_in", people=12).status_code == 200
    assert CheckIn.objects.get().people == 12
    assert figures(desk) == before == (0, 0, None)
    assert all(indicator.of is not CheckIn for indicator in INDICATORS)


@pytest.mark.parametrize(("language", "said"), [("zh", "陪伴就医"), ("en", "go to the doctor together")])
def test_a_deed_its_pledge_and_its_panel_name_the_need_in_the_readers_language(
    need: Need, unit: PartyUnit, liaison: Person, desk: Person, language: str, said: str
) -> None:
    Need.objects.update(title_en="go to the doctor together")
    assert do(liaison, need, "pledge_need", unit=unit.pk).status_code == 200
    assert do(liaison, Pledge.objects.get(), "record_deed", outcome="陪同就医一次", hours=3).status_code == 200
    desk.client.cookies["hexi_lang"] = language
    pledge = desk.get("/api/records/grid.pledge").json()["rows"][0]
    (panel,) = rows(desk, "to_confirm")
    assert (pledge["need__label"], panel["title"][language]) == (said, said)
    assert ServiceDeed.objects.get().title_en == "go to the doctor together"


def test_a_deed_that_nobody_confirmed_counts_nothing(deed: ServiceDeed, desk: Person) -> None:
    assert figures(desk) == (1, 0, 0.0)


def test_the_beneficiary_confirms_with_the_code_and_without_an_account(deed: ServiceDeed, desk: Person, person: Make) -> None:
    answer = begin(person(), "confirmation", "confirm_by_code", code=deed.pledge.need.code.lower(), verdict="done")
    assert answer.status_code == 201, answer.content
    deed.refresh_from_db()
    assert (deed.state, deed.way, deed.pledge.state) == ("confirmed", "code", "confirmed")
    assert figures(desk) == (1, 1, 100.0)


@pytest.mark.parametrize("verdict", ["partly", "not_done"])
def test_what_the_beneficiary_does_not_call_done_does_not_count_and_the_pledge_stands(
    deed: ServiceDeed, desk: Person, person: Make, verdict: str
) -> None:
    begin(person(), "confirmation", "confirm_by_code", code=deed.pledge.need.code, verdict=verdict)
    deed.refresh_from_db()
    assert (deed.state, deed.pledge.state) == ("disputed", "pledged")
    assert figures(desk) == (1, 0, 0.0)


def test_a_code_that_opens_nothing_confirms_nothing(deed: ServiceDeed, person: Make) -> None:
    assert begin(person(), "confirmation", "confirm_by_code", code="AAAAAAAAAAAA", verdict="done").status_code == 404
    assert not Confirmation.objects.exists()


def test_a_code_works_once_for_a_deed(deed: ServiceDeed, person: Make) -> None:
    code = deed.pledge.need.code
    begin(person(), "confirmation", "confirm_by_code", code=code, verdict="done")
    assert begin(person(), "confirmation", "confirm_by_code", code=code, verdict="not_done").status_code == 404


def test_the_doer_never_sees_the_code(need: Need, liaison: Person) -> None:
    row = liaison.get(f"/api/records/grid.need/{need.pk}").json()
    assert need.code not in str(row)
    assert need.code not in liaison.get(f"/api/records/grid.need/{need.pk}/history").content.decode()
    refused = liaison.post(f"/api/records/grid.need/{need.pk}/reveal", {"fields": ["code"], "purpose": "contact"})
    assert refused.status_code == 403
    assert liaison.get("/api/records/grid.need", where=f"code:eq:{need.code}").json().get("rows", []) == []


def test_the_community_sees_the_code_only_with_a_purpose(need: Need, desk: Person) -> None:
    assert need.code not in desk.get(f"/api/records/grid.need/{need.pk}").content.decode()
    shown = desk.post(f"/api/records/grid.need/{need.pk}/reveal", {"fields": ["code"], "purpose": "contact"})
    assert shown.json()["values"]["code"] == need.code


def test_whoever_can_see_codes_records_no_deed(need: Need, unit: PartyUnit, liaison: Person, person: Make) -> None:
    do(liaison, need, "pledge_need", unit=unit.pk)
    both = person(("party_liaison", COMMUNITY), ("community_worker", COMMUNITY))
    assert do(both, Pledge.objects.get(), "record_deed", outcome="自己办自己认", hours=1).status_code == 403
    assert not ServiceDeed.objects.exists()


def test_a_call_by_somebody_else_confirms_and_one_by_the_doer_does_not(deed: ServiceDeed, desk: Person) -> None:
    ServiceDeed.objects.filter(pk=deed.pk).update(by_id=desk.account.pk)  # type: ignore[union-attr]
    assert do(desk, deed, "confirm_by_call", verdict="done", note="电话回访").status_code == 403
    ServiceDeed.objects.filter(pk=deed.pk).update(by_id=None)
    assert do(desk, deed, "confirm_by_call", verdict="done", note="电话回访").status_code == 200
    assert (deed.state, deed.way) == ("confirmed", "call")


def test_a_pledge_given_back_stays_among_what_was_pledged(need: Need, unit: PartyUnit, liaison: Person, desk: Person) -> None:
    do(liaison, need, "pledge_need", unit=unit.pk)
    assert do(liaison, Pledge.objects.get(), "withdraw_pledge", why="人手不足").status_code == 200
    need.refresh_from_db()
    assert need.state == "open" and figures(desk) == (1, 0, 0.0)


def test_a_unit_pledges_only_where_it_checked_in(need: Need, liaison: Person) -> None:
    far = PartyUnit.objects.create(name="示例·别处", kind="office", place=OTHER_GRID)
    assert do(liaison, need, "pledge_need", unit=far.pk).status_code == 422


def sheet(who: Person, code: str) -> Any:
    return who.client.get("/api/slips/deeds", headers={"X-Slip-Secret": code})


def test_the_link_shows_what_was_pledged_and_said_to_be_done_and_asks_for_the_word(deed: ServiceDeed, person: Make) -> None:
    told = sheet(person(), deed.pledge.need.code.lower())
    assert told.status_code == 200 and "no-store" in told["Cache-Control"]
    facts = {fact["label"]["zh"]: fact["said"]["zh"] for fact in told.json()["facts"]}
    assert (told.json()["title"]["zh"], told.json()["closed"]) == ("陪伴就医", None)
    assert (facts["认领单位"], facts["登记的服务情况"], facts["服务小时"]) == ("示例·某机关党支部", "陪同就医一次", "3")
    assert set(told.json()["form"]["properties"]) == {"verdict", "note"} and told.json()["form"]["required"] == ["verdict"]


def test_a_link_that_was_answered_says_what_was_answered_and_asks_nothing(deed: ServiceDeed, person: Make) -> None:
    begin(person(), "confirmation", "confirm_by_code", code=deed.pledge.need.code, verdict="partly", note="只来了一次")
    closed = sheet(person(), deed.pledge.need.code).json()["closed"]
    assert "办了一部分" in closed["zh"] and "补做" in closed["zh"] and "done in part" in closed["en"]


def test_after_it_was_made_good_the_same_link_asks_again(deed: ServiceDeed, liaison: Person, person: Make) -> None:
    code = deed.pledge.need.code
    begin(person(), "confirmation", "confirm_by_code", code=code, verdict="not_done")
    do(liaison, Pledge.objects.get(), "record_deed", outcome="第二次上门", hours=2)
    told = sheet(person(), code).json()
    assert told["closed"] is None and "第二次上门" in str(told["facts"])
    assert begin(person(), "confirmation", "confirm_by_code", code=code, verdict="done").status_code == 201


def test_before_anything_was_done_the_link_says_so(need: Need, person: Make) -> None:
    assert "还没有" in sheet(person(), need.code).json()["closed"]["zh"]


@pytest.mark.parametrize("code", ["", "AAAAAAAAAAAA", "x" * 500, "\x00"])
def test_an_unknown_link_is_told_in_words_what_to_do(need: Need, person: Make, code: str) -> None:
    told = sheet(person(), code)
    assert told.status_code == 404 and "社区" in told.json()["do"]


def test_the_community_shows_the_link_with_a_purpose_that_is_kept(need: Need, desk: Person, liaison: Person) -> None:
    version = need.version
    assert do(desk, need, "show_link", purpose="交").status_code == 422
    shown = do(desk, need, "show_link", purpose="当面交给受益人")
    assert shown.json()["once"] == {"link": f"/m/slip/deeds#{need.code}"}
    assert need.version == version, "nothing of the need changed"
    kept = Event.objects.get(action="reveal", entity="grid.need")
    assert (kept.object_id, kept.why, kept.after["fields"]) == (need.pk, "当面交给受益人", ["code"])
    assert do(liaison, need, "show_link", purpose="当面交给受益人").status_code == 403


def test_whoever_registers_the_deed_gets_the_page_without_the_code(need: Need, unit: PartyUnit, liaison: Person) -> None:
    do(liaison, need, "pledge_need", unit=unit.pk)
    answer = do(liaison, Pledge.objects.get(), "record_deed", outcome="陪同就医一次", hours=3)
    assert answer.json()["once"] == {"link": "/m/slip/deeds"}


def test_a_link_is_drawn_as_a_code_for_whoever_is_signed_in(desk: Person, person: Make) -> None:
    drawn = desk.post("/api/qr", {"text": "https://hexi.example/m/slip/deeds#ABC"})
    assert drawn.json()["picture"].startswith("data:image/svg+xml")
    assert person().post("/api/qr", {"text": "x"}).status_code == 401
    assert desk.post("/api/qr", {"text": "x" * 501}).status_code == 422


def test_the_chain_hangs_together_level_by_level(desk: Person) -> None:
    assert begin(desk, "partyorgan", "add_organ", name="示例社区党委", kind="committee", place=COMMUNITY).status_code == 201
    top = PartyOrgan.objects.get()
    assert begin(desk, "partyorgan", "add_organ", name="示例一组", kind="group", place=GRID, parent=top.pk).status_code == 422
    assert begin(desk, "partyorgan", "add_organ", name="示例支部", kind="branch", place=GRID, parent=top.pk).status_code == 201


def test_a_link_lies_inside_the_area_of_the_one_above() -> None:
    assert misplaced("group", "branch", OTHER_GRID, GRID) == t(
        "它的范围应在上级组织的范围之内", "Its area must lie inside that of the organ above"
    )
    assert misplaced("group", "branch", GRID, GRID) is None
