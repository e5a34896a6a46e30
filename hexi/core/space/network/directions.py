"""A route in words: which street, how far, and where to turn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np

from hexi.core.space.network.route import Route, Stretch
from hexi.core.space.network.streets import Floats, StreetFlag, Streets
from hexi.kernel.label import Label, t

STRAIGHT_BELOW = 40.0
BACK_ABOVE = 160.0
LOOK_M = 10.0
"""A turn is told from the way 10 m before it to the way 10 m behind it: corners of a map are drawn in steps of a metre."""

SHORT_M = 20.0


class Turn(StrEnum):
    START = "start"
    STRAIGHT = "straight"
    LEFT = "left"
    RIGHT = "right"
    BACK = "back"
    ARRIVE = "arrive"


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the way. `way` is the row of the street, 0 at the end; `x`, `y` where the step begins, in network metres."""

    turn: Turn
    text: Label
    metres: float
    way: int
    x: float
    y: float


_SENTENCES = {
    Turn.START: t("沿{street}步行{metres}米", "Walk {metres} m along {street}"),
    Turn.STRAIGHT: t("直行进入{street}，步行{metres}米", "Go straight on to {street}, {metres} m"),
    Turn.LEFT: t("左转进入{street}，步行{metres}米", "Turn left into {street}, {metres} m"),
    Turn.RIGHT: t("右转进入{street}，步行{metres}米", "Turn right into {street}, {metres} m"),
    Turn.BACK: t("掉头沿{street}步行{metres}米", "Turn back along {street}, {metres} m"),
}
_ARRIVE = t("到达目的地", "You have arrived")
_ARRIVE_OFF = t("离开道路，再走{metres}米到达目的地", "Leave the street; it is {metres} m to the door")
_UNNAMED = (
    (StreetFlag.STEPS, t("台阶", "the steps")),
    (StreetFlag.CROSSING, t("人行横道", "the crossing")),
    (StreetFlag.INNER, t("小区内部道路", "the path inside the compound")),
)
_NAMELESS = t("无名道路", "an unnamed street")


def directions(streets: Streets, way: Route) -> tuple[Step, ...]:
    """The steps of the route, the arrival last."""
    steps = [_step(streets, way, part, is_first=not number) for number, part in enumerate(_without_short(_parts(streets, way), way.points))]
    x, y = way.points[-1]
    off = round(way.off_end_m)
    text = _ARRIVE_OFF.filled(metres=off) if off else _ARRIVE
    return (*steps, Step(Turn.ARRIVE, text, way.off_end_m, 0, float(x), float(y)))


@dataclass(frozen=True, slots=True)
class _Part:
    """Stretches told in one sentence. `left` is where the part before ended: earlier than `first` when a short piece lies between."""

    left: int
    first: int
    name: Label
    metres: float


def _parts(streets: Streets, way: Route) -> Iterator[_Part]:
    """The route cut where the street's name changes, and where a street without a name turns a corner."""
    names = [_name(streets, stretch) for stretch in way.stretches]
    first, metres = 0, 0.0
    for at, stretch in enumerate(way.stretches):
        is_corner = names[at] is _NAMELESS and metres >= LOOK_M and _turn(way.points, at, at) is not Turn.STRAIGHT
        if at and (names[at] != names[first] or is_corner):
            yield _Part(first, first, names[first], metres)
            first, metres = at, 0.0
        metres += abs(stretch.end - stretch.start) / 1000
    if names:
        yield _Part(first, first, names[first], metres)


def _without_short(parts: Iterable[_Part], points: Floats) -> list[_Part]:
    """A short piece without a name is a kerb, a corner or a way over the road: its metres go to what follows, and nobody is told of it."""
    kept: list[_Part] = []
    passed: list[_Part] = []
    for part in parts:
        if part.name is _NAMELESS and part.metres < SHORT_M:
            passed.append(part)
            continue
        left, metres = (passed or [part])[0].left, sum(each.metres for each in passed) + part.metres
        if kept and kept[-1].name == part.name and _turn(points, left, part.first) is Turn.STRAIGHT:
            kept[-1] = replace(kept[-1], metres=kept[-1].metres + metres)
        else:
            kept.append(replace(part, left=left, metres=metres))
        passed = []
    # A route may end on a short piece, or be nothing else.
    kept = kept or passed[:1]
    if passed and kept:
        more = sum(each.metres for each in passed if each is not kept[-1])
        kept[-1] = replace(kept[-1], metres=kept[-1].metres + more)
    return kept


def _name(streets: Streets, stretch: Stretch) -> Label:
    named = streets.names.get(int(streets.way[stretch.edge]))
    flags = StreetFlag(int(streets.flags[stretch.edge]))
    return named or next((name for flag, name in _UNNAMED if flags & flag), _NAMELESS)


def _step(streets: Streets, way: Route, part: _Part, *, is_first: bool) -> Step:
    turn = Turn.START if is_first else _turn(way.points, part.left, part.first)
    x, y = way.points[part.left]
    text = _SENTENCES[turn].filled(street=part.name, metres=round(part.metres))
    return Step(turn, text, part.metres, int(streets.way[way.stretches[part.first].edge]), float(x), float(y))


def _turn(points: Floats, left: int, entered: int) -> Turn:
    """From the way up to the corner `left` to the way on from the corner `entered`."""
    angle = _angle(points[left] - _away(points[left::-1]), _away(points[entered:]) - points[entered])
    if abs(angle) < STRAIGHT_BELOW:
        return Turn.STRAIGHT
    if abs(angle) > BACK_ABOVE:
        return Turn.BACK
    return Turn.LEFT if angle > 0 else Turn.RIGHT


def _angle(came: Floats, goes: Floats) -> float:
    """Degrees from one direction to the other, to the left above zero."""
    cross, dot = came[0] * goes[1] - came[1] * goes[0], float(came @ goes)
    return math.degrees(math.atan2(cross, dot))


def _away(points: Floats) -> Floats:
    """The spot that far along the line from its beginning, or its end."""
    left = LOOK_M
    for one, other in pairwise(points):
        length = float(np.hypot(*(other - one)))
        if length >= left:
            return one + (other - one) * (left / length)
        left -= length
    return points[-1]
