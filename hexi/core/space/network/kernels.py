"""The compiled inner loops. Importing them is slow: see `compiled`."""

from __future__ import annotations

import numpy as np

from hexi.core.space.network.arrays import BUCKET_BITS, FAR, Graph, Ints, Scratch, Source, Table
from hexi.core.space.network.compiled import kernel

NOWHERE = np.int64(2**63 - 1)


@kernel
def spread(graph: Graph, source: Source, scratch: Scratch, horizon: int) -> int:
    """Walk from the source to every junction within the horizon; gives how many. Distances stand in `scratch.state` until `clear`.

    A queue of buckets: a junction whose distance falls moves to its new bucket, the present one included, so the end is exact.
    """
    count, last = 0, -1
    for number in range(len(source.seeds)):
        mm = source.seeds[number, 1]
        if mm <= horizon:
            count = _reached(scratch, source.seeds[number, 0], mm, count)
            last = max(last, mm >> BUCKET_BITS)
    bucket = 0
    while bucket <= last:
        junction = scratch.heads[bucket]
        if junction < 0:
            bucket += 1
            continue
        _unlinked(scratch, junction)
        count, last = _relaxed(graph, scratch, junction, horizon, (count, last))
    return count


@kernel
def _relaxed(graph: Graph, scratch: Scratch, junction: int, horizon: int, so_far: tuple[int, int]) -> tuple[int, int]:
    count, last = so_far
    walked = scratch.state[junction, 0]
    for half in range(graph.start[junction], graph.start[junction + 1]):
        other, mm = graph.half[half, 0], walked + graph.half[half, 1]
        if mm <= horizon and mm < scratch.state[other, 0]:
            count = _reached(scratch, other, mm, count)
            last = max(last, mm >> BUCKET_BITS)
    return count, last


@kernel
def _reached(scratch: Scratch, junction: int, mm: int, count: int) -> int:
    known = scratch.state[junction, 0]
    if mm >= known:
        return count
    if known == FAR:
        scratch.touched[count] = junction
        count += 1
    elif scratch.state[junction, 2] != -2:
        _unlinked(scratch, junction)
    bucket = mm >> BUCKET_BITS
    head = scratch.heads[bucket]
    scratch.state[junction, 0], scratch.state[junction, 1], scratch.state[junction, 2] = mm, head, -1
    if head >= 0:
        scratch.state[head, 2] = junction
    scratch.heads[bucket] = junction
    return count


@kernel
def _unlinked(scratch: Scratch, junction: int) -> None:
    after, before = scratch.state[junction, 1], scratch.state[junction, 2]
    if before == -1:
        scratch.heads[scratch.state[junction, 0] >> BUCKET_BITS] = after
    else:
        scratch.state[before, 1] = after
    if after >= 0:
        scratch.state[after, 2] = before
    scratch.state[junction, 2] = -2


@kernel
def clear(scratch: Scratch, count: int) -> None:
    """Forget the distances of the last search."""
    for number in range(count):
        scratch.state[scratch.touched[number], 0] = FAR


@kernel
def gather(graph: Graph, table: Table, source: Source, scratch: Scratch, horizon: int) -> int:
    """Every point of the table within the horizon, once each, into `scratch.found`; gives how many."""
    count = spread(graph, source, scratch, horizon)
    found = 0
    for number in range(count):
        junction = scratch.touched[number]
        for half in range(graph.start[junction], graph.start[junction + 1]):
            side = graph.side[half]
            chain = side if side >= 0 else ~side
            if table.first[chain] == table.first[chain + 1]:
                continue
            other = graph.half[half, 0]
            # A chain that is reached from both ends is read at one of them only.
            if scratch.state[other, 0] != FAR and (other < junction or (other == junction and side < 0)):
                continue
            found = _collected(graph, table, source, scratch, (chain, horizon, found))
    if source.chain >= 0 and _is_apart(graph, source.chain, scratch):
        found = _collected(graph, table, source, scratch, (source.chain, horizon, found))
    clear(scratch, count)
    return found


@kernel
def _is_apart(graph: Graph, chain: int, scratch: Scratch) -> bool:
    return scratch.state[graph.ends[chain, 0], 0] == FAR and scratch.state[graph.ends[chain, 1], 0] == FAR


@kernel
def _collected(graph: Graph, table: Table, source: Source, scratch: Scratch, what: tuple[int, int, int]) -> int:
    chain, horizon, found = what
    # In 64 bits: FAR and a length do not fit into 32.
    near, away = np.int64(scratch.state[graph.ends[chain, 0], 0]), np.int64(scratch.state[graph.ends[chain, 1], 0])
    length = graph.mm[chain]
    for row in range(table.first[chain], table.first[chain + 1]):
        at = table.rows[row, 0]
        mm = min(near + at, away + length - at)
        if chain == source.chain:
            mm = min(mm, source.off + abs(at - source.at))
        mm += table.rows[row, 1]
        if mm <= horizon:
            scratch.found[found, 0], scratch.found[found, 1] = row, mm
            found += 1
    return found


