"""What the tests of the phone do alike: a page that works without a network, a report that is filled in, answers that are lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
GRID, STREET_OFFICE = "12010300800106", "street_office_tianta"
DESK = ("case_acceptor", "case_dispatcher", "case_checker")
KIND, TOPIC, LITTER = "urban", "暴露垃圾", "event.look.litter"
HERE = {"longitude": 117.2185, "latitude": 39.0834}
CUT = ("Failed to load resource",)


def act(who: Visitor, number: int, key: str, values: dict[str, Any] | None = None) -> None:
    version = who.api(f"/api/records/cases.case/{number}")["version"]
    got = who.send("POST", f"/api/records/cases.case/{number}/actions/{key}", {"values": values or {}, "version": version})
    assert got.ok, got.text()


def at_home(somebody: Visitor, path: str) -> Page:
    """The page, and everything that it needs without a network."""
    page = somebody.open(path, ready=False)
    somebody.settle()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    somebody.settle()
    return page


def losing_the_first_answer(keys: list[str]) -> Callable[[Route], None]:
    """The server gets everything; its answer to the first never arrives."""

    def carry(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        return route.abort("connectionreset") if len(keys) == 1 else route.fulfill(response=answer)

    return carry


def fresh(words: str) -> str:
    """The words with a mark of their own: tests share a platform, and one may run again."""
    return f"{words}{uuid4().hex[:6]}"


def cases_named(who: Visitor, words: str) -> list[Any]:
    return who.api(f"/api/records/cases.case?where=kind:eq:{KIND}&q={words}")["rows"]


def fill_in(page: Page, photo: Path, words: str) -> None:
    """Everything up to the question who it is."""
    page.locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_alt_text("第 1 张照片")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="用照片里的位置").click()
    expect(page.get_by_text("来自照片")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("searchbox").fill(TOPIC)
    page.get_by_role("button", name=TOPIC).first.click()
    page.get_by_label("情况", exact=True).fill(words)
    page.get_by_role("button", name="下一步").click()
