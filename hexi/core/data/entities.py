"""What an entity says about itself, read once from its class: fields, title, key, place, organisation, list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from django.db import models

from hexi.core.data.fields import Entity, Meaning
from hexi.core.trust.api import Subject
from hexi.kernel.arrival import Arrival
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.kernel.concerned import Concerns
from hexi.kernel.condition import Column
from hexi.kernel.errors import DeclarationError, NotFound, Problem
from hexi.kernel.label import Label, t

PERSONAL = frozenset({"personal", "sensitive"})
RowCheck = Callable[[Sequence[Any]], Mapping[int, Problem]]
"""What is wrong with rows as they would be saved, by their index; nothing for a sound one. A whole sheet is asked in batches."""
Field = Any  # a Django field that is also a Meaning; Django's own types do not know ours


@dataclass(frozen=True)
class Group:
    """A few fields that stand together on the form and the record page."""

    label: Label
    fields: tuple[str, ...]
    columns: int = 2


@dataclass(frozen=True)
class Description:
    """One entity, described. Field order is the order of declaration."""

    key: str
    model: type[Entity]
    label: Label
    about: Label
    fields: dict[str, Field]
    title: str
    unique: tuple[str, ...]
    place: str | None
    organisation: str | None
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    sort: str
    fixed: tuple[str, ...] = ()
    importable: bool = True
    owner: str | None = None
    person: Concerns | None = None
    check: RowCheck | None = None
    subject: Subject = field(default=Subject(""))

    def column(self, name: str) -> Column[Any]:
        """The column of that field."""
        return getattr(self.model, name)

    @property
    def arrival(self) -> Arrival | None:
        """How imported rows differ from typed ones, where they do."""
        return catalogue.arrivals.get(self.key)

    @property
    def shared(self) -> set[str]:
        """The fields that name several organisations."""
        return {name for name, f in self.fields.items() if f.kind == "offices"}

    @property
    def personal(self) -> list[str]:
        """The fields that say something of a person."""
        return [name for name, f in self.fields.items() if f.privacy in PERSONAL]

    def search_fields(self) -> list[Field]:
        return [f for f in self.fields.values() if f.search]

    def unsound(self, rows: Sequence[Any]) -> Mapping[int, Problem]:
        """What the register's own check finds in rows that are about to be saved, by their index."""
        return self.check(rows) if self.check is not None and rows else {}

    def editable(self) -> list[Field]:
        """What a form may change: not what steps and actions own."""
        return [f for name, f in self.fields.items() if f.editable and name not in self.fixed]


def describe(entity: type) -> Description:
    """The entity's description. Raises DeclarationError with what is missing."""
    return _describe(cast("type[Entity]", entity))


def described(key: str) -> Description:
    """The description by key. Raises NotFound."""
    if key not in catalogue.entities:
        raise NotFound(t("没有这种登记", "There is no such register"), which=key)
    return describe(catalogue.entities[key])


def registers() -> dict[str, Description]:
    """Every register of every room by key: how a scenario meets another's rows without knowing the scenario."""
    return {key: describe(entity) for key, entity in catalogue.entities.items()}


@cache
def _describe(model: type[Entity]) -> Description:
    own: Any = getattr(model, "Describe", None)
    if own is None or not hasattr(own, "label"):
        raise DeclarationError(f"{model.__name__} has no inner class Describe with a label: say how people call it.")
    fields = {f.name: f for f in model._meta.get_fields() if isinstance(f, Meaning) and isinstance(f, models.Field)}
    if nameless := [name for name, f in fields.items() if f.label.zh == "?"]:
        raise DeclarationError(f"{model.__name__}: the fields {nameless} have no label.")
    if silent := sorted(name for name, f in fields.items() if f.privacy in PERSONAL and not f.source):
        raise DeclarationError(f"{model.__name__}: the personal fields {silent} do not say where they come from (source=).")
    said: dict[str, Any] = {name: value for name, value in cast("dict[str, Any]", vars(own)).items() if not name.startswith("_")}
    if unknown := set(said) - KNOWN:
        raise DeclarationError(f"{model.__name__}.Describe says {sorted(unknown)}, which mean nothing; known words: {sorted(KNOWN)}.")
    _check_names(model, fields, said)
    if "person" not in said and any(f.privacy in PERSONAL for f in fields.values()):
        raise DeclarationError(f"{model.__name__}.Describe does not say whom its personal fields are about: say person=.")
    return _built(model, fields, said)


KNOWN = {
    "label", "about", "title", "key", "place", "organisation", "list", "groups", "sort", "fixed", "importable", "owner", "derived",
    "person", "addressee", "told_to_all", "unlogged", "check",
}  # fmt: skip


def _check_names(model: type, fields: dict[str, Field], said: dict[str, Any]) -> None:
    lists = ("key", "list", "fixed", "derived")
    named = [name for word in lists for name in said.get(word, ())] + [name for group in said.get("groups", ()) for name in group.fields]
    named += [said[word] for word in ("title", "place", "organisation", "owner", "addressee") if said.get(word)]
    named += [name for name in (said.get("sort", "id").removeprefix("-"),) if name != "id"]
    if lost := sorted(set(named) - set(fields)):
        raise DeclarationError(f"{model.__name__}.Describe names {lost}, which are no fields; known: {sorted(fields)}.")
    for said_word, kinds, wanted in (("place", {"place"}, "Place"), ("organisation", {"office", "offices"}, "Office or Offices")):
        if (name := said.get(said_word)) and fields[name].kind not in kinds:
            raise DeclarationError(
                f"{model.__name__}.Describe: {said_word}={name!r} is no {wanted} field: areas and offices are told by those."
            )


def _built(model: type[Entity], fields: dict[str, Field], said: dict[str, Any]) -> Description:
    place, organisation = said.get("place"), said.get("organisation")
    key, label = entity_key(model), said["label"]
    title = said.get("title") or next(iter(fields))
    state = catalogue.state_field(key)
    return Description(
        key=key, model=model, label=label, about=said.get("about", label), fields=fields, title=title, unique=tuple(said.get("key", ())),
        place=place, organisation=organisation, columns=tuple(said.get("list", tuple(fields)[:8])),
        groups=tuple(said.get("groups", (Group(t("基本信息", "Basics"), tuple(fields)),))), sort=said.get("sort", "-id"),
        fixed=(*said.get("fixed", ()), *((state,) if state else ())), importable=said.get("importable", True), owner=said.get("owner"),
        person=said.get("person"), check=said.get("check"), subject=Subject(key, _column(model, place), _column(model, organisation)),
    )  # fmt: skip


def _column(model: type[Entity], name: str | None) -> Any:
    return getattr(model, name) if name else None
