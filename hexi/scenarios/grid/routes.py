"""The order of a round: always the nearest next, as the crow flies, until a walking network exists."""

from __future__ import annotations

from collections.abc import Mapping

from hexi.kit import distance_m, t

Point = tuple[float, float]
STRAIGHT = t("按直线距离就近排序，步行路网建成前仅供参考", "Nearest next in a straight line: a guide until there is a walking network")


def in_walking_order(stops: Mapping[str, Point], start: Point) -> list[tuple[str, float]]:
    """Each stop once with the metres from the one before, beginning at the nearest to `start`. Equal distances go by key."""
    left, here, order = dict(stops), start, list[tuple[str, float]]()
    while left:
        away, key = min((distance_m(here, point), key) for key, point in left.items())
        order.append((key, away))
        here = left.pop(key)
    return order
