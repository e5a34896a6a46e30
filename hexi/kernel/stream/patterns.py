"""What a stream rule looks for. Frozen records: `stepping` moves them on by one reading, `words` says them.

Every pattern comes down to one thing: a moment at which it is due, which readings set, put off and call off. When the moment has come
and nothing called it off, there is a finding. So one that needs no further reading (nobody moved for four hours) is no special case.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import time, timedelta
from typing import Any, Literal, cast

from hexi.kernel.checked import checked_tuple, checked_words
from hexi.kernel.context import Context, Param
from hexi.kernel.errors import DeclarationError
from hexi.kernel.reading import ReadingKind
from hexi.kernel.stream.seen import Seen

Span = timedelta | Param[timedelta]
LONGEST_RUN, LONGEST_WAY = 100, 8


@dataclass(frozen=True, slots=True)
class Held:
    """It was seen, and has been ever since, for so long. One finding until it is no longer so.

    A reading speaks for the time after it until the next one, but for no longer than `silence`; without it, for as long as `lasting`, and
    where that is nothing too, until the next one.
    """

    seen: Seen
    lasting: Span = timedelta(0)
    silence: Span | None = None

    def __post_init__(self) -> None:
        _checked_seen("Held", self.seen)
        _checked_span("Held: lasting=", self.lasting, least=timedelta(0))
        if self.silence is not None:
            _checked_span("Held: silence=", self.silence)


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing of the kind was seen for so long; one finding until something is seen again.

    `by_day` names the hours of the district's day that count, as (time(6), time(22)): the time outside them stands still. A key of which
    nothing was ever seen is not absent: whether a device speaks at all is a matter of its register.
    """

    seen: Seen
    lasting: Span
    by_day: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        _checked_seen("Absent", self.seen)
        _checked_span("Absent: lasting=", self.lasting)
        if self.by_day is not None and (len(self.by_day) != 2 or self.by_day[0] == self.by_day[1]):
            raise DeclarationError(f"Absent: by_day= is two different times of the day, as (time(6), time(22)), got {self.by_day}.")


@dataclass(frozen=True, slots=True)
class Counted:
    """It was seen so many times within so long. After a finding the count begins anew."""

    seen: Seen
    times: int
    within: Span

    def __post_init__(self) -> None:
        _checked_seen("Counted", self.seen)
        _checked_span("Counted: within=", self.within)
        if not 2 <= self.times <= LONGEST_RUN:
            raise DeclarationError(f"Counted: times= lies between 2 and {LONGEST_RUN}, got {self.times}. For one time write Held(seen).")


@dataclass(frozen=True, slots=True)
class InOrder:
    """These were seen one after the other within so long; then, where `quiet` is said, `unless` was not seen for so long.

    Other readings in between do not matter, except where it is `strict`: then each reading has to be the next step.
    """

    steps: tuple[Seen, ...]
    within: Span
    quiet: Span | None = None
    unless: Seen | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        checked_tuple("InOrder: steps=", self.steps)
        if not 1 <= len(self.steps) <= LONGEST_WAY:
            raise DeclarationError(f"InOrder: from 1 to {LONGEST_WAY} steps, got {len(self.steps)}.")
        for step in (*self.steps, *((self.unless,) if self.unless else ())):
            _checked_seen("InOrder", step)
        _checked_span("InOrder: within=", self.within)
        if (self.quiet is None) != (self.unless is None):
            raise DeclarationError("InOrder: quiet= and unless= go together: how long, and what must not be seen in that time.")
        if self.quiet is not None:
            _checked_span("InOrder: quiet=", self.quiet)


@dataclass(frozen=True, slots=True)
class Unusual:
    """So many readings in a row lie further from what is usual for this very key than `deviations` standard deviations and than `least`.

    What is usual is a mean and a variance that the key's own readings make, the newest of `memory` counting most (Finch 2009, exponentially
    weighted). It says nothing before it has `learnt` so many. Odd readings are not learnt from until they were reported.
    """

    seen: Seen
    deviations: float | Param[float] = 4.0
    times: int = 3
    least: float | Param[float] = 0.0
    side: Literal["both", "above", "below"] = "both"
    learnt: int = 100
    memory: int = 1000

    def __post_init__(self) -> None:
        _checked_seen("Unusual", self.seen)
        checked_words("Unusual: side=", self.side, ("both", "above", "below"))
        if not (1 <= self.times <= LONGEST_RUN and 2 <= self.learnt <= self.memory):
            raise DeclarationError(f"Unusual: times= from 1 to {LONGEST_RUN}, and 2 <= learnt <= memory, got {self}.")


Pattern = Held | Absent | Counted | InOrder | Unusual


def seen_of(pattern: Pattern) -> tuple[Seen, ...]:
    """All that it looks at."""
    match pattern:
        case InOrder(steps, _, _, unless):
            return (*steps, unless) if unless else steps
        case _:
            return (pattern.seen,)


def kinds_of(pattern: Pattern) -> tuple[ReadingKind, ...]:
    """The kinds of readings that it looks at, each once, in order of their keys."""
    return tuple(kind for _, kind in sorted({seen.kind.key: seen.kind for seen in seen_of(pattern)}.items()))


def params_of(found: Any) -> list[Param[Any]]:
    """Every parameter that it leaves to officials."""
    if isinstance(found, Param):
        return [cast("Param[Any]", found)]
    parts: list[Any] = list(cast("tuple[Any, ...]", found)) if isinstance(found, tuple) else _parts(found)
    return [param for part in parts for param in params_of(part)]


def _parts(found: Any) -> list[Any]:
    return [getattr(found, one.name) for one in fields(found)] if isinstance(found, Seen | Pattern) else []


def tuned(pattern: Any, context: Context) -> Any:
    """The same with every parameter as it is set now."""
    if isinstance(pattern, Param):
        return context.value(pattern)
    if isinstance(pattern, tuple):
        return tuple(tuned(part, context) for part in cast("tuple[Any, ...]", pattern))
    if not params_of(pattern) or not is_dataclass(pattern):
        return pattern
    return replace(pattern, **{one.name: tuned(getattr(pattern, one.name), context) for one in fields(pattern)})  # type: ignore[type-var]


def _checked_seen(what: str, seen: object) -> None:
    if not isinstance(seen, Seen):
        raise DeclarationError(f"{what}: say what is looked at, as in Seen(HEART_RATE, above=160), got {seen!r}.")


def _checked_span(what: str, span: object, least: timedelta = timedelta(microseconds=1)) -> None:
    given: Any = cast("Param[Any]", span).low if isinstance(span, Param) else span
    if not isinstance(given, timedelta) or given < least:
        raise DeclarationError(f"{what} must be a length of time above 0, as in minutes(10), got {span!r}.")
