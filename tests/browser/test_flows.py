"""What people do, each job to its end: at the desk, before the wall, and on a phone without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import ROOT, Visitor

Arrive = Callable[..., Visitor]
TASKS = "/work/records/projects.task"
CHECK = "/api/records/projects.placecheck/actions/file_place_check"
PHOTO = ROOT / "web" / "public" / "assets" / "m" / "icon-192.png"


def task(somebody: Visitor, code: str) -> dict[str, Any]:
    (row,) = somebody.api(f"/api/records/projects.task?where=code:eq:{code}")["rows"]
    return row


def test_somebody_signs_in_works_and_signs_out(visitor: Arrive) -> None:
    somebody = visitor(forgive=("401",))
    page = somebody.open("/work/", ready=False)
    page.get_by_label("用户名").fill("housing")
    page.get_by_label("密码", exact=True).fill("not the passphrase")
    page.get_by_role("button", name=re.compile("登录$")).click()
    expect(page.get_by_role("alert")).to_contain_text("密码")
    page.get_by_label("密码", exact=True).fill(somebody.platform.passphrase)
    page.get_by_role("button", name=re.compile("登录$")).click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    assert somebody.api("/api/session")["account"]["username"] == "housing"
    page.get_by_role("link", name="任务", exact=True).click()
    page.get_by_role("link", name="筹集保障性租赁住房").click()
    expect(page.get_by_role("heading", level=1, name="筹集保障性租赁住房")).to_be_visible()
    page.get_by_role("button", name=re.compile("示例·李住建")).click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()
    assert somebody.api("/api/session")["account"] is None


def test_a_list_is_searched_filtered_kept_as_a_view_and_the_address_holds_it(visitor: Arrive) -> None:
    somebody = visitor(signed_in="housing")
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("row")).to_have_count(51, timeout=20_000)
    page.get_by_role("search", name="筛选").get_by_role("button", name="类别").click()
    page.get_by_role("dialog", name="类别").get_by_text("工程类").click()
    page.get_by_role("dialog", name="类别").get_by_role("button", name="应用").click()
    works = somebody.api("/api/records/projects.task/count?where=category:eq:works")["count"]
    assert 1 < works < 50
    expect(page.get_by_role("row")).to_have_count(works + 1)
    page.get_by_placeholder(re.compile("中搜索")).fill("口袋公园")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("cell", name=re.compile("口袋公园"))).to_have_count(1)
    shared = page.url.removeprefix(somebody.platform.url)
    keep_view(page, "口袋公园类")

    colleague = visitor(signed_in="civil")
    other = colleague.open(shared, ready=False)
    expect(other.get_by_role("row")).to_have_count(2, timeout=20_000)
    page.goto(somebody.platform.url + TASKS)
    expect(page.get_by_role("row")).to_have_count(51, timeout=20_000)
    page.get_by_role("button", name="视图").click()
    page.get_by_role("link", name="口袋公园类").click()
    expect(page.get_by_role("row")).to_have_count(2)


def keep_view(page: Page, name: str) -> None:
    page.get_by_role("button", name="视图").click()
    page.get_by_placeholder("视图名称").fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("视图已保存。")).to_be_visible()


def dialog(page: Page, title: str) -> Locator:
    """The dialog, once it can be seen: one that is only there and transparent helps nobody."""
    found = page.get_by_role("dialog").filter(has_text=title)
    expect(found).to_have_css("opacity", "1")
    return found


def test_a_figure_is_entered_with_its_evidence_and_the_history_keeps_both(visitor: Arrive) -> None:
    somebody = visitor(signed_in="housing")
    (target,) = somebody.api("/api/records/projects.target?where=key:eq:rent_subsidy")["rows"]
    page = somebody.open(f"/work/records/projects.target/{target['id']}", ready=False)
    page.get_by_role("button", name="填报数字").click()
    form = dialog(page, "填报数字")
    form.get_by_role("button", name="提交").click()
    expect(form.get_by_text("有 2 处需要修改")).to_be_visible()
    form.get_by_label(re.compile("累计完成数")).fill("12")
    form.get_by_label(re.compile("截至日期")).fill("2025-11-20")
    form.locator("input[type=file]").set_input_files(PHOTO)
    expect(form.get_by_role("link", name=PHOTO.name)).to_be_visible()
    form.get_by_role("button", name="提交").click()
    expect(page.get_by_text("“填报数字”已办理。")).to_be_visible()
    (entry,) = somebody.api(f"/api/records/projects.progress?where=target:eq:{target['id']}")["rows"]
    assert float(entry["value"]) == 12
    record = somebody.open(f"/work/records/projects.progress/{entry['id']}", ready=False)
    expect(record.get_by_role("link", name=re.compile(PHOTO.name))).to_be_visible(timeout=20_000)
    record.get_by_role("tab", name=re.compile("办理过程")).click()
    expect(record.get_by_text("示例·李住建").last).to_be_visible()


def test_a_hidden_number_is_shown_for_a_purpose_that_the_ledger_keeps(visitor: Arrive) -> None:
    somebody = visitor(signed_in="community")
    row = somebody.api("/api/records/population.resident?limit=1&sort=id")["rows"][0]
    page = somebody.open(f"/work/records/population.resident/{row['id']}", ready=False)
    page.get_by_role("button", name="查看原文").click()
    form = dialog(page, "查看脱敏内容")
    form.get_by_role("button", name="说明用途并查看").click()
    expect(form.get_by_text("请写明用途，至少 4 个字")).to_be_visible()
    form.get_by_label("用途").fill("核对高龄津贴申请")
    with page.expect_response(lambda answer: answer.url.endswith("/reveal")) as told:
        form.get_by_role("button", name="说明用途并查看").click()
    number = re.sub(r"\D", "", told.value.json()["values"]["identity_number"])
    assert len(number) > 10
    expect(page.get_by_text(number)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="查看原文")).to_be_visible(timeout=20_000)
    expect(page.get_by_text(number)).to_have_count(0)
    page.get_by_role("tab", name=re.compile("办理过程")).click()
    expect(page.get_by_text("核对高龄津贴申请")).to_be_visible()


def test_the_monthly_report_is_published_and_becomes_readable_for_everybody(visitor: Arrive) -> None:
    somebody, resident = visitor(signed_in="coordinator"), visitor(390)
    phone = resident.open("/m/programme", ready=False)
    published = phone.get_by_role("link", name=re.compile("月进展报告"))
    resident.settle()
    expect(published).to_have_count(0)
    page = somebody.open("/work/report", ready=False)
    page.get_by_role("button", name="发布", exact=True).click()
    dialog(page, "发布").get_by_role("button", name="提交").click()
    expect(page.get_by_text(re.compile("第 1 版"))).to_be_visible(timeout=20_000)
    expect(page.get_by_text("草稿，尚未发布")).to_have_count(0)
    phone.reload()
    expect(published).to_be_visible(timeout=20_000)


def test_two_people_who_change_one_record_both_see_what_the_other_did(visitor: Arrive) -> None:
    somebody = visitor(signed_in="steward", forgive=("409",))
    row = somebody.api("/api/records/population.resident?limit=1&sort=id")["rows"][0]
    page = somebody.open(f"/work/records/population.resident/{row['id']}", ready=False)
    page.get_by_role("button", name=re.compile("修改$")).first.click()
    field = page.get_by_label("联系电话", exact=False).first
    field.fill("00011112222")
    changed = somebody.send(
        "PATCH", f"/api/records/population.resident/{row['id']}", {"values": {"phone": "00033334444"}, "version": row["version"]}
    )
    assert changed.ok, changed.text()
    page.get_by_role("button", name=re.compile("保存$")).click()
    clash = page.get_by_role("alert").filter(has_text="别人刚刚改过这条记录")
    expect(clash).to_contain_text("00033334444")
    expect(clash).to_contain_text("00011112222")
    clash.get_by_role("radio", name=re.compile("保留我的")).check()
    clash.get_by_role("button", name="按选择保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert somebody.api(f"/api/records/population.resident/{row['id']}")["record"]["phone"] == "00011112222"


def test_a_list_from_another_office_is_brought_in_and_taken_back(visitor: Arrive) -> None:
    somebody = visitor(signed_in="steward")
    home = somebody.api("/api/records/population.resident?limit=1&sort=id")["rows"][0]["home"]
    rows = f"姓名,性别,出生日期,住址,居住类型\n示例·甲,女,1950-01-02,{home},户籍人口\n示例·乙,男,1949年3月4日,{home},户籍人口\n示例·丙,男,某年某月,{home},户籍人口\n"
    page = somebody.open("/work/imports/new/population.resident", ready=False)
    page.locator("input[type=file]").set_input_files({"name": "名册.csv", "mimeType": "text/csv", "buffer": rows.encode("gb18030")})
    page.get_by_role("button", name="检查内容").click()
    expect(page.get_by_text("有问题 1 行")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("region", name="问题清单")).to_contain_text("C4")
    page.get_by_text("先导入没有问题的行").click()
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_text("已导入 2 条。")).to_be_visible(timeout=20_000)
    assert somebody.api("/api/records/population.resident/count?q=示例·甲")["count"] == 1
    page.get_by_role("button", name="撤销这次导入").click()
    undo = dialog(page, "撤销这次导入")
    undo.get_by_label("办理理由").fill("测试：撤销导入")
    undo.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_role("main").get_by_text("已撤销。")).to_be_visible(timeout=20_000)
    assert somebody.api("/api/records/population.resident/count?q=示例·甲")["count"] == 0


def test_a_click_on_the_wall_narrows_every_panel_and_the_address_holds_it(visitor: Arrive) -> None:
    somebody = visitor(1920, flat=True)
    page = somebody.open("/screen/overview")
    panel = page.locator("section.panel").filter(has=page.get_by_role("heading", name=re.compile("登记核实率")))
    bar = panel.locator("button.bar").first
    street = bar.inner_text().split()[0]
    with page.expect_request(lambda request: "/api/data/" in request.url and "place=" in request.url):
        bar.click()
    crumbs = page.get_by_role("navigation", name="当前范围")
    expect(crumbs).to_contain_text(street)
    narrowed = page.url
    assert "place=" in narrowed
    crumbs.get_by_role("button").first.click()
    expect(crumbs).not_to_contain_text(street)
    assert "place=" not in page.url
    page.go_back()
    expect(crumbs).to_contain_text(street)
    page = somebody.open(narrowed.removeprefix(somebody.platform.url))
    expect(crumbs).to_contain_text(street)


def test_the_language_changes_everywhere_and_is_kept(visitor: Arrive) -> None:
    somebody = visitor(1366, flat=True)
    page = somebody.open("/screen/overview")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hexi at a glance")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hexi at a glance")
    page.goto(f"{somebody.platform.url}/m/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_change_at_the_desk_reaches_the_wall_by_itself(visitor: Arrive) -> None:
    wall, desk = visitor(1366, flat=True), visitor(signed_in="steward")
    page = wall.open("/screen/overview")
    expect(page.get_by_role("status").filter(has_text="实时连接")).to_be_visible(timeout=20_000)
    figure = desk.api("/api/records/indicators.value?limit=1&where=state:eq:computed&where=current:eq:yes")["rows"][0]
    with page.expect_request(lambda request: "/api/data/indicators." in request.url, timeout=20_000):
        done = desk.send(
            "POST", f"/api/records/indicators.value/{figure['id']}/actions/publish", {"values": {}, "version": figure["version"]}
        )
        assert done.ok, done.text()


def test_without_webgl_the_wall_says_so_and_shows_lists(visitor: Arrive) -> None:
    somebody = visitor(1366, flat=True)
    page = somebody.open("/screen/overview")
    expect(page.get_by_text("此设备不支持三维地图")).to_be_visible()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_the_map_is_not_blank_where_webgl_works(visitor: Arrive) -> None:
    somebody = visitor(1366)
    page = somebody.open("/screen/overview")
    box = page.locator("section.map canvas").first.bounding_box()
    assert box is not None
    picture = page.screenshot(clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]})
    assert len(picture) > 30_000, "a map without land, water and streets compresses to almost nothing"


def test_an_ended_session_closes_the_desk(visitor: Arrive) -> None:
    somebody = visitor(signed_in="auditor", forgive=("401",))
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    somebody.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", name="登录")).to_be_visible(timeout=20_000)


def test_a_session_that_ends_unseen_closes_the_desk_at_the_next_step_although_the_public_may_read_there(visitor: Arrive) -> None:
    somebody = visitor(signed_in="auditor", forgive=("401",))
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    somebody.settle()
    somebody.context.clear_cookies()
    page.get_by_role("columnheader").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible(timeout=20_000)


def say_that_it_is_not_done(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("还没做好")).check()
    page.get_by_label(re.compile("看到了什么")).fill("测试：三号楼门口的路灯没有亮")
    page.locator("input[type=file]").set_input_files(PHOTO)
    expect(page.get_by_alt_text("要提交的照片")).to_be_visible()
    page.get_by_role("button", name="提交").click()


def losing_the_first_answer(sent: list[str]) -> Callable[[Route], None]:
    """The server gets everything; what it answers to the first statement never arrives."""

    def carry(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}")["client_id"])
        answer = route.fetch()
        if len(sent) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    return carry


def test_a_statement_written_without_network_is_kept_and_sent_later_exactly_once(visitor: Arrive) -> None:
    official, somebody = visitor(signed_in="coordinator"), visitor(390, forgive=("Failed to load resource",))
    number = task(official, "2025-06-01")["id"]
    statements = f"/api/records/projects.placecheck?where=task:eq:{number}"
    assert official.api(statements)["rows"] == []
    page = somebody.open(f"/m/project/{number}", ready=False)
    somebody.settle()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    somebody.settle()
    sent: list[str] = []
    somebody.context.route(f"**{CHECK}", losing_the_first_answer(sent))

    somebody.context.set_offline(True)
    page.goto(f"{somebody.platform.url}/m/project/{number}/say")
    say_that_it_is_not_done(page)
    queue = page.get_by_role("listitem").filter(has_text="三号楼门口的路灯没有亮")
    expect(queue).to_contain_text("待发送")
    page.reload()
    expect(queue).to_contain_text("待发送")
    expect(page.get_by_role("img", name="1 条待发送或失败")).to_be_visible()
    assert sent == []

    somebody.context.set_offline(False)
    expect(queue).to_contain_text("已试", timeout=20_000)
    expect(queue).to_contain_text("待发送")
    expect(queue).to_contain_text("已发送", timeout=20_000)
    expect(page.get_by_role("img", name="1 条待发送或失败")).to_have_count(0)
    (statement,) = official.api(statements)["rows"]
    assert len(sent) == 2
    assert len(set(sent)) == 1, "both attempts carry the one id that the phone chose"
    assert statement["note"] == "测试：三号楼门口的路灯没有亮"
    assert statement["photo"], "the photo went with it"
    expect(queue).to_contain_text(f"编号 {statement['id']}")


def test_the_server_draws_a_page_as_a_picture_and_as_a_document(visitor: Arrive) -> None:
    somebody = visitor(signed_in="leader")
    for kind, head in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        answer = somebody.context.request.get(f"{somebody.platform.url}/api/render/livelihood.{kind}?width=1366&height=768", timeout=90_000)
        assert answer.ok, answer.text()[:300]
        assert answer.body().startswith(head)


def elements_outside(page: Page) -> int:
    return int(
        page.evaluate(
            "[...document.querySelectorAll('section, header')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"
        )
    )


def test_the_wall_fits_every_screen_without_a_scroll_bar(visitor: Arrive) -> None:
    for width in (1366, 1920, 3840):
        somebody = visitor(width)
        page = somebody.open("/screen/overview?wall=1")
        assert elements_outside(page) == 0
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1"), width


CUT_ROWS = """() => [...document.querySelectorAll('.rows-list')].flatMap(list => {
  const edge = list.getBoundingClientRect().bottom
  return [...list.children].filter(row => row.matches('li, .matrix-row')).map(row => row.getBoundingClientRect())
    .filter(row => row.top < edge - 1 && row.bottom > edge + 1)
}).length"""


def test_no_row_of_a_panel_is_cut_in_half_and_the_rest_can_be_reached(visitor: Arrive) -> None:
    somebody = visitor(1366, flat=True)
    for path in ("/screen/overview?lang=zh", "/screen/livelihood?lang=en"):
        page = somebody.open(path)
        assert page.evaluate(CUT_ROWS) == 0
        more = page.locator(".rows-more").first
        before = more.inner_text()
        more.press("Enter")
        expect(more).not_to_have_text(before)


def test_a_press_on_a_bar_narrows_the_page_and_the_way_back_undoes_it(visitor: Arrive) -> None:
    somebody = visitor(1920, flat=True)
    page = somebody.open("/screen/overview")
    bar = page.locator("button.bar").first
    bar.press("Enter")
    expect(page).to_have_url(re.compile(r"place=\d{9}"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("place="))


def test_without_network_no_figures_of_the_scope_before_are_shown_as_those_of_this_one(visitor: Arrive) -> None:
    somebody = visitor(1920, forgive=("ERR_INTERNET_DISCONNECTED",), flat=True)
    page = somebody.open("/screen/overview")
    somebody.context.set_offline(True)
    page.locator("button.bar").first.click()
    expect(page.get_by_text("数据未取到").first).to_be_visible()
    expect(page.locator(".bar")).to_have_count(0)
    somebody.context.set_offline(False)
    expect(page.locator(".bar").first).to_be_visible(timeout=20_000)


def test_a_wall_turns_its_pages_until_it_is_paused(visitor: Arrive) -> None:
    somebody = visitor(1366, reduced_motion="no-preference", flat=True)

    def sooner(route: Route) -> None:
        answer = route.fetch()
        spec = answer.json()
        route.fulfill(response=answer, json={**spec, "rotate": 4} if spec.get("rotate") else spec)

    somebody.page.route("**/api/pages/*", sooner)
    page = somebody.open("/screen/overview?wall=1", ready=False)
    expect(page).to_have_url(re.compile("livelihood"), timeout=60_000)
    expect(page).to_have_url(re.compile("overview"), timeout=60_000)
    page.get_by_role("button", name="暂停轮播").click()
    held = page.url
    page.wait_for_timeout(5_000)
    assert page.url == held
