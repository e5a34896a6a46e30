"""Who is on duty within some hours, for rooms that send people: they are asked first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone

from hexi.core.data.api import readable
from hexi.core.trust.api import Viewer, accounts_named
from hexi.kernel.label import Label, t
from hexi.modules.alarms.models import Duty

ON_DUTY = t("值守 {begins}–{ends}", "on duty {begins}–{ends}")


def on_duty(*roles: str) -> Callable[[Viewer, datetime, datetime], Mapping[int, Label]]:
    """The `on_duty=` of a tour: those whom the roster has in these roles within the hours, as far as its planner reads the roster."""

    def found(viewer: Viewer, begins: datetime, ends: datetime) -> Mapping[int, Label]:
        rows = list(readable(viewer, Duty).filter(role__in=roles, starts_at__lt=ends, ends_at__gt=begins).order_by("-starts_at", "pk"))
        people = accounts_named({row.account for row in rows})
        return {people[row.account].account: _said(row) for row in rows if row.account in people}

    return found


def _said(row: Duty) -> Label:
    assert row.starts_at is not None
    assert row.ends_at is not None
    return ON_DUTY.filled(begins=f"{timezone.localtime(row.starts_at):%H:%M}", ends=f"{timezone.localtime(row.ends_at):%H:%M}")
