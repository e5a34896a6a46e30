"""Tables of the alarms room: each rescue with where it stands, whom it called, and who is on duty when."""

from __future__ import annotations

from django.db import models

from hexi.core.data.fields import Choice, Entity, Flag, LongText, Moment, Number, Place, Reference, Text
from hexi.kernel.label import t
from hexi.modules.alarms import words
from hexi.modules.alarms.answerers import unanswerable

OPEN = {"privacy": "open"}


class Rescue(Entity):
    """One alarm from the call to its review. The case beside it holds the clocks; `next_at` is when the ladder goes on by itself.

    Only one of a kind runs for a subject at a time: a second call joins it.
    """

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="rescues")
    alarm = Choice(t("告警类型", "kind of alarm"), options=words.alarm_labels, max_length=60)
    state = Choice(t("状态", "state"), options=words.STATES, default="calling")
    title = Text(t("告警", "alarm"), max_length=200, search=True)
    subject = Text(t("对象标识", "subject"), max_length=120, missing=True)
    source = Choice(t("来源", "source"), options=words.SOURCES, default="sensor")
    rule = Text(t("触发规则", "rule"), max_length=80, missing=True)
    place = Place(t("地点", "place"), missing=True)
    lon = Number(t("经度", "longitude"), decimals=6, plain=True, low=-180, high=180, missing=True)
    lat = Number(t("纬度", "latitude"), decimals=6, plain=True, low=-90, high=90, missing=True)
    located = Choice(t("定位依据", "located by"), options=words.LOCATED, default="nowhere")
    raised_at = Moment(t("呼叫时间", "raised at"), missing=False)
    presses = Number(t("呼叫次数", "times called"), default=1, low=1)
    rung = Number(t("当前梯级", "rung"), default=0, low=0)
    next_at = Moment(t("下一步升级", "goes on at"))
    at_top_at = Moment(t("到达最后梯级", "at the last rung since"))
    answered_at = Moment(t("首次应答", "first answer"))
    coming_at = Moment(t("预计到场", "expected at the door"))
    there_at = Moment(t("到场时间", "there at"))
    ended_at = Moment(t("处置完成", "ended at"))
    outcome = Choice(t("结果", "outcome"), options=words.outcome_labels, max_length=60, missing=True)
    note = LongText(t("处置说明", "what was done"), missing=True, privacy="personal", source="whoever was there")
    ended_by = Text(t("处置人", "ended by"), max_length=80, missing=True)
    reviewed_at = Moment(t("复核时间", "reviewed at"))
    reviewed_by = Text(t("复核人", "reviewed by"), max_length=80, missing=True)
    review = LongText(t("复核意见", "review"), missing=True)
    is_test = Flag(t("测试呼叫", "test call"), default=False)
    ender = models.BigIntegerField(null=True, editable=False)
    case_id: int

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["alarm", "subject"], condition=models.Q(ended_at=None) & ~models.Q(subject=""), name="one_running_rescue"
            ),
        )
        indexes = (
            models.Index(fields=["next_at"], name="rescue_waiting", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["state", "raised_at"], name="rescue_state"),
        )

    class Describe:
        label = t("告警救助", "alarm and rescue")
        about = t("一次求助从呼叫到复核的全过程", "One call for help, from the call to its review")
        title, place, importable, sort, owner = "title", "place", False, "-raised_at", "case"
        person = None  # the subject names a record; whose it is stands there
        list = ("title", "alarm", "state", "place", "raised_at", "answered_at", "there_at", "outcome", "is_test")
        fixed = (
            "case", "alarm", "state", "title", "subject", "source", "rule", "place", "lon", "lat", "located", "raised_at", "presses",
            "rung", "next_at", "at_top_at", "answered_at", "coming_at", "there_at", "ended_at", "outcome", "note", "ended_by",
            "reviewed_at", "reviewed_by", "review", "is_test",
        )  # fmt: skip


