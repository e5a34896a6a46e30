"""Open manifests as a desk lists them: first those that wait for the reader's own firm, each with the side whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, F, Q, Value, When

from hexi.kit import Envelope, Label, Source, Viewer, now_context, plain, readable, t
from hexi.scenarios.waste.life import ENDS, LIFE
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import organisations_of
from hexi.scenarios.waste.rules import name_of
from hexi.scenarios.waste.sources import LEGAL, MOST_IN_TABLE, Params, Row, envelope

TURNS = ("arrived", "refused", "carried", "signed", "draft", "planned", "partly", "accepted")
"""What is nearest: at the gate, on the way back, on the road, before it."""
SENDING, CARRYING, TAKING = ("planned", "draft", "refused"), ("signed", "carried"), ("arrived", "accepted", "partly", "stored")
NOBODY = t("—", "—")


def waiting(viewer: Viewer, _params: Params) -> Envelope:
    """Manifests that are not at their end: the reader's own turn first, then what is nearest, and of these what is due first."""
    found = readable(viewer, Manifest).exclude(state__in=ENDS).select_related("producer", "carrier", "receiver", "next_carrier")
    own = Case(When(_own_turn(organisations_of(viewer)), then=Value(0)), default=Value(1))
    near = Case(*(When(state=state, then=Value(at)) for at, state in enumerate(TURNS)), default=Value(len(TURNS)))
    shown = found.order_by(own, near, F("confirm_due").asc(nulls_last=True), "-pk")[:MOST_IN_TABLE]
    said = t("{legal}；未办结 {n} 份，先列轮到本单位办的", "{legal}; {n} are open, those that wait for your firm come first")
    return envelope([_row(viewer, one) for one in shown], said.filled(legal=LEGAL, n=str(found.count())))


def _own_turn(keys: Iterable[str]) -> Q:
    """Waits for a firm with one of these organisations: as sender, on the road, or at its gate."""
    own = list(keys)
    return (
        Q(state__in=SENDING, producer__office__in=own)
        | Q(state__in=CARRYING, next_carrier=None) & (Q(carrier__office__in=own) | Q(crew__in=own))
        | Q(state="carried", next_carrier__office__in=own)
        | Q(state__in=TAKING, receiver__office__in=own)
    )


def _row(viewer: Viewer, one: Manifest) -> Row:
    late = one.state == "arrived" and one.confirm_due is not None and one.confirm_due < now_context().now
    return {
        "id": one.pk, "number": one.number, "producer": one.producer.name, "receiver": one.receiver.name if one.receiver else "",
        "name": name_of(one.code, one.name).said(viewer.language), "state": one.state, "turn": _turn(viewer, one).said(viewer.language),
        "due_on": plain(one.confirm_due) if one.state == "arrived" else "", "mark": "breach" if late else "none",
    }  # fmt: skip


def _turn(viewer: Viewer, one: Manifest) -> Label:
    """The side whose usual step is next; the reader's own firm is told so."""
    steps = [step for step in LIFE.steps_from(one.state) if step.party and step.when.holds(one, now_context())]
    usual = next((step for step in steps if step.primary), next(iter(steps), None))
    if usual is None or usual.party is None:
        return NOBODY
    mine = usual.party.stands(viewer, one)
    return t(f"本单位：{usual.label.zh}", f"you: {usual.label.en}") if mine else usual.party.label


WAITING = Source("waste.waiting", t("未办结联单", "open manifests"), waiting, ("waste.manifest",))
