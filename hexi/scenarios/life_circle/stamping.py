"""Whether anything changed that coverage is computed from."""

from __future__ import annotations

from django.db.models import Count, Max, Sum
from django.utils.timezone import localdate

from hexi.kit import Entity, doors_version, streets_version
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import CircleCommunity


def stamp() -> str:
    """Changes whenever outlets, streets or rules in force do. People change the figures with the day, not with every registration."""
    return " ".join([str(localdate()), streets_version(), doors_version(), *(_turned(register) for register in (Outlet, CircleCommunity))])


def _turned(register: type[Entity]) -> str:
    told = register._default_manager.aggregate(count=Count("id"), last=Max("id"), versions=Sum("version"))
    return f"{told['count']}/{told['last'] or 0}/{told['versions'] or 0}"
