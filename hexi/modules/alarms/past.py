"""Invented rescues of the past, for the demonstration: each with its case, its clocks, whom it called, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from hexi.core.data.api import SAMPLE, begun_as_sample, counted_anew
from hexi.core.trust.api import PLATFORM, Happening, record_bulk
from hexi.kernel.alarm import ACKNOWLEDGED, ENDED, REVIEWED, THERE, Alarm, Whom
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.whom import located, masked_name, whom_of
from hexi.modules.alarms.words import said_title
from hexi.modules.cases.api import NewCase, PastCase, Replay

WHY, NOTE = "示例：模拟的救助 / simulated", "示例：模拟的救助"
LEFT_OPEN = 3
"""So many of the newest wait for their review."""
RUNGS, LATE = (70, 18, 8, 3, 1), 0.06
"""Ours: which rung answers, and how often somebody comes after the limit."""
WAIT = timedelta(seconds=60)
TEST = "test_call"
CLEARED = ("false_alarm", "device_fault", TEST)
DESK, CHECKER = "示例·秦值守", "示例·许复核"
LOOKED = ("处置及时，流程完整", "已电话回访，本人表示满意", "同意处置意见", "建议加强该时段值守")


@dataclass(frozen=True, slots=True)
class PastRescue:
    """One that was: whom it was about (`eldercare.elder:12`), when, and what it turned out to be."""

    subject: str
    at: datetime
    outcome: str
    source: str = "person"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Went:
    """How one of them went."""

    rung: int
    answered: datetime
    there: datetime | None
    ended: datetime
    reviewed: datetime | None
    review: str

    def steps(self) -> Iterator[tuple[str, datetime]]:
        """The steps of its case, in order."""
        moments = ((ACKNOWLEDGED, self.answered), (THERE, self.there), (ENDED, self.ended), (REVIEWED, self.reviewed))
        return ((key, at) for key, at in moments if at is not None)


@dataclass
class _Going:
    """One under way in memory."""

    case: PastCase
    rescue: Rescue
    calls: list[RescueCall]


def load_past(alarm: str, rescues: Sequence[PastRescue], now: datetime, rng: random.Random) -> list[int]:
    """Write them down as they went; gives the numbers of their cases, in the same order.

    The newest few wait for their review. Raises ValueError for one that could not be over by `now`.
    """
    declared = catalogue.alarms[alarm]
    replay = Replay(declared.case.key, now, rng, WHY)
    newest = sorted((one.at for one in rescues), reverse=True)[:LEFT_OPEN]
    ladder = len(declared.ladder)
    going = [_gone(replay, declared, one, _drawn(one, ladder, now, rng, is_new=one.at in newest)) for one in rescues]
    with transaction.atomic():
        replay.write()
        _write(going)
    return [each.case.case.pk for each in going]


def _write(going: Sequence[_Going]) -> None:
    for each in going:
        each.rescue.case = each.case.case
    Rescue.objects.bulk_create([each.rescue for each in going])
    calls = [call for each in going for call in each.calls]
    for each in going:
        for call in each.calls:
            call.rescue = each.rescue
    RescueCall.objects.bulk_create(calls)
    counted_anew(Rescue, len(going))
    counted_anew(RescueCall, len(calls))
    for rows in ([each.rescue for each in going], calls):
        if rows:
            record_bulk(PLATFORM, begun_as_sample(rows, WHY), Happening(SAMPLE, entity_key(type(rows[0])), 0))


def _gone(replay: Replay, alarm: Alarm, one: PastRescue, went: _Went) -> _Going:
    whom = whom_of(alarm, one.subject)
    at = located(whom, "", None)
    title = f"【模拟】{alarm.label.zh} {masked_name(whom)}".strip()
    new = NewCase(alarm.case.key, title, urgency="danger", source="sensor" if one.source == "sensor" else "resident", place=at.place,
                  point=at.point, subject=one.subject, title_en=said_title(alarm.key, title).en)  # fmt: skip
    case = replay.open(one.at, new)
    for key, moment in went.steps():
        replay.take(case, key, moment)
    lon, lat = at.point or (None, None)
    rescue = Rescue(
        alarm=alarm.key, title=title, subject=one.subject, source=one.source, rule=one.rule, place=at.place, lon=lon, lat=lat,
        located=at.by, raised_at=one.at, outcome=one.outcome, is_test=one.outcome == TEST, rung=went.rung, answered_at=went.answered,
        coming_at=went.there, there_at=went.there, ended_at=went.ended, ended_by=DESK, note=NOTE, review=went.review,
        state="reviewed" if went.reviewed else "ended", reviewed_at=went.reviewed, reviewed_by=CHECKER if went.reviewed else "",
    )  # fmt: skip
    return _Going(case, rescue, [_call(alarm, step, one.at, went, whom, at.place) for step in range(went.rung + 1)])


def _call(alarm: Alarm, step: int, raised: datetime, went: _Went, whom: Whom | None, place: str) -> RescueCall:  # noqa: PLR0917
    rung, done = alarm.ladder[step], step == went.rung
    contact = whom.contacts[0] if rung.contacts and whom and whom.contacts else None
    there = went.there if done else None
    return RescueCall(
        rung=step, call=rung.key, who=contact.name if contact else f"示例·{rung.label.zh}", relation=contact.relation.zh if contact else "",
        contact=contact.key if contact else "", place=place, told_at=raised + step * WAIT, answered_at=went.answered if done else None,
        eta_at=there, there_at=there, proof="code" if there else "", state="there" if there else "answered" if done else "released",
    )  # fmt: skip


def _drawn(one: PastRescue, ladder: int, now: datetime, rng: random.Random, *, is_new: bool) -> _Went:
    """Up to which rung it went, and when what happened. A false alarm is often cleared by a telephone call."""
    rung = 0 if one.outcome == TEST else min(ladder - 1, rng.choices(range(len(RUNGS)), RUNGS)[0])
    answered = one.at + rung * WAIT + timedelta(seconds=rng.randint(6, 52))
    by_phone = one.outcome in CLEARED and rng.random() < 0.6
    walk = rng.uniform(13, 21) if rng.random() < LATE else rng.uniform(3, 11.5)
    there = None if by_phone else answered + timedelta(minutes=walk)
    ended = (there or answered) + timedelta(minutes=rng.uniform(4, 38))
    reviewed, review = ended + timedelta(hours=rng.uniform(2, 30)), rng.choice(LOOKED)
    looked = not is_new and reviewed < now
    return _Went(rung, answered, there, ended, reviewed if looked else None, review if looked else "")
