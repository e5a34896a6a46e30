"""Cases from other systems: their own number beside ours, where they stand by their own words, and the place where the point lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from hexi.core.space.api import places_at, spot_of
from hexi.kernel.arrival import Answers, Arrival, Arriving, Options, Question, Wording
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import State
from hexi.modules.cases.importing_clocks import changed_by_somebody, clocks_beside, clocks_of, codes_of
from hexi.modules.cases.intake import LONGEST_TITLE, english_of, fresh_number
from hexi.modules.cases.models import Case, CaseClock, Category

STANDS = (
    ("closed", ("closed", "completed", "complete", "resolved", "done", "办结", "已办结", "结案", "已结案", "完成", "已完成")),
    ("waiting", ("pending", "on hold", "挂起", "延期")),
    ("working", ("in progress", "assigned", "started", "办理中", "处理中", "处置中", "已派")),
    ("cancelled", ("cancelled", "canceled", "invalid", "不予受理", "作废", "未立案")),
    ("new", ("open", "new", "待受理", "新建", "未处理")),
)  # fmt: skip
"""Words that systems use for a phase. They only propose: whoever imports confirms every one."""


def asked_of(mapped: frozenset[str], answers: Answers) -> tuple[Question, ...]:
    """The kind of all cases in the file, and where they stand if no column says so."""
    kinds = tuple((key, kind.label) for key, kind in catalogue.case_types.items())
    first = Question("kind", t("文件里的案件都是哪种事项？", "Of which kind are the cases of this file?"), kinds)
    if "state" in mapped:
        return (first,)
    return first, Question(
        "state", t("文件没有状态列：案件都到了哪个环节？", "No column tells the state: where do all of them stand?"), states_of(answers)
    )


def states_of(answers: Answers) -> Options:
    """The states of the chosen kind, none before it is chosen."""
    kind = catalogue.case_types.get(answers.get("kind", ""))
    return tuple((state.key, state.label) for state in kind.lifecycle.states) if kind else ()


def proposed_state(answers: Answers, word: str) -> str:
    """The state that a word of another system speaks for: one of the same name, else the first (of closed ones the last) of its phase."""
    kind = catalogue.case_types.get(answers.get("kind", ""))
    if kind is None:
        return ""
    plain, states = word.strip().lower(), kind.lifecycle.states
    named = [state.key for state in states if plain in {state.key, state.label.zh, state.label.en.lower()}]
    phase = next((phase for phase, words in STANDS if plain.startswith(words)), "")
    return next(iter(named), "") or next((state.key for state in states if state.phase == phase), "")


def categories_named(words: set[str]) -> dict[str, Any]:
    """Categories by code or by name, those that are in force before those that were."""
    found: dict[str, int] = {}
    for row in Category.objects.order_by("valid_from", "pk").only("code", "name", "name_en"):
        found |= {said.lower(): row.pk for said in (row.name_en, row.name, row.code) if said}
    unknown = t("没有这个分类", "There is no such category")
    return {word: found.get(word.lower(), unknown) for word in words}


def settle(rows: Sequence[Arriving], answers: Answers) -> None:
    """Complete a batch of cases: number, kind, phase, title, place. Raises nothing: what is odd goes to the row."""
    life = catalogue.case_types[answers["kind"]].lifecycle
    _find_places(rows)
    for row in rows:
        state = life.state(row.values.get("state") or answers.get("state") or life.start)
        _check_times(row, state)
        _fill(row, answers["kind"], state)
    _add_english(rows)
    _remark_late([row for row in rows if not life.state(row.values["state"]).final])


def _remark_late(rows: Sequence[Arriving]) -> None:
    """What ran out before the import is told here once, and to nobody else."""
    now, codes = timezone.now(), codes_of(row.values.get("category_id") for row in rows)
    for row in rows:
        values = row.values
        case = Case(kind=values["kind"], state=values["state"], opened_at=values["opened_at"], urgency=values.get("urgency") or "normal")
        late = [one for one in clocks_of(case, codes.get(values.get("category_id"), ""), now) if one.breached_at]
        if late:
            row.remarks.append(("opened_at", LATE.filled(clocks=_names(case.kind, late))))


def _names(kind: str, clocks: Sequence[CaseClock]) -> Label:
    labels = [catalogue.case_types[kind].clock(one.key).label for one in clocks]
    return t("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


def _find_places(rows: Sequence[Arriving]) -> None:
    """The place from the point where none is named; empty outside of the district, which is worth a remark and no fault."""
    without = [row for row in rows if not row.values.get("place")]
    placed = [row for row in without if row.values.get("lon") is not None and row.values.get("lat") is not None]
    codes = places_at([(float(row.values["lon"]), float(row.values["lat"])) for row in placed])
    for row, code in zip(placed, codes, strict=True):
        row.values["place"] = code or ""
        row.values["spot"] = spot_of(row.values["lon"], row.values["lat"])
        if not code:
            row.remarks.append(("lon", OUTSIDE))
    for row in without:
        if row.values.get("lon") is None or row.values.get("lat") is None:
            row.values["place"] = ""
            row.remarks.append(("place", NOWHERE))


OUTSIDE = t("坐标在本区之外，地点留空", "The point lies outside of the district: the place stays empty")
NOWHERE = t("没有地点，也没有坐标，地点留空", "Neither a place nor a point is known: the place stays empty")
BEFORE = t("办结时间早于上报时间", "It was closed before it was reported")
NOT_CLOSED = t("有办结时间，但状态不是终结，办结时间未采用", "It has a day of closing but its state is no end: the day is not taken")
NO_END = t("状态是终结，但没有办结时间", "Its state is an end, but nothing says when")
LATE = t("导入前已超时：{clocks}。已如实记录，不再补发督办", "Ran out before the import: {clocks}. It is recorded; nobody is called for it")
UNKNOWN = t("没有这个分类，已写入标题", "There is no such category; it is kept in the title")


def _check_times(row: Arriving, state: State) -> None:
    opened, closed = row.values["opened_at"], row.values.get("closed_at")
    if closed and opened and closed < opened:
        row.faults.append(("closed_at", BEFORE))
    elif closed and not state.final:
        row.values["closed_at"] = None
        row.remarks.append(("closed_at", NOT_CLOSED))
    elif state.final and not closed:
        row.remarks.append(("closed_at", NO_END))


def _add_english(rows: Sequence[Arriving]) -> None:
    """Where the title is the category's name alone, English readers get its English one."""
    known = Category.objects.in_bulk({row.values["category_id"] for row in rows if row.values.get("category_id")})
    for row in rows:
        category = known.get(row.values.get("category_id") or 0)
        row.values["title_en"] = english_of(row.values["title"], category)


