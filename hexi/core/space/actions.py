"""Changes of the place tree: permission, change, event and notice in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.space.contracts import Level, Origin, PlaceRecord, ancestors_of, level_of, parent_of
from hexi.core.space.models import Place, PlaceAlias
from hexi.core.space.places import place_by_code, records, standing
from hexi.core.trust.api import Happening, Subject, Viewer, allowed, record
from hexi.kernel.condition import Column
from hexi.kernel.context import now_context
from hexi.kernel.declare import Verb
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from hexi.kernel.label import Label, t

ENTITY = "space.place"
CODE: Column[str] = Column("code", t("地点编码", "place code"), kind="place", privacy="open")
SUBJECT = Subject(ENTITY, place=CODE)
ALIAS_KINDS = ("misprint", "former", "common")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be entered. The code says level and whole; the point is in WGS-84."""

    code: str
    name: str
    name_en: str = ""
    kind: str = ""
    lon: float | None = None
    lat: float | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    why: str


def create_place(viewer: Viewer, new: NewPlace, *, why: str = "") -> PlaceRecord:
    """Enter a place. Raises Forbidden, Invalid (code, name, whole), Conflict when the code is taken."""
    _refuse(_faults(new))
    with transaction.atomic():
        _permit(viewer, "create", new.code)
        if Place.objects.filter(code=new.code).exists():
            raise Conflict(t("这个编码已被使用", "This code is taken"), which=new.code, do=t("请换一个编码", "Choose another code"))
        place = Place.objects.create(
            code=new.code,
            level=level_of(new.code),
            parent=parent_of(new.code),
            name=new.name.strip(),
            name_en=new.name_en.strip(),
            kind=new.kind,
            lon=new.lon,
            lat=new.lat,
            valid_from=new.valid_from,
            origin=Origin.IMPORT,
            updated_at=timezone.now(),
        )
        _tell(viewer, place, _Change("create", {}, {"name": place.name, "valid_from": _said(place.valid_from)}, why))
    return _stored(place.code)


def rename_place(viewer: Viewer, code: str, name: str, *, name_en: str = "", why: str) -> PlaceRecord:
    """Give a place a new name; the old one stays findable as a former name. Raises NotFound, Forbidden, Invalid."""
    _refuse([*_name_faults(name), *_reason_faults(why)])
    with transaction.atomic():
        place = _held(viewer, "revise", code)
        before = {"name": place.name, "name_en": place.name_en}
        if name.strip() != place.name:
            PlaceAlias.objects.get_or_create(place=place, name=place.name, defaults={"kind": "former", "source": why})
        place.name, place.name_en = name.strip(), name_en.strip()
        _save(viewer, place, _Change("rename", before, {"name": place.name, "name_en": place.name_en}, why))
    return place_by_code(code)


def close_place(viewer: Viewer, code: str, on: date, *, successor: str = "", why: str) -> PlaceRecord:
    """End a place on a day (the first day without it); its successor answers for it from then on.

    Raises NotFound, Forbidden, Invalid: a successor must stand, be of the same level and not lead back here.
    """
    _refuse(_reason_faults(why))
    with transaction.atomic():
        place = _held(viewer, "revise", code)
        _refuse([*_closing_faults(place, on), *_successor_faults(place, successor, on)])
        before = {"valid_to": _said(place.valid_to), "successor": place.successor}
        place.valid_to, place.successor = on, successor
        _save(viewer, place, _Change("close", before, {"valid_to": _said(on), "successor": successor}, why))
    return records(Place.objects.filter(code=code))[0]


def add_alias(viewer: Viewer, code: str, name: str, *, kind: str, source: str) -> bool:
    """Let a place be found under another name too; False when it is so already. Raises NotFound, Forbidden, Invalid."""
    problems = _name_faults(name)
    if kind not in ALIAS_KINDS:
        problems.append(Problem("kind", t("别名类型不对", "No such kind of alias"), value=kind))
    if not source.strip():
        problems.append(Problem("source", t("请写明出处", "Say where the name stands")))
    _refuse(problems)
    with transaction.atomic():
        place = _held(viewer, "revise", code)
        _, is_new = PlaceAlias.objects.get_or_create(place=place, name=name.strip(), defaults={"kind": kind, "source": source.strip()})
        if is_new:
            after = {"alias": name.strip(), "kind": kind, "source": source.strip()}
            _save(viewer, place, _Change("add_alias", {}, after, source))
    return is_new


