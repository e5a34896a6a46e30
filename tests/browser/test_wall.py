"""What people do before the wall: narrow it, change its language, watch it change by itself, have it drawn."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]


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
    expect(page.get_by_role("status").filter(has_text="实时连接")).to_be_visible()
    figure = desk.api("/api/records/indicators.value?limit=1&where=state:eq:computed&where=current:eq:yes")["rows"][0]
    with page.expect_request(lambda request: "/api/data/indicators." in request.url):
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
    somebody = visitor(1366, fine=True)
    page = somebody.open("/screen/overview")
    box = page.locator("section.map canvas").first.bounding_box()
    assert box is not None
    picture = page.screenshot(clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]})
    assert len(picture) > 30_000, "a map without land, water and streets compresses to almost nothing"


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
  return [...list.querySelectorAll('li, .matrix-row, tbody > tr')].map(row => row.getBoundingClientRect())
    .filter(row => row.top < edge - 1 && row.bottom > edge + 1)
}).length"""


def test_no_row_of_a_panel_is_cut_in_half_and_the_rest_can_be_reached(visitor: Arrive) -> None:
    somebody = visitor(1366, flat=True)
    for path in ("/screen/overview?lang=zh", "/screen/livelihood?lang=en", "/screen/urban?lang=zh"):
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
    expect(page.locator(".bar").first).to_be_visible()


def test_a_wall_turns_its_pages_until_it_is_paused(visitor: Arrive) -> None:
    somebody = visitor(1366, reduced_motion="no-preference", flat=True)

    def sooner(route: Route) -> None:
        answer = route.fetch()
        spec = answer.json()
        route.fulfill(response=answer, json={**spec, "rotate": 4} if spec.get("rotate") else spec)

    somebody.page.route("**/api/pages/*", sooner)
    page = somebody.open("/screen/overview?wall=1", ready=False)
    expect(page).to_have_url(re.compile("livelihood"))
    expect(page).to_have_url(re.compile("overview"))
    page.get_by_role("button", name="暂停轮播").click()
    held = page.url
    page.wait_for_timeout(5_000)
    assert page.url == held
