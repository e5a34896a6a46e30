"""Somebody to visit: an old resident who lives alone in a grid, due today. `python -m tests.support.visits GRID` prints the number of the call.

It runs in a process of its own with the platform's environment, because the tests have another database open.
"""

from __future__ import annotations

import sys
from datetime import timedelta


def call_in(grid: str) -> int:
    """A fresh call at the first door of the grid, found by the scenario's own rule."""
    from django.utils import timezone

    from hexi.core.space.models import Place
    from hexi.scenarios.grid.models import CareCall
    from hexi.scenarios.grid.visits import find_calls
    from hexi.scenarios.population.scenario import Resident

    door = Place.objects.filter(code__startswith=grid, level="doorway").order_by("code").values_list("code", flat=True)[0]
    born = timezone.localdate() - timedelta(days=85 * 366)
    resident = Resident.objects.create(name="示例·走访", sex="female", born_on=born, home=door, residence="registered", lives_alone=True)
    find_calls(frozenset())
    return int(CareCall.objects.get(resident=resident.pk).pk)


if __name__ == "__main__":
    from hexi.tools.house import open_house

    open_house()
    print(call_in(sys.argv[1]))
