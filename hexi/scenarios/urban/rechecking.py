"""Blind re-inspection: a random sample of closed cases, looked at by a second checker, and how many closures were false."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from hexi.kit import (
    Action,
    Case,
    CaseTask,
    Change,
    Fact,
    Forbidden,
    Form,
    Invalid,
    Label,
    Party,
    Problem,
    Round,
    Stop,
    Tally,
    Tour,
    Verification,
    Viewer,
    names,
    question,
    read_terms,
    readable,
    t,
    wilson,
)
from hexi.scenarios.urban.life import DATA
from hexi.scenarios.urban.models import VERDICTS, Drawing, Recheck

SEEDS = 2**31
NAME = "%Y-%m-%d"
MOST_STOPS = 120


class Verdict(StrEnum):
    PASSED, FAILED, UNCLEAR = "passed", "failed", "unclear"


class Drawn(Form):
    """From when to draw, how many of each office, and the seed: left empty, one is drawn and kept."""

    days: int = question(t("近多少天结案的案件", "cases closed in the last so many days"), 30, ge=1, le=366)
    per_office: int = question(t("每单位抽取", "drawn per office"), 10, ge=1, le=500)
    seed: int | None = question(t("随机种子", "seed"), None, ge=0, lt=SEEDS)


class Judged(Form):
    """What the second checker found."""

    verdict: Verdict = question(t("结论", "verdict"), options=VERDICTS)
    note: str = question(t("说明", "note"), "", widget="textarea", max_length=2000)
    photos: list[int] = question(t("复查照片", "photos"), [], widget="photos", max_length=12)


@dataclass(frozen=True, slots=True)
class FalseClosures:
    """How many closures were false, as the sample says: each office weighs as much as it closed. None where nothing was judged."""

    failed: int
    judged: int
    share: float | None
    interval: tuple[float, float] | None


def closed_between(first: datetime, behind: datetime) -> QuerySet[Case]:
    """The closed cases of city management from which a drawing draws, in the order that makes it repeatable."""
    return Case.objects.filter(kind="urban", state="closed", closed_at__gte=first, closed_at__lt=behind).exclude(lead="").order_by("pk")


def sampled(population: Mapping[str, list[int]], per_office: int, seed: int) -> dict[str, list[int]]:
    """So many of each office, the same for the same seed and the same cases."""
    rng = random.Random(seed)  # noqa: S311  anybody must be able to draw the same again
    return {office: sorted(rng.sample(numbers, min(per_office, len(numbers)))) for office, numbers in sorted(population.items())}


def draw(change: Change) -> Drawing:
    """Draw a sample and put its places on the list of the second checkers."""
    given, now = change.answers, timezone.now()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(SEEDS)
    return drawn(change, now - timedelta(days=given.days), now, given.per_office, seed)


def drawn(change: Change, first: datetime, behind: datetime, per_office: int, seed: int) -> Drawing:
    """The same for a period that is known."""
    population: dict[str, list[int]] = {}
    for number, office in closed_between(first, behind).values_list("pk", "lead"):
        population.setdefault(office, []).append(number)
    if not population:
        raise Invalid([Problem("days", t("这段时间没有结案的案件", "No case was closed in that time"))])
    chosen = [number for numbers in sampled(population, per_office, seed).values() for number in numbers]
    title = t("{day} 盲检", "blind drawing of {day}").filled(day=timezone.localtime(behind).strftime(NAME))
    made = change.create(
        Drawing, title=title.zh, title_en=title.en, seed=seed, first=first, behind=behind, per_office=per_office, drawn=len(chosen),
        by=change.viewer.name, at=timezone.now(), strata={office: len(numbers) for office, numbers in population.items()},
    )  # fmt: skip
    for case in Case.objects.filter(pk__in=chosen).select_related("category").order_by("pk"):
        change.create(Recheck, drawing=made, **shown(case))
    return made


def shown(case: Case) -> dict[str, object]:
    """What the second checker gets to know of a case: no verdict, no photos of the work, no names."""
    closes_when = case.category.closes_when if case.category else ""
    return {"case": case, "title": case.title, "title_en": case.title_en, "address": case.address, "closes_when": closes_when,
            "lon": case.lon, "lat": case.lat, "place": case.place, "office": case.lead}  # fmt: skip


def judge(change: Change) -> Recheck:
    """The second verdict, by somebody who neither handled nor checked the case."""
    row, given = change.record, change.answers
    _not_own(change, row)
    change.save(
        row, state="judged", verdict=given.verdict.value, note=given.note, photos=list(given.photos), by=change.viewer.name,
        at=timezone.now(),
    )  # fmt: skip
    return row


def is_fresh(viewer: Viewer, row: Recheck) -> bool:
    """Has the viewer neither handled nor checked the case?"""
    handled = viewer.account is not None and CaseTask.objects.filter(case=row.case, handler_id=viewer.account).exists()
    return not handled and not Verification.objects.filter(case=row.case, by=viewer.name).exists()


def _not_own(change: Change, row: Recheck) -> None:
    if not is_fresh(change.viewer, row):
        raise Forbidden(HANDLED, do=t("请由其他复查员复查", "Ask another checker"))


HANDLED = t("处置或核查过此案的人不能复查", "Whoever handled or checked the case may not look again")
OTHERS = Party(t("未处置、核查过此案的人员", "somebody who neither handled nor checked it"), is_fresh, HANDLED)


def stops(viewer: Viewer) -> list[Stop]:
    """What waits to be looked at again in the viewer's area, the longest drawn first; on the telephone, and to be planned as a patrol."""
    if not viewer.holds("rechecker", "case_dispatcher"):
        return []
    found = readable(viewer, Recheck, Recheck.state == "waiting").select_related("drawing").order_by("drawing__at", "pk")[:MOST_STOPS]
    called = names({row.place for row in found if row.place})
    return [_stop(row, called.get(row.place)) for row in found]


