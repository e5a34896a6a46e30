"""Orders for errands, found by a process of its own: its memory goes with it, a fault in it hurts nobody, and it can be stopped."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from functools import lru_cache
from typing import Any

from hexi.core.space.tours.problem import Effort, Errands
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

log = logging.getLogger(__name__)
SOLVER = (sys.executable, "-m", "hexi.core.space.tours.solver")
A_STOP_S = 0.1
"""Few stops are searched through soon, and a search that finds nothing more would use up its time."""
GRACE_S = 10.0
"""So long after its time the process may still load, build its model and write."""


@lru_cache(maxsize=64)
def orders(errands: Errands, effort: Effort) -> tuple[tuple[int, ...], ...]:
    """For each person the stops in order. The same question is answered once. Raises Unavailable where the solver fails."""
    if not errands.stops or not errands.people:
        return tuple(() for _ in errands.people)
    asked = json.dumps(_question(errands, effort))
    try:
        told = subprocess.run(SOLVER, input=asked, capture_output=True, text=True, timeout=effort.seconds + GRACE_S, check=True)
    except subprocess.SubprocessError as fault:
        log.error("no plan of rounds: %s; it said: %s", fault, getattr(fault, "stderr", ""))
        raise Unavailable(
            t("路线规划暂时算不出来", "Rounds cannot be planned for the moment"), which=type(fault).__name__,
            do=t("请少选几处再试；如持续出现，请管理员查看日志", "Try fewer stops; if it lasts, the administrator reads the log"),
        ) from fault  # fmt: skip
    return tuple(tuple(order) for order in json.loads(told.stdout))


def _question(errands: Errands, effort: Effort) -> dict[str, Any]:
    numbers = {person.key: number for number, person in enumerate(errands.people)}
    return {
        "legs": errands.legs_s, "returns": errands.returns, "solutions": effort.solutions,
        "seconds": min(effort.seconds, A_STOP_S * len(errands.stops)),
        "shifts": [(person.from_s, person.to_s) for person in errands.people],
        "capacities": [person.capacity for person in errands.people],
        "stops": [
            {
                "stay": stop.stay_s, "windows": stop.windows, "load": stop.load,
                "only": None if stop.only is None else [numbers[key] for key in stop.only if key in numbers],
            }
            for stop in errands.stops
        ],
    }  # fmt: skip
