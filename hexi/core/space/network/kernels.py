"""The compiled inner loops. Importing them is slow: see `compiled`.

Inner loops take plain arrays: a record handed down costs a reference count of each of its arrays, which made the search six times slower.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network.arrays import BUCKET_BITS, FAR, Graph, Ints, Scratch, Source, Table
from hexi.core.space.network.compiled import kernel

Keys = NDArray[np.int64]
Flags = NDArray[np.bool_]
NOWHERE = np.int64(2**63 - 1)
FRONT, OUT = -1, -2
"""What stands for the junction before: none, because this is the bucket's first; none, because it is in no bucket."""


@kernel
def spread(graph: Graph, source: Source, scratch: Scratch, horizon: int) -> int:
    """Walk from the source to every junction within the horizon that leads on; gives how many. Distances stay until `clear`."""
    return _spread(graph.start, graph.onward, graph.half, source.seeds, scratch.state, scratch.heads, scratch.touched, horizon)


@kernel
def _spread(start: Ints, onward: Ints, half: Ints, seeds: Ints, state: Ints, heads: Ints, touched: Ints, horizon: int) -> int:
    # A queue of buckets: a junction whose distance falls moves to its new bucket, the present one included, so the end is exact.
    count, last, bucket = 0, -1, 0
    for number in range(len(seeds)):
        junction, mm = seeds[number, 0], seeds[number, 1]
        if mm <= horizon and mm < state[junction, 0]:
            if state[junction, 0] == FAR:
                touched[count] = junction
                count += 1
            else:
                _taken_out(state, heads, junction)
            _put_in(state, heads, junction, mm)
            last = max(last, mm >> BUCKET_BITS)
    while bucket <= last:
        junction = heads[bucket]
        if junction < 0:
            bucket += 1
            continue
        following = state[junction, 1]
        heads[bucket] = following
        if following >= 0:
            state[following, 2] = FRONT
        state[junction, 2] = OUT
        walked = state[junction, 0]
        for each in range(start[junction], onward[junction]):
            mm = walked + half[each, 1]
            if mm > horizon:
                continue
            other = half[each, 0]
            known = state[other, 0]
            if mm >= known:
                continue
            if known == FAR:
                touched[count] = other
                count += 1
            elif state[other, 2] != OUT:
                _taken_out(state, heads, other)
            _put_in(state, heads, other, mm)
            if mm >> BUCKET_BITS > last:
                last = mm >> BUCKET_BITS
    return count


@kernel
def _put_in(state: Ints, heads: Ints, junction: int, mm: int) -> None:
    bucket = mm >> BUCKET_BITS
    head = heads[bucket]
    state[junction, 0] = mm
    state[junction, 1] = head
    state[junction, 2] = FRONT
    if head >= 0:
        state[head, 2] = junction
    heads[bucket] = junction


@kernel
def _taken_out(state: Ints, heads: Ints, junction: int) -> None:
    after, before = state[junction, 1], state[junction, 2]
    if before == FRONT:
        heads[state[junction, 0] >> BUCKET_BITS] = after
    else:
        state[before, 1] = after
    if after >= 0:
        state[after, 2] = before
    state[junction, 2] = OUT


@kernel
def clear(scratch: Scratch, count: int) -> None:
    """Forget the distances of the last search."""
    for number in range(count):
        scratch.state[scratch.touched[number], 0] = FAR


@kernel
def gather(graph: Graph, table: Table, source: Source, scratch: Scratch, horizon: int) -> int:
    """Every point of the table within the horizon, once each, into `scratch.found`; gives how many."""
    count = spread(graph, source, scratch, horizon)
    found = _gathered(graph.ends, graph.mm, table, source.chain, scratch, (count, horizon))
    if source.chain >= 0:
        found = _beside(graph.ends, graph.mm, table, source, scratch, (found, horizon))
    clear(scratch, count)
    return found


@kernel
def _gathered(ends: Ints, lengths: Ints, table: Table, own: int, scratch: Scratch, so_far: tuple[int, int]) -> int:
    start, chains, first, rows = table
    state, touched, out = scratch.state, scratch.touched, scratch.found
    count, horizon = so_far
    found = 0
    for number in range(count):
        junction = touched[number]
        for each in range(start[junction], start[junction + 1]):
            side = chains[each]
            chain = max(side, ~side)
            other = ends[chain, 1] if side >= 0 else ends[chain, 0]
            # A chain that is reached from both ends is read at one of them only.
            is_read = state[other, 0] != FAR and (other < junction or (other == junction and side < 0))
            if is_read or chain == own:
                continue
            # In 64 bits: FAR and a length do not fit into 32.
            near, away = np.int64(state[ends[chain, 0], 0]), np.int64(state[ends[chain, 1], 0]) + lengths[chain]
            for row in range(first[chain], first[chain + 1]):
                mm = min(near + rows[row, 0], away - rows[row, 0]) + rows[row, 1]
                if mm <= horizon:
                    out[found, 0], out[found, 1] = row, mm
                    found += 1
    return found


