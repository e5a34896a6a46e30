"""Visits by need: who is due follows from the dated rules; the elder's word of the day, not a photo, says that it took place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from hexi.kit import (
    Action,
    Change,
    Demand,
    Fact,
    Form,
    Invalid,
    Label,
    Problem,
    Round,
    Stop,
    Tour,
    Viewer,
    anybody_but,
    days,
    district_calendar,
    hours,
    names,
    on_duty,
    points_of,
    question,
    read_terms,
    readable,
    registers,
    shown_rows,
    t,
)
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.files import must_be
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_care import Carer, CareVisit
from hexi.scenarios.eldercare.parties import CENTRE, STEWARD
from hexi.scenarios.eldercare.rules import DATA, interval_of
from hexi.scenarios.eldercare.today import day_of, today, word_of_day

AGAIN = days(1)
LONGEST_ON_PHONE, CLOCKS_DIFFER = days(7), hours(1)
"""Ours: so long a visit may lie on a telephone that has no network, and so far that telephone's clock may be ahead."""
MOST_STOPS = 40
VISITORS = (STEWARD, "community_worker", "grid_worker")


class Visited(Form):
    """One visit, written once."""

    met: str = question(t("是否见到本人", "met"), options=words.MET)
    word: str = question(t("老人报的当日口令（四位数）", "the elder's word of the day, four digits"), "", max_length=8)
    tag: bool = question(t("已扫门口标签", "the tag at the door was scanned"), False)
    consent: bool = question(t("本人同意记录情况", "the elder agrees to the note"), False)
    findings: str = question(t("情况", "findings"), "", widget="textarea", max_length=2000)
    at: datetime | None = question(t("探访时间", "when"), None, widget="written")


def visit(change: Change) -> Elder:
    """Write a visit, and when the next one is due: after a closed door, the next day."""
    elder, given, now = change.record, change.answers, change.context.now
    at = _moment(given.at, now)
    must_be("met", given.met, words.MET)
    if given.findings and not given.consent:
        raise Invalid([Problem("consent", t("未经本人同意，不记录情况", "Without the elder's consent no findings are kept"))])
    on = district_calendar().local(at).date()
    change.create(
        CareVisit, elder=elder, at=at, by=change.viewer.name, by_id=change.viewer.account, met=given.met,
        evidence=_evidence(elder, given, on), consent=given.consent, findings=given.findings, due_on=elder.visit_due, place=elder.home,
    )  # fmt: skip
    change.save(elder, **_next(elder, on if given.met == "met" else None, day_of(change)))
    return elder


def _moment(said: datetime | None, now: datetime) -> datetime:
    if said is None:
        return now
    if not (said.tzinfo and now - LONGEST_ON_PHONE <= said <= now + CLOCKS_DIFFER):
        raise Invalid([Problem("at", t("探访时间须在最近七天内", "The visit must lie within the last seven days"))])
    return min(said, now)


def _evidence(elder: Elder, given: Visited, on: date) -> str:
    """What stands for the visit beside the visitor's own word. A wrong word is refused, so that it can be asked again."""
    if given.word and given.word.strip() not in {word_of_day(elder, on), word_of_day(elder, on - AGAIN)}:
        raise Invalid([Problem("word", t("口令不对，请再问一次老人", "That is not the word: ask the elder again"), value=given.word)])
    return "token" if given.word else "tag" if given.tag else "none"


def _next(elder: Elder, met_on: date | None, day: date) -> dict[str, date | None]:
    if met_on is None:
        return {"visit_due": day + AGAIN} if elder.visit_due else {}
    met = max(met_on, elder.last_met or met_on)
    every = interval_of(elder.need, day)
    return {"last_met": met, "visit_due": met + every if every else None}


class CalledBack(Form):
    """What the elder or the family said on the telephone."""

    took_place: bool = question(t("电话核实：来过", "they say that the visit took place"), True)


NOT_OWN = t("不能核实自己的探访", "Nobody checks a visit of their own")


def call_back(change: Change) -> CareVisit:
    """Somebody else asked on the telephone. Nobody checks a visit of their own."""
    one: CareVisit = change.record
    if one.by_id is not None and one.by_id == change.viewer.account:
        raise Invalid([Problem("took_place", NOT_OWN)])
    change.save(one, evidence="call" if change.answers.took_place else "none")
    return one


def due_for(viewer: Viewer, day: date) -> list[Elder]:
    """Whose visit is due and the viewer's to make: a steward's own, for others all of their area; the longest due first."""
    found = readable(viewer, Elder, Elder.state == "served").filter(visit_due__lte=day)
    own = Carer.objects.filter(account=viewer.account, active=True).values_list("pk", flat=True) if viewer.account else ()
    if viewer.holds(STEWARD) and own:
        found = found.filter(steward__in=list(own))
    return list(found.order_by("visit_due", "pk")[:MOST_STOPS])


def stops(viewer: Viewer) -> list[Stop]:
    """The visits that are due today or were, for the phone. Names as this viewer may see them."""
    if not viewer.holds(*VISITORS):
        return []
    due = due_for(viewer, today())
    doors = {one.home for one in due}
    called, points = names(doors), points_of(doors)
    shown = shown_rows(viewer, registers()[words.ELDER], [one.pk for one in due], ("name", "phone"))
    return [
        Stop(one.pk, _same(str(shown.get(one.pk, {}).get("name") or "—")), called.get(one.home, _same(one.home)), one.visit_due or today(),
             points.get(one.home), tuple(_facts(one, str(shown.get(one.pk, {}).get("phone") or ""))))
        for one in due
    ]  # fmt: skip


def demands(_viewer: Viewer, due: Sequence[Stop], _day: date) -> dict[int, Demand]:
    """An elder whose steward has an account is visited by that steward."""
    found = Elder.objects.filter(pk__in=[stop.record for stop in due]).exclude(steward__account=None)
    return {number: Demand(owner=account) for number, account in found.values_list("pk", "steward__account")}


def _facts(one: Elder, phone: str) -> Iterator[Fact]:
    yield Fact(t("频次", "how often"), words.label_of(words.NEEDS, one.need))
    yield Fact(t("能力等级", "ability"), words.label_of(words.LEVELS, one.ability))
    yield Fact(t("上次见面", "last met"), _same(one.last_met.isoformat()) if one.last_met else t("还没有", "not yet"))
    if phone:
        yield Fact(t("电话", "telephone"), _same(phone))


def _same(said: str) -> Label:
    return t(said, said)


ACTIONS = (
    Action("care_visit", t("登记探访", "record a visit"), words.ELDER, visit, Visited, by=VISITORS, when=Elder.state == "served",
           primary=True, adds=True),
    Action("check_visit", t("电话核实", "check on the telephone"), "eldercare.carevisit", call_back, CalledBack,
           by=(CENTRE, "community_worker"), when=CareVisit.met == "met", party=anybody_but("by_id", NOT_OWN)),
)  # fmt: skip
ROUND = Round("care_visits", t("探访老人", "visits to elders"), words.ELDER, stops, acts=("care_visit",))
TOUR = Tour(
    ROUND, by=("community_worker",), goes=(STEWARD, "community_worker"), terms=read_terms(DATA / "visit_round.yaml"), demands=demands,
    on_duty=on_duty(STEWARD, "community_worker"),
)
