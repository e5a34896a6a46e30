"""Which one outlet would help most people: for every rule of the district and of each circle, stored beside the coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.kit.walking import index, within
from hexi.scenarios.life_circle.circles import circle_of
from hexi.scenarios.life_circle.greedy import Ints, Pairs, greedy
from hexi.scenarios.life_circle.rules import RuleClass, table
from hexi.scenarios.life_circle.scene import EVERYBODY, HOMES, Scene, Walks
from hexi.scenarios.life_circle.standing import Standing

STEPS = 5
COMPOUND_WIDTH = 17


def sites(scene: Scene) -> Ints:
    """Where an outlet may open: at the first inhabited door of every compound (a number of `scene.doors`)."""
    first: dict[str, int] = {}
    for number, code in enumerate(scene.doors.codes):
        first.setdefault(code[:COMPOUND_WIDTH], number)
    return np.array(list(first.values()), np.int32)


def pairs_of(walks: Walks, chosen: Ints) -> Pairs:
    """Which door each site reaches within the longest walk that any rule allows."""
    known, metres = index(walks.network, walks.doors), float(walks.limits_mm.max()) / 1000
    found = [within(known, walks.doors[chosen[number : number + 1]], metres) for number in range(len(chosen))]
    site = np.repeat(np.arange(len(chosen), dtype=np.int32), [len(each.points) for each in found])
    if not found:
        return Pairs(site, site, site, 0)
    return Pairs(site, np.concatenate([each.points for each in found]), np.concatenate([each.mm for each in found]), len(chosen))


def column_of(scene: Scene, group: RuleClass) -> int:
    """For whom a class counts: its band of age, else everybody; homes where no register of residents is kept."""
    wanted = (group.band or EVERYBODY) if scene.doors.are_people_known else HOMES
    return scene.doors.columns.index(wanted)


def ranked(scene: Scene, standing: Mapping[str, Standing]) -> dict[str, Any]:
    """The best sites by rule: `rules` {id: steps} for the district, `circles` {number: {id: [site, people inside, people in all]}}."""
    chosen, home = sites(scene), circle_of()
    numbers = sorted(set(home.values()))
    of_door = np.array([numbers.index(home[code]) if code in home else -1 for code in scene.doors.communities], np.int32)
    rules: dict[str, Any] = {}
    circles: dict[str, dict[str, Any]] = {str(number): {} for number in numbers}
    for group in table().classes:
        of_walker, is_covered = standing[group.walker].walks, standing[group.walker].is_covered
        pairs = pairs_of(of_walker, chosen)
        weight = scene.doors.weights[:, column_of(scene, group)]
        for number, rule in enumerate(scene.rules):
            if rule.group != group.key:
                continue
            open_pairs = pairs.within(int(of_walker.limits_mm[number]), ~is_covered[:, number])
            steps = greedy(open_pairs, weight, STEPS)
            rules[rule.id] = [[step.site, round(step.gain), round(step.total), round(step.bound)] for step in steps]
            for place, best in _by_circle(open_pairs, weight, of_door[scene.doors.community], len(numbers)):
                circles[str(numbers[place])][rule.id] = best
    doors = scene.doors
    numbers_of_sites: list[int] = chosen.tolist()
    spots = [(doors.codes[door], float(doors.lon[door]), float(doors.lat[door])) for door in numbers_of_sites]
    where = [[code, round(lon, 6), round(lat, 6)] for code, lon, lat in spots]
    return {"sites": where, "rules": rules, "circles": circles}


def _by_circle(pairs: Pairs, weight: NDArray[np.float64], circle: Ints, count: int) -> Sequence[tuple[int, list[int]]]:
    """For each circle the site that helps most of its own people, wherever it lies, and how many it helps in all."""
    of_pair = circle[pairs.door]
    is_in = of_pair >= 0
    flat = np.bincount(pairs.site[is_in] * count + of_pair[is_in], weight[pairs.door[is_in]], pairs.sites * count)
    inside, everywhere = flat.reshape(pairs.sites, count), pairs.gains(weight)
    best = inside.argmax(axis=0) if pairs.sites else np.empty(0, np.intp)
    found = [(number, int(site), round(float(inside[site, number]))) for number, site in enumerate(best.tolist())]
    return [(number, [site, people, round(float(everywhere[site]))]) for number, site, people in found if people]

