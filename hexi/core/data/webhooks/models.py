"""Tables of webhooks: who wants to be told at which address, and what became of every single telling."""

from __future__ import annotations

from django.db import models

from hexi.core.data.fields import Choice, Entity, Flag, Moment, Number, Reference, Text
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged

STATES = (
    ("waiting", t("待发送", "waiting")), ("sent", t("已送达", "sent")), ("dead", t("已放弃", "given up")),
    ("withheld", t("无权查看，未发送", "withheld: no longer the account's to read")),
)  # fmt: skip

FAULTS = (
    ("refused", t("对方应答不是成功（2xx）", "the answer was no success (2xx)")), ("timeout", t("规定时间内没有应答", "no answer in time")),
    ("unknown_name", t("域名查不到", "the name of the host is not known")), ("closed", t("连接不上", "no connection")),
    ("certificate", t("对方证书无效", "its certificate is not valid")), ("tls", t("加密连接失败", "no secure connection")),
    ("broken", t("应答不完整", "the answer broke off")), ("address", t("这个地址不允许推送", "this address is refused")),
)  # fmt: skip


class Subscription(Entity):
    """One address that is told of changes, as far as `account` may read them. `position` is the last change that was looked at for it.

    Until `old_secret_until` calls are signed with the secret before, too. `tried_at`, `status` and `fault` are of the
    last call; one that was removed keeps its row for the history and nothing else.
    """

    name = Text(t("名称", "name"), max_length=120, search=True)
    address = Text(t("接收地址", "address"), max_length=500)
    topics = Text(t("订阅内容", "topics"), max_length=1000, missing=True, help=t("登记标识，逗号分隔；空为全部", "entity keys; all when empty"))
    account = Text(t("以谁的权限读取", "reads as"), max_length=60)
    active = Flag(t("启用", "in force"), default=True)
    position = Number(t("已读到的序号", "position"), default=0, low=0)
    tried_at = Moment(t("上次推送", "last call"))
    status = Number(t("对方应答", "answer"), missing=True, help=t("HTTP 状态码；0 为无应答", "HTTP status; 0 when there was none"))
    fault = Choice(t("未送达原因", "why it failed"), options=FAULTS, missing=True)
    removed_at = Moment(t("移除时间", "removed at"))
    old_secret_until = Moment(t("原密钥有效至", "old secret valid until"))
    account_id = models.BigIntegerField(editable=False)
    sealed = models.BinaryField()
    sealed_before = models.BinaryField(default=bytes)

    class Describe:
        label = t("变更订阅", "webhook")
        about = t(
            "把变更推送给其他系统；每条推送按所选账号的权限过滤并签名",
            "Tells other systems what changed, as far as the chosen account may read it, each message signed",
        )
        title = "name"
        list = ("name", "address", "topics", "account", "active", "tried_at", "status", "fault", "position")
        fixed = (
            "name", "address", "topics", "account", "active", "position", "tried_at", "status", "fault", "removed_at", "old_secret_until",
        )  # fmt: skip
        derived = ("position", "tried_at", "status", "fault")
        importable = False

    @property
    def wanted(self) -> frozenset[str]:
        """The topics that it asked for; none means all."""
        return frozenset(filter(None, self.topics.split(",")))


class Delivery(Entity):
    """One change on its way to one address. `status` is the receiver's last HTTP answer, 0 when it gave none."""

    subscription = Reference("data.Subscription", t("变更订阅", "webhook"), owned=True, related_name="deliveries")
    sequence = Number(t("序号", "sequence"), low=0)
    entity = Text(t("登记", "register"), max_length=80)
    object_id = Number(t("记录", "record"))
    of_version = Number(t("版本", "version"), default=0)
    place = Text(t("地点", "place"), max_length=40, missing=True)
    action = Text(t("动作", "action"), max_length=80, missing=True)
    happened_at = Moment(t("发生时间", "happened at"), missing=False)
    state = Choice(t("状态", "state"), options=STATES, default="waiting")
    attempts = Number(t("尝试次数", "attempts"), default=0, low=0)
    next_at = Moment(t("下次尝试", "next attempt"))
    status = Number(t("对方应答", "answer"), missing=True, help=t("HTTP 状态码；0 为无应答", "HTTP status; 0 when there was none"))
    fault = Choice(t("未送达原因", "why it failed"), options=FAULTS, missing=True)
    sent_at = Moment(t("送达时间", "sent at"))
    subscription_id: int

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subscription", "sequence"], name="one_delivery_of_a_change"),)
        indexes = (
            models.Index(fields=["subscription", "next_at"], name="delivery_due", condition=models.Q(state="waiting")),
            models.Index(
                fields=["subscription", "entity", "object_id", "sequence"], name="delivery_in_line", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["state", "id"], name="delivery_by_state"),
            models.Index(fields=["sequence"], name="delivery_wanted", condition=models.Q(state__in=("waiting", "dead"))),
            models.Index(fields=["sent_at"], name="delivery_sent"),
        )

    class Describe:
        label = t("推送记录", "delivery")
        about = t("每条变更推送的结果；放弃的可重新发送", "What became of each telling; what was given up can be sent again")
        title = "action"
        list = ("subscription", "sequence", "entity", "object_id", "action", "state", "attempts", "status", "fault", "next_at")
        fixed = (
            "subscription", "sequence", "entity", "object_id", "of_version", "place", "action", "happened_at", "state", "attempts",
            "next_at", "status", "fault", "sent_at",
        )  # fmt: skip
        importable = False
        unlogged = (Unlogged(t("推送过程的技术记录，按期清理", "technical record of what was sent, which goes after its time"), rows={}, removal=True),)


class Attempt(Entity):
    """One call that did not succeed, or a test. What was put off because its receiver did not answer another call has none of its own."""

    subscription = Reference("data.Subscription", t("变更订阅", "webhook"), owned=True, related_name="calls")
    delivery = Reference("data.Delivery", t("推送记录", "delivery"), owned=True, missing=True, related_name="calls")
    at = Moment(t("时间", "at"), missing=False)
    status = Number(t("对方应答", "answer"), help=t("HTTP 状态码；0 为无应答", "HTTP status; 0 when there was none"))
    fault = Choice(t("未送达原因", "why it failed"), options=FAULTS, missing=True)
    subscription_id: int

    class Describe:
        label = t("推送尝试", "call")
        about = t("每次未成功的推送，以及测试推送", "Every call that did not succeed, and tests")
        title = "fault"
        list = ("at", "subscription", "delivery", "status", "fault")
        fixed = ("at", "subscription", "delivery", "status", "fault")
        sort = "-at"
        importable = False
        unlogged = (Unlogged(t("推送过程的技术记录，按期清理", "technical record of what was sent, which goes after its time"), rows={}, removal=True),)
