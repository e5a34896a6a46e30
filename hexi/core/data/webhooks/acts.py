"""What administrators do with webhooks: subscribe, change the secret, stop, start, send again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hexi.core.data.forms import Form, question
from hexi.core.data.webhooks.addresses import AddressRefused, target_of
from hexi.core.data.webhooks.letters import new_secret
from hexi.core.data.webhooks.models import Delivery, Subscription
from hexi.core.trust.api import newest_sequence, oldest_sequence, viewer_of_username
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Action, MenuItem
from hexi.kernel.errors import Conflict, Invalid, Problem
from hexi.kernel.label import t

BY = ("administrator",)


class Subscribed(Form):
    """Who is to be told of what."""

    name: str = question(t("名称", "name"), min_length=2, max_length=120)
    address: str = question(t("接收地址（https）", "address (https)"), min_length=8, max_length=500)
    topics: list[str] = question(t("订阅内容（登记标识；空为全部）", "topics (entity keys; all when empty)"), [], max_length=64)
    account: str = question(t("以哪个账号的权限读取", "account in whose name it reads"), min_length=1, max_length=60)


class FromHere(Form):
    """From which change on."""

    sequence: int = question(t("从哪个序号起", "from which sequence"), ge=1, le=2**53)


def subscribe(change: Any) -> Subscription:
    """A new webhook, told of all that changes from now on. Its secret is shown this once. Raises Invalid."""
    given = change.answers
    viewer = viewer_of_username(given.account)
    problems = _problems(given.address, given.topics)
    if viewer.anonymous:
        problems.append(Problem("account", t("没有这个可登录的账号", "There is no such account that may sign in"), value=given.account))
    if problems:
        raise Invalid(problems)
    shown, sealed = new_secret()
    change.once["secret"] = shown
    return change.create(
        Subscription, name=given.name, address=given.address, topics=",".join(sorted(set(given.topics))), account=viewer.username,
        account_id=viewer.account, sealed=sealed, position=newest_sequence(),
    )  # fmt: skip


def renew_secret(change: Any) -> Subscription:
    """Another secret, shown this once; the old one signs nothing any more."""
    change.once["secret"], sealed = new_secret()
    change.save(change.record, sealed=sealed)
    return change.record


def stop_subscription(change: Any) -> Subscription:
    """Nothing is sent, and nothing is kept for it beyond the usual time."""
    change.save(change.record, active=False)
    return change.record


def start_subscription(change: Any) -> Subscription:
    """Go on where it was. Raises Conflict when changes since then are kept no longer: say from where to go on instead."""
    _check_kept(change.record.position + 1)
    change.save(change.record, active=True)
    return change.record


def remove_subscription(change: Any) -> Subscription:
    """Nothing is sent any more, and it can't be started again: its secret and what waited for it are gone, its history stays."""
    Delivery.objects.filter(subscription=change.record, state__in=("waiting", "dead")).delete()
    change.save(change.record, active=False, removed_at=timezone.now(), sealed=b"")
    return change.record


def replay_dead(change: Any) -> Subscription:
    """Send all of its given up deliveries again, in their order."""
    found = Delivery.objects.filter(subscription=change.record, state="dead")
    found.update(state="waiting", attempts=0, next_at=timezone.now(), fault="")
    change.save(change.record)
    return change.record


def replay(change: Any) -> Delivery:
    """Send this one again, from its first attempt."""
    change.save(change.record, state="waiting", attempts=0, next_at=timezone.now(), fault="")
    return change.record


def replay_from(change: Any) -> Subscription:
    """Send everything again from this change on, also what was sent. Raises Conflict when it is kept no longer."""
    subscription, sequence = change.record, change.answers.sequence
    _check_kept(sequence)
    again = Delivery.objects.filter(subscription=subscription, sequence__gte=sequence)
    again.update(state="waiting", attempts=0, next_at=timezone.now(), fault="")
    change.save(subscription, position=min(subscription.position, sequence - 1), active=True)
    return subscription


def _check_kept(sequence: int) -> None:
    if (oldest := oldest_sequence()) > sequence:
        what = t("序号 {sequence} 之后的变更已不再保存", "Changes from {sequence} on are kept no longer").filled(sequence=sequence)
        raise Conflict(what, do=t(f"请从 {oldest} 起重发，并让对方先全量同步", f"Replay from {oldest}, and let the receiver read everything first"))


def _problems(address: str, topics: list[str]) -> list[Problem]:
    unknown = t("没有这种登记", "There is no such register")
    found = [Problem("topics", unknown, value=topic[:80]) for topic in topics if topic not in catalogue.entities]
    try:
        target_of(address)
    except AddressRefused as refused:
        found.append(Problem("address", refused.what))
    return found


HERE = Subscription.removed_at.missing()
ACTIONS = (
    Action("subscribe", t("新增订阅", "subscribe"), "data.subscription", subscribe, Subscribed, by=BY, needs_reason=True, creates=True,
           primary=True),
    Action("renew_secret", t("更换密钥", "renew the secret"), "data.subscription", renew_secret, by=BY, needs_reason=True, when=HERE,
           confirm=t("原密钥立即失效，新密钥只显示一次", "The old secret ends at once; the new one is shown this once")),
    Action("stop_subscription", t("停用", "stop"), "data.subscription", stop_subscription, by=BY, needs_reason=True,
           when=Subscription.active),
    Action("start_subscription", t("启用", "start"), "data.subscription", start_subscription, by=BY, when=~Subscription.active & HERE),
    Action("replay_from", t("从某序号起重发", "replay from"), "data.subscription", replay_from, FromHere, by=BY, needs_reason=True, when=HERE),
    Action("replay_dead", t("重发全部已放弃的", "send all given up again"), "data.subscription", replay_dead, by=BY, needs_reason=True,
           when=HERE),
    Action("remove_subscription", t("移除", "remove"), "data.subscription", remove_subscription, by=BY, needs_reason=True, when=HERE,
           confirm=t("停止推送，密钥和未送达的一并删除，不能恢复；历史保留",
                     "Nothing more is sent; its secret and what was not delivered are deleted for good; its history stays")),
    Action("replay", t("重新发送", "send again"), "data.delivery", replay, by=BY, primary=True, when=~(Delivery.state == "waiting")),
)  # fmt: skip
MENU = (
    MenuItem("subscriptions", t("变更订阅", "webhooks"), entity="data.subscription"),
    MenuItem("deliveries", t("推送记录", "deliveries"), entity="data.delivery"),
)
