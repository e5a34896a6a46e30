"""The entity sets: what each row says, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import isnan
from typing import Any

from hexi.core.data.api import plain
from hexi.core.sensing.devices.models import Datastream, Device
from hexi.core.sensing.devices.words import KINDS
from hexi.core.sensing.sta.observations import Question, Row
from hexi.core.sensing.sta.observations import rows as observed
from hexi.core.sensing.sta.sight import Sight
from hexi.core.space.api import names, points_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.reading import Quality, ReadingKind, datetime_of
from hexi.kernel.units import UNITS

MEASURED = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
LARGEST = 2**62


@dataclass(slots=True)
class Entity:
    """One row of a set: its key, its properties, and the thing behind it."""

    set: str
    id: int | str
    doc: dict[str, Any]
    of: Any

    @property
    def path(self) -> str:
        """`Things(1)`, `Locations('120103001')`."""
        key = self.id if isinstance(self.id, int) else "'" + self.id.replace("'", "''") + "'"
        return f"{self.set}({key})"


# Links of each set: name -> (set that it leads to, whether to many).
LINKS: dict[str, dict[str, tuple[str, bool]]] = {
    "Things": {"Datastreams": ("Datastreams", True), "Locations": ("Locations", True),
               "HistoricalLocations": ("HistoricalLocations", True)},
    "Locations": {"Things": ("Things", True), "HistoricalLocations": ("HistoricalLocations", True)},
    "HistoricalLocations": {},
    "Datastreams": {"Thing": ("Things", False), "Sensor": ("Sensors", False), "ObservedProperty": ("ObservedProperties", False),
                    "Observations": ("Observations", True)},
    "Sensors": {"Datastreams": ("Datastreams", True)},
    "ObservedProperties": {"Datastreams": ("Datastreams", True)},
    "Observations": {"Datastream": ("Datastreams", False), "FeatureOfInterest": ("FeaturesOfInterest", False)},
    "FeaturesOfInterest": {"Observations": ("Observations", True)},
}  # fmt: skip


def thing(device: Device) -> Entity:
    said = {
        "code": device.code, "kind": device.kind, "maker": device.maker, "model": device.model, "serial": device.serial,
        "state": device.state, "place": device.place, "organisation": device.organisation,
    }  # fmt: skip
    label = dict(KINDS)[device.kind]
    doc = {
        "name": device.name,
        "description": f"{label.zh} / {label.en}",
        "properties": {key: value for key, value in said.items() if value},
    }
    return Entity("Things", device.pk, doc, device)


def sensor(device: Device) -> Entity:
    name = " ".join(filter(None, (device.maker, device.model))) or device.name
    known = {"firmware": device.firmware, "calibratedOn": plain(device.calibrated_on), "calibrateBy": plain(device.calibrate_by)}
    doc = {
        "name": name, "description": device.serial or device.code, "encodingType": "text/plain",
        "metadata": ", ".join(f"{key}: {value}" for key, value in known.items() if value),
    }  # fmt: skip
    return Entity("Sensors", device.pk, doc, device)


def feature(device: Device) -> Entity:
    doc = {
        "name": device.subject or device.name, "description": device.subject or device.code, "encodingType": "application/geo+json",
        "feature": _point(device.place),
    }  # fmt: skip
    return Entity("FeaturesOfInterest", device.pk, doc, device)


def _point(place: str) -> dict[str, Any]:
    found = points_of({place}).get(place) if place else None
    return {"type": "Point", "coordinates": list(found) if found else []}


def location(place: str) -> Entity:
    label = names({place}).get(place)
    doc = {"name": label.zh if label else place, "description": place, "encodingType": "application/geo+json", "location": _point(place)}
    return Entity("Locations", place, doc, place)


def observed_property(kind: ReadingKind) -> Entity:
    doc = {
        "name": kind.label.zh,
        "definition": f"urn:hexi:reading:{kind.key}",
        "description": kind.label.en,
        "properties": {"key": kind.key},
    }
    return Entity("ObservedProperties", kind.key, doc, kind)


def datastream(row: Datastream) -> Entity:
    kind = catalogue.reading_kinds[row.kind]
    unit = UNITS.get(kind.unit)
    measured = {
        "name": kind.unit or None,
        "symbol": unit.label.en if unit else None,
        "definition": f"urn:hexi:unit:{kind.unit}" if unit else None,
    }
    doc = {
        "name": f"{row.device.name} · {kind.label.zh}", "description": kind.label.en, "observationType": MEASURED,
        "unitOfMeasurement": measured,
        "properties": {"kind": kind.key, "privacy": kind.privacy, "lastAt": plain(row.last_at), "received": row.received},
    }  # fmt: skip
    return Entity("Datastreams", row.pk, doc, row)


def observation(row: Row, stream: Datastream) -> Entity:
    number, moment, value, received, second, flags = row
    result: Any = value if isnan(second) else {"type": "Point", "coordinates": [value, second]}
    marks = [str(mark.name).lower() for mark in Quality if mark and mark in Quality(flags)] if flags else []
    doc: dict[str, Any] = {
        "phenomenonTime": _written(moment), "resultTime": _written(received), "result": result, "resultQuality": ",".join(marks) or None,
        "parameters": {},
    }  # fmt: skip
    return Entity("Observations", f"{number}-{moment}", doc, stream)


def _written(moment: int) -> str:
    return datetime_of(moment).isoformat().replace("+00:00", "Z")


class Sets:
    """Everything that one reader may see."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight

    def all(self, name: str, question: Question | None = None, after: str = "") -> Iterator[Entity]:
        """A whole set in the order of its keys, behind the key `after`; Observations as the question asks."""
        if name == "Observations":
            return self.observations(self.sight.datastreams().select_related("device"), question)
        if name in BY_DEVICE:
            found = self.sight.devices().filter(pk__gt=_number(after)).order_by("pk")
            return (BY_DEVICE[name](device) for device in found.iterator())
        if name == "Datastreams":
            streams = self.sight.datastreams().filter(pk__gt=_number(after)).select_related("device").order_by("pk")
            return (datastream(row) for row in streams.iterator() if row.kind in catalogue.reading_kinds)
        if name == "Locations":
            places = (
                self.sight.devices().exclude(place="").filter(place__gt=after).order_by("place").values_list("place", flat=True).distinct()
            )
            return (location(place) for place in places)
        if name == "ObservedProperties":
            return (observed_property(kind) for key, kind in sorted(catalogue.reading_kinds.items()) if key > after)
        return iter(())

    def one(self, name: str, key: int | str) -> Entity | None:
        """The row of that key, if it is there for this reader."""
        if name == "Observations":
            return self._one_observation(str(key))
        if name == "Locations":
            return location(str(key)) if self.sight.devices().filter(place=str(key)).exclude(place="").exists() else None
        if name == "ObservedProperties":
            return observed_property(catalogue.reading_kinds[str(key)]) if key in catalogue.reading_kinds else None
        if not isinstance(key, int) or not 0 <= key < LARGEST:
            return None
        if name == "Datastreams":
            row = self.sight.datastreams().filter(pk=key).select_related("device").first()
            return datastream(row) if row and row.kind in catalogue.reading_kinds else None
        device = self.sight.devices().filter(pk=key).first() if name in BY_DEVICE else None
        return BY_DEVICE[name](device) if device else None

    def _one_observation(self, key: str) -> Entity | None:
        number, _, moment = key.partition("-")
        if not (number.isdecimal() and moment.isdecimal() and len(key) < 40):
            return None
        stream = self.sight.datastreams().filter(pk=int(number)).select_related("device")
        limits = [("moment", "=", float(moment))]
        return next(self.observations(stream, Question((), limits=limits)), None)

    def linked(self, one: Entity, link: str, question: Question | None = None) -> Iterator[Entity]:
        """Where a row leads to by this link."""
        if link == "Observations":
            return self.observations(self._streams_of(one), question)
        if link == "Datastreams":
            rows = self._streams_of(one).order_by("pk")
            return (datastream(row) for row in rows if row.kind in catalogue.reading_kinds)
        if one.set == "Locations":
            found = self.sight.devices().filter(place=one.id).order_by("pk") if link == "Things" else ()
            return (thing(each) for each in found)
        return iter(_single(one, link))

    def _streams_of(self, one: Entity) -> Any:
        found = self.sight.datastreams().select_related("device")
        if one.set == "Datastreams":
            return found.filter(pk=one.id)
        return found.filter(kind=one.id) if one.set == "ObservedProperties" else found.filter(device_id=one.id)

    def observations(self, streams: Iterable[Datastream], question: Question | None) -> Iterator[Entity]:
        """The observations of these datastreams."""
        by_id = {row.pk: row for row in streams if row.kind in catalogue.reading_kinds}
        asked = question or Question(())
        asked.streams = list(by_id.values())
        for row in observed(asked):
            yield observation(row, by_id[row[0]])


def _single(one: Entity, link: str) -> list[Entity]:
    """Links that lead to one row, or to one at most."""
    device: Device = one.of.device if isinstance(one.of, Datastream) else one.of
    if link == "Datastream":
        return [datastream(one.of)]
    if link == "ObservedProperty":
        return [observed_property(catalogue.reading_kinds[one.of.kind])]
    if link == "Locations":
        return [location(device.place)] if device.place else []
    return [made(device) for name, made in SINGULAR.items() if name == link]


SINGULAR: dict[str, Callable[[Device], Entity]] = {"Thing": thing, "Sensor": sensor, "FeatureOfInterest": feature}
BY_DEVICE: dict[str, Callable[[Device], Entity]] = {"Things": thing, "Sensors": sensor, "FeaturesOfInterest": feature}


def _number(after: str) -> int:
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else -1
