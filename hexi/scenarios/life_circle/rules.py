"""What people should have within a walk: dated rules from a data file, with their standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from hexi.kit import HexiError, Label, t
from hexi.scenarios.life_circle.kinds import kinds

TABLE = Path(__file__).with_name("rules.yaml")
Basis = Literal["official", "quoted", "memory", "ours"]
BASES: dict[str, Label] = {
    "official": t("已核对原文", "its text was read"), "quoted": t("据转载，待核原文", "as quoted by others, unchecked"),
    "memory": t("凭记忆录入，待核原文", "from memory, unchecked"), "ours": t("本平台暂定，由区里决定", "ours, for the district to decide"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standard:
    """Where a rule comes from; `where` is the address at which it was read."""

    key: str
    label: Label
    where: str


@dataclass(frozen=True, slots=True)
class Dated:
    """What every row of the table says."""

    id: str
    standard: Standard
    clause: str
    basis: Basis
    valid_from: date
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Rule(Dated):
    """Any of these kinds within a walk of a grown-up: `max_m` metres, or else `minutes`."""

    group: str
    kinds: tuple[str, ...]
    max_m: float | None
    minutes: float | None

    @property
    def label(self) -> Label:
        """Its kinds in words."""
        named = [_labels()[kind] for kind in self.kinds]
        return Label("或".join(each.zh for each in named), " or ".join(each.en for each in named))

    def metres(self, metres_per_minute: float) -> float:
        """How long a grown-up of this speed may walk."""
        return self.max_m if self.max_m is not None else (self.minutes or 0) * metres_per_minute


@dataclass(frozen=True, slots=True)
class Required(Dated):
    """What a circle must have inside: `count` outlets of these kinds, or so many kinds of a class (`kinds_at_least`)."""

    kinds: tuple[str, ...]
    count: int
    group: str
    kinds_at_least: int


@dataclass(frozen=True, slots=True)
class Criterion(Dated):
    """What a circle of that grade must meet: `what` is measured (of a class), and `least` or one of the district's lines is the least."""

    grade: str
    what: str
    group: str
    least: float
    line: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of circles, from the lowest on."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True)
class Band:
    """People by age: `start` and over, under `below`; None is open."""

    key: str
    label: Label
    start: int | None
    below: int | None


@dataclass(frozen=True, slots=True)
class RuleClass:
    """A group of rules, and for whom it is counted: everybody who walks as a grown-up, unless it says so."""

    key: str
    label: Label
    walker: str
    band: str


@dataclass(frozen=True, slots=True)
class Table:
    """The whole file."""

    bands: tuple[Band, ...]
    classes: tuple[RuleClass, ...]
    rules: tuple[Rule, ...]
    required: tuple[Required, ...]
    grades: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    circles: int
    circles_source: str

    def on(self, day: date) -> tuple[Rule, ...]:
        """The rules in force on the day."""
        return tuple(rule for rule in self.rules if rule.in_force(day))

    def required_on(self, day: date) -> tuple[Required, ...]:
        return tuple(row for row in self.required if row.in_force(day))

    def criteria_on(self, day: date) -> tuple[Criterion, ...]:
        return tuple(row for row in self.criteria if row.in_force(day))


@cache
def table(path: Path = TABLE) -> Table:
    """The file, read once. Raises HexiError for a row that cannot be."""
    said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    standards = {key: Standard(key, Label(row["zh"], row["en"]), row["where"]) for key, row in said["standards"].items()}
    found = Table(
        tuple(Band(row["key"], Label(row["zh"], row["en"]), row.get("from"), row.get("below")) for row in said["bands"]),
        tuple(_class(row) for row in said["classes"]),
        tuple(_rule(row, standards) for row in said["rules"]),
        tuple(_required(row, standards) for row in said["required"]),
        tuple(Grade(row["key"], Label(row["zh"], row["en"])) for row in said["grades"]),
        tuple(_criterion(row, standards) for row in said["criteria"]),
        said["circles"]["count"], said["circles"]["source"],
    )  # fmt: skip
    _check(found)
    return found


def _class(row: dict[str, Any]) -> RuleClass:
    return RuleClass(row["key"], Label(row["zh"], row["en"]), row.get("walker", "adult"), row.get("band", ""))


def _dated(row: dict[str, Any], standards: dict[str, Standard]) -> dict[str, Any]:
    told = {name: row[name] for name in ("id", "clause", "basis", "valid_from")}
    return {**told, "standard": standards[row["standard"]], "valid_to": row.get("valid_to")}


def _kinds(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row.get("kinds", ()))


def _criterion(row: dict[str, Any], standards: dict[str, Standard]) -> Criterion:
    measured = {"group": row.get("class", ""), "least": row.get("least", 0), "line": row.get("line", "")}
    return Criterion(**_dated(row, standards), grade=row["grade"], what=row["what"], **measured)


def _rule(row: dict[str, Any], standards: dict[str, Standard]) -> Rule:
    return Rule(**_dated(row, standards), kinds=_kinds(row), group=row["class"], max_m=row.get("max_m"), minutes=row.get("minutes"))


def _required(row: dict[str, Any], standards: dict[str, Standard]) -> Required:
    inside = {"count": row.get("count", 0), "group": row.get("class", ""), "kinds_at_least": row.get("kinds_at_least", 0)}
    return Required(**_dated(row, standards), kinds=_kinds(row), **inside)


def _check(found: Table) -> None:
    groups, known = {each.key for each in found.classes}, set(_labels())
    for rule in found.rules:
        has_limit = (rule.max_m is None) != (rule.minutes is None)
        if rule.group not in groups or not set(rule.kinds) <= known or rule.basis not in BASES or not has_limit:
            what = t("生活圈规则表有一行不成立", "A row of the circles' rules cannot be")
            do = t("须有已知的类别、业态和依据，并在米数与分钟中择一", "Give a known class, kinds and basis, and one of max_m and minutes")
            raise HexiError(what, which=rule.id, do=do)


@cache
def _labels() -> dict[str, Label]:
    return {kind.key: kind.label for kind in kinds()}


def walk_words(rule: Rule) -> Label:
    """How far, as the standard says it."""
    if rule.max_m is not None:
        return t("{m} 米内", "within {m} m").filled(m=f"{rule.max_m:g}")
    return t("步行 {n} 分钟内", "within {n} minutes").filled(n=f"{rule.minutes or 0:g}")
