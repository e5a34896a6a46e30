"""What a reader may report: the kinds of case that are open to them, what each asks, and how long who reported stays known."""

from __future__ import annotations

from typing import Any

from hexi.core.data.api import form_schema
from hexi.core.trust.api import Viewer
from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import catalogue
from hexi.modules.cases.people import PERSON_KEPT

ON_THE_SPOT = "do_there"
"""The step by which a new case ends at once, because whoever found it has put it right; a kind without it has no such way."""


def kinds_for(viewer: Viewer) -> list[dict[str, Any]]:
    """The kinds that this reader may report, in the order in which scenarios declare them."""
    return [_told(viewer, kind) for kind in catalogue.case_types.values() if viewer.holds(*kind.opened_by)]


def _told(viewer: Viewer, kind: CaseType) -> dict[str, Any]:
    return {
        "key": kind.key, "label": kind.label.as_dict(), "public": kind.public, "reopens_days": kind.reopens_days,
        "kept_days": PERSON_KEPT.days, "on_the_spot": _on_the_spot(viewer, kind),
        "questions": form_schema(kind.questions, viewer.language) if kind.questions else None,
    }  # fmt: skip


def _on_the_spot(viewer: Viewer, kind: CaseType) -> bool:
    steps = kind.lifecycle.steps_from(kind.lifecycle.start)
    return any(step.key == ON_THE_SPOT and viewer.holds(*step.by) for step in steps)
