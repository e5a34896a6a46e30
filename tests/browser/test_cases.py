"""The dispatcher's desk and the page of a case: by mouse, by keys, on the map's list, many at once, and live."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Look, Visitor
from tests.support import platform as platforms
from tests.support.platform import Platform

Arrive = Callable[..., Visitor]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "hexi.core.data.tests.settings"}
LAMPS = "where=kind:eq:lamp"
DESK, CASES = f"/work/cases?{LAMPS}", "/api/records/cases.case"
LOOKS: tuple[Look, ...] = ((390, "light"), (390, "dark"), (1366, "dark"), (1920, "light"))
VIEWS = ("board", "list", "map", "timeline", "figures")


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """A platform with the sample kind of case, and cases at every stage."""
    running = platforms.start(more=SETTINGS)
    environment = platforms.environment(running.folder, demo=True, **SETTINGS)
    subprocess.run([sys.executable, "-m", "tests.support.cases"], cwd=ROOT, env=environment, check=True)
    yield running
    platforms.stop(running)


def at_desk(visitor: Arrive, width: int = 1366, path: str = DESK, **more: Any) -> tuple[Visitor, Page]:
    somebody = visitor(width, signed_in="dispatcher", **more)
    page = somebody.open(path, ready=False)
    somebody.settle()
    return somebody, page


def waiting(somebody: Visitor, state: str = "received") -> list[dict[str, Any]]:
    return somebody.api(f"{CASES}?{LAMPS}&where=state:eq:{state}&sort=due_at")["rows"]


def column(page: Page, name: str) -> Any:
    return page.get_by_role("region", name=re.compile(f"^{name}"))


def test_the_board_shows_each_stage_with_its_count_and_what_is_due_first_on_top(visitor: Arrive) -> None:
    somebody, page = at_desk(visitor)
    rows = waiting(somebody)
    received = column(page, "待受理")
    expect(received.get_by_role("listitem")).to_have_count(len(rows))
    expect(received.get_by_role("listitem").first).to_contain_text(rows[0]["number"])
    expect(received.get_by_role("listitem").first).to_contain_text("超")
    expect(column(page, "等待材料")).to_contain_text("没有案件")


def test_a_case_opens_beside_the_board_and_closing_it_keeps_the_place(visitor: Arrive) -> None:
    somebody, page = at_desk(visitor, 1920, f"{DESK}&where=urgency:eq:danger")
    (first, *_) = somebody.api(f"{CASES}?{LAMPS}&where=state:eq:received&where=urgency:eq:danger&sort=due_at")["rows"]
    page.get_by_role("link", name=first["title"]).click()
    expect(page.get_by_role("heading", level=2, name=first["title"])).to_be_visible()
    assert f"open={first['id']}" in page.url
    assert "urgency" in page.url
    expect(column(page, "待受理")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=2, name=first["title"])).to_have_count(0)
    assert "urgency" in page.url


def test_the_whole_board_goes_by_keys(visitor: Arrive) -> None:
    somebody, page = at_desk(visitor)
    rows = waiting(somebody)
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[data-card='{rows[0]['id']}']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[data-card='{rows[1]['id']}']")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"[data-card='{rows[1]['id']}']")).to_be_focused()
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("受理")
    dialog.get_by_role("button", name=re.compile("提交")).click()
    expect(column(page, "待派遣").locator(f"[data-card='{rows[1]['id']}']")).to_be_visible()
    assert somebody.api(f"{CASES}/{rows[1]['id']}")["record"]["state"] == "accepted"
    page.locator(f"[data-card='{rows[0]['id']}']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=rows[0]["title"])).to_be_visible()


def test_the_keys_are_told_by_a_key(visitor: Arrive) -> None:
    _, page = at_desk(visitor)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("办理常用的下一步")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    titles = page.get_by_role("table", name="案件列表").locator("a.title-link")
    expect(titles.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(titles.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("b")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_one_action_is_done_to_many_with_a_result_for_each(visitor: Arrive) -> None:
    somebody, page = at_desk(visitor, forgive=("409", "404"))
    first, second, third = waiting(somebody)[:3]
    for row in (first, second, third):
        page.get_by_role("checkbox", name=f"选择 {row['number']}").check()
    answer = somebody.send("POST", f"{CASES}/{third['id']}/actions/accept", {"values": {}, "version": third["version"]})
    assert answer.ok, answer.text()
    page.get_by_role("button", name="批量办理").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("办理事项").select_option(label="受理")
    dialog.get_by_role("button", name=re.compile("提交")).click()
    expect(dialog).to_contain_text("成功 2 件，未成功 1 件")
    expect(dialog.get_by_role("row", name=re.compile(third["number"]))).not_to_contain_text("已办理")
    dialog.get_by_role("button", name="关闭", exact=True).last.click()
    expect(page.get_by_role("region", name="批量办理")).to_contain_text("已选 1 件")
    done = somebody.api(f"{CASES}?{LAMPS}&where=number:in:{first['number']},{second['number']}")["rows"]
    assert [one["state"] for one in done] == ["accepted", "accepted"]


def test_the_map_has_its_list_with_the_same_filters(visitor: Arrive) -> None:
    somebody = visitor(1366, signed_in="dispatcher", forgive=("GPU",))
    with somebody.page.expect_response(re.compile(r"/api/tiles/cases/\d+/\d+/\d+\.mvt\?.*where=urgency")) as tile:
        page = somebody.open(f"{DESK}&view=map&where=urgency:eq:danger", ready=False)
    assert tile.value.status == 200
    rows = somebody.api(f"{CASES}?{LAMPS}&where=urgency:eq:danger&sort=due_at")["rows"]
    listed = page.get_by_role("region", name="地图上的案件").get_by_role("link")
    expect(listed).to_have_count(len(rows))
    listed.first.click()
    expect(page.get_by_role("heading", level=2, name=rows[0]["title"])).to_be_visible()


def test_the_board_follows_what_others_do(visitor: Arrive) -> None:
    somebody, page = at_desk(visitor)
    row = waiting(somebody)[0]
    card = page.locator(f"[data-card='{row['id']}']")
    expect(column(page, "待受理").locator(card)).to_be_visible()
    expect(page.get_by_text("实时连接")).to_be_visible()
    colleague = visitor(1366, signed_in="dispatcher")
    colleague.open("/work/", ready=False)
    answer = colleague.send("POST", f"{CASES}/{row['id']}/actions/accept", {"values": {}, "version": row["version"]})
    assert answer.ok, answer.text()
    expect(page.get_by_role("region", name=re.compile("^待派遣")).locator(f"[data-card='{row['id']}']")).to_be_visible()


def test_a_case_tells_its_time_its_offices_and_its_whole_course(visitor: Arrive) -> None:
    somebody = visitor(1366, signed_in="dispatcher")
    row = waiting(somebody, "mended")[0]
    page = somebody.open(f"/work/records/cases.case/{row['id']}", ready=False)
    steps = page.get_by_role("region", name="所处环节")
    expect(steps).to_contain_text("待核查")
    expect(steps).to_contain_text("办结")
    expect(page.get_by_role("region", name="时限")).to_contain_text("本平台设定")
    expect(page.get_by_role("region", name="承办任务")).to_contain_text("已更换灯泡，恢复照明")
    course = page.get_by_role("region", name="全过程")
    expect(course).to_contain_text("受理")
    expect(course).to_contain_text("签收")
    expect(course).to_contain_text("反馈：已更换灯泡，恢复照明")
    expect(page.get_by_role("region", name="派单依据")).to_contain_text("照明归住建")


def test_who_reported_is_shown_for_a_purpose_only(visitor: Arrive) -> None:
    somebody = visitor(1366, signed_in="dispatcher")
    row = waiting(somebody, "mended")[0]
    page = somebody.open(f"/work/records/cases.case/{row['id']}", ready=False)
    people = page.get_by_role("region", name="反映人", exact=True)
    expect(people).not_to_contain_text("1380000")
    people.get_by_role("button", name="查看反映人").click()
    page.get_by_role("dialog").get_by_label(re.compile("用途")).fill("电话回访反映人")
    page.get_by_role("dialog").get_by_role("button", name="查看反映人").click()
    expect(people).to_contain_text("1380000")


def test_sending_out_suggests_an_office_and_its_lists_never_lie_over_the_buttons(visitor: Arrive) -> None:
    somebody = visitor(1366, signed_in="dispatcher")
    row = waiting(somebody, "accepted")[0]
    page = somebody.open(f"/work/records/cases.case/{row['id']}", ready=False)
    page.get_by_role("button", name="派遣", exact=True).click()
    dialog = page.get_by_role("dialog", name="派遣")
    dialog.get_by_label("交办要求").fill("请两日内修复")
    dialog.get_by_role("button", name=re.compile("^采用")).click()
    expect(dialog).to_contain_text("已采用")
    dialog.get_by_label("协办单位").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_label("协办单位").click()
    page.keyboard.type("民政")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name=re.compile("提交")).click()  # refused by the browser where something lies over it
    expect(page.get_by_role("region", name="承办任务").get_by_role("link")).to_have_count(2)


def test_a_list_of_cases_has_tabs_for_the_kinds_and_then_for_the_stages_of_one(visitor: Arrive) -> None:
    somebody = visitor(1366, signed_in="dispatcher")
    page = somebody.open("/work/records/cases.case", ready=False)
    page.get_by_role("group", name="事项").get_by_role("button", name=re.compile("路灯报修")).click()
    page.get_by_role("group", name="环节").get_by_role("button", name=re.compile("待核查")).click()
    expect(page.get_by_role("row")).to_have_count(len(waiting(somebody, "mended")) + 1)


@pytest.mark.parametrize("view", VIEWS)
def test_the_desk_has_no_accessibility_fault(visitor: Arrive, view: str) -> None:
    somebody, _ = at_desk(visitor, path=f"{DESK}&view={view}&theme=auto", forgive=("GPU",))
    assert somebody.violations_in(*LOOKS) == []


def test_an_open_case_has_no_accessibility_fault(visitor: Arrive) -> None:
    somebody = visitor(signed_in="dispatcher")
    row = waiting(somebody, "mended")[0]
    somebody.open(f"{DESK}&open={row['id']}&theme=auto", ready=False)
    assert somebody.violations_in(*LOOKS) == []


def test_the_desk_never_scrolls_sideways_on_a_telephone(visitor: Arrive) -> None:
    _, page = at_desk(visitor, 390)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
