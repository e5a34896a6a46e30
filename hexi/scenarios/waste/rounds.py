"""The driver's rounds on the phone: what waits to be taken over, at a gate or from another carrier, and what is on the vehicle.

All of it is signed with or without a network.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from hexi.kit import Fact, Label, Round, Stop, Viewer, district_calendar, names, now_context, points_of, readable, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import CARRIER, DRIVER, acts_for, carries_for
from hexi.scenarios.waste.rules import name_of

MOST_STOPS = 60
PICK_UP = t("收取：{who}，{what}", "Pick up: {who}, {what}")
DELIVER = t("送达：{who}，{what}", "Deliver: {who}, {what}")
HAND_OVER = t("接车：{who}，{what}", "Take on: {who}, {what}")
"""Two loads at one gate are told apart by what they are before anybody signs for the wrong one."""


def stops(viewer: Viewer) -> list[Stop]:
    """Manifests that this viewer may sign as carrier: at the producer's gate, or for the receiver's."""
    if not viewer.holds(CARRIER, DRIVER):
        return []
    found = readable(viewer, Manifest, Manifest.state.one_of("signed", "carried") & Manifest.next_carrier.missing())
    return _stops([row for row in _in_order(found) if carries_for(viewer, row)])


def handed(viewer: Viewer) -> list[Stop]:
    """Manifests on the road that this viewer is named to carry on."""
    if not viewer.holds(CARRIER):
        return []
    found = readable(viewer, Manifest, (Manifest.state == "carried") & ~Manifest.next_carrier.missing())
    return _stops([row for row in _in_order(found) if row.next_carrier is not None and acts_for(viewer, row.next_carrier)])


def _in_order(found: QuerySet[Manifest]) -> QuerySet[Manifest]:
    return found.select_related("producer", "carrier", "next_carrier", "receiver").order_by("signed_at", "pk")


def _stops(rows: Sequence[Manifest]) -> list[Stop]:
    gates = {row.pk: row.producer if row.state == "signed" or row.receiver is None else row.receiver for row in rows[:MOST_STOPS]}
    places = {gate.place for gate in gates.values()}
    called, points = names(places), points_of(places)
    return [_stop(row, gates[row.pk], called, points) for row in rows[:MOST_STOPS]]


def _stop(row: Manifest, gate: Firm, called: dict[str, Label], points: dict[str, tuple[float, float]]) -> Stop:
    (title, to_do), name = _task(row), name_of(row.code, row.name)
    day = district_calendar().local(row.signed_at or now_context().now).date()
    many = t("{kg} kg，{n} 件", "{kg} kg, {n} packages") if row.packages else t("{kg} kg", "{kg} kg")
    much = many.filled(kg=words.kilos(row.shipped_kg), n=str(row.packages))
    facts = (
        Fact(t("要做", "to do"), to_do),
        Fact(t("联单", "manifest"), t(row.number, row.number)),
        Fact(t("国家系统号", "national number"), t(row.national_number or "—", row.national_number or "—")),
        Fact(t("废物", "waste"), t(f"{name.zh}（{row.code}）", f"{name.en} ({row.code})")),
        Fact(t("种类", "kind"), words.label_of(words.STREAMS, row.stream)),
        Fact(t("数量", "quantity"), much),
        Fact(t("移出人", "producer"), t(row.producer.name, row.producer.name)),
        Fact(t("接受人", "receiver"), t(row.receiver.name, row.receiver.name) if row.receiver else t("—", "—")),
        *((Fact(t("车牌", "plate"), t(row.plate, row.plate)),) if row.plate else ()),
    )
    where = called.get(gate.place, t("—", "—"))
    who = row.carrier if row.next_carrier is not None and row.carrier is not None else gate
    what = t("{name} {kg} kg", "{name} {kg} kg").filled(name=name, kg=words.kilos(row.shipped_kg))
    return Stop(row.pk, title.filled(who=who.name, what=what), where, day, points.get(gate.place), facts, row.state, row.version)


def _task(row: Manifest) -> tuple[Label, Label]:
    """What the stop is called, and what is to be done there."""
    if row.state == "signed":
        return PICK_UP, t("在移出人处签收", "take over from the producer")
    if row.next_carrier is not None:
        return HAND_OVER, t("与前一承运人交接后签收", "take over from the carrier so far")
    return DELIVER, t("送达后签运抵", "sign the arrival at the receiver")


ROUND = Round("pickups", t("危废收运", "waste pick-ups"), "waste.manifest", stops, acts=("take_over", "arrive"))
HANDED = Round("handovers", t("换车交接", "hand-overs"), "waste.manifest", handed, acts=("hand_on", "arrive"))
ROUNDS = (ROUND, HANDED)
