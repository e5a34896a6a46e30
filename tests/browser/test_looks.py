"""The page of the person concerned: a link from the desk, who looked, a question, the office's answer; and the page that checks a proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.slow
Arrive = Callable[..., Visitor]
RESIDENT = "/api/records/population.resident"
BROKEN = ("Failed to load resource",)


@pytest.fixture
def looked(visitor: Arrive) -> dict[str, Any]:
    """A resident whose telephone the street office looked at, and the link that their community handed over."""
    street, community = visitor(signed_in="street"), visitor(signed_in="community")
    resident = community.api(f"{RESIDENT}?limit=1")["rows"][0]["id"]
    for purpose in ("测试：通知停水", "visit"):
        assert street.send("POST", f"{RESIDENT}/{resident}/reveal", {"fields": ["phone"], "purpose": purpose}).ok
    page = community.open(f"/work/records/population.resident/{resident}", ready=False)
    page.get_by_role("button", name="发给本人查询链接").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_alt_text("链接的二维码")).to_be_visible()
    return {"street": street, "resident": resident, "link": page.get_by_role("textbox", name="链接").input_value()}


def test_a_resident_sees_who_looked_asks_and_is_answered_in_every_size_of_type(visitor: Arrive, looked: dict[str, Any]) -> None:
    somebody = visitor(390)
    page = somebody.page
    page.goto(looked["link"].replace("#", "?theme=auto#"))
    expect(page.get_by_role("heading", name="谁查看过我的信息")).to_be_visible()
    card = page.get_by_role("region").filter(has_text="测试：通知停水").last
    expect(card).to_contain_text("天塔街道办事处 街道工作人员 示")
    assert "示例·孙街道" not in page.content()
    assert somebody.violations_in((390, "light"), (390, "dark")) == []
    card.get_by_role("button", name="我有疑问").click()
    card.get_by_label("想问什么").fill("测试：那天没有停水")
    card.get_by_role("button", name="提交").click()
    expect(card).to_contain_text("等待答复")
    (question,) = looked["street"].api("/api/records/data.lookquestion?q=&limit=1")["rows"]
    assert question["words"] == "测试：那天没有停水"
    answer = {"values": {"answer": "测试：邻楼停水，已更正"}, "version": question["version"]}
    assert looked["street"].send("POST", f"/api/records/data.lookquestion/{question['id']}/actions/answer", answer).ok
    page.goto(looked["link"].replace("#", "?elder=30#"))
    page.reload()
    expect(page.get_by_text("测试：邻楼停水，已更正")).to_be_visible()
    assert somebody.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out at the side"


def test_without_a_link_the_page_says_how_to_come_by_one(visitor: Arrive) -> None:
    somebody = visitor(390, forgive=BROKEN)
    page = somebody.open("/m/looks", ready=False)
    expect(page.get_by_role("alert")).to_contain_text("索取查询链接")
    assert somebody.violations() == []


def test_the_desk_s_history_names_the_look_and_a_browser_proves_that_it_is_logged(
    visitor: Arrive, looked: dict[str, Any], tmp_path: Path
) -> None:  # fmt: skip
    street, resident = looked["street"], looked["resident"]
    page = street.open(f"/work/records/population.resident/{resident}", ready=False)
    page.get_by_role("tab", name="办理过程").click()
    expect(page.get_by_text("查看了：联系电话；用途：测试：通知停水").first).to_be_visible()
    proof = tmp_path / "look.tlog-proof"
    proof.write_bytes(_proof_of_newest(street, resident))
    checker = visitor(390)
    checker.page.goto(f"{checker.platform.url}/ledger/verify")
    checker.page.get_by_label("存证文件").set_input_files(proof)
    checker.page.get_by_role("button", name="填入本平台的公钥").click()
    expect(checker.page.get_by_label("信任的公钥")).not_to_have_value("")
    checker.page.get_by_role("button", name="核验").click()
    expect(checker.page.get_by_role("status")).to_contain_text("已核验")
    assert checker.violations() == []
    checker.page.goto(f"{checker.platform.url}/ledger/verify#abc%")
    checker.page.reload()
    expect(checker.page.get_by_role("status")).to_contain_text("不完整")


def _proof_of_newest(street: Visitor, resident: int) -> bytes:
    """Once it is in the log, which takes a second."""
    path = f"{RESIDENT}/{resident}/history"
    for _ in range(100):
        entry = street.api(path)["rows"][0]
        if entry["log"]["state"] != "waiting":
            return street.context.request.get(f"{street.platform.url}{path}/{entry['id']}/proof").body()
        time.sleep(0.1)
    raise AssertionError("the event did not come into the log within ten seconds")
