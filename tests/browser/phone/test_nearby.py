"""A resident finds what is open on foot, by voice and without a network, says that one has closed, and asks for what is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.phone.steps import CUT, HERE, Arrive

WHERE = {"geolocation": HERE, "permissions": ["geolocation"], "forgive": CUT}
LISTEN = """window.SpeechRecognition = class {
  start() { setTimeout(() => { this.onresult({ results: [[{ transcript: '附近哪里能理发。' }]] }); this.onend() }, 50) }
  stop() {}
}"""
"""A browser that listens and always hears the same."""


@pytest.fixture
def standing(visitor: Arrive) -> tuple[Visitor, Page]:
    """Somebody whose phone knows where it is, on the page of what is near."""
    somebody = visitor(390, **WHERE)
    somebody.context.add_init_script(LISTEN)
    page = somebody.open("/m/nearby?theme=auto", ready=False)
    page.get_by_role("button", name="我现在的位置").click()
    expect(rows(page).first).to_be_visible()
    somebody.settle()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return somebody, page


def rows(page: Page) -> Any:
    return page.locator(".sites > li")


def test_the_nearest_that_is_open_is_found_by_voice_and_there_without_a_network(standing: tuple[Visitor, Page], visitor: Arrive) -> None:
    somebody, page = standing
    official = visitor(signed_in="circle")
    assert somebody.violations_in((390, "light"), (390, "dark")) == []
    page.get_by_role("button", name="用说的").click()
    expect(page.get_by_role("searchbox")).to_have_value("附近哪里能理发")
    expect(rows(page).first).to_contain_text("美容美发店")
    name = rows(page).first.locator(".site-title").inner_text()
    rows(page).first.get_by_role("link").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator(".way-steps li").first).to_be_visible()
    assert somebody.violations() == []

    somebody.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator(".way-steps li").first).to_be_visible()
    expect(page.get_by_text("存在手机里的内容").first).to_be_visible()
    page.get_by_role("button", name="停业、搬走、信息不对？").click()
    page.get_by_role("radio", name="已停业").check()
    page.get_by_label(re.compile("补充说明")).fill("测试：门口贴了转让")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("listitem").filter(has_text="门口贴了转让")).to_contain_text("待发送")
    number = page.url.rsplit("/", 1)[1].split("?")[0]
    assert hints(official, number) == []
    somebody.context.set_offline(False)
    expect(page.get_by_text(re.compile("1 人反映“已停业”，待核实"))).to_be_visible()
    (hint,) = hints(official, number)
    assert (hint["what"], hint["people"], hint["state"]) == ("closed", 1, "waits")
    assert official.api(f"/api/records/life_circle.outlet/{number}")["record"]["closed_on"] is None


def test_without_a_network_the_pace_can_still_be_changed(standing: tuple[Visitor, Page]) -> None:
    somebody, page = standing
    found = page.locator(".near > [role=status]")
    before = found.inner_text()
    grown_up = int(before.split()[0])
    somebody.context.set_offline(True)
    for walker in ("elder", "wheelchair"):
        page.get_by_label("按谁的步速").select_option(walker)
        expect(found).not_to_have_text(before)
        expect(rows(page).first).to_be_visible()
        assert 0 < int(found.inner_text().split()[0]) < grown_up, walker
        before = found.inner_text()
    somebody.context.set_offline(False)


def hints(official: Visitor, outlet: str) -> list[Any]:
    return official.api(f"/api/records/life_circle.hint?where=outlet:eq:{outlet}")["rows"]


def test_what_one_misses_a_neighbour_supports_and_each_counts_once(standing: tuple[Visitor, Page], visitor: Arrive) -> None:
    somebody, page = standing
    page.get_by_role("link", name="我这里缺什么").click()
    page.get_by_role("radio", name="前置仓").check()
    assert somebody.violations() == []
    page.get_by_role("button", name="提交").click()
    wanted = page.locator(".wanted li").filter(has_text="前置仓")
    expect(wanted).to_contain_text("1 人需要")
    expect(wanted).to_contain_text("您已经表示需要")

    neighbour = visitor(390, **WHERE)
    there = neighbour.open("/m/nearby", ready=False)
    there.get_by_role("button", name="长辈版").click()
    there.get_by_role("button", name="我现在的位置").click()
    wanted = there.locator(".wanted li").filter(has_text="前置仓")
    wanted.get_by_role("button", name="我也需要").click()
    expect(wanted).to_contain_text("2 人需要")
    expect(wanted.get_by_role("button")).to_have_count(0)
    expect(there.get_by_label("按谁的步速")).to_have_value("elder")
    neighbour.settle()
    assert neighbour.violations() == []
