"""Small networks for tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hexi.core.space.network.streets import Streets
from hexi.kernel.label import Label, t

STEP_M = 100.0


def grid(side: int = 10, step_m: float = STEP_M) -> Streets:
    """`side` x `side` crossings; node `row * side + column`. Row r is street r (named), column c is way 100 + c (unnamed)."""
    number = np.arange(side * side).reshape(side, side)
    across, up = (number[:, :-1].ravel(), number[:, 1:].ravel()), (number[:-1].ravel(), number[1:].ravel())
    ways = np.concatenate([np.repeat(np.arange(side), side - 1), 100 + np.tile(np.arange(side), side - 1)])
    names = {row: t(f"第{row}街", f"Street {row}") for row in range(side)}
    u, v = np.concatenate([across[0], up[0]]), np.concatenate([across[1], up[1]])
    return streets(number.ravel() % side * step_m, number.ravel() // side * step_m, u, v, way=ways, names=names)


def streets(
    x: object, y: object, u: object, v: object, *, flags: object = None, way: object = None, names: Mapping[int, Label] | None = None
) -> Streets:
    """Streets whose lengths are those of the drawing."""
    east, north, one, other = np.asarray(x, float), np.asarray(y, float), np.asarray(u, int), np.asarray(v, int)
    metres = np.hypot(east[one] - east[other], north[one] - north[other])
    count = len(one)
    return Streets(
        (117.22, 39.11), east, north, one, other, metres,
        np.zeros(count) if flags is None else flags, np.arange(count) if way is None else way, names or {},
    )  # fmt: skip