class RescueCall(Entity):
    """One person called in a rescue: on which rung, by what, and what they said."""

    rescue = Reference("alarms.Rescue", t("告警救助", "rescue"), owned=True, related_name="calls")
    rung = Number(t("梯级", "rung"), default=0, low=0)
    call = Choice(t("呼叫对象", "called as"), options=words.call_labels, max_length=60)
    state = Choice(t("状态", "state"), options=words.CALL_STATES, default="told")
    who = Text(t("姓名", "name"), max_length=80, missing=True, privacy="personal", source="account or register of contacts")
    relation = Text(t("关系", "relation"), max_length=80, missing=True)
    account = Number(t("账号", "account"), missing=True)
    contact = Text(t("联系人标识", "contact"), max_length=120, missing=True)
    place = Place(t("地点", "place"), missing=True)
    walk_s = Number(t("步行时间", "walking time"), unit="seconds", missing=True)
    walk_m = Number(t("步行距离", "walking distance"), unit="m", missing=True)
    exact = Flag(t("按路网计算", "over the streets"), default=False)
    told_at = Moment(t("通知时间", "told at"), missing=False)
    answered_at = Moment(t("应答时间", "answered at"))
    eta_at = Moment(t("预计到场", "expected there"))
    there_at = Moment(t("到场时间", "there at"))
    proof = Choice(t("到场依据", "proof of being there"), options=words.PROOFS, missing=True)
    why = Text(t("不能前往的原因", "why not"), max_length=200, missing=True)
    mark = models.CharField(max_length=64, blank=True, editable=False)
    """Of the secret in a contact's link; the link itself is kept nowhere."""
    rescue_id: int

    class Meta:
        indexes = (
            models.Index(fields=["account", "state"], name="calls_of_account"),
            models.Index(fields=["mark"], name="call_mark", condition=~models.Q(mark="")),
        )

    class Describe:
        label = t("呼叫记录", "call")
        title, place, importable, sort, owner = "call", "place", False, "-told_at", "rescue"
        addressee = "account"
        person = None  # whoever was called was called by their post, or as a contact of the register
        list = ("rescue", "call", "who", "state", "told_at", "answered_at", "eta_at", "there_at", "walk_s")
        fixed = (
            "rescue", "rung", "call", "state", "who", "relation", "account", "contact", "place", "walk_s", "walk_m", "exact", "told_at",
            "answered_at", "eta_at", "there_at", "proof", "why",
        )  # fmt: skip


class Duty(Entity):
    """Somebody is on duty for a role over an area, from a moment to a moment, at night too. `base` is where they wait."""

    account = Text(t("账号", "account"), max_length=60, search=True, picks="alarms.answerers")
    role = Choice(t("岗位", "role"), options=words.duty_roles, max_length=60)
    place = Place(t("值守范围", "area"))
    base = Place(t("驻点", "base"), missing=True)
    starts_at = Moment(t("开始", "from"), missing=False)
    ends_at = Moment(t("结束", "to"), missing=False)

    class Meta:
        indexes = (models.Index(fields=["role", "ends_at"], name="duty_by_role"),)
        constraints = (
            models.UniqueConstraint(fields=["account", "role", "place", "starts_at"], name="one_duty_at_a_time"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="duty_lasts"),
        )

    class Describe:
        label = t("值守安排", "duty")
        about = t("谁在何时何地值守（含夜间）", "Who is on duty when and where, nights included")
        title, key, place, sort = "account", ("account", "role", "place", "starts_at"), "place", "starts_at"
        list = ("account", "role", "place", "base", "starts_at", "ends_at")
        check = unanswerable


class Position(models.Model):
    """Where a helper's telephone was last. Only the newest is kept, and only for the time of a duty."""

    account = models.BigIntegerField(unique=True)
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["at"], name="position_at"),)

    def __str__(self) -> str:
        return f"{self.account}"
