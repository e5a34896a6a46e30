"""The page of webhooks, walked by an administrator with a real receiver on loopback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from hexi.core.data.tests.receiver import Receiver
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.slow
Arrive = Callable[..., Visitor]
WHY = "浏览器测试"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver().up()
    yield made
    made.down()


def _subscribe(page: Page, address: str, account: str = "admin") -> None:
    page.get_by_role("button", name="新增订阅").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("示例·上级平台")
    dialog.get_by_label("接收地址").fill(address)
    dialog.get_by_label("以谁的权限读取").fill(account)
    dialog.get_by_label("办理理由").fill(WHY)
    dialog.get_by_role("button", name="新增订阅").click()


def _act(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("办理理由").fill(WHY)
    dialog.get_by_role("button", name="提交").click()
    expect(dialog).not_to_be_visible()


def _send_a_test(page: Page) -> None:
    """A button that still waits for its last answer takes no press."""
    button = page.get_by_role("button", name="发送测试")
    expect(button).not_to_have_class(re.compile("ant-btn-loading"))
    button.click()


def _wait_for(page: Page, receiver: Receiver, number: int) -> None:
    """Until so many have arrived, and not one more."""
    for _ in range(100):
        if len(receiver.got) >= number:
            break
        page.wait_for_timeout(100)
    assert len(receiver.got) == number


def test_an_administrator_adds_tests_stops_and_removes_a_webhook(visitor: Arrive, receiver: Receiver) -> None:
    admin = visitor(signed_in="admin", forgive=("422",))
    page = admin.open("/work/", ready=False)
    page.get_by_role("link", name="变更推送").first.click()
    _subscribe(page, receiver.address, account="nobody-at-all")
    expect(page.get_by_text("没有这个可登录的账号")).to_be_visible()
    page.get_by_role("dialog").get_by_label("以谁的权限读取").fill("admin")
    page.get_by_role("dialog").get_by_role("button", name="新增订阅").click()
    expect(page.get_by_role("textbox", name="密钥")).to_have_value(re.compile("^whsec_"))
    page.get_by_role("button", name="已抄存").click()
    _send_a_test(page)
    expect(page.get_by_text("测试已送达：对方应答 204")).to_be_visible()
    assert [call["event"]["type"] for call in receiver.got][:1] == ["hexi.test"]
    receiver.down()
    _send_a_test(page)
    expect(page.get_by_text("测试未送达：连接不上")).to_be_visible()
    assert admin.violations() == []
    _act(page, "停用")
    expect(page.get_by_role("row", name="示例·上级平台")).to_contain_text("已停用")
    _act(page, "移除")
    expect(page.get_by_text("还没有订阅方")).to_be_visible()


def test_what_did_not_arrive_shows_every_try_and_is_sent_again(visitor: Arrive, receiver: Receiver) -> None:
    said = [500]
    receiver.answer = lambda _event: said[0]
    admin = visitor(signed_in="admin")
    page = admin.open("/work/webhooks", ready=False)
    _subscribe(page, receiver.address)
    page.get_by_role("button", name="已抄存").click()
    row = admin.api("/api/records/data.parameter?limit=1")["rows"][0]
    told = {"values": {"value": row["value"]}, "version": row["version"], "why": WHY}
    assert admin.send("POST", f"/api/records/data.parameter/{row['id']}/actions/tune", told).ok
    page.get_by_role("tab", name="待发送").click()
    page.get_by_role("button", name=re.compile("查看每次尝试")).first.click()
    calls = page.get_by_role("list", name="每次尝试")
    expect(calls).to_contain_text("应答 500：对方应答不是成功（2xx）")
    expect(calls).to_contain_text("下次尝试")
    said[0] = 204
    page.get_by_role("tab", name="已送达").click()
    expect(page.get_by_role("link", name="可调参数").first).to_be_visible()
    _wait_for(page, receiver, 1)
    page.get_by_role("button", name="重新发送").first.click()
    expect(page.get_by_text("已重新排队发送")).to_be_visible()
    _wait_for(page, receiver, 2)
    assert admin.violations() == []
    _act(page, "移除")
