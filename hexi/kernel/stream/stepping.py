"""The plain face of patterns: one key's state and one reading give the next state, and what was found. Pure: no clock, no memory.

A state is a row of numbers: when it is due (NEVER where it is not), since when and with what value, then what the pattern needs. Moments
are microseconds as floats: whole numbers of that size are exact. The same rows, many at a time, are moved on by `hexi.core.sensing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import inf, sqrt
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from hexi.kernel.context import Context
from hexi.kernel.reading import EPOCH, Reading, microseconds
from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Pattern, Unusual, tuned
from hexi.kernel.stream.seen import Seen

State = tuple[float, ...]
NEVER, ALWAYS = inf, -inf
DUE, SINCE, VALUE = 0, 1, 2
DAY = float(microseconds(timedelta(days=1)))


class Found(NamedTuple):
    """What one state gave: when, since when, and the value at that time."""

    moment: int
    since: int
    value: float


@dataclass(frozen=True, slots=True)
class Machine:
    """A pattern made ready for one moment's parameters. `spans` are its lengths of time in microseconds, `day` what of the day counts."""

    pattern: Pattern
    spans: tuple[float, ...]
    start: State
    step: Callable[[Machine, State, Reading], State]
    day: tuple[float, float] = (0.0, DAY)

    @property
    def width(self) -> int:
        """How many numbers a state has."""
        return len(self.start)


def advanced(machine: Machine, state: State, reading: Reading) -> tuple[State, list[Found]]:
    """The state after this reading, and what was found on the way. Readings of a key come in the order of their moments."""
    state, before = passed(machine, state, reading.moment)
    state, now = passed(machine, machine.step(machine, state, reading), reading.moment)
    return state, before + now


def passed(machine: Machine, state: State, moment: float) -> tuple[State, list[Found]]:
    """The state when it is this moment, and what was found if it came due."""
    if state[DUE] > moment:
        return state, []
    return lapsed(machine, state), [Found(int(state[DUE]), int(state[SINCE]), state[VALUE])]


def lapsed(machine: Machine, state: State) -> State:
    """What remains after a finding."""
    match machine.pattern:
        case Held():
            return (NEVER, *state[1:4], 1.0)
        case Counted():
            return (NEVER, *state[1:3], *machine.start[3:])
        case InOrder():
            return (NEVER, *state[1:3], 0.0, state[4])
        case _:
            return (NEVER, *state[1:])


def _held(machine: Machine, state: State, reading: Reading) -> State:
    """due, since, value, last, told"""
    pattern, moment = cast(Held, machine.pattern), float(reading.moment)
    if not pattern.seen.holds(reading.value, reading.second):
        return machine.start
    lasting, silence = machine.spans
    _, since, _, last, told = state
    if since == NEVER or moment - last > silence:
        since, told = moment, 0.0
    due = NEVER if told or since + lasting > moment + silence else since + lasting
    return (due, since, reading.value, moment, told)


def _absent(machine: Machine, state: State, reading: Reading) -> State:
    """due, since, value"""
    pattern, moment = cast(Absent, machine.pattern), float(reading.moment)
    if not pattern.seen.holds(reading.value, reading.second):
        return state
    return (after(moment, machine.spans[0], machine.day), moment, reading.value)


def after(moment: Any, span: float, day: tuple[float, float]) -> Any:
    """When so much of the time that counts has gone by: each day from `day[0]` on (in UTC), `day[1]` long. For numbers and arrays."""
    begin, length = day
    days = (moment - begin) // DAY
    into = moment - begin - days * DAY
    counted = days * length + into - (into - length) * (into > length) + span
    days = (counted - 1) // length
    return days * DAY + (counted - days * length) + begin


def _counted(machine: Machine, state: State, reading: Reading) -> State:
    """due, since, value, head, then the moments as a ring"""
    pattern, moment = cast(Counted, machine.pattern), float(reading.moment)
    if not pattern.seen.holds(reading.value, reading.second):
        return state
    head, ring = int(state[3]), list(state[4:])
    ring[head] = moment
    head = (head + 1) % len(ring)
    full = moment - ring[head] <= machine.spans[0]
    return (moment if full else NEVER, ring[head], reading.value, float(head), *ring)


