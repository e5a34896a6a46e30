"""What panels read of blind re-inspection: the false closures beside what was closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hexi.kit import Envelope, Source, Tally, Viewer, all_cases, case_envelope, group_names, period_of, t, tally_of, tally_row, top_of
from hexi.scenarios.urban.life import urban
from hexi.scenarios.urban.models import Drawing
from hexi.scenarios.urban.rechecking import FalseClosures, estimated, tallies_of
from hexi.scenarios.urban.scoring import table

Row = dict[str, Any]
MOST = 100
NOTE = t("估计值按各单位结案数加权；区间为95%。未判定的不计入。", "Weighted by what each office closed; 95 % intervals. What could not be told is left out.")


def false_closures(_viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """The rate of closing, the estimated rate of false closures, then each office that was looked at."""
    newest = Drawing.objects.order_by("-id").first()
    closed = tally_of(table, table.rate("closed"), all_cases("urban", params), period_of(params)).get("", Tally(0, 0))
    rows: list[Row] = [{"key": "closed", "name": table.rate("closed").label.as_dict(), **tally_row(closed)}]
    if newest is not None:
        found = tallies_of(newest)
        rows += [_estimate(estimated(found, newest.strata)), *_offices(found)[: top_of(params, MOST)]]
    return case_envelope(urban, rows, NOTE)


def _estimate(found: FalseClosures) -> Row:
    low, high = found.interval or (None, None)
    said = "" if low is None or high is None else f"{low * 100:.1f}–{high * 100:.1f}"
    share = None if found.share is None else round(found.share * 100, 1)
    return {
        "key": "false_closures", "name": t("估计虚假结案率", "estimated false closures").as_dict(), "hits": found.failed, "of": found.judged,
        "share": share, "percent": "—" if share is None else f"{share:.1f}%", "counted": f"{found.failed}/{found.judged}", "interval": said,
        "caution": "",
    }  # fmt: skip


def _offices(found: Mapping[str, Tally]) -> list[Row]:
    called = group_names("office", found)
    rows: list[Row] = [{"key": office, "name": called[office].as_dict(), **tally_row(tally)} for office, tally in found.items()]
    return sorted(rows, key=lambda row: -row["share"])


SOURCES = (Source("urban.false_closures", t("盲检：虚假结案", "blind re-inspection"), false_closures, ("urban.recheck", "cases.case")),)
