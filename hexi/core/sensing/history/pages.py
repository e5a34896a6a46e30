"""The history before people: how each of its days stands to the ledger, and comparing one of them now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from hexi.core.sensing.history.sealing import standing_now
from hexi.core.sensing.models import DayDigest, ReadingFile
from hexi.kernel.declare import Action
from hexi.kernel.label import t


def ledger_of(kind: str, begin: datetime, end: datetime) -> dict[str, Any]:
    """Of the days in this span: how many are as the ledger has them, which are not, and how many it does not know yet."""
    days = {"kind": kind, "day__range": (begin.astimezone(UTC).date(), end.astimezone(UTC).date())}
    told = list(DayDigest.objects.filter(**days).exclude(standing="gone").order_by("day").values_list("day", "standing"))
    held = set(ReadingFile.objects.filter(**days).values_list("day", flat=True))
    return {
        "matches": sum(standing == "matches" for _, standing in told),
        "differs": [day.isoformat() for day, standing in told if standing == "differs"],
        "waiting": len(held - {day for day, _ in told}),
    }


def compare(change: Any) -> DayDigest:
    """Read the day's file again."""
    row: DayDigest = change.record
    change.save(row, standing=standing_now(row), checked_at=timezone.now())
    return row


COMPARE = Action(
    "compare", t("立即核对", "compare now"), "sensing.daydigest", compare, by=("data_steward", "auditor"), primary=True,
    when=DayDigest.standing != "gone",
)  # fmt: skip
