"""A round from the desk to the street and back: planned, handed out, walked with the telephone, one stop skipped, seen at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
REASON = "测试：门锁着，邻居说去医院了"
ACCOUNTS = {"示例·周社区": "community", "示例·吴网格": "grid", "示例·孔管家": "caresteward"}


def planned(page: Page) -> tuple[str, int]:
    """Planned, kept and handed out: who has the longest round, and of how many stops."""
    before = page.get_by_role("region", name="规划前已知")
    expect(before.get_by_text("空闲").first).to_be_visible()
    page.get_by_role("button", name="规划路线").click()
    rounds = page.get_by_role("region", name="路线", exact=True).get_by_role("article")
    expect(rounds.first).to_be_visible()
    lengths = {name: one.get_by_role("listitem").count() for one in rounds.all() if (name := one.get_attribute("aria-label")) in ACCOUNTS}
    page.get_by_role("button", name="保存为计划").click()
    page.get_by_role("button", name="下发到手机").click()
    expect(page.locator(".tours-bar").get_by_text(re.compile("已存为计划.*已下发到手机"))).to_be_visible()
    who = max(lengths, key=lambda name: lengths[name])
    return who, lengths[who]


def test_a_round_is_planned_handed_out_walked_with_one_stop_skipped_and_seen_at_the_desk(visitor: Arrive) -> None:
    desk = visitor(signed_in="community", flat=True)
    tours: dict[str, Any] = {one["key"]: one for one in desk.api("/api/tours")["tours"]}
    longest = max(tours, key=lambda key: len(tours[key]["stops"]))
    page = desk.open(f"/work/tours?tour={longest}", ready=False)
    desk.settle()
    who, count = planned(page)
    assert count > 1, "the demonstration's data have a round with two stops"
    paper: Any = page.get_by_role("link", name="打印（PDF）").get_attribute("href")
    assert desk.context.request.get(desk.platform.url + paper).body().startswith(b"%PDF")

    walker = visitor(390, signed_in=ACCOUNTS[who], flat=True)
    phone = walker.open("/m/tour", ready=False)
    expect(phone.get_by_text(f"还有 {count} 处，已走 0 处")).to_be_visible()
    skipped = phone.locator("h2#tour-next").inner_text()
    phone.get_by_label("说明（可以不写）").fill(REASON)
    phone.get_by_role("button", name="跳过").click()
    expect(phone.get_by_text(f"还有 {count - 1} 处，已走 1 处")).to_be_visible()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    expect(phone.locator("h2#tour-next")).not_to_have_text(skipped)

    page.reload()
    hand = page.get_by_role("region", name="规划前已知").get_by_role("listitem").filter(has_text=who)
    hand.get_by_role("link", name=f"还有 {count - 1} 处，已走 1 处").click()
    over = page.get_by_role("row").filter(has_text="跳过")
    expect(over).to_have_count(1)
    expect(over).to_contain_text("已脱敏")  # what was written about people's doors is shown to whoever says what for
