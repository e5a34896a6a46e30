"""The greedy choice against every possible choice, on cases small enough to try them all."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from hexi.scenarios.life_circle.greedy import GUARANTEE, Pairs, greedy


def pairs(reach: list[list[int]]) -> Pairs:
    site = [number for number, doors in enumerate(reach) for _ in doors]
    door = [door for doors in reach for door in doors]
    return Pairs(np.array(site, np.int32), np.array(door, np.int32), np.ones(len(door), np.int32), len(reach))


def best_of(reach: list[list[int]], weight: np.ndarray, count: int) -> float:
    chosen = combinations(range(len(reach)), min(count, len(reach)))
    return max(float(weight[sorted({door for site in sites for door in reach[site]})].sum()) for sites in chosen)


def test_the_first_site_is_the_one_that_helps_most_and_the_next_counts_only_who_is_left() -> None:
    steps = greedy(pairs([[0, 1], [1, 2, 3], [4]]), np.array([5.0, 1.0, 2.0, 3.0, 4.0]), 5)
    assert [(step.site, step.gain, step.total) for step in steps] == [(0, 6.0, 6.0), (1, 5.0, 11.0), (2, 4.0, 15.0)]
    assert steps[0].bound == 6.0 and steps[-1].bound == 15.0


def test_nothing_to_gain_is_no_step() -> None:
    assert greedy(pairs([[0], []]), np.array([0.0]), 3) == []
    assert greedy(pairs([]), np.array([]), 3) == []


@pytest.mark.parametrize("seed", range(12))
def test_no_choice_is_better_than_the_bound_and_greedy_keeps_its_promise(seed: int) -> None:
    rng = np.random.default_rng(seed)
    reach = [sorted(set(rng.integers(0, 14, rng.integers(0, 6)).tolist())) for _ in range(7)]
    weight = rng.integers(0, 9, 14).astype(float)
    for count, step in enumerate(greedy(pairs(reach), weight, 4), start=1):
        best = best_of(reach, weight, count)
        assert step.total <= best <= step.bound + 1e-9
        assert step.total >= GUARANTEE * best - 1e-9


def test_only_wanted_doors_within_the_limit_count() -> None:
    known = Pairs(np.array([0, 0, 1], np.int32), np.array([0, 1, 1], np.int32), np.array([100, 900, 300], np.int32), 2)
    wanted = np.array([True, True])
    assert known.within(500, wanted).gains(np.array([1.0, 2.0])).tolist() == [1.0, 2.0]
    assert known.within(500, ~wanted).gains(np.array([1.0, 2.0])).tolist() == [0.0, 0.0]
