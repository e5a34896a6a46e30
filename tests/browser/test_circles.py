"""The planner of circles tries out what the list of gaps proposes, keeps it, opens a locked gate, and sees a fence cost people at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
DESK = "/work/pages/circle_desk"


def rows(somebody: Visitor, source: str, **params: str) -> list[dict[str, Any]]:
    asked = "&".join(f"{name}={value}" for name, value in params.items())
    return somebody.api(f"/api/data/life_circle.{source}?{asked}")["rows"]


def computed(planner: Visitor) -> dict[str, Any]:
    """The best gap, once the platform has computed its first figures."""
    for _ in range(300):
        if found := rows(planner, "gaps"):
            return found[0]
        time.sleep(0.5)
    raise AssertionError("The coverage of the circles was not computed.")


def panel(page: Page, title: str) -> Any:
    return page.get_by_role("region", name=re.compile(title)).last


def gained(page: Page, kind: str) -> Any:
    """The row of the effect that is about this kind."""
    return panel(page, "谁会多到").get_by_role("row").filter(has_text=kind).first


def test_a_gap_is_tried_out_and_kept_and_a_locked_gate_opened(visitor: Arrive) -> None:
    planner = visitor(signed_in="circle", flat=True)
    best = computed(planner)
    page = planner.open(DESK, ready=False)
    expect(panel(page, "补点建议").get_by_role("button").first).to_be_visible()
    panel(page, "补点建议").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="增减网点试算")).to_be_visible()
    expect(gained(page, best["title"]["zh"])).to_contain_text(f"{best['people']:,}")
    page.get_by_label("建议名称").fill("测试：先补这一处")
    page.get_by_role("button", name="留作建议").click()
    page.get_by_role("status").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="测试：先补这一处")).to_be_visible()
    (kept,) = planner.api("/api/records/life_circle.proposal?where=title:eq:测试：先补这一处")["rows"]
    assert kept["state"] == "kept" and kept["gained"] >= best["people"]

    for _ in range(120):
        if rows(planner, "gates"):
            break
        time.sleep(0.5)
    page = planner.open(DESK, ready=False)
    gate = panel(page, "打开哪道门").get_by_role("button").first
    expect(gate).to_be_visible()
    gate.click()
    expect(page.get_by_label("打开通道")).to_be_checked()
    expect(panel(page, "谁会多到").get_by_role("row")).not_to_have_count(0)
    assert planner.violations() == []


def test_a_fence_shows_on_the_open_desk_and_the_public_wall_with_whom_it_costs_and_is_gone_once_it_is_lifted(visitor: Arrive) -> None:
    planner, steward = visitor(signed_in="circle", flat=True), visitor(signed_in="steward")
    spot = computed(planner)  # in front of many doors
    page = planner.open(DESK, ready=False)
    expect(page.get_by_text("目前没有通行管制")).to_be_visible()
    wall = visitor(1920, flat=True).open("/screen/life_circle")  # nobody signed in
    expect(wall.get_by_text("目前没有通行管制")).to_be_visible()
    expect(wall.get_by_text("实时连接")).to_be_visible()
    values = {"lon": spot["lon"], "lat": spot["lat"], "radius_m": 150, "ends_at": (datetime.now(UTC) + timedelta(days=2)).isoformat()}
    told = steward.send("POST", "/api/records/passage.closure/actions/fence", {"values": values, "why": "测试：挖沟"})
    assert told.ok, told.text()
    closed = panel(page, "通行管制")
    expect(closed.get_by_role("row").filter(has_text="施工围挡")).to_contain_text(re.compile(r"−\d+ 人|没有人受影响"))
    # It asks by itself every five minutes only, so somebody told it.
    expect(panel(wall, "通行管制")).to_contain_text("施工围挡")
    assert planner.violations() == []
    record = told.json()["record"]
    lifted = steward.send(
        "POST", f"/api/records/passage.closure/{record['id']}/actions/lift", {"values": {}, "why": "测试：填平", "version": record["version"]}
    )
    assert lifted.ok, lifted.text()
    expect(page.get_by_text("目前没有通行管制")).to_be_visible()
