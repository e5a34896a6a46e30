"""A beneficiary opens the link from the desk, or types its code, and says what was done."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.phone.steps import CUT, Arrive


@pytest.fixture
def served(visitor: Arrive) -> tuple[Visitor, dict[str, Any]]:
    """The community's desk, and a need for which a unit says that it did something."""
    community, liaison = visitor(signed_in="community"), visitor(signed_in="liaison")
    (unit,) = liaison.api("/api/records/grid.partyunit?limit=1")["rows"]
    values = {"title": "测试：陪伴就医", "kind": "care", "place": unit["place"]}
    made = community.send("POST", "/api/records/grid.need/actions/post_need", {"values": values})
    assert made.ok, made.text()
    need = made.json()["record"]["id"]
    version = liaison.api(f"/api/records/grid.need/{need}")["version"]
    pledged = liaison.send("POST", f"/api/records/grid.need/{need}/actions/pledge_need", {"values": {"unit": unit["id"]}, "version": version})
    assert pledged.ok, pledged.text()
    (pledge,) = liaison.api(f"/api/records/grid.pledge?where=need:eq:{need}")["rows"]
    done = {"values": {"outcome": "测试：陪同去医院一次", "hours": 3}, "version": pledge["version"]}
    assert liaison.send("POST", f"/api/records/grid.pledge/{pledge['id']}/actions/record_deed", done).ok
    return community, {"need": need, "unit": unit}


def shown_link(community: Visitor, need: int) -> str:
    """The link as the community's desk shows it."""
    page = community.open(f"/work/records/grid.need/{need}", ready=False)
    page.get_by_role("button", name="出示确认链接").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("用途").fill("测试：当面交给受益人")
    dialog.get_by_role("button").last.click()
    expect(page.get_by_alt_text("链接的二维码")).to_be_visible()
    return page.get_by_role("textbox", name="链接").input_value()


def test_a_beneficiary_opens_the_link_from_the_desk_and_says_what_was_done(visitor: Arrive, served: tuple[Visitor, dict[str, Any]]) -> None:
    community, made = served
    link = shown_link(community, made["need"])
    somebody = visitor(390, forgive=CUT)
    page = somebody.page
    page.goto(f"{link.replace('#', '?elder=30#')}")
    expect(page.get_by_role("heading", name="测试：陪伴就医")).to_be_visible()
    expect(page.get_by_text("测试：陪同去医院一次")).to_be_visible()
    assert somebody.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out at the side"
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("办得怎么样")
    page.get_by_label("办了一部分").check()
    page.get_by_label("补充说明").fill("测试：只去了一次")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("status").filter(has_text="您已在")).to_contain_text("办了一部分")
    (deed,) = community.api(f"/api/records/grid.servicedeed?q=&where=place:eq:{made['unit']['place']}&sort=-id&limit=1")["rows"]
    assert (deed["title"], deed["state"]) == ("测试：陪伴就医", "disputed")
    kept = page.evaluate("""() => new Promise(done => { const open = indexedDB.open('hexi-m'); open.onsuccess = () => {
        const all = open.result.transaction('outbox').objectStore('outbox').getAll(); all.onsuccess = () => done(JSON.stringify(all.result)) } })""")
    assert link.split("#")[1] not in kept, "the secret is not kept on the phone once the answer is sent"
    page.reload()
    expect(page.get_by_role("status").filter(has_text="您已在")).to_be_visible()
    expect(page.get_by_role("button", name="提交")).to_have_count(0)


def test_an_unknown_link_is_told_in_plain_words_and_the_code_can_be_typed(visitor: Arrive, served: tuple[Visitor, dict[str, Any]]) -> None:
    community, made = served
    link = shown_link(community, made["need"])
    somebody = visitor(390, forgive=CUT)
    page = somebody.open("/m/slip/deeds#AAAAAAAAAAAA", ready=False)
    expect(page.get_by_role("alert")).to_contain_text("给社区打电话")
    page.get_by_label("确认码").fill(link.split("#")[1].lower())
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="测试：陪伴就医")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(3)
