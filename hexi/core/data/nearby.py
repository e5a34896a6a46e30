"""What stands within a walk from a point, as everybody may read it: open facts, minutes on foot, hours for a week ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.documents import form_schema
from hexi.core.data.entities import Description, described
from hexi.core.data.records import readable, shown_rows
from hexi.core.data.values import DISTRICT_ZONE
from hexi.core.space.api import (
    Level,
    Profile,
    Standpoint,
    Walk,
    WalkedRoute,
    metres_per_degree,
    names,
    nearest_helpers,
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


@dataclass(frozen=True, slots=True)
class Asked:
    """From where (WGS-84), how many minutes at most, at whose pace, and when."""

    lon: float
    lat: float
    minutes: int
    walker: str
    at: datetime | None = None

    @property
    def point(self) -> tuple[float, float]:
        """No finer than it is used."""
        return round(self.lon, PLACES), round(self.lat, PLACES)


def nearby_list() -> list[Document]:
    """What can be looked for."""
    return [{"key": one.key, "label": one.label.as_dict()} for one in catalogue.nearby.values()]


def nearby_document(viewer: Viewer, key: str, asked: Asked) -> Document:
    """Everything within the walk, nearest first, with what a telephone needs to go on without a network. Raises NotFound, Invalid."""
    one = _declared(key)
    reader, about, walker = _public(viewer), described(one.on), _walker(asked)
    now = timezone.localtime(asked.at, DISTRICT_ZONE)
    walks = _walks(reader, one, about, asked, walker)
    kept, counts = _fewer(reader, one, about, walks)
    rows = _rows(reader.language, one, about, kept)
    box = _box(asked, walker)
    return {
        "key": one.key, "label": one.label.as_dict(), "at": now.isoformat(), "minutes": asked.minutes,
        "point": dict(zip(("lon", "lat"), asked.point, strict=True)), "place": _place(asked), "walker": asked.walker,
        "walkers": [{"key": each.key, "label": each.label.as_dict()} for each in walkers(now.date()).values()],
        "groups": [{"key": each.key, "label": each.label.as_dict()} for each in one.groups], "kinds": _kinds(one, about, counts),
        "fields": _fields(one, about), "rows": rows, **_hours(one, rows, now), "wanted": _wanted(one, box),
        "exact": all(walk.exact for walk, _ in kept), "asks": _asks(viewer, one),
        "quality": "generated" if streets_are_drawn() else "computed", "origin": ORIGIN.as_dict(), "as_of": timezone.now().isoformat(),
    }  # fmt: skip


def route_to(viewer: Viewer, key: str, number: int, asked: Asked) -> Document:
    """The way to one of them in words and as a line. Raises NotFound, Unavailable."""
    one = _declared(key)
    row = readable(_public(viewer), described(one.on).model, one.where).filter(pk=number).values_list(one.lon, one.lat).first()
    if row is None or None in row:
        raise NotFound(which=f"{key} {number}")
    _walker(asked)
    way: WalkedRoute = walked_route(asked.point, (float(row[0]), float(row[1])), walker=asked.walker, at=asked.at)
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


def _walker(asked: Asked) -> Profile:
    known = walkers(timezone.localdate(asked.at))
    if asked.walker not in known:
        raise Invalid([Problem("walker", t("没有这类步行人群", "There is no such kind of walker"), value=asked.walker[:40])])
    return known[asked.walker]


def _box(asked: Asked, walker: Profile) -> tuple[float, float, float, float]:
    """What the walk cannot leave: west, south, east, north."""
    (lon, lat), reach_m = asked.point, walker.metres(asked.minutes)
    east_m, north_m = metres_per_degree(lat)
    return lon - reach_m / east_m, lat - reach_m / north_m, lon + reach_m / east_m, lat + reach_m / north_m


def _walks(reader: Viewer, one: Nearby, about: Description, asked: Asked, walker: Profile) -> list[Walk]:
    west, south, east, north = _box(asked, walker)
    found = readable(reader, about.model, one.where).filter(**{f"{one.lon}__range": (west, east), f"{one.lat}__range": (south, north)})
    spots = [Standpoint(str(pk), float(lon), float(lat)) for pk, lon, lat in found.values_list("pk", one.lon, one.lat)]
    walks = nearest_helpers(asked.point, spots, max(1, len(spots)), walker=asked.walker, at=asked.at)
    return [walk for walk in walks if walk.seconds <= asked.minutes * 60]


def _fewer(
    reader: Viewer, one: Nearby, about: Description, walks: Sequence[Walk]
) -> tuple[list[tuple[Walk, Document]], Mapping[str, int]]:
    """The nearest of each kind with what they show, and how many of each kind there are."""
    of = dict(readable(reader, about.model).filter(pk__in=[int(walk.key) for walk in walks]).values_list("pk", one.kind))
    counts: Counter[str] = Counter()
    kept: list[Walk] = []
    for walk in walks:
        kind = of[int(walk.key)]
        counts[kind] += 1
        if counts[kind] <= OF_A_KIND:
            kept.append(walk)
    shown = shown_rows(reader, about, [int(walk.key) for walk in kept], one.columns)
    return [(walk, shown[int(walk.key)]) for walk in kept], counts


def _rows(language: Language, one: Nearby, about: Description, kept: Sequence[tuple[Walk, Document]]) -> list[Document]:
    doubts = one.doubted([int(walk.key) for walk, _ in kept]) if one.doubted else dict[int, Label]()
    return [{**_row(language, one, about, walk, row), "doubt": _said(doubts.get(int(walk.key)))} for walk, row in kept]


def _row(language: Language, one: Nearby, about: Description, walk: Walk, row: Document) -> Document:
    role = catalogue.roles.get(row[one.seen_as] or "") if one.seen_as else None
    facts = {name: row.get(f"{name}__label") or row[name] for name in one.facts if row[name] not in (None, "")}
    return {
        "id": int(walk.key), "title": row[one.title] or about.fields[one.kind].options[row[one.kind]].said(language), "kind": row[one.kind],
        "lon": row[one.lon], "lat": row[one.lat], "seconds": round(walk.seconds), "metres": round(walk.metres), "exact": walk.exact,
        "hours": (row[one.hours] or "") if one.hours else "", "seen_on": row[one.seen_on] if one.seen_on else None,
        "seen_as": role.label.as_dict() if role else None, "facts": facts,
    }  # fmt: skip


def _said(label: Label | None) -> dict[str, str] | None:
    return label.as_dict() if label else None


def _kinds(one: Nearby, about: Description, counts: Mapping[str, int]) -> list[Document]:
    labels = about.fields[one.kind].options
    return [
        {"key": key, "label": labels[key].as_dict(), "group": group.key, "count": counts.get(key, 0), "calls": list(one.calls.get(key, ()))}
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


def _wanted(one: Nearby, box: tuple[float, float, float, float]) -> list[Document]:
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
