"""What people say of an outlet: it is there, it is closed for good, it is open again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from hexi.kit import Action, Change, Form, Invalid, Problem, Viewer, opening_hours, question, t
from hexi.scenarios.life_circle.models import WHEELCHAIR, Outlet

KEY = "life_circle.outlet"
CONFIRM = ("grid_worker", "community_worker", "street_staff", "data_steward")


def role_of(viewer: Viewer) -> str:
    """In which role somebody looks at outlets: the nearest to the street of those that they hold."""
    return next((role for role in CONFIRM if viewer.holds(role)), "")


def seen_by(change: Change) -> dict[str, Any]:
    """Who saw it today, in which role."""
    return {"confirmed_on": localdate(), "confirmed_by": change.viewer.name, "confirmed_as": role_of(change.viewer)}


class Confirmed(Form):
    """What was found on the spot."""

    opening_hours: str = question(t("营业时间", "opening hours"), "", max_length=160)
    wheelchair: str = question(t("轮椅通行", "wheelchair"), "", options=WHEELCHAIR)


class Closed(Form):
    """Since when, and what was found: asked in the form, so that the phone's list asks it too."""

    closed_on: date = question(t("停业日期", "closed on"))
    found: str = question(t("现场情况", "what was found"), min_length=2, max_length=300)


def confirm(change: Change) -> None:
    """Seen today; what was left blank stays."""
    said = {name: value for name, value in change.answers.model_dump().items() if value}
    if "opening_hours" in said:
        opening_hours(said["opening_hours"])  # what nobody can read says of no hour whether it is open
    change.save(change.record, **seen_by(change), **said)


def close(change: Change) -> None:
    if change.answers.closed_on > localdate():
        raise Invalid([Problem("closed_on", t("停业日期不能在将来", "It cannot have closed in the future"))])
    row, given = change.record, change.answers
    note = "\n".join(part for part in (row.note, f"{given.closed_on} {given.found}") if part)
    change.save(row, closed_on=given.closed_on, note=note, **seen_by(change))


def reopen(change: Change) -> None:
    change.save(change.record, closed_on=None, **seen_by(change))


OPEN_ONES, CLOSED_ONES = Outlet.closed_on.missing(), ~Outlet.closed_on.missing()
# Who stood before the door is right whatever was changed at a desk meanwhile; so both can be written without a network.
ACTIONS = (
    Action("confirm", t("核实在营", "confirm"), KEY, confirm, Confirmed, CONFIRM, when=OPEN_ONES, primary=True, adds=True),
    Action("close", t("登记停业", "closed for good"), KEY, close, Closed, CONFIRM, when=OPEN_ONES, adds=True),
    Action("reopen", t("恢复营业", "open again"), KEY, reopen, None, CONFIRM, when=CLOSED_ONES, needs_reason=True),
)
