"""The page on webhooks: its check accepts what the platform sends and nothing else, and its command subscribes."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.webhooks.letters import headers_of, letter_of, new_secret
from hexi.core.data.webhooks.models import Delivery, Subscription
from hexi.core.trust.accounts import create_account
from hexi.core.trust.api import PLATFORM
from hexi.core.trust.models import Event
from hexi.tools.commands import subscribe
from tests.docs.pages import ROOT, Page

pytestmark = pytest.mark.django_db
PAGE = Page(ROOT / "docs" / "howto" / "webhooks.md")
Check = Callable[[str, dict[str, str], bytes], bool]


@pytest.fixture
def is_ours() -> Check:
    """The function that the page shows."""
    (block,) = [one for one in PAGE.of("python") if one.file == "receiver.py"]
    shown: dict[str, Any] = {}
    exec(compile(block.text, "receiver.py", "exec"), shown)
    return shown["is_ours"]


def sent(at: Any = None) -> tuple[str, dict[str, str], bytes]:
    secret, sealed = new_secret()
    subscription = Subscription(pk=3, sealed=sealed, account_id=0)
    delivery = Delivery(sequence=7, entity="samples.nothing", object_id=0, action="import", happened_at=timezone.now())
    letter = letter_of(subscription, delivery, PLATFORM)
    return secret, dict(headers_of(subscription, letter, at or timezone.now())), letter.body


def test_the_check_on_the_page_accepts_our_letters(is_ours: Check) -> None:
    assert is_ours(*sent())


def test_the_check_on_the_page_refuses_what_was_changed_or_is_old(is_ours: Check) -> None:
    secret, headers, body = sent()
    assert not is_ours(secret, headers, body.replace(b"import", b"export"))
    assert not is_ours(secret, {**headers, "webhook-id": "msg_3_8"}, body)
    assert not is_ours(secret, {**headers, "webhook-timestamp": str(int(time.time()) + 5)}, body)
    assert not is_ours(new_secret()[0], headers, body)
    assert not is_ours(*sent(timezone.now() - timedelta(hours=1)))


def test_the_command_on_the_page_subscribes_and_prints_the_secret_once(capsys: pytest.CaptureFixture[str]) -> None:
    create_account("city_reader", "示例·市级读者", "leader", "120103", "", "a long passphrase of ours")
    parser = argparse.ArgumentParser()
    subscribe.arguments(parser)
    line = next(text for text in (b.text for b in PAGE.of("sh")) if "hexi subscribe" in text)
    assert subscribe.run(parser.parse_args(line.split()[2:])) == 0
    secret = capsys.readouterr().out.strip().splitlines()[-1]
    assert secret.startswith("whsec_")
    kept = Subscription.objects.get()
    assert (kept.account, kept.wanted) == ("city_reader", {"cases.case", "cases.casetask"})
    assert secret.encode() not in bytes(kept.sealed)
    assert Event.objects.get(entity="data.subscription").why == "市区共享协议"
