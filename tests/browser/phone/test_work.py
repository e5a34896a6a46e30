"""A grid worker handles cases and visits in the street, with the network cut, answers lost and somebody else faster."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.phone.steps import CUT, GRID, HERE, Arrive, at_home, losing_the_first_answer
from tests.support.platform import Platform, environment


def test_a_grid_worker_accepts_and_finishes_without_network_and_nothing_is_done_twice(visitor: Arrive, reported: Any, photo: Path) -> None:
    case = reported("测试：无网办理")
    somebody = visitor(390, signed_in="grid", forgive=CUT, geolocation=HERE, permissions=["geolocation"])
    page = at_home(somebody, "/m/work")
    page.get_by_role("link").filter(has_text="测试：无网办理").click()
    keys: list[str] = []
    somebody.context.route("**/actions/*", losing_the_first_answer(keys))
    somebody.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="反馈结果").click()
    page.get_by_label("办理结果").fill("测试：已清走")
    page.get_by_label("反馈结果").locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_text(re.compile("拍摄处距案件约"))).to_be_visible()
    page.get_by_role("button", name="提交").click()
    waiting = page.get_by_role("listitem").filter(has_text="待发送")
    expect(waiting).to_have_count(2)
    page.reload()
    expect(waiting).to_have_count(2)

    somebody.context.set_offline(False)
    expect(waiting).to_have_count(0)
    assert len(keys) == 3 and len(set(keys)) == 2, "the first was sent twice under one key, the second once"
    (task,) = case["acceptor"].api(f"/api/records/cases.casetask?where=case:eq:{case['id']}")["rows"]
    assert (task["state"], task["result"], len(task["photos"])) == ("done", "测试：已清走", 1)


def test_when_somebody_was_faster_both_are_shown_and_a_person_decides(visitor: Arrive, reported: Any) -> None:
    case = reported("测试：两部手机")
    slow = visitor(390, signed_in="grid", forgive=CUT)
    page = at_home(slow, "/m/work")
    page.get_by_role("link").filter(has_text="测试：两部手机").click()
    slow.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_role("listitem").filter(has_text="签收")).to_contain_text("待发送")
    fast = visitor(signed_in="second_grid")
    (task,) = fast.api(f"/api/records/cases.casetask?where=case:eq:{case['id']}")["rows"]
    assert fast.send("POST", f"/api/records/cases.casetask/{task['id']}/actions/accept_task", {"version": task["version"]}).ok
    slow.context.set_offline(False)
    conflict = page.get_by_role("alert").filter(has_text="别人已经改了")
    expect(conflict).to_contain_text("second_grid")
    expect(conflict).to_contain_text("您要办的")
    conflict.get_by_role("button", name="仍然提交").click()
    expect(page.get_by_role("listitem").filter(has_text="签收")).to_contain_text("失败")
    page.get_by_role("button", name="从手机上删掉").click()
    expect(page.get_by_role("listitem").filter(has_text="签收")).to_have_count(0)


def test_signing_out_leaves_nothing_of_others_on_the_phone_and_keeps_what_waits_locked(visitor: Arrive, reported: Any) -> None:
    reported("测试：退出登录")
    somebody = visitor(390, signed_in="grid", forgive=CUT)
    page = at_home(somebody, "/m/work")
    page.get_by_role("link").filter(has_text="测试：退出登录").click()
    somebody.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="返回").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("status").filter(has_text="还有 1 件工作待发送")).to_be_visible()
    kept = page.evaluate("""() => new Promise(done => { const open = indexedDB.open('hexi-m'); open.onsuccess = () => {
        const all = open.result.transaction('kept').objectStore('kept').getAll(); all.onsuccess = () => done(JSON.stringify(all.result)) } })""")
    assert "测试：退出登录" not in kept and "/api/cases/work" not in kept
    somebody.context.set_offline(False)
    page.reload()
    somebody.settle()
    assert somebody.api("/api/session")["account"] is None, "the server is told as soon as it is reached"


def test_a_note_is_sent_past_a_step_that_met_a_conflict(visitor: Arrive, reported: Any) -> None:
    case = reported("测试：补一句话")
    slow = visitor(390, signed_in="grid", forgive=CUT)
    page = at_home(slow, "/m/work")
    page.get_by_role("link").filter(has_text="测试：补一句话").click()
    slow.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="添加跟进").click()
    page.get_by_label("内容").fill("测试：门卫说今晚清运")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("listitem").filter(has_text="待发送")).to_have_count(2)
    fast = visitor(signed_in="second_grid")
    (task,) = fast.api(f"/api/records/cases.casetask?where=case:eq:{case['id']}")["rows"]
    assert fast.send("POST", f"/api/records/cases.casetask/{task['id']}/actions/accept_task", {"version": task["version"]}).ok
    slow.context.set_offline(False)
    expect(page.get_by_role("alert").filter(has_text="别人已经改了")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="添加跟进")).to_have_count(0)
    notes = case["acceptor"].api(f"/api/records/cases.note?where=case:eq:{case['id']}")["rows"]
    assert [note["text"] for note in notes if note["text"] != "属实"] == ["测试：门卫说今晚清运"], "beside what was said at the verification"


@pytest.fixture
def call(platform: Platform) -> int:
    """A household in the worker's grid whose visit is due today."""
    how = {**environment(platform.folder, demo=True), "DJANGO_SETTINGS_MODULE": "hexi.site.settings"}
    told = subprocess.run([sys.executable, "-m", "tests.support.visits", GRID], cwd=ROOT, env=how, check=True, capture_output=True, text=True)
    return int(told.stdout)


def test_a_visit_that_is_due_is_written_at_a_closed_door_without_network_and_sent_once(visitor: Arrive, call: int, photo: Path) -> None:
    somebody = visitor(390, signed_in="grid", forgive=CUT, geolocation=HERE, permissions=["geolocation"])
    page = at_home(somebody, "/m/work")
    visits = page.get_by_role("region", name="走访")
    mine = visits.locator(f"a[href='/m/work/visits/{call}']")
    expect(mine).to_contain_text("今天到期")
    page.get_by_role("button", name="按路线").click()
    expect(mine.locator(".pin-mark")).to_be_visible()
    mine.click()
    sent: list[dict[str, Any]] = []
    somebody.context.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/actions/visit") else None)
    keys: list[str] = []
    somebody.context.route("**/actions/visit", losing_the_first_answer(keys))
    somebody.context.set_offline(True)
    page.get_by_role("button", name="登记走访").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("是否见到本人")
    assert somebody.violations() == []
    page.get_by_label("无人应答").check()
    page.get_by_label("走访情况").fill("测试：门上留了便条")
    page.get_by_label("登记走访").locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_alt_text("第 1 张照片")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    waiting = page.get_by_role("listitem").filter(has_text="待发送")
    expect(waiting).to_have_count(1)
    expect(page.get_by_text("不用再写一次")).to_be_visible()
    page.reload()
    expect(waiting).to_have_count(1)

    somebody.context.set_offline(False)
    expect(page.get_by_text("已经记好了")).to_be_visible()
    assert len(set(keys)) == 1, "every attempt carries the one key that the phone chose"
    assert all("version" not in one for one in sent)
    (visit,) = somebody.api(f"/api/records/grid.visit?where=call:eq:{call}")["rows"]
    assert (visit["met"], visit["findings"], len(visit["photos"])) == ("absent", "测试：门上留了便条", 1)
    page.get_by_role("button", name="返回").click()
    expect(page.get_by_role("region", name="走访")).to_be_visible()
    expect(mine).to_have_count(0)
