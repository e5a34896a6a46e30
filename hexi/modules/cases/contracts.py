"""Words and records of the cases room that may leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t

Options = tuple[tuple[str, Label], ...]

ATTENTION: Options = (("inspected", t("督查件", "under inspection")), ("important", t("急要件", "urgent and important")))
URGENCIES: Options = (("danger", t("危及生命财产", "danger")), ("urgent", t("紧急", "urgent")), ("normal", t("一般", "normal")))
SOURCES: Options = (
    ("resident", t("居民上报", "resident")), ("hotline", t("12345热线", "hotline 12345")), ("grid", t("网格巡查", "grid patrol")),
    ("department", t("部门转办", "department")), ("video", t("视频识别", "video")), ("drone", t("无人机", "drone")),
    ("sensor", t("设备告警", "sensor")), ("rule", t("规则发现", "rule")), ("open311", t("Open311 接口", "Open311")),
    ("import", t("批量导入", "import")),
)  # fmt: skip
PHASES: Options = (
    ("new", t("待受理", "new")), ("working", t("办理中", "in hand")), ("waiting", t("挂起", "waiting")),
    ("resolved", t("待核查", "to be checked")), ("closed", t("已办结", "closed")), ("cancelled", t("未立案", "not taken on")),
)  # fmt: skip
TASK_ROLES: Options = (("lead", t("主办", "lead")), ("co", t("协办", "assisting")))
TASK_STATES: Options = (
    ("assigned", t("待签收", "to be accepted")), ("accepted", t("办理中", "in hand")), ("done", t("已反馈", "done")),
    ("returned", t("已退回", "returned")), ("withdrawn", t("已撤回", "withdrawn")),
)  # fmt: skip
VERDICTS: Options = (("passed", t("通过", "passed")), ("failed", t("不通过", "failed")), ("unclear", t("未能判断", "could not be told")))
CHECK_WAYS: Options = (
    ("photo", t("照片比对", "photo pair")), ("visit", t("现场核查", "visit")), ("callback", t("电话回访", "call-back")),
    ("sample", t("抽样复查", "sampling")),
)  # fmt: skip
REQUEST_STATES: Options = (("asked", t("待审批", "asked")), ("granted", t("同意", "granted")), ("refused", t("不同意", "refused")))
LINK_KINDS: Options = (("related", t("相关", "related")), ("event", t("同一事件", "same event")))
NOTE_READERS: Options = (("staff", t("工作人员可见", "staff")), ("reporter", t("反映人可见", "reporter and staff")))
SAME_KINDS: Options = (
    ("other_case", t("与另一案件的照片相同", "same photo as in another case")),
    ("before_after", t("处置前后照片相同", "same photo before and after")),
    ("work_check", t("核查照片与处置照片相同", "the check shows the photo of the work")),
)  # fmt: skip
PHOTO_PARTS: Options = (
    ("report", t("上报", "report")), ("work", t("处置", "work")), ("check", t("核查", "check")), ("note", t("跟进", "note")),
)  # fmt: skip
SUSPECT_STATES: Options = (
    ("suspected", t("待确认", "suspected")), ("confirmed", t("属实", "confirmed")), ("refuted", t("不属实", "refuted")),
    ("opened", t("已自动立案", "case opened by the rule itself")),
)  # fmt: skip

NUMBERS = ("Unique Key", "Service Request Number", "Service Request ID", "Case ID", "案件编号", "工单编号", "工单号")
TITLES = ("Descriptor", "What is the Nature of this Code Violation", "诉求标题")
CATEGORIES = ("Complaint Type", "Type of Service Request", "Service Name", "问题类别", "事项类别")
OPENED = ("Created Date", "Creation Date", "Requested Datetime", "创建时间", "受理时间")
"""Heads under which other systems' files carry these fields."""


def kind_labels() -> dict[str, Label]:
    """Every kind of case that a scenario declares."""
    return {one.key: one.label for one in catalogue.case_types.values()}


def state_labels() -> dict[str, Label]:
    """Every state of every kind; where two kinds share a key, the first one's words."""
    return {s.key: s.label for one in reversed(catalogue.case_types.values()) for s in reversed(one.lifecycle.states)}


def clock_labels() -> dict[str, Label]:
    """Every clock of every kind; where two kinds share a key, the first one's words."""
    return {clock.key: clock.label for one in reversed(catalogue.case_types.values()) for clock in reversed(one.clocks)}


def rung_labels() -> dict[str, Label]:
    """Every rung of every ladder of supervision."""
    return {rung.key: rung.label for one in catalogue.case_types.values() for rung in one.ladder}


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reported. Kept apart from the case, encrypted, for as long as the rules of retention say."""

    name: str = ""
    phone: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class NewCase:
    """What somebody reports. `point` is longitude and latitude in WGS-84; the place follows from it where none is named.

    `key` is the sender's own mark: the same key gives the same case again. `title_en` is for texts that the platform itself writes.
    """

    kind: str
    title: str
    description: str = ""
    category: str = ""
    urgency: str = "normal"
    source: str = "resident"
    place: str = ""
    point: tuple[float, float] | None = None
    address: str = ""
    occurred_at: datetime | None = None
    reporter: Reporter | None = None
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    files: tuple[int, ...] = ()
    key: str = ""
    subject: str = ""
    why: str = ""
    title_en: str = ""


Way = Literal["category", "place", "rule", "nobody"]


@dataclass(frozen=True, slots=True)
class Routed:
    """Which office a case goes to, by which rule, and why: as an official reads it. `office` is empty where no rule speaks of it."""

    office: str
    co_offices: tuple[str, ...]
    rule: int | None
    why: Label

    def document(self) -> dict[str, Any]:
        """As the case keeps it."""
        return {"office": self.office, "co_offices": list(self.co_offices), "rule": self.rule, "why": self.why.as_dict()}
