"""A call for help over three screens: the elder's phone, the alarm desk, the steward's phone; and the one who reviews it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.slow
Arrive = Callable[..., Visitor]
ELDER = "eldercare.elder"
CUT = ("Failed to load resource",)


def _elder(steward: Visitor) -> tuple[dict[str, Any], str, str]:
    """One of the steward's street who lives at home, the link to their own page, and the code at their door."""
    sheets = steward.api("/api/records/eldercare.handover?where=state:eq:received&limit=200")["rows"]
    moved = {row["elder"] for row in sheets if row["to_home"]}
    one = next(row for row in steward.api(f"/api/records/{ELDER}?where=state:eq:served&limit=50")["rows"] if row["id"] not in moved)
    shown = steward.send("POST", f"/api/records/{ELDER}/{one['id']}/actions/show_elder_link", {"values": {"purpose": "浏览器测试"}})
    label = steward.context.request.get(f"{steward.platform.url}/api/records/{ELDER}/{one['id']}/tag.svg").text()
    code = re.search(r">([2-9A-Z]{5})<", label)
    assert shown.ok and code is not None, shown.text() + label
    return one, shown.json()["once"]["link"], code[1]


def _press_without_a_network(phone: Visitor, link: str) -> Page:
    """The press is kept and says so, with numbers to ring; it goes out by itself once there is a network."""
    page = phone.open(link, ready=False)
    expect(page.get_by_role("navigation", name="主导航")).not_to_be_visible()
    phone.settle()
    phone.context.set_offline(True)
    page.get_by_role("button", name="我需要帮助").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有发出去")
    expect(page.get_by_role("link", name="打 120")).to_have_attribute("href", "tel:120")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("已经发出")
    return page


def test_a_call_for_help_goes_from_the_elders_press_to_the_review(visitor: Arrive) -> None:
    steward, desk = visitor(390, signed_in="caresteward"), visitor(1366, signed_in="alarmdesk", flat=True)
    one, link, code = _elder(steward)
    board = desk.open("/work/", ready=False)
    expect(board.get_by_role("heading", name="告警值守台")).to_be_visible()
    elder = _press_without_a_network(visitor(390, forgive=CUT), link)
    running = board.locator("article.rescue:not(.ended)").filter(has_text=one["home__label"])  # simulated devices call, too
    expect(running).to_contain_text("呼叫中")
    work = steward.open("/m/work", ready=False)
    work.get_by_role("button", name="我来处理").click()
    work.get_by_role("button", name="5 分钟", exact=True).click()
    expect(running).to_contain_text("正在前往")
    expect(elder.get_by_text("来的人")).to_be_visible()
    work.get_by_label("门上代码").fill(code.lower())
    work.get_by_role("button", name="我已到场").click()
    expect(running).to_contain_text("已到场")
    running.get_by_role("button", name="结束救助").click()
    running.get_by_label("结果").select_option(label="需要帮助")
    running.get_by_role("button", name="确认").click()
    expect(running).to_have_count(0)
    _review(visitor(1366, signed_in="alarmcheck"), one["home__label"])


def _review(checker: Visitor, home: str) -> None:
    """Somebody else looks at it in its place, the newest first, and it is gone from the desk."""
    page = checker.open("/work/alarms", ready=False)
    ended = page.locator("article.ended").filter(has_text=home)
    expect(ended.first).to_contain_text("需要帮助")
    expect(page.get_by_role("button", name="登记告警")).not_to_be_visible()
    number = ended.count()
    ended.first.get_by_role("button", name="复核").click()
    ended.first.get_by_label("复核意见").fill("处置及时")
    ended.first.get_by_role("button", name="确认").click()
    expect(ended).to_have_count(number - 1)
    assert checker.violations() == []
