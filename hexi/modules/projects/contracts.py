"""The records and words of programmes that may leave the room."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hexi.kernel.label import Label, t


class Category(StrEnum):
    """How the monthly report cuts the tasks; independent of the programme's groups."""

    WORKS = "works"
    SUBSIDY = "subsidy"
    SERVICE = "service"


class Level(StrEnum):
    """Whose list a task is on. A city task is carried by the district and counted apart from the district's own."""

    DISTRICT = "district"
    CITY = "city"


class Kind(StrEnum):
    """The life cycle of a task."""

    WORKS = "works"
    PROCEDURE = "procedure"
    SERVICE = "service"


class Comparator(StrEnum):
    """What the verb in the plan asks of a quantity: 不少于, 约, a bare number, 余, or only that it is done."""

    AT_LEAST = "at_least"
    ABOUT = "about"
    EXACTLY = "exactly"
    MORE_THAN = "more_than"
    DONE = "done"


class Status(StrEnum):
    """Where a task stands. BY_PROCEDURE has no end date; UNKNOWN means that nothing was published or entered."""

    DONE = "done"
    ON_SCHEDULE = "on_schedule"
    BY_PROCEDURE = "by_procedure"
    UNDER_WAY = "under_way"
    AT_RISK = "at_risk"
    LATE = "late"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Whether a figure was printed by somebody or entered at a desk here."""

    PUBLISHED = "published"
    ENTERED = "entered"


class ReportState(StrEnum):
    """A month's report is a draft until it is published; a later edition is a revision."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REVISED = "revised"


CATEGORY_LABELS = {
    Category.WORKS: t("工程类", "Works"),
    Category.SUBSIDY: t("补贴保险救助类", "Subsidies, insurance and aid"),
    Category.SERVICE: t("公共服务类", "Public services"),
}
LEVEL_LABELS = {Level.DISTRICT: t("区级", "District"), Level.CITY: t("市级", "City")}
KIND_LABELS = {
    Kind.WORKS: t("工程建设", "Building works"),
    Kind.PROCEDURE: t("按规定程序办理", "By procedure"),
    Kind.SERVICE: t("持续服务", "Continuous service"),
}
COMPARATOR_LABELS = {
    Comparator.AT_LEAST: t("不少于", "at least"),
    Comparator.ABOUT: t("约", "about"),
    Comparator.EXACTLY: t("等于", "exactly"),
    Comparator.MORE_THAN: t("超过", "more than"),
    Comparator.DONE: t("完成即可", "done or not"),
}
STATUS_LABELS = {
    Status.DONE: t("已完成", "Done"),
    Status.ON_SCHEDULE: t("按时序推进", "On schedule"),
    Status.BY_PROCEDURE: t("按规定程序办理", "By procedure"),
    Status.AT_RISK: t("有风险", "At risk"),
    Status.LATE: t("滞后", "Late"),
    Status.UNDER_WAY: t("正在实施", "Under way"),
    Status.UNKNOWN: t("来源未载明", "Not stated"),
}
REPORT_LABELS = {
    ReportState.DRAFT: t("草稿", "draft"),
    ReportState.PUBLISHED: t("已发布", "published"),
    ReportState.REVISED: t("更正发布", "published, revised"),
}
ORIGIN_LABELS = {Origin.PUBLISHED: t("公开发布", "published"), Origin.ENTERED: t("平台填报", "entered here")}


def options(labels: Mapping[Any, Label]) -> tuple[tuple[str, Label], ...]:
    """A dictionary of enum to label as the options of a choice."""
    return tuple((key.value, label) for key, label in labels.items())


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, written 2025-10."""

    year: int
    number: int

    @classmethod
    def of(cls, text: str) -> Month:
        """The month that `2025-10` names. ValueError when the text names none."""
        year, dash, number = text.partition("-")
        if not (dash and len(year) == 4 and len(number) == 2 and year.isdecimal() and number.isdecimal()):
            raise ValueError(f"not a month: {text!r}")
        return cls(int(year), int(number)).checked()

    def checked(self) -> Month:
        """This month, or ValueError when the calendar has no such month."""
        date(self.year, self.number, 1)
        return self

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def next(self) -> Month:
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One target and how far it is. `value` is cumulative; None = no figure known. `met` is what somebody said without giving a figure."""

    label: Label
    comparator: Comparator
    quantity: Decimal | None = None
    unit: Label | None = None
    value: Decimal | None = None
    met: bool | None = None
    as_of: date | None = None
    weight: float = 1.0
    curve: tuple[float, ...] = ()
    id: int = 0
    history: tuple[tuple[date, Decimal], ...] = ()
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said about a whole task: its status on a day, in which sentence, from where."""

    status: Status
    as_of: date
    sentence: str = ""
    origin: Origin = Origin.PUBLISHED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days within which a task is due."""

    start: date
    due: date


