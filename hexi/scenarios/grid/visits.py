"""Visits by need: a resident is visited because a rule over the register says why, as often as the reason asks; there is no quota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hexi.kit import (
    Action,
    Change,
    Cond,
    Context,
    Description,
    Forbidden,
    Form,
    Invalid,
    NewCase,
    NotFound,
    Param,
    Problem,
    Refused,
    Reporter,
    anybody_but,
    days,
    hours,
    open_case,
    parsed,
    platform_change,
    question,
    registers,
    revise,
    rows_where,
    t,
    tuned_context,
)
from hexi.scenarios.grid import words
from hexi.scenarios.grid.duty import answerable_for
from hexi.scenarios.grid.models import CareCall, Correction, Visit
from hexi.scenarios.grid.today import day_of, local_day

OLD = Param("visit_old_age", t("独居走访年龄", "age from which living alone calls for frequent visits"), default=80, low=60, high=100)
VERY_OLD = Param("visit_great_age", t("高龄走访年龄", "age from which everybody is visited"), default=90, low=80, high=110)
ALONE = Param("visit_alone_age", t("低龄独居走访年龄", "age from which living alone calls for visits"), default=60, low=50, high=80)
OLD_GAP = Param(
    "visit_old_alone_every", t("高龄独居走访间隔", "days between visits: old and alone"), default=days(7), low=days(1), high=days(60)
)
VERY_OLD_GAP = Param(
    "visit_very_old_every", t("高龄走访间隔", "days between visits: very old"), default=days(14), low=days(1), high=days(90)
)
ALONE_GAP = Param("visit_alone_every", t("低龄独居走访间隔", "days between visits: alone"), default=days(30), low=days(1), high=days(180))
PARAMS = (OLD, VERY_OLD, ALONE, OLD_GAP, VERY_OLD_GAP, ALONE_GAP)
AGAIN = days(1)
LONGEST_ON_PHONE, CLOCKS_DIFFER = days(30), hours(1)
"""Ours: so long a visit may lie on a telephone that has no network, and so far that telephone's clock may be ahead."""
VISITORS = ("grid_worker", "community_worker")
DECIDERS = ("community_worker", "data_steward")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is visited: a condition on the register of residents, and how often it asks for a visit."""

    key: str
    when: Cond
    every: Param[timedelta]


def reasons(residents: Description) -> tuple[Reason, ...]:
    """The reasons, the strongest first: a resident is visited for the first that holds."""
    born: Any = residents.column("born_on")
    alone: Any = residents.column("lives_alone")
    return (
        Reason("old_alone", alone & born.aged(OLD), OLD_GAP),
        Reason("very_old", born.aged(VERY_OLD), VERY_OLD_GAP),
        Reason("alone_60", alone & born.aged(ALONE), ALONE_GAP),
    )


def needed(context: Context) -> dict[int, tuple[str, str]]:
    """Who should be visited now: register number to (reason, home). Empty where no register of residents is installed."""
    residents = registers().get(words.RESIDENTS)
    found: dict[int, tuple[str, str]] = {}
    if residents is None:
        return found
    for reason in reasons(residents):
        for number, home in rows_where(residents.model, reason.when, context).values_list("pk", "home"):
            found.setdefault(number, (reason.key, home))
    return found


def find_calls(_topics: frozenset[str]) -> None:
    """Who has come to need visits, and for whom the reason has gone."""
    context = tuned_context()
    wanted = needed(context)
    known = {call.resident: call for call in CareCall.objects.all()}
    with platform_change("find_calls", "rules over the register of residents") as change:
        for number, (reason, home) in wanted.items():
            _keep(change, known.get(number), number, {"reason": reason, "place": home, "active": True})
        for number in known.keys() - wanted.keys():
            if known[number].active:
                change.save(known[number], active=False)


def _keep(change: Change, call: CareCall | None, number: int, said: dict[str, Any]) -> None:
    if call is None:
        change.create(CareCall, resident=number, due_on=day_of(change.context), **said)
    elif any(getattr(call, name) != value for name, value in said.items()):
        change.save(call, **said)


class Visited(Form):
    """One visit, written once: what was found, what they ask for, what the register has wrong."""

    met: str = question(t("是否见到本人", "met"), options=words.MET)
    consent: bool = question(t("本人同意记录情况", "the person agrees to the note"), False)
    findings: str = question(t("走访情况", "findings"), "", widget="textarea", max_length=4000)
    photos: list[int] = question(t("照片", "photos"), [], widget="photos", max_length=6)
    asks_for: str = question(t("需要帮办的事项", "what they ask for"), "", max_length=160)
    wrong_item: str = question(t("登记有误的栏目", "field that is wrong"), "", options=(("", t("无", "none")), *words.CORRECTED))
    should_be: str = question(t("应为", "should be"), "", max_length=100)
    at: datetime | None = question(t("走访时间", "when"), None, widget="written")


def visit(change: Change) -> CareCall:
    """Write a visit, and with it the matter and the correction that follow from it, or nothing of the three.

    Visits that lay on a telephone arrive in any order and leave the same.
    """
    call, given, now = change.record, change.answers, change.context.now
    _check(given, now)
    at = min(given.at, now) if given.at else now
    case = _matter(change, call, given.asks_for) if given.asks_for else None
    correction = _correction(change, call, given.wrong_item, given.should_be) if given.wrong_item else None
    change.create(
        Visit,
        call=call,
        place=call.place,
        at=at,
        by=change.viewer.name,
        met=given.met,
        consent=given.consent,
        findings=given.findings,
        photos=list(given.photos),
        case=case,
        correction=correction,
    )
    change.save(call, **_next(call, change.context, local_day(at, change.context) if given.met == "met" else None))
    return call


def _next(call: CareCall, context: Context, met_on: date | None) -> dict[str, date]:
    """When they were met last, and when the next visit is due: after a door that stayed closed since then, the next day."""
    met = max((day for day in (call.last_visit, met_on) if day), default=None)
    tried = Visit.objects.filter(call=call).exclude(met="met").order_by("-at").values_list("at", flat=True).first()
    closed = local_day(tried, context) if tried else None
    if closed and (met is None or closed > met):
        return {"due_on": closed + AGAIN, **({"last_visit": met} if met else {})}
    assert met is not None  # the visit that was just written was one or the other
    return {"last_visit": met, "due_on": met + context.value(gaps()[call.reason])}


def gaps() -> dict[str, Param[timedelta]]:
    """How often each reason asks for a visit."""
    return {"old_alone": OLD_GAP, "very_old": VERY_OLD_GAP, "alone_60": ALONE_GAP}


NOT_OWN = t("提出人不能核定自己的更正", "Whoever proposed it may not accept it")


def accept_correction(change: Change) -> Correction:
    """The register is changed by whoever accepts, with their own right to do so. Nobody accepts what they proposed."""
    asked: Correction = change.record
    if asked.by_id is not None and asked.by_id == change.viewer.account:
        raise Forbidden(NOT_OWN)
    row: Any = registers()[words.RESIDENTS].model._default_manager.filter(pk=asked.resident).first()
    if row is None:
        raise NotFound(which=f"{words.RESIDENTS} {asked.resident}")
    revise(change.viewer, words.RESIDENTS, asked.resident, {asked.item: asked.proposed}, row.version, why=f"grid.correction {asked.pk}")
    change.save(asked, state="accepted", decided_by=change.viewer.name)
    return asked


def refuse_correction(change: Change) -> Correction:
    """The register stays as it is."""
    change.save(change.record, state="refused", decided_by=change.viewer.name)
    return change.record


def _check(given: Visited, now: datetime) -> None:
    problems = list[Problem]()
    if given.at and not (given.at.tzinfo and now - LONGEST_ON_PHONE <= given.at <= now + CLOCKS_DIFFER):
        problems.append(Problem("at", t("走访时间不对：须是最近 30 天内的时刻", "The time of the visit must lie within the last 30 days")))
    if given.met not in dict(words.MET):
        problems.append(Problem("met", t("请从选项中选择", "Choose one of the options")))
    if (given.findings or given.photos) and given.met == "met" and not given.consent:
        problems.append(
            Problem(
                "consent",
                t("未经本人同意，不记录具体情况和照片", "Without the person's consent only the visit is kept, no findings, no photo"),
            )
        )
    if bool(given.wrong_item) != bool(given.should_be):
        problems.append(Problem("should_be", t("更正须写明栏目和应为的内容", "A correction needs the field and what it should be")))
    if given.wrong_item and given.wrong_item not in dict(words.CORRECTED):
        problems.append(Problem("wrong_item", t("请从选项中选择", "Choose one of the options"), value=given.wrong_item[:40]))
    if problems:
        raise Invalid(problems)


def _matter(change: Change, call: CareCall, title: str) -> Any:
    new = NewCase(
        "desk_matter",
        title,
        source="grid",
        place=call.place,
        reporter=Reporter(anonymous=True),
        subject=f"{words.RESIDENTS}:{call.resident}",
    )
    case = open_case(change.viewer, new).case
    answerable_for(change, case)
    return case


def _correction(change: Change, call: CareCall, item: str, value: str) -> Correction:
    try:
        parsed(registers()[words.RESIDENTS].fields[item], value)
    except Refused as error:
        raise Invalid([Problem("should_be", error.message, value=value)]) from error
    return change.create(
        Correction, resident=call.resident, place=call.place, item=item, proposed=value, by=change.viewer.name, by_id=change.viewer.account
    )


CALL, CORRECTION = "grid.carecall", "grid.correction"
ACTIONS = (
    Action("visit", t("登记走访", "record a visit"), CALL, visit, Visited, by=VISITORS, primary=True, adds=True),
    Action(
        "accept_correction",
        t("采纳并更正登记", "accept and correct"),
        CORRECTION,
        accept_correction,
        by=DECIDERS,
        primary=True,
        when=Correction.state == "proposed",
        party=anybody_but("by_id", NOT_OWN),
    ),
    Action(
        "refuse_correction",
        t("不采纳", "refuse"),
        CORRECTION,
        refuse_correction,
        by=DECIDERS,
        needs_reason=True,
        when=Correction.state == "proposed",
    ),
)
