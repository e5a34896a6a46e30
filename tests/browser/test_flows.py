"""What people do: sign in, find a task, change it at the same time as somebody else, bring in a list, drill on the wall, switch the language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
TASKS = "/work/records/projects.task"


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


def test_a_list_is_searched_filtered_and_the_address_holds_it(visitor: Arrive) -> None:
    somebody = visitor(signed_in="housing")
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("row")).to_have_count(51, timeout=20_000)
    page.get_by_placeholder(re.compile("中搜索")).fill("口袋公园")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name=re.compile("口袋公园"))).to_have_count(1)
    assert "q=" in page.url
    again = visitor(signed_in="housing")
    other = again.open(page.url.removeprefix(somebody.platform.url), ready=False)
    expect(other.get_by_role("cell", name=re.compile("口袋公园"))).to_have_count(1, timeout=20_000)


def test_two_people_who_change_one_record_both_see_what_the_other_did(visitor: Arrive) -> None:
    somebody = visitor(signed_in="steward", forgive=("409",))
    row = somebody.api("/api/records/population.resident?limit=1")["rows"][0]
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
    home = somebody.api("/api/records/population.resident?limit=1")["rows"][0]["home"]
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
    last = somebody.api("/api/imports")["rows"][0]
    undone = somebody.send("POST", f"/api/imports/{last['id']}/undo", {"why": "测试：撤销导入"})
    assert undone.ok, undone.text()
    assert somebody.api("/api/records/population.resident/count?q=示例·甲")["count"] == 0


def test_a_click_on_the_wall_narrows_every_panel_and_the_address_holds_it(visitor: Arrive) -> None:
    somebody = visitor(1920)
    page = somebody.open("/screen/overview")
    streets = somebody.api("/api/data/space.places?parent=120103")["rows"]
    page = somebody.open(f"/screen/overview?place={streets[0]['code']}")
    crumbs = page.get_by_role("navigation", name="当前范围")
    expect(crumbs).to_contain_text(streets[0]["name"]["zh"])
    crumbs.get_by_role("button").first.click()
    expect(crumbs).not_to_contain_text(streets[0]["name"]["zh"])
    assert "place=" not in page.url
    page.go_back()
    expect(crumbs).to_contain_text(streets[0]["name"]["zh"])


def test_the_language_changes_everywhere_and_is_kept(visitor: Arrive) -> None:
    somebody = visitor(1920)
    page = somebody.open("/screen/overview")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hexi at a glance")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hexi at a glance")
    page.goto(f"{somebody.platform.url}/m/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_change_at_the_desk_reaches_the_wall_by_itself(visitor: Arrive) -> None:
    wall, desk = visitor(1920), visitor(signed_in="steward")
    page = wall.open("/screen/overview")
    expect(page.get_by_role("status").filter(has_text="实时连接")).to_be_visible(timeout=20_000)
    figure = desk.api("/api/records/indicators.value?limit=1&where=state:eq:computed&where=current:eq:yes")["rows"][0]
    with page.expect_request(lambda request: "/api/data/indicators." in request.url, timeout=20_000):
        done = desk.send(
            "POST", f"/api/records/indicators.value/{figure['id']}/actions/publish", {"values": {}, "version": figure["version"]}
        )
        assert done.ok, done.text()


def test_without_webgl_the_wall_says_so_and_shows_lists(visitor: Arrive) -> None:
    somebody = visitor(1920)
    somebody.page.add_init_script("HTMLCanvasElement.prototype.getContext = (real => function (kind, ...more) {"
                                  " return /webgl/.test(kind) ? null : real.call(this, kind, ...more) })(HTMLCanvasElement.prototype.getContext)")  # fmt: skip
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


def test_a_statement_written_without_network_is_kept_and_sent_later(visitor: Arrive) -> None:
    somebody = visitor(390, forgive=("Failed to load resource", "ERR_INTERNET_DISCONNECTED", "stream"))
    page = somebody.open("/m/programme", ready=False)
    somebody.settle()
    page.evaluate("navigator.serviceWorker && navigator.serviceWorker.ready.then(() => true)")
    somebody.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("main")).to_be_visible(timeout=20_000)
    somebody.context.set_offline(False)


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
    somebody = visitor(1366)
    for path in ("/screen/overview?lang=zh", "/screen/livelihood?lang=en"):
        page = somebody.open(path)
        assert page.evaluate(CUT_ROWS) == 0
        more = page.locator(".rows-more").first
        before = more.inner_text()
        more.press("Enter")
        expect(more).not_to_have_text(before)


def test_a_press_on_a_bar_narrows_the_page_and_the_way_back_undoes_it(visitor: Arrive) -> None:
    somebody = visitor(1920)
    page = somebody.open("/screen/overview")
    bar = page.locator("button.bar").first
    bar.press("Enter")
    expect(page).to_have_url(re.compile(r"place=\d{9}"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("place="))


def test_without_network_no_figures_of_the_scope_before_are_shown_as_those_of_this_one(visitor: Arrive) -> None:
    somebody = visitor(1920, forgive=("ERR_INTERNET_DISCONNECTED",))
    page = somebody.open("/screen/overview")
    somebody.context.set_offline(True)
    page.locator("button.bar").first.click()
    expect(page.get_by_text("数据未取到").first).to_be_visible()
    expect(page.locator(".bar")).to_have_count(0)
    somebody.context.set_offline(False)
    expect(page.locator(".bar").first).to_be_visible(timeout=20_000)


def test_a_wall_turns_its_pages_until_it_is_paused(visitor: Arrive) -> None:
    somebody = visitor(1366, reduced_motion="no-preference")

    def sooner(route: Route) -> None:
        answer = route.fetch()
        spec = answer.json()
        route.fulfill(response=answer, json={**spec, "rotate": 4} if spec.get("rotate") else spec)

    somebody.page.route("**/api/pages/*", sooner)
    page = somebody.open("/screen/overview?wall=1", ready=False)
    expect(page).to_have_url(re.compile("livelihood"), timeout=20_000)
    expect(page).to_have_url(re.compile("overview"), timeout=20_000)
    page.get_by_role("button", name="暂停轮播").click()
    held = page.url
    page.wait_for_timeout(5_000)
    assert page.url == held
