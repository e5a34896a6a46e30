"""The contract of stream rules: whatever the order, the lateness and the cuts, all faces find the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import inf
from zlib import crc32

import pytest

from hexi.core.sensing.columns import batch_of
from hexi.core.sensing.stream import runs
from hexi.core.sensing.stream.shard import Finding, Shard
from hexi.core.sensing.tests.samples import BEGIN, CONTEXT, KINDS, RULES, SECOND, SMOKE, WAIT, batches, drawn, expected, through
from hexi.kernel.context import Context
from hexi.kernel.reading import Quality, Reading, moment_of
from hexi.kernel.stream.patterns import Held
from hexi.kernel.stream.seen import Seen

Disorder = Callable[[list[Reading], random.Random], list[Reading]]
LATE = int(WAIT.total_seconds()) - 1


def in_order(readings: list[Reading], rng: random.Random) -> list[Reading]:
    return readings


def late(readings: list[Reading], rng: random.Random) -> list[Reading]:
    """Each comes up to a wait later than it was measured, so in quite another order."""
    return [one._replace(received=one.moment + rng.randint(0, LATE) * SECOND) for one in readings]


def doubled(readings: list[Reading], rng: random.Random) -> list[Reading]:
    """One in three comes again, some at once and some much later."""
    again = [one._replace(received=one.received + rng.choice((0, 1, 30, 5000)) * SECOND) for one in readings if rng.random() < 0.3]
    return late(readings, rng) + again


def ahead(readings: list[Reading], rng: random.Random) -> list[Reading]:
    """Clocks of the devices go up to five minutes fast."""
    return [one._replace(received=one.moment - (crc32(one.key.encode()) % 290) * SECOND) for one in readings]


DISORDERS: dict[str, Disorder] = {"in order": in_order, "late": late, "doubled": doubled, "clocks ahead": ahead}


def shard() -> Shard:
    return Shard(RULES, KINDS, CONTEXT)


def end_of(readings: list[Reading]) -> int:
    return max(one.moment for one in readings) + 3600 * 9 * SECOND


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("disorder", DISORDERS)
@pytest.mark.parametrize("narrow", [0, 3, 10_000])
def test_the_columnar_face_finds_what_the_plain_one_finds(seed: int, disorder: str, narrow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "NARROW", narrow)
    rng, readings = random.Random(seed), drawn(seed, 1000)
    end = end_of(readings)
    found = through(shard(), batches(DISORDERS[disorder](readings, rng), rng), end)
    assert found == expected(RULES, readings, end)
    assert len(set(found)) == len(found)


def test_the_samples_make_every_rule_find_something() -> None:
    readings = drawn(0, 1000)
    assert {find.rule for find in expected(RULES, readings, end_of(readings))} == {rule.key for rule in RULES}


@pytest.mark.parametrize("seed", range(2))
def test_the_states_of_both_faces_are_the_same_to_the_last_bit(seed: int) -> None:
    from hexi.kernel.stream.stepping import advanced, machine_of

    readings = [one for one in drawn(seed, 800) if one.kind == "heart_rate"]
    rule = next(one for one in RULES if one.key == "strange")
    there, machine, plain = Shard((rule,), KINDS, CONTEXT), machine_of(rule.when, CONTEXT), dict[str, tuple[float, ...]]()
    through(there, batches(readings, random.Random(seed)), end_of(readings))
    for one in readings:
        plain[one.key], _ = advanced(machine, plain.get(one.key, machine.start), one)
    keys, rows, _ = there.changed()
    assert {key: tuple(row[len(KINDS) :]) for key, row in zip(keys, rows.tolist(), strict=True)} == {
        key: (inf, *state[1:]) for key, state in plain.items()
    }


@pytest.mark.parametrize("seed", range(2))
def test_a_shard_that_is_put_back_goes_on_as_if_nothing_had_been(seed: int) -> None:
    rng, readings = random.Random(seed), drawn(seed, 1200)
    parts, end = batches(doubled(readings, rng), rng), end_of(readings)
    cut = rng.randrange(len(parts))
    first, second = shard(), shard()
    before = [find for number, part in enumerate(parts[:cut]) for find in first.feed(part, number)]
    keys, rows, due = first.changed()
    assert len(due) == len(keys)
    second.restore(keys, rows, first.layout())
    again = first.waiting_from()
    for number in range(cut if again is None else again, cut):
        second.recall(parts[number], number)
    second.clock = first.clock
    after = through(second, parts[cut:], end)
    assert sorted([*before, *after]) == expected(RULES, readings, end)
    assert second.waiting_from() == first.waiting_from() or cut < len(parts)


def test_what_is_not_evaluated_is_counted_by_kind() -> None:
    now = moment_of(BEGIN)
    there = Shard((), (SMOKE, KINDS[0]), CONTEXT)
    rows = [
        Reading("d", "smoke", now, 1.0, now), Reading("d", "smoke", now, 1.0, now), Reading("d", "smoke", now + 400 * SECOND, 1.0, now),
        Reading("d", "smoke", now - 31 * 86_400 * SECOND, 1.0, now), Reading("d", "heart_rate", now, 301.0, now),
        Reading("d", "smoke", now + SECOND, float("nan"), now), Reading("d", "smoke", now + 2, 9.0, now, flags=Quality.IMPLAUSIBLE), Reading("d", "no_such_kind", now, 1.0, now),
    ]  # fmt: skip
    there.feed(batch_of(rows))
    there.feed(batch_of([Reading("d", "smoke", now - SECOND, 1.0, now + SECOND), Reading("d", "smoke", now, 2.0, now + SECOND)]))
    assert dict(there.counts) == {
        ("smoke", "judged"): 1, ("smoke", "duplicate"): 2, ("smoke", "future"): 1, ("smoke", "ancient"): 1, ("smoke", "late"): 1,
        ("smoke", "implausible"): 2, ("heart_rate", "implausible"): 1, ("", "unknown_kind"): 1,
    }  # fmt: skip


def test_a_rule_that_waits_for_nothing_finds_at_once() -> None:
    from hexi.core.sensing.tests.samples import rule

    now = moment_of(BEGIN)
    there = Shard((rule("smoke", Held(Seen(SMOKE, above=50.0))),), KINDS, CONTEXT)
    assert there.feed(batch_of([Reading("d", "smoke", now, 60.0, now)])) == [Finding("smoke", "d", now, now, 60.0)]
    assert there.feed(batch_of([Reading("d", "smoke", now + 5, 70.0, now + 5)])) == [], "it goes on: one finding"
    assert there.feed(batch_of([Reading("d", "smoke", now + 6, 1.0, now + 6), Reading("d", "smoke", now + 7, 51.0, now + 7)]))


def test_a_tuned_limit_counts_from_the_next_reading_on() -> None:
    now, there = moment_of(BEGIN), shard()

    def spike(moment: int) -> list[Finding]:
        found = there.feed(batch_of([Reading("d", "heart_rate", moment, 155.0, moment)]))
        return [one for one in [*found, *there.tick(moment + 61 * SECOND)] if one.rule == "racing"]

    assert [spike(now + n * 20 * SECOND) for n in range(3)][-1], "over 150 for 40 seconds"
    there.retune(Context(BEGIN, {"heart_limit": 200.0}))
    assert not any(spike(now + n * 20 * SECOND) for n in range(10, 20))


def test_more_keys_than_there_was_room_for_change_nothing() -> None:
    readings = drawn(3, 4000, keys=2000)
    end = end_of(readings)
    assert through(shard(), batches(readings, random.Random(1), 900), end) == expected(RULES, readings, end)


def test_a_layout_of_before_keeps_what_is_still_there() -> None:
    readings = drawn(5, 300)
    there = shard()
    through(there, batches(readings, random.Random(5)), 0)
    keys, rows, _ = there.changed()
    fewer = Shard(tuple(one for one in RULES if one.key != "spike"), KINDS[::-1], CONTEXT)
    fewer.restore(keys, rows, there.layout())
    assert not fewer.same_layout(there.layout())
    _, moved, _ = fewer.changed(everything=True)
    assert moved[:, : len(KINDS)].tolist() == rows[:, : len(KINDS)][:, ::-1].tolist()
    assert moved[:, len(KINDS) : len(KINDS) + 5].tolist() == rows[:, len(KINDS) : len(KINDS) + 5].tolist()
    assert moved.shape[1] == rows.shape[1] - 5
