"""More of what the desks read: records by producer, permits that run out, and runs of pooled collection."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hexi.kit import Envelope, Source, Viewer, names, plain, readable, t
from hexi.scenarios.waste import watching, words
from hexi.scenarios.waste.models import CollectionRun, Permit
from hexi.scenarios.waste.models_manifest import Revision
from hexi.scenarios.waste.parties import CONSENTING
from hexi.scenarios.waste.rules import row_of
from hexi.scenarios.waste.sources import MOST, MOST_IN_TABLE, Params, Row, envelope, for_staff, today


def recorded(viewer: Viewer, params: Params) -> Envelope:
    """Producers with the fewest months that have a record first: how many records a month each has."""
    found = watching.records_of(viewer, today(), params.get("place", ""))
    rows: list[Row] = [
        {"id": one.firm.pk, "firm": one.firm.name, "risk": one.firm.risk, "records": one.records, "spoke_of": f"{one.spoke}/{one.there}",
         "density": round(one.records / one.there, 1), "last": plain(one.last), "mark": "watch" if one.spoke < one.there else "none"}
        for one in found
    ]  # fmt: skip
    number, months = len(rows), sum(one.there for one in found)
    density = round(sum(one.records for one in found) / months, 2) if months else 0
    note = t("户均每月 {density} 条记录，在册产废单位 {n} 家", "{density} records a firm and month; {n} producers on the register")
    return for_staff(viewer, rows[:MOST_IN_TABLE], note.filled(density=str(density), n=str(number)))


def permits(viewer: Viewer, params: Params) -> Envelope:
    """Permits that have run out or soon will."""
    day = today()
    ahead = (row_of("permit_days", day) or {"days": 0})["days"]
    found = readable(viewer, Permit).filter(valid_until__lte=day + timedelta(days=ahead), firm__place__startswith=params.get("place", ""))
    rows: list[Row] = [
        {"id": one.pk, "firm": one.firm.name, "permit": one.kind, "number": one.number, "due_on": plain(one.valid_until),
         "mark": "breach" if one.valid_until and one.valid_until < day else "watch"}
        for one in found.select_related("firm").order_by("valid_until")[:MOST]
    ]  # fmt: skip
    note = t("{n} 天内到期；没有有效许可的，签署和起运时被拒绝", "Within {n} days; without a valid permit, signing and pick-up are refused")
    return for_staff(viewer, rows, note.filled(n=str(ahead)))


def runs(viewer: Viewer, params: Params) -> Envelope:
    """Runs that producers can book on, the next day first."""
    found = readable(viewer, CollectionRun).filter(on__gte=today(), place__startswith=params.get("place", "")).exclude(stage="called_off")
    rows: list[Row] = [
        {"id": one.pk, "name": one.name, "on": plain(one.on), "carrier": one.carrier.name, "covers": "、".join(one.covers.split()),
         "area": one.place, "room": round(float(one.capacity_kg - one.booked_kg), 1), "booked": one.manifests.count(), "run": one.stage}
        for one in found.select_related("carrier").order_by("on", "pk")[:MOST]
    ]  # fmt: skip
    called: Any = names({row["area"] for row in rows})
    return envelope(rows, t("一车多户，每户一份联单", "One vehicle, several firms, a manifest for each"), called={"area": called})



def consents(viewer: Viewer, _params: Params) -> Envelope:
    """Corrections and cancellations that wait for the viewer's own firm, the oldest first."""
    found = readable(viewer, Revision, Revision.stage == "open").select_related("manifest", "asked_by").order_by("pk")
    rows: list[Row] = [
        {"id": one.pk, "number": one.manifest.number, "kind": one.kind, "item": one.item, "was": one.was, "should_be": one.should_be,
         "firm": one.asked_by.name, "mark": "watch"}
        for one in found if CONSENTING.stands(viewer, one)
    ]  # fmt: skip
    called: Any = {"kind": dict(words.REVISIONS), "item": {"": t("整份联单", "the whole manifest"), **dict(words.REVISED)}}
    none = t("没有等待本单位同意的更正或作废", "No correction or cancellation waits for your firm")
    return envelope(rows[:MOST], called=called, empty=None if rows else none)


LOT, ALL = "waste.storagelot", "waste.collectionrun"
MORE = (
    Source("waste.recorded", t("各单位记录数", "records by producer"), recorded, (LOT,)),
    Source("waste.consents", t("待本单位同意", "waiting for your consent"), consents, ("waste.revision",)),
    Source("waste.permits", t("许可到期", "permits that run out"), permits, ("waste.permit",)),
    Source("waste.runs", t("可预约的收集趟次", "runs to book on"), runs, (ALL, "waste.manifest")),
)
