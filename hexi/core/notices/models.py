"""Tables of the notices room: every telling with what became of it, how people want to be told, browsers that take pushes."""

from __future__ import annotations

from django.db import models

from hexi.core.data.fields import Choice, Entity, Flag, LongText, Moment, Number, Place, Text
from hexi.core.notices import words
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged

OPEN = {"privacy": "open"}


class Delivery(Entity):
    """One letter to one reader by one way. The address lies sealed until it is settled, then it is deleted."""

    channel = Choice(t("通道", "way"), options=words.CHANNELS)
    state = Choice(t("状态", "state"), options=words.STATES, default="queued")
    to = Text(t("收件人", "to"), max_length=120, missing=True)
    account = Number(t("账号", "account"), missing=True)
    title = Text(t("标题", "title"), max_length=200)
    body = LongText(t("内容", "text"))
    link = Text(t("链接", "link"), max_length=200, missing=True)
    about = Text(t("对象", "about"), max_length=80, missing=True)
    number = Number(t("对象编号", "number"), missing=True)
    place = Place(t("地点", "place"), missing=True)
    urgent = Flag(t("紧急", "urgent"), default=False)
    queued_at = Moment(t("生成时间", "queued at"), missing=False)
    tries = Number(t("尝试次数", "attempts"), default=0, low=0)
    next_at = Moment(t("下次发送", "next attempt"))
    sent_at = Moment(t("发出时间", "sent at"))
    received_at = Moment(t("送达时间", "received at"))
    fault = Choice(t("原因", "why not"), options=words.FAULTS, missing=True)
    detail = Text(t("服务商说明", "what the other side said"), max_length=200, missing=True)
    provider = Text(t("服务商编号", "provider's number"), max_length=120, missing=True)
    sealed = models.BinaryField(null=True, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["next_at"], name="letter_waiting", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["about", "number"], name="letter_about"),
            models.Index(fields=["account", "state"], name="letter_of_account"),
            models.Index(fields=["provider"], name="letter_provider", condition=~models.Q(provider="")),
        )

    class Describe:
        label = t("通知投递", "notice sent")
        about = t("每一次通知的通道、回执与失败原因", "Every notice with its way, its receipt, or why it failed")
        title, place, importable, sort = "title", "place", False, "-queued_at"
        list = ("queued_at", "channel", "state", "to", "title", "tries", "sent_at", "received_at", "fault", "detail")
        fixed = (
            "channel", "state", "to", "account", "title", "body", "link", "about", "number", "place", "urgent", "queued_at", "tries",
            "next_at",
            "sent_at", "received_at", "fault", "detail", "provider",
        )  # fmt: skip
        derived = ("state", "tries", "next_at", "sent_at", "received_at", "fault", "detail", "provider")
        unlogged = (Unlogged(t("办结的按期清理", "what was settled goes after its time"), removal=True),)


class Preference(models.Model):
    """How one account wants to be told. Quiet hours hold back what is not urgent; addresses lie sealed."""

    account = models.BigIntegerField(unique=True)
    off = models.JSONField(default=list)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    sealed_phone = models.BinaryField(null=True)
    sealed_mail = models.BinaryField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.account}"


class Browser(models.Model):
    """A browser that takes pushes (RFC 8030), with the keys by which only it can read them (RFC 8291)."""

    account = models.BigIntegerField(db_index=True)
    endpoint = models.CharField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.account}"
