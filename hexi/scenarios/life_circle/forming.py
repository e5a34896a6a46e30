"""Circles from communities: so many contiguous groups, streets kept whole where they can be, as many people in each as possible."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping, Sequence

Near = Mapping[str, Collection[str]]
Group = set[str]


def formed(people: Mapping[str, int], near: Near, street_of: Callable[[str], str], count: int) -> list[list[str]]:
    """The groups, each in order of its codes. Every contiguous part of a street gets at least one, so there may be more than `count`."""
    by_street: dict[str, list[str]] = {}
    for code in sorted(people):
        by_street.setdefault(street_of(code), []).append(code)
    parts = [part for codes in by_street.values() for part in pieces(codes, near)]
    shares = quotas([(len(part), sum(people[code] for code in part)) for part in parts], count)
    groups = [group for part, share in zip(parts, shares, strict=True) for group in split(part, share, people, near)]
    return [sorted(group) for group in groups]


def pieces(codes: Collection[str], near: Near) -> list[list[str]]:
    """The contiguous parts of these areas, each in order."""
    left, found = set(codes), list[list[str]]()
    for start in sorted(codes):
        if start in left:
            part = _reached(start, left, near)
            left -= part
            found.append(sorted(part))
    return found


def quotas(parts: Sequence[tuple[int, int]], count: int) -> list[int]:
    """How many of `count` groups each part (its areas, its people) gets: one at least, no more than it has areas."""
    shares = [1] * len(parts)
    while sum(shares) < min(count, sum(areas for areas, _ in parts)):
        free = [number for number, (areas, _) in enumerate(parts) if shares[number] < areas]
        # The next goes to whoever has the most people for each group (ties: the first).
        shares[max(free, key=lambda number: (parts[number][1] / shares[number], -number))] += 1
    return shares


def split(codes: Sequence[str], count: int, people: Mapping[str, int], near: Near) -> list[Group]:
    """One contiguous part in `count` contiguous groups: grown from far-apart seeds, then evened out."""
    groups = [{seed} for seed in _seeds(codes, count, near)]
    left = set(codes) - {code for group in groups for code in group}
    while left:
        _weight, number, code = min(_ways_to_grow(groups, left, people, near))
        groups[number].add(code)
        left.discard(code)
    return _evened(groups, people, near)


def is_whole(group: Collection[str], near: Near) -> bool:
    """Does it hang together? An empty one does not."""
    return len(pieces(group, near)) == 1


def _reached(start: str, among: Collection[str], near: Near) -> Group:
    found, queue = {start}, deque([start])
    while queue:
        for code in near.get(queue.popleft(), ()):
            if code in among and code not in found:
                found.add(code)
                queue.append(code)
    return found


def _hops(start: str, codes: Sequence[str], near: Near) -> dict[str, int]:
    away, queue = {start: 0}, deque([start])
    while queue:
        here = queue.popleft()
        for code in sorted(near.get(here, ())):
            if code in codes and code not in away:
                away[code] = away[here] + 1
                queue.append(code)
    return away


def _seeds(codes: Sequence[str], count: int, near: Near) -> list[str]:
    """The first at the rim, each next one as far as can be from those before."""
    first = max(_hops(codes[0], codes, near).items(), key=lambda each: (each[1], each[0]))[0]
    seeds, away = [first], Counter(_hops(first, codes, near))
    while len(seeds) < count:
        seeds.append(max((code for code in codes if code not in seeds), key=lambda code: (away[code], code)))
        hops = _hops(seeds[-1], codes, near)
        away = Counter({code: min(away[code], hops[code]) for code in codes})
    return seeds


def _ways_to_grow(groups: Sequence[Group], left: Group, people: Mapping[str, int], near: Near) -> list[tuple[int, int, str]]:
    return [
        (sum(people[one] for one in group), number, code)
        for number, group in enumerate(groups)
        for code in {other for one in group for other in near.get(one, ())} & left
    ]


def _evened(groups: list[Group], people: Mapping[str, int], near: Near) -> list[Group]:
    """Move communities from larger to smaller neighbours as long as that evens the groups out and tears none."""
    weights = [sum(people[code] for code in group) for group in groups]
    while moves := [move for move in _moves(groups, weights, people, near) if move[0] > 0]:
        _, code, giver, taker = max(moves, key=lambda move: (move[0], move[1]))
        groups[giver].discard(code)
        groups[taker].add(code)
        weights[giver] -= people[code]
        weights[taker] += people[code]
    return groups


def _moves(groups: Sequence[Group], weights: Sequence[int], people: Mapping[str, int], near: Near) -> list[tuple[int, str, int, int]]:
    """Every move that tears no group: by how much it lowers the sum of squares, halved, and who gives what to whom."""
    home = {code: number for number, group in enumerate(groups) for code in group}
    found: list[tuple[int, str, int, int]] = []
    for code, giver in home.items():
        takers = {home[other] for other in near.get(code, ()) if other in home} - {giver}
        for taker in takers:
            gain = people[code] * (weights[giver] - weights[taker] - people[code])
            if gain > 0 and is_whole(groups[giver] - {code}, near):
                found.append((gain, code, giver, taker))
    return found
