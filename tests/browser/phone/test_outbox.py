"""What waits on the phone is sent once there is a network, whether a page is open or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.phone.steps import CUT, Arrive, at_home, cases_named, fill_in, fresh


def written_offline(somebody: Visitor, photo: Path, words: str) -> Page:
    """A report that waits on the phone, written without a network."""
    page = at_home(somebody, "/m/report")
    somebody.context.set_offline(True)
    fill_in(page, photo, words)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("listitem").filter(has_text=words)).to_contain_text("待发送")
    return page


def waker(page: Page, origin: str) -> Callable[[], None]:
    """What a browser does once there is a network: each call wakes the worker. `page` need not be one of the phone's."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"] if one["scopeURL"] == f"{origin}/m/"),
    )
    devtools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    event = {"origin": origin, "registrationId": found[0], "tag": "hexi-m-outbox", "lastChance": False}
    return lambda: devtools.send("ServiceWorker.dispatchSyncEvent", event)


def test_with_no_page_open_the_worker_sends_what_waits_once_there_is_a_network(visitor: Arrive, photo: Path, desk: dict[str, str]) -> None:
    words = fresh("测试：网页关掉以后")
    somebody, staff = visitor(390, forgive=CUT), visitor(signed_in=desk["case_acceptor"])
    written_offline(somebody, photo, words).close()
    elsewhere = somebody.context.new_page()
    somebody.page = elsewhere
    assert cases_named(staff, words) == []
    somebody.context.set_offline(False)
    elsewhere.goto(f"{somebody.platform.url}/mark.svg")
    wake = waker(elsewhere, somebody.platform.url)
    for _ in range(60):  # it respects the pause after the last failed attempt
        wake()
        elsewhere.wait_for_timeout(500)
        if cases_named(staff, words):
            break
    assert len(cases_named(staff, words)) == 1
    page = somebody.open("/m/cases", ready=False)
    expect(page.get_by_role("link").filter(has_text="编号")).to_have_count(1)
    expect(page.get_by_text("待发送")).to_have_count(0)
    assert len(cases_named(staff, words)) == 1, "the page found nothing left to send"


def test_opened_again_with_a_network_the_outbox_empties_by_itself(visitor: Arrive, photo: Path, desk: dict[str, str]) -> None:
    words = fresh("测试：再打开时有网")
    somebody, staff = visitor(390, forgive=CUT), visitor(signed_in=desk["case_acceptor"])
    page = written_offline(somebody, photo, words)
    page.goto("about:blank")
    somebody.context.set_offline(False)
    page.goto(f"{somebody.platform.url}/m/cases")
    expect(page.get_by_role("link").filter(has_text="编号")).to_be_visible()
    expect(page.get_by_text("待发送")).to_have_count(0)
    assert len(cases_named(staff, words)) == 1
