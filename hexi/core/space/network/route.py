"""The way from one point to another: its length, its line for the map, and the streets that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import FAR, Scratch, Source
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.search import FARTHEST_MM, FIRST_RING_MM, WIDER, source_of
from hexi.core.space.network.streets import Floats


class Stretch(NamedTuple):
    """A part of one edge, walked from one spot to another (millimetres from its `u`)."""

    edge: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """`metres` is the whole walk, with both ways between door and street; `points` is its line on the street in network metres."""

    metres: float
    off_start_m: float
    off_end_m: float
    stretches: tuple[Stretch, ...]
    points: Floats


class Leg(NamedTuple):
    """A part of one chain, walked from one spot to another (millimetres from its first end)."""

    chain: int
    start: int
    end: int


def route(network: Network, start: Attached, end: Attached, *, within_m: float = FARTHEST_MM / 1000) -> Route | None:
    """The shortest way between two attached points, None where there is none."""
    source, target = source_of(network, start), source_of(network, end)
    if source is None or target is None:
        return None
    found = _searched(network, source, target, round(within_m * 1000))
    if found is None:
        return None
    mm, legs = found
    stretches = tuple(stretch for leg in legs for stretch in _stretches(network, leg) if stretch.start != stretch.end)
    return Route(mm / 1000, source.off / 1000, target.off / 1000, stretches, _line(network, stretches, start))


def _searched(network: Network, source: Source, target: Source, farthest: int) -> tuple[int, list[Leg]] | None:
    horizon = FIRST_RING_MM
    while True:
        ring = min(horizon, farthest)
        with network.scratch(1, ring) as room:
            count = kernels.spread(network.graph, source, room, ring)
            mm, legs = _best(network, source, target, room)
            kernels.clear(room, count)
        if mm <= ring:
            return mm, legs
        if ring == farthest:
            return None
        horizon *= WIDER


def _best(network: Network, source: Source, target: Source, room: Scratch) -> tuple[int, list[Leg]]:
    """The length and the legs of the shortest way within the ring that was searched."""
    straight = source.off + abs(source.at - target.at) + target.off if source.chain == target.chain else FAR
    by_end = [(_walked(room, int(junction)) + int(mm), side) for side, (junction, mm) in enumerate(target.seeds)]
    mm, side = min(by_end)
    if straight <= mm:
        return straight, [Leg(source.chain, source.at, target.at)] if straight < FAR else []
    length = int(network.graph.mm[target.chain])
    last = Leg(target.chain, length if side else 0, target.at)
    return mm, [*_back(network, source, room, int(target.seeds[side, 0])), last]


def _walked(room: Scratch, junction: int) -> int:
    return int(room.state[junction, 0])


def _back(network: Network, source: Source, room: Scratch, junction: int) -> list[Leg]:
    """From a junction to the source along distances that fit to the millimetre."""
    legs: list[Leg] = []
    while (first := _first_leg(network, source, junction, _walked(room, junction))) is None:
        leg, junction = _step_back(network, room, junction)
        legs.append(leg)
    return [first, *reversed(legs)]


def _first_leg(network: Network, source: Source, junction: int, walked: int) -> Leg | None:
    for side, (end, mm) in enumerate(source.seeds):
        if end == junction and mm == walked:
            return Leg(source.chain, source.at, int(network.graph.mm[source.chain]) if side else 0)
    return None


def _step_back(network: Network, room: Scratch, junction: int) -> tuple[Leg, int]:
    graph, walked = network.graph, _walked(room, junction)
    for half in range(graph.start[junction], graph.start[junction + 1]):
        other, mm = int(graph.half[half, 0]), int(graph.half[half, 1])
        if _walked(room, other) + mm == walked:
            side = int(graph.side[half])
            # The half leaves from here, so the way came in by its other end.
            return (Leg(side, mm, 0) if side >= 0 else Leg(~side, 0, mm)), other
    raise AssertionError(f"No way leads back from junction {junction}.")


def _stretches(network: Network, leg: Leg) -> Iterator[Stretch]:
    low, high = sorted((leg.start, leg.end))
    pieces = _pieces_of(network, leg.chain)
    for piece in pieces if leg.start <= leg.end else reversed(pieces):
        _, before, is_forward = (int(each) for each in network.pieces[piece])
        edge, length = int(network.piece_edges[piece]), _length_of(network, piece)
        from_mm, to_mm = max(low - before, 0), min(high - before, length)
        if from_mm >= to_mm:
            continue
        along = (from_mm, to_mm) if is_forward else (length - from_mm, length - to_mm)
        walked = along if leg.start <= leg.end else (along[1], along[0])
        yield Stretch(edge, *(_on_edge(network, piece, mm) for mm in walked))


def _pieces_of(network: Network, chain: int) -> list[int]:
    return network.order[network.chain_starts[chain] : network.chain_starts[chain + 1]].tolist()


def _length_of(network: Network, piece: int) -> int:
    edge = network.piece_edges[piece]
    whole = int(network.edge_mm[edge])
    if network.second[edge] < 0:
        return whole
    return whole // 2 if piece == edge else whole - whole // 2


def _on_edge(network: Network, piece: int, mm: int) -> int:
    """Millimetres from the piece's beginning as millimetres from the edge's `u`: a second piece begins at `v`."""
    edge = int(network.piece_edges[piece])
    return mm if piece == edge else int(network.edge_mm[edge]) - mm


def _line(network: Network, stretches: tuple[Stretch, ...], start: Attached) -> Floats:
    """The corners of the way; for a way of no length the one spot."""
    if not stretches:
        return _spot(network, int(start.edge[0]), int(start.from_u[0]))[None]
    corners = [_spot(network, stretch.edge, stretch.start) for stretch in stretches]
    return np.array([*corners, _spot(network, stretches[-1].edge, stretches[-1].end)])


def _spot(network: Network, edge: int, from_u: int) -> Floats:
    streets = network.streets
    share = from_u / network.edge_mm[edge]
    ends = np.array([[streets.x[node], streets.y[node]] for node in (streets.u[edge], streets.v[edge])])
    return ends[0] + share * (ends[1] - ends[0])
