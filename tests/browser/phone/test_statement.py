"""A resident says that a task is not done, without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ROOT
from tests.browser.phone.steps import Arrive

CHECK = "/api/records/projects.placecheck/actions/file_place_check"
PHOTO = ROOT / "web" / "public" / "assets" / "m" / "icon-192.png"


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
    (found,) = official.api("/api/records/projects.task?where=code:eq:2025-06-01")["rows"]
    number = found["id"]
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
    expect(queue).to_contain_text("已试")
    expect(queue).to_contain_text("待发送")
    expect(queue).to_contain_text("已发送")
    expect(page.get_by_role("img", name="1 条待发送或失败")).to_have_count(0)
    (statement,) = official.api(statements)["rows"]
    assert len(sent) == 2
    assert len(set(sent)) == 1, "both attempts carry the one id that the phone chose"
    assert statement["note"] == "测试：三号楼门口的路灯没有亮"
    assert statement["photo"], "the photo went with it"
    expect(queue).to_contain_text(f"编号 {statement['id']}")
