"""What the process that keeps the walking network answers for the circles, in plain values. Importing this loads the compiler."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hexi.kit import Barred
from hexi.scenarios.life_circle.covering import by_community, computed
from hexi.scenarios.life_circle.gaps import ranked
from hexi.scenarios.life_circle.gates import ranked_gates
from hexi.scenarios.life_circle.rules import walk_words
from hexi.scenarios.life_circle.scene import WALKERS
from hexi.scenarios.life_circle.standing import KEPT
from hexi.scenarios.life_circle.whatif import Effect, Tried, between, locked_ways, tried

Plain = Sequence[Sequence[Any]]
BANDS = ("children", "elders", "homes")


def coverage_of(*, time: str, barred: Plain, at: str) -> Any:
    """Who is covered at that hour while these spots are barred, for every walker."""
    standing = {walker: KEPT.of(walker, time, at) for walker in WALKERS}
    scene = standing[WALKERS[0]].scene
    return computed(scene, {walker: each.under(_spots(barred)) for walker, each in standing.items()})


def gaps_of(*, at: str) -> Any:
    """Where one outlet more would help most people."""
    standing = {walker: KEPT.of(walker, at=at) for walker in WALKERS}
    return ranked(standing[WALKERS[0]].scene, standing)


def gates_of_all() -> Any:
    """Which locked gate, opened, would help most people."""
    return ranked_gates(KEPT.of(WALKERS[0]))


def closures_of(*, time: str, walker: str, barred: Plain, at: str) -> Any:
    """For each of these spots by itself who loses and gains, by community: people who have one kind less or more at least."""
    known = KEPT.of(walker, time, at)
    return [_effect_by_community(between(known, known.under([spot]), clock.perf_counter())) for spot in _spots(barred)]


def _effect_by_community(effect: Effect) -> Mapping[str, Any]:
    scene = effect.standing.scene
    told: dict[str, Any] = {}
    for name, doors in (("lost", effect.loses), ("gained", effect.gains)):
        people = by_community(scene, doors[:, None])[:, 0, effect.column]
        told[name] = {scene.doors.communities[number]: round(float(people[number])) for number in np.flatnonzero(people)}
    return told


def tried_of(**asked: Any) -> Any:
    """Who would gain and lose; nothing when no change is said, but everything is made ready."""
    if not asked["change"]:
        KEPT.of(asked["walker"], asked["time"])
        return None
    effect = tried(Tried(**asked))
    return {
        "rows": rows_of(effect), "gained": effect.total(effect.gained), "lost": effect.total(effect.lost),
        "gains": effect.people(effect.gains), "loses": effect.people(effect.loses), "stamp": effect.standing.scene.stamp,
        "ms": round(1000 * effect.seconds),
    }  # fmt: skip


def rows_of(effect: Effect) -> list[dict[str, Any]]:
    """One row for each rule that changes."""
    column, doors = effect.column, effect.standing.scene.doors
    whole = float(effect.whole[column]) or 1.0
    rows: list[dict[str, Any]] = []
    for number, rule in enumerate(effect.standing.scene.rules):
        gained, lost = (round(float(each[number, column])) for each in (effect.gained, effect.lost))
        if not effect.gained[number].any() and not effect.lost[number].any():
            continue
        bands = {
            f"net_{band}": round(float(effect.gained[number, doors.columns.index(band)] - effect.lost[number, doors.columns.index(band)]))
            for band in BANDS
        }
        before = float(effect.before[number, column])
        shares = {"before": round(100 * before / whole, 1), "after": round(100 * (before + gained - lost) / whole, 1)}
        rows.append({"rule": rule.id, "name": rule.label.as_dict(), "limit": walk_words(rule).as_dict(), "gained": gained, "lost": lost,
                     **bands, **shares, "ms": round(1000 * effect.seconds)})  # fmt: skip
    return sorted(rows, key=lambda row: (-row["gained"] - row["lost"], row["rule"]))


def ways_of(*, where: Sequence[float], walker: str) -> Any:
    """Locked ways near the point."""
    return locked_ways(KEPT.of(walker), (where[0], where[1]))


def _spots(barred: Plain) -> list[Barred]:
    return [Barred(lon, lat, radius, opens) for lon, lat, radius, opens in barred]
