"""What the alarm desk and a helper's telephone show: rescues that run, who was called in them, who comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from hexi.core.data.api import Query, listed, plain, readable
from hexi.core.notices.api import seen
from hexi.core.space.api import names
from hexi.core.trust.api import Viewer
from hexi.kernel.alarm import Whom
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.kernel.errors import NotFound
from hexi.modules.alarms.answering import looked
from hexi.modules.alarms.figures import summary
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.whom import whom_of
from hexi.modules.alarms.words import OPEN_CALLS, RUNNING, call_labels, said_title
from hexi.modules.cases.api import CaseClock

RESCUE, CALL = "alarms.rescue", "alarms.rescuecall"
MOST = 60
RESCUE_COLUMNS = (
    "case", "alarm", "state", "title", "source", "place", "lon", "lat", "located", "raised_at", "presses", "rung", "next_at", "at_top_at",
    "answered_at", "coming_at", "there_at", "ended_at", "ended_by", "outcome", "note", "is_test",
)  # fmt: skip
CALL_COLUMNS = (
    "rescue", "rung", "call", "state", "who", "relation", "told_at", "answered_at", "eta_at", "there_at", "proof", "why", "walk_s",
    "walk_m", "exact",
)  # fmt: skip
AT_WORK = (*OPEN_CALLS, "there")


def board(viewer: Viewer) -> dict[str, Any]:
    """Rescues that run and those that wait for their review, each with its ladder, as far as the viewer may read them."""
    running = _listed(viewer, f"state:in:{','.join(RUNNING)}")
    ended = _listed(viewer, "state:eq:ended", "-ended_at")
    rows = [*running.rows, *ended.rows]
    calls = _calls(viewer, [row["id"] for row in rows])
    return {
        "rows": [_told(row, calls.get(row["id"], [])) for row in rows],
        "dict": running.words, "call_dict": {key: label.as_dict() for key, label in call_labels().items()},
        "clocks": _clocks([row["case"] for row in rows]), "as_of": plain(timezone.now()), "alarms": _kinds(),
        "figures": summary(viewer), "may_act": viewer.holds("alarm_operator", "platform"),
        "may_look": viewer.holds("alarm_operator", "alarm_supervisor", "platform"),
    }  # fmt: skip


def _told(row: dict[str, Any], calls: list[dict[str, Any]]) -> dict[str, Any]:
    return {**row, "said": said_title(row["alarm"], row["title"]).as_dict(), "calls": calls, "ladder": _ladder(row["alarm"])}


def _listed(viewer: Viewer, where: str, sort: str = "raised_at") -> Any:
    return listed(viewer, RESCUE, Query(where=(where,), sort=sort, columns=RESCUE_COLUMNS, limit=MOST))


def _calls(viewer: Viewer, rescues: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    numbers = ",".join(map(str, rescues))
    if not numbers:
        return {}
    found: dict[int, list[dict[str, Any]]] = {}
    for row in listed(viewer, CALL, Query(where=(f"rescue:in:{numbers}",), sort="told_at", columns=CALL_COLUMNS, limit=500)).rows:
        found.setdefault(row["rescue"], []).append(row)
    return found


def _ladder(alarm: str) -> list[dict[str, Any]]:
    declared = catalogue.alarms.get(alarm)
    return [{"key": call.key, "label": call.label.as_dict()} for call in declared.ladder] if declared else []


def _kinds() -> list[dict[str, Any]]:
    return [
        {"key": one.key, "label": one.label.as_dict(), "on": entity_key(one.on) if one.on else None,
         "outcomes": [{"key": o.key, "label": o.label.as_dict()} for o in one.outcomes]}
        for one in catalogue.alarms.values()
    ]  # fmt: skip


def _clocks(cases: Iterable[int]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in CaseClock.objects.filter(case_id__in=list(cases)).order_by("pk"):
        label = {clock.key: clock.label for kind in catalogue.case_types.values() for clock in kind.clocks}.get(one.key)
        told = {"key": one.key, "label": label.as_dict() if label else None, "due_at": plain(one.due_at), "met_at": plain(one.met_at)}
        found.setdefault(str(one.case_id), []).append(told)  # type: ignore[attr-defined]
    return found


def mine(viewer: Viewer) -> dict[str, Any]:
    """Where this helper is called or on the way, the newest first, tests last. That their telephone asked is the receipt of being told."""
    found = RescueCall.objects.filter(account=viewer.account, state__in=AT_WORK, rescue__ended_at=None)
    own = list(found.select_related("rescue").order_by("rescue__is_test", "-told_at"))
    if viewer.account is not None and own:
        seen(viewer.account, RESCUE, [call.rescue_id for call in own])
    known = names({call.rescue.place for call in own})
    return {"rows": [_card(call, known) for call in own], "as_of": plain(timezone.now())}


def _card(call: RescueCall, known: Any) -> dict[str, Any]:
    rescue, alarm = call.rescue, catalogue.alarms[call.rescue.alarm]
    place, rung = known.get(rescue.place), alarm.call(call.rung)
    told: dict[str, Any] = {
        "id": call.pk, "rescue": rescue.pk, "title": rescue.title, "alarm": alarm.label.as_dict(), "state": call.state,
        "rescue_state": rescue.state, "place": place.as_dict() if place else None, "lon": rescue.lon, "lat": rescue.lat,
        "located": rescue.located, "raised_at": plain(rescue.raised_at), "eta_at": plain(call.eta_at), "walk_s": call.walk_s,
        "walk_m": call.walk_m, "exact": call.exact, "asks": rung.asks.as_dict() if rung.asks else None, "is_test": rescue.is_test,
        "coming": RescueCall.objects.filter(rescue=rescue, state="coming").exclude(pk=call.pk).count(),
    }  # fmt: skip
    return {**told, **_whom(call, rescue)}


def _whom(call: RescueCall, rescue: Rescue) -> dict[str, Any]:
    """Name, address and what to mind, for whoever has answered: that look was written down with the answer."""
    if call.state == "told":
        return {"person": None}
    return {"person": _person(whom_of(catalogue.alarms[rescue.alarm], rescue.subject))}


def _person(whom: Whom | None) -> dict[str, Any] | None:
    if whom is None:
        return None
    facts = [{"label": fact.label.as_dict(), "said": fact.said.as_dict()} for fact in whom.facts]
    return {"name": whom.name, "address": whom.address, "phone": whom.phone, "facts": facts}


def person_of(viewer: Viewer, number: int) -> dict[str, Any]:
    """Whom a rescue that is not reviewed yet is about, with their contacts, for the desk that rings back. That look is kept.

    Raises NotFound, also for one that the viewer may not read.
    """
    rescue = readable(viewer, Rescue).exclude(state="reviewed").filter(pk=number).first()
    whom = whom_of(catalogue.alarms[rescue.alarm], rescue.subject) if rescue else None
    if rescue is None or whom is None:
        raise NotFound(which=str(number))
    looked(viewer, rescue)
    contacts = [{"name": one.name, "relation": one.relation.as_dict(), "phone": one.phone} for one in whom.contacts]
    return {"person": _person(whom), "contacts": contacts}
