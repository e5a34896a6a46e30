"""The case of an alarm, ready made: its life, and the clocks that run in it."""

from __future__ import annotations

from hexi.kernel.alarm import ACKNOWLEDGED, ENDED, REVIEWED, THERE
from hexi.kernel.case_type import CaseType, LimitRule, Rung
from hexi.kernel.clock import Clock
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step

BY = ("platform",)


def alarm_case(key: str, label: Label, limits: tuple[LimitRule, ...], ladder: tuple[Rung, ...] = ()) -> CaseType:
    """A kind of case for an alarm. Its clocks, which `limits` speak of: "answering", "arriving", "reviewing"; `ladder` supervises them.

    No step of it is taken by hand: the alarm takes them when somebody answers, is there, says what it was, and has looked at it.
    """
    life = Lifecycle(
        key=key, label=label, field="state", start="calling",
        states=(
            State("calling", t("呼叫中", "calling"), phase="new"), State("coming", t("有人前往", "somebody comes"), phase="working"),
            State("there", t("已到场", "somebody is there"), phase="working"), State("ended", t("待复核", "to be reviewed"), phase="resolved"),
            State("closed", t("办结", "closed"), final=True, phase="closed"),
        ),
        steps=(
            Step(ACKNOWLEDGED, t("应答", "answered"), ("calling",), "coming", by=BY),
            Step(THERE, t("到场", "there"), ("calling", "coming"), "there", by=BY),
            Step(ENDED, t("处置完成", "ended"), ("calling", "coming", "there"), "ended", by=BY),
            Step(REVIEWED, t("复核", "reviewed"), ("ended",), "closed", by=BY),
        ),
    )  # fmt: skip
    return CaseType(key, label, life, clocks=CLOCKS, limits=limits, ladder=ladder, opened_by=BY)


CLOCKS = (
    Clock("answering", t("应答", "answering"), ("calling",), ("coming", "there", "ended")),
    Clock("arriving", t("到场", "arriving"), ("calling",), ("there", "ended")),
    Clock("reviewing", t("复核", "reviewing"), ("ended",), ("closed",)),
)
