"""A round from the desk to the street and back: planned, handed out, walked with the telephone, one stop skipped, seen at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
ROUND = "/work/tours?tour=eldercare.visit"
ME, REASON = "示例·周社区", "测试：门锁着，邻居说去医院了"
SEARCHED = 20_000
"""The search for the best rounds may take six seconds, and longer on a machine that does other things."""


def planned(page: Page) -> int:
    """Only one person goes; the plan is kept and handed out. Gives how many stops they have."""
    for box in page.locator(".tours-choice .tours-list").first.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("checkbox", name=re.compile(ME)).check()
    before = page.get_by_role("region", name="规划前已知")
    expect(before.get_by_role("listitem").filter(has_text=ME)).to_be_visible()
    page.get_by_role("button", name="规划路线").click()
    stops = page.get_by_role("article", name=ME).get_by_role("listitem")
    expect(stops.first).to_be_visible(timeout=SEARCHED)
    page.get_by_role("button", name="保存为计划").click()
    page.get_by_role("button", name="下发到手机").click()
    expect(page.get_by_text(re.compile("已存为计划.*已下发到手机"))).to_be_visible()
    return stops.count()


def test_a_round_is_planned_handed_out_walked_with_one_stop_skipped_and_seen_at_the_desk(visitor: Arrive) -> None:
    desk = visitor(signed_in="community", flat=True)
    page = desk.open(ROUND, ready=False)
    desk.settle()
    count = planned(page)
    paper: Any = page.get_by_role("link", name="打印（PDF）").get_attribute("href")
    assert desk.context.request.get(desk.platform.url + paper).body().startswith(b"%PDF")

    walker = visitor(390, signed_in="community", flat=True)
    phone = walker.open("/m/tour", ready=False)
    expect(phone.get_by_text(f"还有 {count} 处，已走 0 处")).to_be_visible()
    skipped = phone.locator("#tour-next").inner_text()
    phone.get_by_label("说明（可以不写）").fill(REASON)
    phone.get_by_role("button", name="跳过").click()
    expect(phone.get_by_text(f"还有 {count - 1} 处，已走 1 处")).to_be_visible()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    expect(phone.locator("#tour-next")).not_to_have_text(skipped)

    page.reload()
    out = page.get_by_role("region", name="规划前已知").get_by_role("link", name=f"探访老人：还有 {count - 1} 处，已走 1 处")
    expect(out).to_be_visible()
    out.click()
    expect(page.get_by_role("cell", name=REASON).or_(page.get_by_text(REASON))).to_be_visible()