def _in_order(machine: Machine, state: State, reading: Reading) -> State:
    """due, since, value, stage, last"""
    pattern, moment = cast(InOrder, machine.pattern), float(reading.moment)
    due, since, value, stage, last = state
    if moment < last:
        return state

    if due != NEVER:
        broken = _met(pattern.unless, reading)
        return (NEVER if broken else due, since, value, 0.0 if broken else stage, moment)
    within, quiet = machine.spans
    stage = 0.0 if moment - since > within else stage
    if _met(pattern.steps[int(stage)], reading):
        since, value, stage = (moment if stage == 0 else since), reading.value, stage + 1
    elif _met(pattern.steps[0], reading):
        since, value, stage = moment, reading.value, 1.0
    elif pattern.strict:
        stage = 0.0
    done = stage == len(pattern.steps)
    return (moment + quiet if done else NEVER, since, value, 0.0 if done else stage, moment)


def _met(seen: Seen | None, reading: Reading) -> bool:
    return seen is not None and seen.kind.key == reading.kind and bool(seen.holds(reading.value, reading.second))


def _unusual(machine: Machine, state: State, reading: Reading) -> State:
    """due, since, value, n, mean, variance, run"""
    pattern, moment, value = cast(Unusual, machine.pattern), float(reading.moment), reading.value
    if not pattern.seen.holds(value, reading.second):
        return state
    _, since, _, n, mean, variance, run = state
    away = value - mean
    far = {"both": abs(away), "above": away, "below": -away}[pattern.side]
    odd = n >= pattern.learnt and far > cast(float, pattern.deviations) * sqrt(variance) and far > cast(float, pattern.least)
    run = run + 1 if odd else 0.0
    since = moment if run <= 1 else since
    if not odd or run > pattern.times:
        n = min(n + 1, float(pattern.memory))
        part = 1 / n
        mean = mean + part * away
        variance = (1 - part) * (variance + part * away * away)
    return (moment if run == pattern.times else NEVER, since, value, n, mean, variance, run)


def machine_of(pattern: Pattern, context: Context) -> Machine:
    """The pattern made ready, with every parameter as it is set now."""
    found: Pattern = tuned(pattern, context)
    match found:
        case Held(_, lasting, silence):
            speaks = _span(lasting if silence is None else silence) or NEVER
            return Machine(found, (_span(lasting), speaks), (NEVER, NEVER, 0.0, ALWAYS, 0.0), _held)
        case Absent(_, lasting, by_day):
            return Machine(found, (_span(lasting),), (NEVER, ALWAYS, 0.0), _absent, _day(by_day, context))
        case Counted(_, times, within):
            return Machine(found, (_span(within),), (NEVER, ALWAYS, 0.0, 0.0, *[ALWAYS] * times), _counted)
        case InOrder(_, within, quiet):
            return Machine(found, (_span(within), _span(quiet) if quiet else 0.0), (NEVER, ALWAYS, 0.0, 0.0, ALWAYS), _in_order)
        case Unusual():
            return Machine(found, (), (NEVER, ALWAYS, 0.0, 0.0, 0.0, 0.0, 0.0), _unusual)


def _span(span: Any) -> float:
    return float(microseconds(span))


def _day(by_day: tuple[time, time] | None, context: Context) -> tuple[float, float]:
    """Where the counted part of a day begins in UTC, and how long it is. The district's zone has no summer time."""
    if by_day is None:
        return (0.0, DAY)
    ahead = context.now.astimezone(ZoneInfo(context.zone)).utcoffset() or timedelta(0)
    first, last = (datetime.combine(EPOCH.date(), one) - datetime.combine(EPOCH.date(), time(0)) for one in by_day)
    return (_span(first - ahead), _span(last - first) % DAY)
