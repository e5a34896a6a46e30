"""Codes of outlets: ours, given once, whatever number a source has for the outlet."""

from __future__ import annotations

from django.db.models import Max

from hexi.scenarios.life_circle.models import Outlet


def fresh_codes(count: int) -> list[str]:
    """The next free codes. Ask inside of the transaction that uses them."""
    last = Outlet.objects.filter(code__startswith="O").aggregate(last=Max("code"))["last"]
    first = int(last[1:]) + 1 if last else 1
    return [f"O{number:07}" for number in range(first, first + count)]
