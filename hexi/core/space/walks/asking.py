"""Questions about walks. One process of a machine keeps the network and answers (ADR 41): nobody else loads the compiler."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone

from hexi.core.space.contracts import Standpoint, Walk, WalkedRoute, Walks, WalkStep
from hexi.core.space.datum import LonLat, distance_m
from hexi.core.space.network.profiles import profile
from hexi.core.space.tours.problem import NO_WAY
from hexi.kernel import line
from hexi.kernel.errors import Invalid, NotFound, Problem, Unavailable
from hexi.kernel.label import Label, t

log = logging.getLogger(__name__)
PATIENCE_S = 5.0
LONG_PATIENCE_S = 60.0
"""For hundreds of walks, and for what a room answers: after a change of the registers it first reads them all again."""
WALKER = "adult"


def nearest_helpers(
    where: LonLat, candidates: Sequence[Standpoint], limit: int = 5, *, walker: str = WALKER, at: datetime | None = None
) -> list[Walk]:
    """The few of the candidates who are there first on foot, nearest first: over the walking network as it is at that moment.

    Whoever no way leads from, and everybody where there is no network or nobody answers for it, is told by the straight line. Raises
    NotFound for a walker that no table has.
    """
    pace = profile(walker, timezone.localdate(at)).metres_per_minute
    spots = [(each.lon, each.lat) for each in candidates]
    answer = _unless_away("nearest", where=where, spots=spots, limit=limit, walker=walker, at=_said(at)) if spots else None
    found: list[tuple[int, float, float]] = answer["found"] if answer else []
    walked = [Walk(candidates[number].key, seconds, metres, exact=True) for number, metres, seconds in found]
    # Where fewer than asked for were found on foot, the others have no way; else only of those off the streets is that known.
    lost = answer["off"] if answer and len(found) >= limit else set(range(len(spots))) - {number for number, *_ in found}
    straight = [_straight(where, candidates[number], pace) for number in lost]
    return sorted([*walked, *straight], key=lambda walk: (walk.seconds, walk.key))[:limit]


def walks_between(points: Sequence[LonLat], *, walker: str = WALKER, at: datetime | None = None) -> Walks:
    """Every walk between these points, over the network as it is at that moment.

    Where there is no network, or nobody answers for it, and to points that no street is near to, walks are straight lines, and that is
    told. Raises NotFound for a walker that no table has.
    """
    pace = profile(walker, timezone.localdate(at)).metres_per_minute
    answer = _unless_away("between", LONG_PATIENCE_S, spots=points, walker=walker, at=_said(at)) if points else None
    off = set(answer["off"]) if answer else set(range(len(points)))
    metres = tuple(
        tuple(
            round(distance_m(point, other)) if answer is None or number in off or at_other in off else answer["metres"][number][at_other]
            for at_other, other in enumerate(points)
        )
        for number, point in enumerate(points)
    )
    seconds = tuple(tuple(NO_WAY if metre < 0 else round(metre / pace * 60) for metre in row) for row in metres)
    return Walks(metres, seconds, exact=not off)


def walked_route(start: LonLat, end: LonLat, *, walker: str = WALKER, at: datetime | None = None) -> WalkedRoute:
    """The way on foot as it is at that moment. Raises NotFound where none leads there, Unavailable when nobody answers for the network."""
    profile(walker, timezone.localdate(at))
    found = answer_to("route", where=start, to=end, walker=walker, at=_said(at))
    if found is None:
        # Without the points: where people stand does not belong into a text that is logged.
        raise NotFound(
            t("步行路网上没有这段路线", "The walking network has no way there"),
            do=t("请检查两端位置，以及路网是否已导入", "Check both ends, and whether streets have been imported"),
        )  # fmt: skip
    return _route(found)


def walked_routes(
    pairs: Sequence[tuple[LonLat, LonLat]], *, walker: str = WALKER, at: datetime | None = None
) -> list[WalkedRoute | None]:
    """The ways between the points of many pairs at once; None where none leads, and for all when nobody answers for the network."""
    found = _unless_away("routes", LONG_PATIENCE_S, pairs=pairs, walker=walker, at=_said(at)) if pairs else None
    return [_route(each) if each else None for each in found] if found else [None] * len(pairs)


def _route(told: dict[str, Any]) -> WalkedRoute:
    line = tuple((lon, lat) for lon, lat in told["line"])
    return WalkedRoute(told["seconds"], told["metres"], tuple(_step(each) for each in told["steps"]), line)


def asked_of_network(ask: str, where: LonLat, walker: str, at: datetime | None, more: dict[str, Any]) -> Any:
    """An answer that only a network can give. Raises NotFound where there are no streets, or no such walker; Unavailable."""
    profile(walker, timezone.localdate(at))
    found = answer_to(ask, where=where, walker=walker, at=_said(at), **more)
    if found is None:
        raise NotFound(t("还没有步行路网", "There is no walking network yet"), do=t("请先导入道路", "Import streets first"))
    return found


def asked_of_walks(key: str, **question: Any) -> Any:
    """What the room's `WalkAnswer` of that key answers, computed where the network is kept. Raises Unavailable, and Invalid as it does."""
    return answer_to(key, LONG_PATIENCE_S, **question)


def _step(told: dict[str, Any]) -> WalkStep:
    return WalkStep(told["turn"], _label(told["text"]), told["metres"], told["lon"], told["lat"])


def _label(told: dict[str, str]) -> Label:
    return Label(told["zh"], told["en"])


def _straight(where: LonLat, other: Standpoint, pace: float) -> Walk:
    metres = distance_m(where, (other.lon, other.lat))
    return Walk(other.key, metres / pace * 60, metres, exact=False)


def _said(at: datetime | None) -> str:
    return (at or timezone.now()).isoformat()


def _unless_away(ask: str, patience_s: float = PATIENCE_S, /, **question: Any) -> Any:
    try:
        return answer_to(ask, patience_s, **question)
    except Unavailable as fault:
        log.warning("walks by the straight line: %s", fault)
        return None


def serve_walks(stopped: Callable[[], bool]) -> None:
    """Be the process that keeps the network, until told to stop."""
    from hexi.core.space.walks.service import Service

    Service().run(stopped)


def answer_to(ask: str, patience_s: float = PATIENCE_S, /, **question: Any) -> Any:
    """The answer of `answers.answer_of`, from the process that keeps the network; without its address (`WALKS`), from this process.

    Raises Unavailable where that process does not run, or failed; Invalid where it refused the question.
    """
    if settings.WALKS is None:
        from hexi.core.space.walks.answers import answer_of

        return answer_of(ask)(**question)
    try:
        told: dict[str, Any] = orjson.loads(line.asked(Path(settings.WALKS), orjson.dumps([ask, question]), patience_s=patience_s))
    except (OSError, EOFError) as fault:
        raise _away("") from fault
    if "refused" in told:
        raise Invalid([Problem(each["field"], _label(each["message"]), value=each["value"]) for each in told["refused"]])
    if "fault" in told:
        raise _away(told["fault"])
    return told["answer"]


def _away(which: str) -> Unavailable:
    return Unavailable(
        t("步行路网服务暂时不可用", "The process of the walking network is away for the moment"), which=which,
        do=t("请稍后重试；如持续出现，请管理员检查 walks 进程", "Try again in a moment; if it lasts, the administrator looks at the process `walks`"),
    )  # fmt: skip
