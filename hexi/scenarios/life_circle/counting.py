"""The job that keeps the stored coverage up to date, and how it is read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils import timezone

from hexi.kit import Job, hours, t
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import Computed

COVERAGE, GAPS = "coverage", "gaps"


def count(topics: frozenset[str]) -> None:
    """Compute and store what changed since. The clock computes in any case: people move without a notice that means a figure."""
    from hexi.scenarios.life_circle.covering import computed, reached_by_walker
    from hexi.scenarios.life_circle.gaps import ranked
    from hexi.scenarios.life_circle.scene import scene, stamp

    fresh = stamp()
    known = Computed.objects.filter(key=COVERAGE).values_list("stamp", flat=True).first()
    if topics and known == fresh:
        return
    if not Outlet.objects.exists():
        Computed.objects.all().delete()
        return
    here = scene()
    reached = reached_by_walker(here)
    keep(COVERAGE, fresh, computed(here, reached))
    keep(GAPS, fresh, ranked(here, reached))


def keep(key: str, stamp: str, content: dict[str, Any]) -> None:
    Computed.objects.update_or_create(key=key, defaults={"stamp": stamp, "at": timezone.now(), "content": content})


def kept(key: str) -> dict[str, Any] | None:
    """What was computed last, with `at` beside it; None before the first time. Read-only: others read the same."""
    at = Computed.objects.filter(key=key).values_list("at", flat=True).first()
    return None if at is None else _read(key, at.isoformat())


@lru_cache(maxsize=4)
def _read(key: str, at: str) -> dict[str, Any]:
    return {**Computed.objects.get(key=key).content, "at": at}


TOPICS = ("life_circle.outlet", "life_circle.circlecommunity")
JOB = Job("count_coverage", t("计算步行覆盖", "coverage on foot"), count, every=hours(24), topics=TOPICS)
