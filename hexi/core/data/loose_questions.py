"""What does not fit between the questions of forms and what they point at: sources, registers, fields and roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from pydantic import BaseModel

from hexi.core.data.entities import describe
from hexi.kernel.catalogue import Catalogue
from hexi.kernel.declare import Action
from hexi.kernel.lifecycle import Step

Extra = dict[str, Any]


def question_faults(catalogue: Catalogue) -> Iterator[str]:
    """A misspelt word in a question would be found by whoever opens the form; this finds it at start."""
    for on, one in _asking(catalogue):
        for name, extra in _questions(one.form):
            yield from (f"question {name} of {on}.{one.key} {fault}" for fault in _faults(catalogue, extra))
    for key, entity in catalogue.entities.items():
        for name, field in describe(cast("Any", entity)).fields.items():
            if field.picks and field.picks not in catalogue.sources:
                yield f"{key}.{name} picks from {field.picks!r}, which no room declares as a source"


def _asking(catalogue: Catalogue) -> Iterator[tuple[str, Action | Step]]:
    for on, declared in catalogue.actions.items():
        yield from ((on, one) for one in declared.values())
    for on, life in catalogue.lifecycles.items():
        yield from ((on, one) for one in life.steps)
    for on in catalogue.lives:
        yield from ((on, one) for life in catalogue.all_lives(on) for one in life.steps)


def _questions(form: type | None) -> Iterator[tuple[str, Extra]]:
    if form is None or not issubclass(form, BaseModel):
        return
    for name, field in form.model_fields.items():
        yield name, cast("Extra", field.json_schema_extra or {})


def _faults(catalogue: Catalogue, extra: Extra) -> Iterator[str]:
    if (picks := extra.get("x-hexi-picks")) and picks not in catalogue.sources:
        yield f"picks from {picks!r}, which no room declares as a source"
    if unknown := set(extra.get("x-hexi-by", ())) - set(catalogue.roles):
        yield f"is put to {sorted(unknown)}, which no room declares as a role"
    if among := extra.get("x-hexi-among"):
        yield from _strange_filters(catalogue, str(extra.get("x-hexi-reference", "")), among)


def _strange_filters(catalogue: Catalogue, to: str, among: list[str]) -> Iterator[str]:
    entity = catalogue.entities.get(to)
    if entity is None:
        yield f"is narrowed by {among} and refers to {to!r}, which is no entity"
        return
    fields = describe(cast("Any", entity)).fields
    if lost := [one for one in among if one.partition(":")[0] not in {"id", *fields}]:
        yield f"is narrowed by {lost}, which are no fields of {to}; known: {sorted(fields)}"
