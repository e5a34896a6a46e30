"""The month's report as rows, for a panel that shows its sentences and where the edition stands."""

from __future__ import annotations

from collections.abc import Mapping

from hexi.core.trust.api import Viewer
from hexi.kernel.errors import NotFound
from hexi.kernel.screen import Envelope
from hexi.modules.projects.begun import month_of_text, why_none
from hexi.modules.projects.contracts import ReportState
from hexi.modules.projects.editions import Reading, reading
from hexi.modules.projects.sources import envelope, programme_of


def month(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """One row: the text of the month's report in both languages, its state and its address; or that none is out that the viewer may see."""
    programme = programme_of(viewer, params)
    if programme is None or programme.as_of is None:
        return envelope(programme, [])
    wanted = params.get("month") or programme.as_of.strftime("%Y-%m")
    found = _found(viewer, programme.pk, wanted)
    if found is None:
        return envelope(programme, [{"month": wanted, "state": None, "mark": "stale", "text": why_none(programme, wanted).as_dict()}])
    texts = {language: found.document(language).text.replace("\n", "\n\n") for language in ("zh", "en")}
    address = f"/api/programmes/{programme.pk}/reports/{wanted}"
    row = {"month": wanted, "state": found.row.state, "edition": int(found.row.edition), "text": texts, "address": address}
    mark = "stale" if found.row.state == ReportState.DRAFT else "watch" if found.changed else "ok"
    return envelope(programme, [{**row, "changed": found.changed, "mark": mark}])


def _found(viewer: Viewer, programme: int, text: str) -> Reading | None:
    wanted = month_of_text(text)
    if wanted is None:
        return None
    try:
        return reading(viewer, programme, wanted)
    except NotFound:
        return None