def _fill(row: Arriving, kind: str, state: State) -> None:
    values, word = row.values, row.words.get("category", "")
    if word:
        row.remarks.append(("category", UNKNOWN))
    title = " · ".join(part for part in (word, values.get("title") or "") if part)
    values.update(
        kind=kind, state=state.key, phase=state.phase, source="import", supporters=1,
        title=(title or values.get("number_elsewhere") or catalogue.case_types[kind].label.zh)[:LONGEST_TITLE],
        number=fresh_number(values["opened_at"] or timezone.now()),
    )  # fmt: skip


ARRIVAL = Arrival(
    fields=(
        "number_elsewhere", "opened_at", "closed_at", "state", "category", "title", "description", "urgency", "occurred_at", "place",
        "address", "lon", "lat",
    ),
    settle=settle,
    sets=(
        "number", "kind", "state", "phase", "title", "title_en", "source", "place", "spot", "closed_at", "lon", "lat", "supporters",
    ),
    required=("opened_at",), asks=asked_of, wordings={"state": Wording(states_of, proposed_state)},
    meanings={"category": categories_named}, lenient=frozenset({"place", "category"}), rounded=frozenset({"lon", "lat"}),
    beside=clocks_beside, brings=("clocks", "supervisions"), changed=changed_by_somebody,
    others=(
        "Resolution Description", "Resolution Action Updated Date", "Due Date", "Street Name", "Park Facility Name", "Facility Type",
        "Location Type", "Address Type", "Taxi Pick Up Location", "Open Data Channel Type",
    ),
)  # fmt: skip
