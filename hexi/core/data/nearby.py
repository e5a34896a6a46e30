"""What stands within a walk from a point, as everybody may read it: open facts, minutes on foot, hours for a week ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.documents import form_schema
from hexi.core.data.entities import Description, described
from hexi.core.data.nearby_paces import Paces, Strolled, path_of, reaching, strolled
from hexi.core.data.records import readable, shown_rows
from hexi.core.data.values import DISTRICT_ZONE
from hexi.core.space.api import (
    Box,
    Level,
    Standpoint,
    WalkedRoute,
    metres_per_degree,
    names,
    place_at,
    places_in_box,
    streets_are_drawn,
    walked_route,
    walkers,
)
from hexi.core.trust.api import PUBLIC, Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.hours import opening_hours
from hexi.kernel.label import Label, Language, t
from hexi.kernel.outside import Nearby

PLACES = 4
"""Ours: a point is asked for to four decimals, some ten metres: enough to walk from, too little to say at which door somebody stands."""
OF_A_KIND = 40
"""Ours: so many of one kind are told, the nearest first; how many there are is told of all."""
DAYS = 8
"""Ours: so many days of hours go with the answer, so that a telephone without a network tells right for a week."""
FILLED = frozenset({"record", "place", "device"})
ORIGIN = t("登记与步行路网", "register and walking network")
Document = dict[str, Any]
Counts = Mapping[str, Mapping[str, int]]
"""By kind and walker."""


@dataclass(frozen=True, slots=True)
class Asked:
    """From where (WGS-84), how many minutes at most, and when."""

    lon: float
    lat: float
    minutes: int
    at: datetime | None = None

    @property
    def point(self) -> tuple[float, float]:
        """No finer than it is used."""
        return round(self.lon, PLACES), round(self.lat, PLACES)


def nearby_list() -> list[Document]:
    """What can be looked for."""
    return [{"key": one.key, "label": one.label.as_dict()} for one in catalogue.nearby.values()]


def nearby_document(viewer: Viewer, key: str, asked: Asked) -> Document:
    """Everything within the walk of anybody, nearest first, with what a telephone needs to go on without a network, at whatever pace.

    Raises NotFound.
    """
    one = _declared(key)
    reader, about, paces = _public(viewer), described(one.on), walkers(timezone.localdate(asked.at))
    now = timezone.localtime(asked.at, DISTRICT_ZONE)
    box = _box(asked, paces)
    found = strolled(asked.point, _spots(reader, one, about, box), paces, asked.minutes, asked.at)
    kept, counts = _fewer(reader, one, about, found, lambda each: reaching(each, paces, asked.minutes))
    rows = _rows(reader.language, one, about, kept)
    return {
        "key": one.key, "label": one.label.as_dict(), "at": now.isoformat(), "minutes": asked.minutes,
        "point": dict(zip(("lon", "lat"), asked.point, strict=True)), "place": _place(asked), "walkers": _walkers(paces),
        "groups": [{"key": each.key, "label": each.label.as_dict()} for each in one.groups], "kinds": _kinds(one, about, counts),
        "meant": [{"walker": each.key, "label": each.label.as_dict(), "kinds": list(each.kinds)} for each in one.meant],
        "fields": _fields(one, about), "rows": rows, **_hours(one, rows, now), "wanted": _wanted(one, box), "asks": _asks(viewer, one),
        "quality": "generated" if streets_are_drawn() else "computed", "origin": ORIGIN.as_dict(), "as_of": timezone.now().isoformat(),
    }  # fmt: skip


def route_to(viewer: Viewer, key: str, number: int, asked: Asked, walker: str) -> Document:
    """The way to one of them in words and as a line. Raises NotFound, Invalid, Unavailable."""
    one = _declared(key)
    row = readable(_public(viewer), described(one.on).model, one.where).filter(pk=number).values_list(one.lon, one.lat).first()
    if row is None or None in row:
        raise NotFound(which=f"{key} {number}")
    if walker not in walkers(timezone.localdate(asked.at)):
        raise Invalid([Problem("walker", t("没有这类步行人群", "There is no such kind of walker"), value=walker[:40])])
    way: WalkedRoute = walked_route(asked.point, (float(row[0]), float(row[1])), walker=walker, at=asked.at)
    steps = [{"turn": step.turn, "text": step.text.as_dict(), "metres": round(step.metres)} for step in way.steps]
    return {"seconds": round(way.seconds), "metres": round(way.metres), "steps": steps, "line": way.line}


def _declared(key: str) -> Nearby:
    one = catalogue.nearby.get(key)
    if one is None:
        raise NotFound(which=key[:60])
    return one


def _public(viewer: Viewer) -> Viewer:
    """Whoever asks gets what everybody gets, in their language."""
    return replace(PUBLIC, language=viewer.language)


def _walkers(paces: Paces) -> list[Document]:
    """`path`: the walker by whose ways this one goes, which names its walk in each row."""
    paths = path_of(paces)
    return [
        {"key": key, "label": pace.label.as_dict(), "metres_per_minute": pace.metres_per_minute, "path": paths[key]}
        for key, pace in paces.items()
    ]


def _box(asked: Asked, paces: Paces) -> Box:
    """What the quickest cannot leave: west, south, east, north."""
    (lon, lat), reach_m = asked.point, max(pace.metres(asked.minutes) for pace in paces.values())
    east_m, north_m = metres_per_degree(lat)
    return lon - reach_m / east_m, lat - reach_m / north_m, lon + reach_m / east_m, lat + reach_m / north_m


def _spots(reader: Viewer, one: Nearby, about: Description, box: Box) -> list[Standpoint]:
    west, south, east, north = box
    found = readable(reader, about.model, one.where).filter(**{f"{one.lon}__range": (west, east), f"{one.lat}__range": (south, north)})
    return [Standpoint(str(pk), float(lon), float(lat)) for pk, lon, lat in found.values_list("pk", one.lon, one.lat)]


def _fewer(
    reader: Viewer, one: Nearby, about: Description, found: Sequence[Strolled], by_whom: Callable[[Strolled], Sequence[str]]
) -> tuple[list[tuple[Strolled, Document]], Counts]:
    """The nearest of each kind with what they show, and of each kind how many each walker reaches."""
    of = dict(readable(reader, about.model).filter(pk__in=[each.number for each in found]).values_list("pk", one.kind))
    told: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    kept: list[Strolled] = []
    for each in found:
        kind = of[each.number]
        counts.setdefault(kind, Counter()).update(by_whom(each))
        told[kind] += 1
        if told[kind] <= OF_A_KIND:
            kept.append(each)
    shown = shown_rows(reader, about, [each.number for each in kept], one.columns)
    return [(each, shown[each.number]) for each in kept], counts


def _rows(language: Language, one: Nearby, about: Description, kept: Sequence[tuple[Strolled, Document]]) -> list[Document]:
    doubts = one.doubted([each.number for each, _ in kept]) if one.doubted else dict[int, Label]()
    return [
        {"id": each.number, **_row(language, one, about, row), "walks": each.document(), "doubt": _said(doubts.get(each.number))}
        for each, row in kept
    ]


def _row(language: Language, one: Nearby, about: Description, row: Document) -> Document:
    role = catalogue.roles.get(row[one.seen_as] or "") if one.seen_as else None
    facts = {name: row.get(f"{name}__label") or row[name] for name in one.facts if row[name] not in (None, "")}
    return {
        "title": row[one.title] or about.fields[one.kind].options[row[one.kind]].said(language), "kind": row[one.kind],
        "lon": row[one.lon], "lat": row[one.lat],
        "hours": (row[one.hours] or "") if one.hours else "", "seen_on": row[one.seen_on] if one.seen_on else None,
        "seen_as": role.label.as_dict() if role else None, "facts": facts,
    }  # fmt: skip


def _said(label: Label | None) -> dict[str, str] | None:
    return label.as_dict() if label else None


def _kinds(one: Nearby, about: Description, counts: Counts) -> list[Document]:
    labels = about.fields[one.kind].options
    return [
        {
            "key": key, "label": labels[key].as_dict(), "group": group.key, "counts": counts.get(key, {}),
            "calls": list(one.calls.get(key, ())),
        }
        for group in one.groups
        for key in group.kinds
    ]


def _fields(one: Nearby, about: Description) -> list[Document]:
    found = [about.fields[name] for name in one.facts]
    return [
        {
            "name": field.name, "label": field.label.as_dict(), "kind": field.kind,
            "options": {key: label.as_dict() for key, label in field.options.items()} if field.kind == "choice" else {},
        }
        for field in found
    ]  # fmt: skip


def _hours(one: Nearby, rows: Sequence[Document], now: datetime) -> Document:
    """`from` is a midnight of the district; `open` says for each text of hours when it is open, in minutes after it."""
    start = datetime.combine(now.date(), time(), DISTRICT_ZONE)
    texts = {row["hours"] for row in rows if row["hours"]} if one.hours else set[str]()
    return {
        "from": start.isoformat(), "until": (start + timedelta(days=DAYS)).isoformat(),
        "open": {text: _spans(text, now.date()) for text in sorted(texts)},
    }  # fmt: skip


def _spans(hours: str, day: date) -> list[tuple[int, int]] | None:
    """None for what nobody understands: then people read the words themselves."""
    try:
        return opening_hours(hours).spans(day, DAYS)
    except Invalid:
        return None


def _place(asked: Asked) -> Document | None:
    found = place_at(*asked.point, Level.COMMUNITY)
    return {"code": found.code, "name": found.label.as_dict()} if found else None


def _wanted(one: Nearby, box: Box) -> list[Document]:
    if one.wanted is None:
        return []
    found = one.wanted([place.code for place in places_in_box(box, Level.COMMUNITY)])
    called = names({each.place for each in found})
    return [
        {
            "id": each.record, "kind": each.kind, "place": each.place, "place_name": _said(called.get(each.place)),
            "supporters": each.supporters, "state": each.state.as_dict(), "answer": each.answer,
        }
        for each in found
    ]  # fmt: skip


def _asks(viewer: Viewer, one: Nearby) -> Document:
    """Where what people send goes, with the form of it less what the telephone fills."""
    named = {"report": one.report, "wish": one.wish, "support": one.support}
    return {name: _ask(viewer, *action) for name, action in named.items() if action}


def _ask(viewer: Viewer, on: str, key: str) -> Document:
    action = catalogue.actions[on][key]
    form: Document = form_schema(action.form, viewer.language) if action.form else {"properties": {}}
    shapes: Document = form["properties"]
    asked = {name: shape for name, shape in shapes.items() if name not in FILLED}
    way = "actions" if action.creates else "{record}/actions"
    return {
        "address": f"/api/records/{on}/{way}/{key}", "label": action.label.as_dict(), "fills": sorted(FILLED & set(shapes)),
        "form": {**form, "properties": asked, "required": [name for name in form.get("required", ()) if name not in FILLED]},
    }  # fmt: skip
