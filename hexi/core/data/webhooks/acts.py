"""What administrators do with webhooks: subscribe, change them and their secret, stop, start, send again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.forms import Form, question
from hexi.core.data.webhooks.addresses import AddressRefused, target_of
from hexi.core.data.webhooks.letters import new_secret
from hexi.core.data.webhooks.models import Delivery, Subscription
from hexi.core.trust.api import newest_sequence, oldest_sequence, viewer_of_username
from hexi.kernel.catalogue import catalogue
from hexi.kernel.context import Param
from hexi.kernel.declare import Action, MenuItem
from hexi.kernel.errors import Conflict, Invalid, Problem
from hexi.kernel.label import t

BY = ("administrator",)
OVERLAP = Param(
    "webhook_secret_overlap", t("推送密钥更换后原密钥仍有效多久", "how long the old secret of a webhook counts beside a new one"),
    timedelta(days=2), timedelta(0), timedelta(days=30),
)  # fmt: skip


class Subscribed(Form):
    """Who is to be told of what."""

    name: str = question(t("名称", "name"), min_length=2, max_length=120)
    address: str = question(t("接收地址（https）", "address (https)"), min_length=8, max_length=500)
    topics: list[str] = question(t("订阅内容（登记标识；空为全部）", "topics (entity keys; all when empty)"), [], max_length=64)
    account: str = question(t("以哪个账号的权限读取", "account in whose name it reads"), min_length=1, max_length=60)


class Changed(Form):
    """What may become different. The account stays: who reads something else is somebody else, and subscribes anew."""

    name: str = question(t("名称", "name"), min_length=2, max_length=120)
    address: str = question(t("接收地址（https）", "address (https)"), min_length=8, max_length=500)
    topics: list[str] = question(t("订阅内容（登记标识；空为全部）", "topics (entity keys; all when empty)"), [], max_length=64)
    active: bool = question(t("启用", "in force"))


class Renewed(Form):
    """How the old secret ends."""

    at_once: bool = question(
        t("原密钥立即失效", "end the old secret at once"), False,
        help=t("疑似泄露时选是；否则原密钥在约定期内仍可验签", "Yes where it may have leaked; else it counts for the agreed time"),
    )  # fmt: skip


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
        Subscription, name=given.name, address=given.address, topics=_written(given.topics), account=viewer.username,
        account_id=viewer.account, sealed=sealed, position=newest_sequence(),
    )  # fmt: skip


def change_subscription(change: Any) -> Subscription:
    """Another name, address or choice of topics; stopped or started. Raises Invalid, Conflict.

    What waits goes to the new address at once.
    """
    row, given = change.record, change.answers
    if problems := _problems(given.address, given.topics):
        raise Invalid(problems)
    if given.active and not row.active:
        _check_kept(row.position + 1)
    moved = given.address != row.address
    last_call = {"tried_at": None, "status": None, "fault": ""} if moved else {}
    change.save(row, name=given.name, address=given.address, topics=_written(given.topics), active=given.active, **last_call)
    if moved:
        Delivery.objects.filter(subscription=row, state="waiting").update(next_at=timezone.now(), attempts=0)
    return row


def renew_secret(change: Any) -> Subscription:
    """Another secret, shown this once; the old one counts beside it for the tuned time, unless it is to end at once."""
    row, overlap = change.record, change.context.value(OVERLAP)
    goes_on = overlap and not change.answers.at_once
    old = {"sealed_before": row.sealed, "old_secret_until": timezone.now() + overlap} if goes_on else ENDED
    change.once["secret"], sealed = new_secret()
    change.save(row, sealed=sealed, **old)
    return row


ENDED: dict[str, Any] = {"sealed_before": b"", "old_secret_until": None}


def forget_old_secrets() -> int:
    """Throw away secrets whose time beside a new one is over. How many."""
    return Subscription.objects.filter(old_secret_until__lte=timezone.now()).update(**ENDED)


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
    change.save(change.record, active=False, removed_at=timezone.now(), sealed=b"", **ENDED)
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


def _written(topics: list[str]) -> str:
    return ",".join(sorted(set(topics)))


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
    Action("change_subscription", t("修改", "change"), "data.subscription", change_subscription, Changed, by=BY, needs_reason=True,
           when=HERE),
    Action("renew_secret", t("更换密钥", "renew the secret"), "data.subscription", renew_secret, Renewed, by=BY, needs_reason=True, when=HERE,
           confirm=t("新密钥只显示一次；原密钥在可调参数规定的时间内仍有效", "The new secret is shown this once; the old one counts for the tuned time")),
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