def _stop(row: Recheck, place: Label | None) -> Stop:
    at = (float(row.lon), float(row.lat)) if row.lon is not None and row.lat is not None else None
    facts = [(t("地址", "address"), row.address), (t("结案条件", "condition of closing"), row.closes_when)]
    told = tuple(Fact(label, t(said, said)) for label, said in facts if said)
    return Stop(row.pk, t(row.title, row.title_en or row.title), place or t("—", "—"), timezone.localdate(row.drawing.at), at, told)


def tallies_of(drawing: Drawing) -> dict[str, Tally]:
    """False closures of each office among those that were judged; what could not be told counts neither way."""
    rows = Recheck.objects.filter(drawing=drawing, verdict__in=("passed", "failed")).values_list("office", "verdict")
    judged, failed = Counter[str](), Counter[str]()
    for office, verdict in rows:
        judged[office] += 1
        failed[office] += verdict == "failed"
    return {office: Tally(failed[office], judged[office]) for office in judged}


def estimated(found: Mapping[str, Tally], strata: Mapping[str, int]) -> FalseClosures:
    """The stratified estimate (Cochran 1977, chapter 5), with Wilson's interval at the effective number of cases.

    Offices of which nothing was judged are not spoken of. Where no variance is seen the plain number of judged cases counts.
    """
    known = {office: tally for office, tally in found.items() if tally.of and strata.get(office)}
    failed, judged = sum(one.hits for one in known.values()), sum(one.of for one in known.values())
    whole = sum(strata[office] for office in known)
    if not judged:
        return FalseClosures(0, 0, None, None)
    share = sum(strata[office] / whole * (tally.share or 0) for office, tally in known.items())
    number = _effective(known, strata, share, judged)
    return FalseClosures(failed, judged, share, wilson(share * number, number))


def _effective(known: Mapping[str, Tally], strata: Mapping[str, int], share: float, judged: int) -> float:
    """How many cases of a plain sample would tell as much."""
    whole = sum(strata[office] for office in known)
    variance = sum(
        (strata[office] / whole) ** 2 * (1 - tally.of / strata[office]) * (tally.share or 0) * (1 - (tally.share or 0)) / tally.of
        for office, tally in known.items()
    )
    return share * (1 - share) / variance if variance > 0 else judged


ACTIONS = (
    Action("draw", t("抽取盲检样本", "draw a blind sample"), "urban.drawing", draw, Drawn, by=("case_dispatcher", "leader"), creates=True),
    Action("judge", t("复查", "look again"), "urban.recheck", judge, Judged, by=("rechecker",), primary=True,
           when=Recheck.state == "waiting", adds=True, party=OTHERS),
)
ROUND = Round("rechecks", t("盲检复查", "blind rechecks"), "urban.recheck", stops, acts=("judge",))
TOUR = Tour(ROUND, by=("case_dispatcher",), goes=("rechecker",), terms=read_terms(DATA / "round.yaml"))
