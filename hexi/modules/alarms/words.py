"""Words of the alarms room: where a rescue stands, what became of a call, how a place was found."""

from __future__ import annotations

from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t

Options = tuple[tuple[str, Label], ...]
NOT_SHOWN = t("您的岗位不能查看救助记录，此处不显示", "Your post may not see rescues: nothing is shown here")

STATES: Options = (
    ("calling", t("呼叫中", "calling")), ("coming", t("有人前往", "somebody comes")), ("there", t("已到场", "somebody is there")),
    ("ended", t("已处置，待复核", "ended, to be reviewed")), ("reviewed", t("已复核", "reviewed")),
)  # fmt: skip
RUNNING = ("calling", "coming", "there")
CALL_STATES: Options = (
    ("told", t("已通知", "told")), ("answered", t("已应答", "answered")), ("coming", t("正在前往", "coming")),
    ("there", t("已到场", "there")), ("declined", t("不能前往", "cannot come")), ("released", t("不再需要", "no longer needed")),
    ("nobody", t("无人可叫", "nobody to call")),
)  # fmt: skip
OPEN_CALLS = ("told", "answered", "coming")
LOCATED: Options = (
    ("device", t("设备定位", "fix of the device")), ("home", t("登记住址", "registered home")),
    ("doorway", t("楼门位置", "position of the doorway")), ("assumed", t("推定的楼门位置", "assumed position of the doorway")),
    ("place", t("所在楼栋或区域", "building or area")), ("nowhere", t("位置不明", "nowhere known")),
)  # fmt: skip
SOURCES: Options = (
    ("sensor", t("设备", "device")), ("person", t("本人或家人", "the person or family")), ("operator", t("值守员登记", "entered by the desk")),
)  # fmt: skip
PROOFS: Options = (
    ("code", t("门上代码", "code at the door")), ("place", t("定位在 50 米内", "within 50 m by position")), ("desk", t("值守员代记", "by the desk")),
)  # fmt: skip


def alarm_labels() -> dict[str, Label]:
    """Every kind of alarm that a scenario declares."""
    return {one.key: one.label for one in catalogue.alarms.values()}


TITLE_MARKS: Options = (("【测试】", t("【测试】", "[test] ")), ("【模拟】", t("【模拟】", "[simulated] ")))


def said_title(alarm: str, title: str) -> Label:
    """The title of a rescue, which is kept in Chinese, in both languages: the alarm's own words are put in, the masked name stays."""
    declared = catalogue.alarms.get(alarm)
    if declared is None or declared.label.zh not in title:
        return t(title, title)
    before, _, name = title.partition(declared.label.zh)
    mark = dict(TITLE_MARKS).get(before)
    return t(title, f"{mark.en if mark else before}{declared.label.en} {name.strip()}".strip())


def call_labels() -> dict[str, Label]:
    """Every rung of every ladder; where two share a key, the first one's words."""
    return {call.key: call.label for one in reversed(catalogue.alarms.values()) for call in reversed(one.ladder)}


def outcome_labels() -> dict[str, Label]:
    """Everything that an alarm can turn out to be."""
    return {outcome.key: outcome.label for one in reversed(catalogue.alarms.values()) for outcome in reversed(one.outcomes)}


def duty_roles() -> dict[str, Label]:
    """The roles that a ladder calls by the roster."""
    called = {role for one in catalogue.alarms.values() for call in one.ladder if call.duty for role in call.roles}
    return {key: catalogue.roles[key].label for key in sorted(called)}
