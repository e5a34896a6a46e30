"""The solver's own process (ADR 50): one question on standard input, the orders on standard output. Only this file knows OR-tools."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ortools.constraint_solver.pywrapcp import (
    Assignment,
    DefaultRoutingSearchParameters,
    RoutingIndexManager,
    RoutingModel,
)
from ortools.constraint_solver.routing_enums_pb2 import FirstSolutionStrategy, LocalSearchMetaheuristic

if TYPE_CHECKING:
    from ortools.constraint_solver.pywrapcp import RoutingSearchParameters

UNSERVED = 1_000_000
"""Seconds of walking that one more served stop may cost: more than a day has."""
DAY_S = 24 * 3600
Question = dict[str, Any]


def solved(asked: Question) -> list[list[int]]:
    """For each person the numbers of their stops in order. What is in none cannot be served with the rest."""
    people, stops = len(asked["shifts"]), len(asked["stops"])
    starts = list(range(people))
    # A round that does not lead back ends at a place that is everywhere.
    ends = starts if asked["returns"] else [people + stops] * people
    places = RoutingIndexManager(people + stops + (0 if asked["returns"] else 1), people, starts, ends)
    model = RoutingModel(places)
    _walks(model, asked)
    _hours(model, places, asked)
    _loads(model, asked)
    _people(model, places, asked)
    found = model.SolveWithParameters(_search(asked))
    return [_order(model, places, found, person, people) for person in range(people)] if found else [[] for _ in starts]


def _legs(asked: Question) -> list[list[int]]:
    legs = [[leg if leg >= 0 else UNSERVED for leg in row] for row in asked["legs"]]
    return legs if asked["returns"] else [*([*row, 0] for row in legs), [0] * (len(legs) + 1)]


def _walks(model: RoutingModel, asked: Question) -> None:
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(_legs(asked)))


def _hours(model: RoutingModel, places: RoutingIndexManager, asked: Question) -> None:
    people = len(asked["shifts"])
    stays = [0] * people + [stop["stay"] for stop in asked["stops"]] + [0]
    spent = [[leg + stays[row] for leg in legs] for row, legs in enumerate(_legs(asked))]
    model.AddDimension(model.RegisterTransitMatrix(spent), DAY_S, DAY_S, False, "time")
    time = model.GetDimensionOrDie("time")
    # Of two plans with the same walks the one after which everybody is back earlier.
    time.SetGlobalSpanCostCoefficient(1)
    for number, stop in enumerate(asked["stops"]):
        begins = time.CumulVar(places.NodeToIndex(people + number))
        begins.SetRange(stop["windows"][0][0], stop["windows"][-1][1])
        for (_, closes), (opens, _) in pairwise(stop["windows"]):
            begins.RemoveInterval(closes + 1, opens - 1)
    for person, (begins, ends) in enumerate(asked["shifts"]):
        time.CumulVar(model.Start(person)).SetRange(begins, begins)
        time.CumulVar(model.End(person)).SetRange(begins, ends)


def _loads(model: RoutingModel, asked: Question) -> None:
    loads = [0] * len(asked["shifts"]) + [stop["load"] for stop in asked["stops"]] + [0]
    if any(loads):
        every = sum(loads)
        most = [every if capacity is None else min(capacity, every) for capacity in asked["capacities"]]
        rows = len(asked["legs"]) + (0 if asked["returns"] else 1)
        model.AddDimensionWithVehicleCapacity(model.RegisterUnaryTransitVector(loads[:rows]), 0, most, True, "load")


def _people(model: RoutingModel, places: RoutingIndexManager, asked: Question) -> None:
    for number, stop in enumerate(asked["stops"]):
        index = places.NodeToIndex(len(asked["shifts"]) + number)
        model.AddDisjunction([index], UNSERVED)
        if stop["only"] is not None:
            # -1 stands for nobody. SetAllowedVehiclesForIndex cannot be called from Python in this edition.
            model.VehicleVar(index).SetValues([-1, *stop["only"]])


def _search(asked: Question) -> RoutingSearchParameters:
    found = DefaultRoutingSearchParameters()
    found.first_solution_strategy = FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    found.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    found.time_limit.FromMilliseconds(round(asked["seconds"] * 1000))
    found.solution_limit = asked["solutions"]
    return found


def _order(model: RoutingModel, places: RoutingIndexManager, found: Assignment, person: int, people: int) -> list[int]:
    order, index = list[int](), found.Value(model.NextVar(model.Start(person)))
    while not model.IsEnd(index):
        order.append(places.IndexToNode(index) - people)
        index = found.Value(model.NextVar(index))
    return order


if __name__ == "__main__":
    json.dump(solved(json.load(sys.stdin)), sys.stdout)