@kernel
def _beside(ends: Ints, lengths: Ints, table: Table, source: Source, scratch: Scratch, so_far: tuple[int, int]) -> int:
    # On the source's own chain there is also the way that passes no junction.
    _, own, at, off = source
    found, horizon = so_far
    first, rows, out = table.first, table.rows, scratch.found
    near, away = np.int64(scratch.state[ends[own, 0], 0]), np.int64(scratch.state[ends[own, 1], 0]) + lengths[own]
    for row in range(first[own], first[own + 1]):
        mm = min(near + rows[row, 0], away - rows[row, 0], off + abs(rows[row, 0] - at)) + rows[row, 1]
        if mm <= horizon:
            out[found, 0], out[found, 1] = row, mm
            found += 1
    return found


@kernel
def by_chain(ends: Ints, junctions: int, chains: Ints) -> tuple[Ints, Ints, Ints]:
    """`start`, `chains` and `first` of a table, from the sorted chains of its points."""
    first, start = np.zeros(len(ends) + 1, np.int32), np.zeros(junctions + 1, np.int32)
    for chain in chains:
        if first[chain + 1] == 0:
            start[ends[chain, 0] + 1] += 1
            start[ends[chain, 1] + 1] += 1
        first[chain + 1] += 1
    for junction in range(junctions):
        start[junction + 1] += start[junction]
    filled, sides = start.copy(), np.empty(start[junctions], np.int32)
    for number in range(len(chains)):
        chain = chains[number]
        if number == 0 or chains[number - 1] != chain:
            one, other = ends[chain, 0], ends[chain, 1]
            sides[filled[one]] = chain
            filled[one] += 1
            sides[filled[other]] = ~chain
            filled[other] += 1
    for chain in range(len(ends)):
        first[chain + 1] += first[chain]
    return start, sides, first


@kernel
def spans(start: Ints, chosen: Ints) -> Ints:
    """The places from `start[each]` to `start[each + 1]` of all that are chosen, one after another."""
    count = 0
    for each in chosen:
        count += start[each + 1] - start[each]
    found, filled = np.empty(count, np.int32), 0
    for each in chosen:
        for place in range(start[each], start[each + 1]):
            found[filled] = place
            filled += 1
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
        chain, at, off = int(origins[number, 1]), int(origins[number, 2]), int(origins[number, 3])
        seeds[0, 0], seeds[0, 1] = graph.ends[chain, 0], off + at
        seeds[1, 0], seeds[1, 1] = graph.ends[chain, 1], off + graph.mm[chain] - at
        found = gather(graph, table, Source(seeds, chain, at, off), scratch, horizon)
        _folded(table.rows, scratch.found, found, limits, counts, origins[number, 0], best)
        _written(best, nearest, nearest_mm, origins[number, 0])


@kernel
def _folded(rows: Ints, found: Ints, count: int, limits: Ints, counts: Ints, origin: int, best: Keys) -> None:
    best[:] = NOWHERE
    keep = best.shape[1]
    for number in range(count):
        row, mm = found[number, 0], found[number, 1]
        kind = rows[row, 2]
        for limit in range(len(limits)):
            counts[origin, kind, limit] += mm <= limits[limit]
        # Distance first, then the point's number: the order of equals never depends on the search.
        key = (np.int64(mm) << 32) | rows[row, 3]
        if key < best[kind, keep - 1]:
            at = keep - 1
            while at > 0 and best[kind, at - 1] > key:
                best[kind, at] = best[kind, at - 1]
                at -= 1
            best[kind, at] = key


@kernel
def _written(best: Keys, nearest: Ints, nearest_mm: Ints, origin: int) -> None:
    for kind in range(nearest.shape[1]):
        for rank in range(nearest.shape[2]):
            key = best[kind, rank]
            if key == NOWHERE:
                break
            nearest[origin, kind, rank], nearest_mm[origin, kind, rank] = key & 0xFFFFFFFF, key >> 32


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
def onward_first(start: Ints, side: Ints, ends: Ints) -> Ints:
    """Put each junction's chains that lead on before its dead ends and loops; gives where the former end."""
    onward = start[:-1].copy()
    for junction in range(len(onward)):
        onward[junction] = onward_first_at(junction, start, side, ends)
    return onward


@kernel
def onward_first_at(junction: int, start: Ints, side: Ints, ends: Ints) -> int:
    """The same for one junction."""
    onward = start[junction]
    for at in range(start[junction], start[junction + 1]):
        line = side[at]
        other = ends[line, 1] if line >= 0 else ends[~line, 0]
        if other != junction and start[other + 1] - start[other] > 1:
            side[at], side[onward] = side[onward], line
            onward += 1
    return onward


@kernel
def chained(kept: Flags, u: Ints, v: Ints, mm: Ints) -> tuple[Ints, Ints, Ints]:
    """Pieces of street joined into chains at every node where just two of them meet, but for nodes that are kept as junctions.

    Gives for each piece (chain, millimetres before it, 1 when it runs from `u` to `v`), the pieces in walking order, and for each chain
    (first node, last node, millimetres, first place in that order).
    """
    nodes = len(kept)
    start, sides = incidence(nodes, u, v)
    is_junction = kept | ((start[1:] - start[:-1]) != 2)
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
