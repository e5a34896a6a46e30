"""Who is covered: every door and rule, then by community, for everybody, each band of age, and homes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.kit.walking import Reach
from hexi.scenarios.life_circle.scene import Floats, Scene, Walks, hours_of

Bools = NDArray[np.bool_]


def covered(scene: Scene, walks: Walks, reached: Reach) -> Bools:
    """[door, rule] whether an outlet that the rule asks for lies within the rule's walk."""
    nearest = reached.nearest_mm[:, scene.service_of_rule, 0]
    return nearest <= walks.limits_mm


def by_community(scene: Scene, is_covered: Bools) -> Floats:
    """[community, rule, column] people (each column of `Doors.weights`) who are covered."""
    doors = scene.doors
    sums = np.zeros((len(doors.communities), is_covered.shape[1], doors.weights.shape[1]))
    for column in range(doors.weights.shape[1]):
        np.add.at(sums[:, :, column], doors.community, is_covered * doors.weights[:, column, None])
    return sums


def everybody(scene: Scene) -> Floats:
    """[community, column] all who live there."""
    doors = scene.doors
    sums = np.zeros((len(doors.communities), doors.weights.shape[1]))
    np.add.at(sums, doors.community, doors.weights)
    return sums


def computed(scene: Scene, is_covered: Mapping[str, Bools]) -> dict[str, Any]:
    """The whole answer, as it is stored: lists by community, rule and column, in the order of the names that stand beside them."""
    found = {key: by_community(scene, each).astype(int).tolist() for key, each in is_covered.items()}
    hours = dict(zip(scene.shops.rows.tolist(), scene.shops.hours, strict=True))
    return {
        "stamp": scene.stamp, "communities": list(scene.doors.communities), "rules": [rule.id for rule in scene.rules],
        "columns": list(scene.doors.columns), "all": everybody(scene).astype(int).tolist(), "covered": found, "drawn": scene.is_drawn,
        "people_known": scene.doors.are_people_known, "doors": len(scene.doors.codes),
        "streets_km": round(scene.streets.metres.sum() / 1000), "outlets": len(hours),
        "hours_known": sum(hours_of(said) is not None for said in hours.values()),
    }  # fmt: skip
