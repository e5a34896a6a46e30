"""The driver's round on the phone: what waits to be taken over, and what is on the vehicle; both are signed with or without a network."""

from __future__ import annotations

from hexi.kit import Fact, Label, Round, Stop, Viewer, district_calendar, names, now_context, points_of, readable, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import CARRIER, DRIVER, carries_for
from hexi.scenarios.waste.rules import name_of

MOST_STOPS = 60


def stops(viewer: Viewer) -> list[Stop]:
    """Manifests that this viewer may sign as carrier: at the producer's gate, or for the receiver's."""
    if not viewer.holds(CARRIER, DRIVER):
        return []
    found = readable(viewer, Manifest, Manifest.state.one_of("signed", "carried") & Manifest.next_carrier.missing())
    rows = [row for row in found.select_related("producer", "carrier", "receiver").order_by("signed_at", "pk") if carries_for(viewer, row)]
    gates = {row.pk: row.producer if row.state == "signed" or row.receiver is None else row.receiver for row in rows[:MOST_STOPS]}
    places = {gate.place for gate in gates.values()}
    called, points = names(places), points_of(places)
    return [_stop(row, gates[row.pk], called, points) for row in rows[:MOST_STOPS]]


def _stop(row: Manifest, gate: Firm, called: dict[str, Label], points: dict[str, tuple[float, float]]) -> Stop:
    taking, name = row.state == "signed", name_of(row.code, row.name)
    day = district_calendar().local(row.signed_at or now_context().now).date()
    many = t("{kg} kg，{n} 件", "{kg} kg, {n} packages") if row.packages else t("{kg} kg", "{kg} kg")
    much = many.filled(kg=words.kilos(row.shipped_kg), n=str(row.packages))
    facts = (
        Fact(t("要做", "to do"), t("在移出人处签收", "take over from the producer") if taking else t("送达后签运抵", "sign the arrival at the receiver")),
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
    title = t("收取：{who}", "Pick up: {who}") if taking else t("送达：{who}", "Deliver: {who}")
    return Stop(row.pk, title.filled(who=gate.name), where, day, points.get(gate.place), facts, row.state, row.version)


ROUND = Round("pickups", t("危废收运", "waste pick-ups"), "waste.manifest", stops, acts=("take_over", "arrive"))
