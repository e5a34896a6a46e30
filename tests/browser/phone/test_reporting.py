"""A resident reports with a phone: without a network, without a photo, when somebody was there before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Look
from tests.browser.phone.steps import CUT, Arrive, at_home, cases_named, fill_in, fresh, losing_the_first_answer

LOOKS: tuple[Look, ...] = ((390, "light"), (390, "dark"))


def test_a_report_written_without_network_survives_a_reload_and_becomes_one_case_although_the_answer_was_lost(visitor: Arrive, photo: Path) -> None:
    somebody = visitor(390, forgive=CUT)
    page = at_home(somebody, "/m/report")
    keys: list[str] = []
    somebody.context.route("**/api/cases", losing_the_first_answer(keys))
    somebody.context.set_offline(True)
    words = fresh("测试：垃圾堆在路边")
    fill_in(page, photo, words)
    expect(page.get_by_role("button", name="继续")).to_be_visible()  # a step that shows is kept
    page.reload()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("电话").fill("13800000001")
    page.get_by_role("button", name="提交").click()
    queue = page.get_by_role("listitem").filter(has_text=words)
    expect(queue).to_contain_text("待发送")
    page.reload()
    expect(queue).to_contain_text("待发送")
    assert keys == []

    somebody.context.set_offline(False)
    link = page.get_by_role("link").filter(has_text="编号")
    expect(link).to_be_visible()
    assert len(keys) == 2 and len(set(keys)) == 1, "both attempts carry the one key that the phone chose"
    link.click()
    expect(page.get_by_role("heading", name=re.compile(words))).to_be_visible()
    expect(page.get_by_alt_text("上报时 第 1 张")).to_be_visible()
    assert len(cases_named(somebody, words)) == 1


def test_what_is_no_photo_is_told_and_a_refused_place_leaves_other_ways(visitor: Arrive, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jpg"
    wrong.write_text("no photo")
    page = visitor(390, permissions=[]).open("/m/report", ready=False)
    page.locator("input[type=file]").last.set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("wrong.jpg")
    page.get_by_role("button", name="没有照片，直接说").click()
    page.get_by_role("button", name="我就在这里").click()
    expect(page.get_by_role("alert")).to_contain_text("在地图上选")
    page.get_by_role("button", name="在地图上选").click()
    page.get_by_role("button", name=re.compile("往北")).click()
    page.get_by_role("button", name="就是这里").click()
    expect(page.get_by_text("在地图上选的")).to_be_visible()


def test_somebody_who_finds_it_reported_already_says_me_too_instead_of_reporting_again(visitor: Arrive, photo: Path) -> None:
    first = visitor(390)
    page = first.open("/m/report", ready=False)
    fill_in(page, photo, "测试：同一堆垃圾")
    expect(page.locator(".likes, .summary").first).to_be_visible()
    if page.get_by_role("button", name="都不是").count():
        page.get_by_role("button", name="都不是").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link").filter(has_text="编号")).to_be_visible()
    second = visitor(390)
    page = second.open("/m/report", ready=False)
    fill_in(page, photo, "测试：又看到了")
    page.get_by_role("button", name=re.compile("我也遇到了：.*测试：同一堆垃圾")).click()
    mine = page.get_by_role("link").filter(has_text="我也遇到了")
    expect(mine).to_be_visible()
    assert second.api("/api/records/cases.case?q=测试：又看到了")["rows"] == []


@pytest.mark.parametrize("elder", ["", "&elder=30"])
def test_the_phone_of_cases_has_no_accessibility_fault_in_any_size_of_type(visitor: Arrive, reported: Any, photo: Path, elder: str) -> None:
    case = reported(f"测试：无障碍{elder[-2:]}")
    look = f"?theme=auto{elder}"
    resident = visitor(390)
    page = resident.open(f"/m/report{look}", ready=False)
    page.locator("input[type=file]").last.set_input_files(photo)
    found = {"photo": resident.violations_in(*LOOKS)}
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="在地图上选").click()
    found["place"] = resident.violations_in(*LOOKS)
    page.goto(f"{resident.platform.url}/m/cases/{case['number']}{look}#{case['follow']['secret']}")
    found["case"] = resident.violations_in(*LOOKS)
    worker = visitor(390, signed_in="grid")
    worker.open(f"/m/work{look}", ready=False)
    found["work"] = worker.violations_in(*LOOKS)
    worker.open(f"/m/work/{case['id']}{look}", ready=False)
    found["card"] = worker.violations_in(*LOOKS)
    assert found == {name: [] for name in found}
    for who in (resident, worker):
        assert who.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out at the side"
