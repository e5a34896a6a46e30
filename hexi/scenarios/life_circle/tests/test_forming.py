"""Circles from communities, on maps that can be drawn on paper."""

from __future__ import annotations

import random

import pytest

from hexi.scenarios.life_circle.forming import Near, formed, is_whole, pieces, quotas, split

ROW: Near = {"a": {"b"}, "b": {"a", "c"}, "c": {"b", "d"}, "d": {"c"}}


def grid(width: int, height: int) -> dict[str, set[str]]:
    cells = {(x, y) for x in range(width) for y in range(height)}
    name = "{0:02}{1:02}".format
    return {
        name(x, y): {name(x + i, y + j) for i, j in ((1, 0), (-1, 0), (0, 1), (0, -1)) if (x + i, y + j) in cells} for x, y in sorted(cells)
    }


def test_areas_that_do_not_touch_are_separate_parts() -> None:
    assert pieces(["a", "b", "d"], ROW) == [["a", "b"], ["d"]]
    assert is_whole({"a", "b"}, ROW) and not is_whole({"a", "c"}, ROW) and not is_whole(set(), ROW)


def test_circles_go_to_the_parts_with_most_people_but_every_part_has_one() -> None:
    assert quotas([(2, 100), (9, 900), (1, 5000)], 5) == [1, 3, 1]
    assert quotas([(3, 1), (3, 1)], 1) == [1, 1]
    assert quotas([(2, 1), (2, 1)], 99) == [2, 2]


def test_a_row_of_four_is_cut_where_people_are_even() -> None:
    assert sorted(map(sorted, split("abcd", 2, {"a": 10, "b": 10, "c": 10, "d": 10}, ROW))) == [["a", "b"], ["c", "d"]]
    assert sorted(map(sorted, split("abcd", 2, {"a": 30, "b": 10, "c": 10, "d": 10}, ROW))) == [["a"], ["b", "c", "d"]]


@pytest.mark.parametrize("seed", range(6))
def test_every_group_of_a_random_map_hangs_together_and_each_area_is_in_one(seed: int) -> None:
    rng, near = random.Random(seed), grid(6, 5)
    people = {code: rng.randint(1, 500) for code in near}
    groups = formed(people, near, lambda code: code[0], rng.randint(1, 20))
    assert sorted(code for group in groups for code in group) == sorted(near)
    assert all(is_whole(group, near) for group in groups)
    assert groups == formed(people, near, lambda code: code[0], len(groups)) or len(groups) == 1


def test_streets_are_kept_whole() -> None:
    near = grid(4, 4)
    groups = formed(dict.fromkeys(near, 10), near, lambda code: code[:2], 8)
    assert len(groups) == 8 and all(len({code[:2] for code in group}) == 1 for group in groups)
