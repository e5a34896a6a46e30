"""Kinds, rules and random readings for the tests of the stream: small steps of time, so that edges meet often."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

import pyarrow as pa

from hexi.core.sensing.columns import batch_of
from hexi.core.sensing.stream.shard import Finding, Shard
from hexi.kernel.context import Context, Param
from hexi.kernel.declare import StreamRule
from hexi.kernel.label import t
from hexi.kernel.reading import Reading, ReadingKind, moment_of
from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Pattern, Unusual
from hexi.kernel.stream.seen import Circle, Fence, Seen
from hexi.kernel.stream.stepping import advanced, machine_of, passed

BEGIN = datetime(2026, 3, 2, 1, tzinfo=UTC)
SECOND = 1_000_000
WAIT = timedelta(seconds=60)
HEART = ReadingKind("heart_rate", t("心率", "heart rate"), "per_minute", wait=WAIT, low=0, high=300, privacy="sensitive")
MOVED = ReadingKind("movement", t("活动", "movement"), wait=WAIT, privacy="personal")
FELL = ReadingKind("impact", t("冲击", "impact"), "g_force", wait=WAIT, privacy="sensitive")
SPOT = ReadingKind("position", t("位置", "position"), "degrees", wait=WAIT, privacy="sensitive")
SMOKE = ReadingKind("smoke", t("烟雾", "smoke"), "ppm", back=timedelta(days=30))
KINDS = (HEART, MOVED, FELL, SPOT, SMOKE)
ORDER = {kind.key: place for place, kind in enumerate(KINDS)}
LIMIT = Param("heart_limit", t("心率上限", "highest heart rate"), default=150.0, low=100.0, high=220.0)
HOME = Circle(t("家", "home"), 117.2, 39.1, 100.0)
YARD = Fence(t("院子", "yard"), ((117.199, 39.099), (117.201, 39.0995), (117.2005, 39.101), (117.1998, 39.1002)))


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def rule(key: str, when: Pattern) -> StreamRule:
    return StreamRule(key, t("样例", "sample"), when, "a test")


RULES = (
    rule("racing", Held(Seen(HEART, above=LIMIT), seconds(40), silence=seconds(30))),
    rule("spike", Held(Seen(HEART, above=160.0))),
    rule("still", Absent(Seen(MOVED, above=0), seconds(90))),
    rule("still_by_day", Absent(Seen(MOVED, above=0), timedelta(hours=4), by_day=(time(6), time(22)))),
    rule("still_by_night", Absent(Seen(MOVED), timedelta(hours=3), by_day=(time(22), time(6)))),
    rule("often", Counted(Seen(HEART, above=140.0, below=190.0), 3, seconds(35))),
    rule("three_in_a_row", InOrder((Seen(HEART, above=150.0),) * 3, seconds(60), strict=True)),
    rule("fall", InOrder((Seen(FELL, above=2.5),), seconds(10), quiet=seconds(45), unless=Seen(MOVED, above=0.5))),
    rule("fall_then_race", InOrder((Seen(FELL, above=2.0), Seen(HEART, above=120.0)), seconds(50))),
    rule("strange", Unusual(Seen(HEART), 2.0, times=2, learnt=5, memory=20)),
    rule("strangely_low", Unusual(Seen(HEART), 1.0, times=1, learnt=3, memory=50, side="below", least=5.0)),
    rule("away", Held(Seen(SPOT, outside=HOME), seconds(30), silence=seconds(60))),
    rule("in_the_yard", Counted(Seen(SPOT, inside=YARD), 2, seconds(60))),
)
CONTEXT = Context(BEGIN)

BEAT = ReadingKind("beat", t("节拍", "beat"), wait=timedelta(seconds=1))
QUICK = (
    rule("beat_high", Held(Seen(BEAT, above=5.0), seconds(0.2), silence=seconds(0.4))),
    rule("beat_gone", Absent(Seen(BEAT), seconds(0.5))),
    rule("beat_often", Counted(Seen(BEAT, above=7.0), 3, seconds(0.5))),
    rule("beat_odd", Unusual(Seen(BEAT), 1.5, times=2, learnt=5, memory=50)),
    rule("beat_fall", InOrder((Seen(BEAT, above=6.0), Seen(BEAT, below=2.0)), seconds(0.5), quiet=seconds(0.3), unless=Seen(BEAT, above=3.0))),
)
"""For whole processes: they come due within a second of real time."""


def drawn(seed: int, count: int, keys: int = 7, since: int = 0) -> list[Reading]:
    """Random readings in the order of their moments, no two of a key, kind and moment."""
    rng, found = random.Random(seed), dict[tuple[str, str, int], Reading]()
    now = moment_of(BEGIN) + since
    for _ in range(count):
        now += rng.choice((0, 0, 1, 5, 10, 20, 40)) * SECOND * (1 if rng.random() < 0.99 else 700)
        key, kind = f"device:{rng.randrange(keys)}", rng.choice((HEART, HEART, MOVED, FELL, SPOT))
        found.setdefault((key, kind.key, now), _drawn(rng, key, kind, now))
    return sorted(found.values(), key=lambda one: one.moment)


def _drawn(rng: random.Random, key: str, kind: ReadingKind, now: int) -> Reading:
    if kind is SPOT:
        return Reading(key, kind.key, now, (1_172_000 + rng.randrange(-20, 21)) / 10_000, now, (391_000 + rng.randrange(-20, 21)) / 10_000)
    value = {HEART: rng.choice((60, 110, 130, 145, 150, 151, 165, 195)), MOVED: rng.choice((0, 0, 1)), FELL: rng.choice((0, 2.2, 3))}[kind]
    return Reading(key, kind.key, now, float(value), now)


def expected(rules: Sequence[StreamRule], readings: Iterable[Reading], end: int, context: Context = CONTEXT) -> list[Finding]:
    """What the plain face finds, key by key, in the order of moments."""
    by_key: dict[str, list[Reading]] = {}
    for one in sorted(readings, key=lambda one: (one.moment, ORDER.get(one.kind, 0))):
        by_key.setdefault(one.key, []).append(one)
    return sorted(find for each in rules for key, own in by_key.items() for find in _plainly(each, key, own, end, context))


def _plainly(each: StreamRule, key: str, own: list[Reading], end: int, context: Context) -> list[Finding]:
    from hexi.kernel.stream.patterns import kinds_of

    machine = machine_of(each.when, context)
    state, found, read = machine.start, [], {kind.key for kind in kinds_of(each.when)}
    for one in own:
        if one.kind in read:
            state, more = advanced(machine, state, one)
            found += more
    _, last = passed(machine, state, end)
    return [Finding(each.key, key, *one) for one in (*found, *last)]


def batches(readings: Sequence[Reading], rng: random.Random, longest: int = 40) -> list[pa.RecordBatch]:
    """The readings in the order in which they were received, cut anywhere."""
    came, found, at = sorted(readings, key=lambda one: one.received), [], 0
    while at < len(came):
        size = rng.randint(1, longest)
        found.append(batch_of(came[at : at + size]))
        at += size
    return found


def through(shard: Shard, parts: Iterable[pa.RecordBatch], end: int) -> list[Finding]:
    """What one shard finds in these batches, and until `end`."""
    found = [find for number, part in enumerate(parts) for find in shard.feed(part, number)]
    return sorted([*found, *shard.tick(float(end) + WAIT // timedelta(microseconds=1))])