@kernel
def answer(
    where: tuple[Graph, Table], origins: Ints, scratch: Scratch, asked: tuple[Ints, int], answers: tuple[Ints, Ints, Ints]
) -> None:
    """For each origin (number, chain, metres along, metres off): counts by kind and limit, and the nearest of each kind."""
    graph, table = where
    limits, horizon = asked
    counts, nearest, nearest_mm = answers
    best = np.full((nearest.shape[1], max(nearest.shape[2], 1)), NOWHERE)
    seeds = np.empty((2, 2), np.int32)
    for number in range(len(origins)):
        # One type of source for every caller, or numba compiles the search twice.
        chain, at, off = np.int64(origins[number, 1]), np.int64(origins[number, 2]), np.int64(origins[number, 3])
        seeds[0, 0], seeds[0, 1] = graph.ends[chain, 0], off + at
        seeds[1, 0], seeds[1, 1] = graph.ends[chain, 1], off + graph.mm[chain] - at
        found = gather(graph, table, Source(seeds, chain, at, off), scratch, horizon)
        origin = origins[number, 0]
        _folded(table, scratch.found[:found], limits, counts[origin], best)
        _written(best, nearest[origin], nearest_mm[origin])


@kernel
def _folded(table: Table, found: Ints, limits: Ints, counts: Ints, best: Ints) -> None:
    best[:] = NOWHERE
    keep = best.shape[1]
    for number in range(len(found)):
        row, mm = found[number, 0], found[number, 1]
        kind = table.rows[row, 2]
        for limit in range(len(limits)):
            counts[kind, limit] += mm <= limits[limit]
        # Distance first, then the point's number: the order of equals never depends on the search.
        key = (np.int64(mm) << 32) | table.rows[row, 3]
        if key < best[kind, keep - 1]:
            at = keep - 1
            while at > 0 and best[kind, at - 1] > key:
                best[kind, at] = best[kind, at - 1]
                at -= 1
            best[kind, at] = key


@kernel
def _written(best: Ints, nearest: Ints, nearest_mm: Ints) -> None:
    for kind in range(nearest.shape[0]):
        for rank in range(nearest.shape[1]):
            key = best[kind, rank]
            if key == NOWHERE:
                nearest[kind, rank], nearest_mm[kind, rank] = -1, FAR
            else:
                nearest[kind, rank], nearest_mm[kind, rank] = key & 0xFFFFFFFF, key >> 32


@kernel
def incidence(nodes: int, u: Ints, v: Ints) -> tuple[Ints, Ints]:
    """For each node where its lines begin in the second array, which holds a line's number at its `u` and the complement at its `v`."""
    start = np.zeros(nodes + 1, np.int32)
    for line in range(len(u)):
        start[u[line] + 1] += 1
        start[v[line] + 1] += 1
    for node in range(nodes):
        start[node + 1] += start[node]
    filled = start.copy()
    sides = np.empty(2 * len(u), np.int32)
    for line in range(len(u)):
        sides[filled[u[line]]] = line
        filled[u[line]] += 1
        sides[filled[v[line]]] = ~line
        filled[v[line]] += 1
    return start, sides


@kernel
def chained(nodes: int, u: Ints, v: Ints, mm: Ints) -> tuple[Ints, Ints, Ints]:
    """Pieces of street joined into chains at every node where just two of them meet.

    Gives for each piece (chain, millimetres before it, 1 when it runs from `u` to `v`), the pieces in walking order, and for each chain
    (first node, last node, millimetres, first place in that order).
    """
    start, sides = incidence(nodes, u, v)
    is_junction = (start[1:] - start[:-1]) != 2
    placed = np.full((len(u), 3), -1, np.int32)
    order, chains = np.empty(len(u), np.int32), np.empty((len(u), 4), np.int32)
    filled, count = 0, 0
    # Junctions first; then what is left are rings without one: any node of theirs becomes it.
    for is_ring in (False, True):
        for node in range(nodes):
            if is_junction[node] == is_ring:
                continue
            for at in range(start[node], start[node + 1]):
                piece = max(sides[at], ~sides[at])
                if placed[piece, 0] < 0:
                    is_junction[node] = True
                    chains[count, 0], chains[count, 3] = node, filled
                    walk = (node, piece, count, filled)
                    chains[count, 1], chains[count, 2], filled = _walked(walk, (start, sides, is_junction), (u, v, mm), placed, order)
                    count += 1
    return placed, order, chains[:count]


@kernel
def _walked(
    walk: tuple[int, int, int, int], at: tuple[Ints, Ints, Ints], lines: tuple[Ints, Ints, Ints], placed: Ints, order: Ints
) -> tuple[int, int, int]:
    node, piece, chain, filled = walk
    start, sides, is_junction = at
    u, v, mm = lines
    length = 0
    while True:
        is_forward = u[piece] == node
        placed[piece, 0], placed[piece, 1], placed[piece, 2] = chain, length, is_forward
        order[filled] = piece
        filled += 1
        length += mm[piece]
        node = v[piece] if is_forward else u[piece]
        if is_junction[node]:
            return node, length, filled
        first, second = sides[start[node]], sides[start[node] + 1]
        one, other = max(first, ~first), max(second, ~second)
        piece = other if one == piece else one


@kernel
def components(graph: Graph) -> Ints:
    """For each junction the number of the component that it lies in."""
    count = len(graph.start) - 1
    component = np.full(count, -1, np.int32)
    stack = np.empty(count, np.int32)
    number = 0
    for first in range(count):
        if component[first] >= 0:
            continue
        stack[0], waiting, component[first] = first, 1, number
        while waiting:
            waiting -= 1
            junction = stack[waiting]
            for half in range(graph.start[junction], graph.start[junction + 1]):
                other = graph.half[half, 0]
                if component[other] < 0:
                    component[other] = number
                    stack[waiting] = other
                    waiting += 1
        number += 1
    return component