@dataclass(frozen=True, slots=True)
class Mark:
    """What the source lost or leaves open about one task. `kind` is a key, `label` says the kind, `note` the particular."""

    kind: str
    label: Label
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class TaskFact:
    """Everything that the rules need to judge one task as of one day; nothing later than that day is in it."""

    code: str
    title: Label
    kind: Kind
    span: Span
    category: Category | None = None
    level: Level = Level.DISTRICT
    group: int | None = None
    lead: str = ""
    targets: tuple[TargetFact, ...] = ()
    statements: tuple[Statement, ...] = ()
    curve: tuple[float, ...] = ()
    missed_milestone: Label | None = None
    contested: int = 0
    detail: Label | None = None
    marks: tuple[Mark, ...] = ()
    id: int = 0
    place: str = ""
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The judgement on one task as of one day, with the reason in words. `share` None = nothing measured.

    `official` is how the report's own sentences count it: what we compute to be late or at risk is under way there.
    """

    status: Status
    reason: Label
    official: Status
    share: float | None = None
    due_share: float | None = None
    share_basis: str = "none"
    measured: int = 0
    targets: int = 0
    due_is_ours: bool = True
    doubt: Label | None = None


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A count that a published sentence gives for one bucket, and how many names the surviving text lists for it.

    `unidentified` of its tasks are counted though their names are lost; `candidates` are those that they can be.
    """

    month: Month
    level: Level
    category: Category | None
    status: Status
    count: int
    named: int
    sentence: str
    source: str
    open_list: bool = False
    unidentified: int = 0
    candidates: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Published statements that do not fit together."""

    rule: str
    subject: Label
    detail: Label
    sources: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    task: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The tasks of one sentence of the report: counted in the records, and stated by a published source when one did.

    `lost` is the newest count, of this month or before, whose names the source no longer has.
    """

    level: Level
    category: Category | None
    status: Status
    codes: tuple[str, ...] = ()
    stated: StatedCount | None = None
    lost: StatedCount | None = None

    @property
    def counted(self) -> int:
        return len(self.codes)

    @property
    def unnamed(self) -> int:
        """Tasks that the source counts but whose names its surviving text no longer has, less those that were named since."""
        return max(0, self.lost.unidentified - len(set(self.lost.candidates) & set(self.codes))) if self.lost else 0

    @property
    def count(self) -> int:
        """What the report says: the records, plus those that the source counts with their names lost."""
        return self.counted + self.unnamed


@dataclass(frozen=True, slots=True)
class Judged:
    """One task with its judgement and its forecast."""

    fact: TaskFact
    standing: Standing
    forecast: Label


@dataclass(frozen=True, slots=True)
class ProgrammeFact:
    """The year's programme as the report speaks of it; `sources` by their key, the plan's own first."""

    id: int
    name: Label
    year: int
    issuer: Label
    sources: tuple[tuple[str, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """All that one monthly report says, before it is put into words."""

    programme: ProgrammeFact
    month: Month
    day: date
    tasks: tuple[Judged, ...]
    buckets: tuple[Bucket, ...]
    findings: tuple[Finding, ...] = ()

    def judged(self, code: str) -> Judged:
        """The task of that code. KeyError when the month has none."""
        return {one.fact.code: one for one in self.tasks}[code]

    def bucket(self, level: Level, category: Category | None, status: Status) -> Bucket:
        """The bucket of that level, category and status; an empty one when no task is in it."""
        wanted = (level, category, status)
        return next((b for b in self.buckets if (b.level, b.category, b.status) == wanted), Bucket(level, category, status))

    def count(self, level: Level, status: Status) -> int:
        """The tasks of a level in a status. Those that a source counts without their names are not counted as not stated once more."""
        total = sum(one.count for one in self.buckets if (one.level, one.status) == (level, status))
        unnamed = sum(one.unnamed for one in self.buckets if one.level == level)
        return max(0, total - unnamed) if status is Status.UNKNOWN else total

    def total(self, level: Level) -> int:
        return sum(one.fact.level == level for one in self.tasks)