def remove_alias(viewer: Viewer, code: str, name: str, *, why: str) -> None:
    """The place is no longer found under this name. Nothing happens when it was not. Raises NotFound, Forbidden, Invalid."""
    _refuse(_reason_faults(why))
    with transaction.atomic():
        place = _held(viewer, "revise", code)
        gone, _ = PlaceAlias.objects.filter(place=place, name=name).delete()
        if gone:
            _save(viewer, place, _Change("remove_alias", {"alias": name}, {}, why))


def _stored(code: str) -> PlaceRecord:
    """The place whatever its dates are: one that begins next month too."""
    found = records(Place.objects.filter(code=code))
    if not found:
        raise NotFound(t("没有这个地点", "There is no such place"), which=code)
    return found[0]


def _permit(viewer: Viewer, verb: Verb, code: str) -> None:
    if not allowed(viewer, verb, SUBJECT).holds({"code": code}, now_context()):
        raise Forbidden(t("您不能更改这个地点", "You may not change this place"), which=code)


def _held(viewer: Viewer, verb: Verb, code: str) -> Place:
    place = Place.objects.select_for_update().filter(code=code).first()
    if place is None:
        raise NotFound(t("没有这个地点", "There is no such place"), which=code)
    _permit(viewer, verb, code)
    return place


def _save(viewer: Viewer, place: Place, change: _Change) -> None:
    place.version += 1
    place.updated_at = timezone.now()
    place.save()
    _tell(viewer, place, change)


def _tell(viewer: Viewer, place: Place, change: _Change) -> None:
    what = Happening(change.action, ENTITY, place.pk, change.before, change.after, place=place.code, version=place.version, why=change.why)
    record(viewer, what)


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems)


def _faults(new: NewPlace) -> list[Problem]:
    found = _name_faults(new.name)
    level = level_of(new.code)
    if level is None:
        widths = t("编码应为6、9、12、14、17、20或22位数字", "A code has 6, 9, 12, 14, 17, 20 or 22 digits")
        found.append(Problem("code", widths, value=new.code))
    elif level is not Level.DISTRICT and not standing(new.valid_from).filter(code=ancestors_of(new.code)[-1]).exists():
        whole = t("没有上级地点 {code}", "There is no place {code} for it to lie in").filled(code=ancestors_of(new.code)[-1])
        found.append(Problem("code", whole, value=new.code))
    if not _on_earth(new.lon, new.lat):
        found.append(Problem("lon", t("经纬度不对", "Longitude and latitude are not on earth"), value=f"{new.lon}, {new.lat}"))
    return found


def _on_earth(lon: float | None, lat: float | None) -> bool:
    if lon is None or lat is None:
        return lon is None and lat is None
    return -180 <= lon <= 180 and -90 <= lat <= 90


def _name_faults(name: str) -> list[Problem]:
    if not name.strip():
        return [Problem("name", t("请填写名称", "Give a name"))]
    if len(name.strip()) > LONGEST_NAME:
        return [Problem("name", t("名称过长，最多120字", "The name is too long: 120 characters at most"), value=name[:20])]
    return []


def _reason_faults(why: str) -> list[Problem]:
    return [] if why.strip() else [Problem("why", t("请写明理由", "Say why"))]


def _closing_faults(place: Place, on: date) -> list[Problem]:
    if place.valid_to is not None:
        return [Problem("code", t("这个地点已经撤销", "This place is closed already"), value=place.code)]
    if place.valid_from is not None and on <= place.valid_from:
        return [Problem("on", t("撤销日期须晚于设立日期", "It cannot end before it begins"), value=on.isoformat())]
    return []


def _successor_faults(place: Place, successor: str, on: date) -> list[Problem]:
    if not successor:
        return []
    found = standing(on).filter(code=successor, level=place.level).exclude(code=place.code).exists()
    words: Label = t("接替者须是同级且当日有效的另一个地点", "A successor is another place of the same level that stands on that day")
    return [] if found else [Problem("successor", words, value=successor)]
