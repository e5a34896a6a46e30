"""What people nearby say: that a kind of outlet is missing where they live, and that something about an outlet is not as registered."""

# pyright: reportIncompatibleVariableOverride=false
# An inner class Meta stands for itself, as in models.py, which is not checked.
from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Entity, Group, LongText, Number, Place, Reference, Text, t
from hexi.scenarios.life_circle.kinds import KIND_OPTIONS

ASKED, PLANNED, MET, DECLINED = "asked", "planned", "met", "declined"
WISH_STATES = (
    (ASKED, t("征集中", "asked for")), (PLANNED, t("已列入计划", "planned")), (MET, t("已解决", "there is one now")),
    (DECLINED, t("暂不考虑", "not for now")),
)  # fmt: skip
OPEN_WISHES = (ASKED, PLANNED)
WAITS, RIGHT, UNFOUNDED = "waits", "right", "unfounded"
HINT_STATES = ((WAITS, t("待核实", "waits")), (RIGHT, t("属实", "right")), (UNFOUNDED, t("不属实", "unfounded")))
CLOSED, MOVED, HOURS, OTHER = "closed", "moved", "hours", "other"
WRONGS = (
    (CLOSED, t("已停业", "closed for good")), (MOVED, t("已搬走", "moved away")), (HOURS, t("营业时间不对", "hours are wrong")),
    (OTHER, t("其他不符", "something else")),
)  # fmt: skip


class Wish(Entity):
    """A kind that people of a community miss. One at a time for a kind and a community: whoever asks again supports it."""

    kind = Choice(t("业态", "kind"), options=KIND_OPTIONS, privacy="open")
    place = Place(t("社区", "community"), privacy="open")
    supporters = Number(t("支持人数", "supporters"), default=0, low=0, privacy="open")
    state = Choice(t("状态", "state"), options=WISH_STATES, default=ASKED, privacy="open")
    answer = LongText(t("答复", "answer"), missing=True, privacy="open")
    words = LongText(t("居民原话", "in their words"), missing=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "place"], condition=models.Q(state__in=OPEN_WISHES), name="wish_open_once"),
        )  # fmt: skip

    class Describe:
        label = t("居民需求", "wish")
        about = t("居民希望家附近增加的业态；同一设备或账号只计一次", "Kinds that residents miss nearby; each device or account counts once")
        title, place, sort = "kind", "place", "-supporters"
        list = ("kind", "place", "supporters", "state", "answer")
        groups = (
            Group(t("需求", "Wish"), ("kind", "place", "supporters", "words")), Group(t("答复", "Answer"), ("state", "answer"))
        )  # fmt: skip
        fixed, importable = ("kind", "place", "supporters", "state", "words"), False


class Hint(Entity):
    """What people say of an outlet that is registered otherwise. It changes nothing until somebody has looked."""

    outlet = Reference("life_circle.Outlet", t("网点", "outlet"), related_name="hints")
    what = Choice(t("反映", "what"), options=WRONGS)
    place = Place(t("地点", "place"), missing=True)
    people = Number(t("反映人数", "people who say so"), default=0, low=0)
    state = Choice(t("状态", "state"), options=HINT_STATES, default=WAITS)
    words = LongText(t("居民原话", "in their words"), missing=True)
    found = Text(t("核实情况", "what was found"), max_length=200, missing=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["outlet", "what"], condition=models.Q(state=WAITS), name="hint_waits_once"),
        )  # fmt: skip

    class Describe:
        label = t("网点线索", "hint")
        about = t("居民反映与登记不符，须到现场核实", "Residents say that it is otherwise; somebody has to look")
        title, place, sort = "outlet", "place", "-id"
        list = ("outlet", "what", "place", "people", "state")
        groups = (
            Group(t("线索", "Hint"), ("outlet", "what", "place", "people", "words")), Group(t("核实", "Looked into"), ("state", "found"))
        )  # fmt: skip
        fixed, importable = ("outlet", "what", "place", "people", "state", "words"), False


class Voice(models.Model):
    """One device or account that has spoken for a wish or of a hint. The mark says nothing of it, nor whether it spoke elsewhere."""

    wish = models.ForeignKey(Wish, models.CASCADE, null=True, related_name="voices")
    hint = models.ForeignKey(Hint, models.CASCADE, null=True, related_name="voices")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["wish", "mark"], name="voice_of_wish_once"),
            models.UniqueConstraint(fields=["hint", "mark"], name="voice_of_hint_once"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.wish or self.hint}"
