"""The month's report as rows, for a panel that shows its sentences and where the edition stands."""

from __future__ import annotations

from collections.abc import Mapping

from hexi.core.trust.api import Viewer
from hexi.kernel.errors import NotFound
from hexi.kernel.screen import Envelope
from hexi.modules.projects.contracts import Month, ReportState
from hexi.modules.projects.editions import reading
from hexi.modules.projects.sources import envelope, programme_of


def month(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """One row: the text of the month's report in both languages, its state and its address. No row when the viewer may not see it."""
    programme = programme_of(viewer, params)
    if programme is None or programme.as_of is None:
        return envelope(programme, [])
    wanted = params.get("month") or programme.as_of.strftime("%Y-%m")
    try:
        found = reading(viewer, programme.pk, Month.of(wanted))
    except (NotFound, ValueError):
        return envelope(programme, [])
    texts = {language: found.document(language).text for language in ("zh", "en")}
    address = f"/api/programmes/{programme.pk}/reports/{wanted}"
    row = {
        "month": wanted,
        "state": found.row.state,
        "edition": int(found.row.edition),
        "text": texts,
        "address": address,
        "changed": found.changed,
    }
    return envelope(programme, [row | {"mark": "stale" if found.row.state == ReportState.DRAFT else "ok"}])
