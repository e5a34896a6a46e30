"""What does not fit between the registers and what is declared about them; the site asks once, at start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from hexi.core.data.entities import Description, describe
from hexi.core.data.fields import Entity
from hexi.core.data.loose_questions import question_faults
from hexi.kernel.catalogue import Catalogue, Check, catalogue, entity_key
from hexi.kernel.condition import Both, Column, Compare, Cond, Either, Not, OneOf
from hexi.kernel.context import Param
from hexi.kernel.errors import DeclarationError
from hexi.kernel.lifecycle import Lifecycle


def _description_faults(catalogue: Catalogue) -> Iterator[str]:
    for room in catalogue.rooms.values():
        for entity in room.entities:
            if (home := entity_key(entity).partition(".")[0]) != room.key:
                yield f"room {room.key} lists {entity.__name__}, whose class lives in {home}; list it there"
            try:
                describe(entity)
            except DeclarationError as error:
                yield f"{entity.__module__}: {error}"


def _unlisted_faults(catalogue: Catalogue) -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Entity) and entity_key(model) not in catalogue.entities:
            yield f"{model.__module__}.{model.__name__} is an entity that no room lists; name it in entities= of its room"


def _reference_faults(catalogue: Catalogue) -> Iterator[str]:
    for key, entity in catalogue.entities.items():
        for field in cast("Any", entity)._meta.get_fields():
            to: Any = field.related_model
            if getattr(field, "kind", "") == "reference" and issubclass(to, Entity) and entity_key(to) not in catalogue.entities:
                yield f"{key}.{field.name} refers to {entity_key(to)!r}, which no room lists in entities="


def _lifecycle_faults(catalogue: Catalogue) -> Iterator[str]:
    of_kinds = [(key, life) for key in catalogue.lives for life in catalogue.all_lives(key)]
    for key, lifecycle in (*catalogue.lifecycles.items(), *of_kinds):
        if (entity := catalogue.entities.get(key)) is None:
            yield f"lifecycle {lifecycle.key} is of {key!r}, which is no entity; list it in its room's entities="
        elif (about := _described(entity)) is not None:
            yield from _misfits(about, lifecycle)


def _misfits(about: Description, lifecycle: Lifecycle) -> Iterator[str]:
    what = f"lifecycle {lifecycle.key} of {about.key}"
    if (field := about.fields.get(lifecycle.field)) is None or field.kind != "choice":
        yield f"{what} keeps its state in {lifecycle.field!r}, which is no Choice field of it; known: {sorted(about.fields)}"
    elif differ := sorted(_differing(about, field, lifecycle)):
        yield f"{what} and the options of {lifecycle.field} do not name the same states: {differ} are in one only"
    for step in lifecycle.steps:
        if lost := sorted(set(step.needs) - set(about.fields)):
            yield f"{what}, step {step.key} needs {lost}, which are no fields; known: {sorted(about.fields)}"


def _differing(about: Description, field: Any, lifecycle: Lifecycle) -> set[str]:
    """States that the options lack; and options that are no state, where all rows live this one life."""
    options, states = set(field.options), {state.key for state in lifecycle.states}
    return states - options if about.key in catalogue.lives else states ^ options


def _described(entity: type) -> Description | None:
    """The description; nothing for one that is wrong, which another check says."""
    try:
        return describe(entity)
    except DeclarationError:
        return None


def _condition_faults(catalogue: Catalogue) -> Iterator[str]:
    for what, on, condition in _conditions(catalogue):
        for column in condition.columns():
            yield from _strangers(what, on, column)
        for part in _parts_of(condition):
            yield from (f"{what} {fault}" for fault in (*_unknown_params(catalogue, part), *_unknown_options(on, part)))


def _conditions(catalogue: Catalogue) -> Iterator[tuple[str, type, Cond]]:
    """Every condition, with what says it and the register that it is about."""
    yield from ((f"rule {rule.key}", rule.on, rule.when) for rule in catalogue.rules.values())
    for indicator in catalogue.indicators.values():
        if indicator.of is not None:
            said = (indicator.where, indicator.hit)
            yield from ((f"indicator {indicator.key}", indicator.of, one) for one in said if one is not None)
    for key, entity in catalogue.entities.items():
        yield from ((f"the grant of {grant.role} on {key}", entity, grant.where) for grant in catalogue.grants if grant.entity == key)
        yield from ((f"action {key}.{one.key}", entity, one.when) for one in catalogue.actions.get(key, {}).values())


def _strangers(what: str, on: type, column: Column[Any]) -> Iterator[str]:
    if column.owner is not None and not issubclass(on, column.owner):
        read = f"{column.owner.__name__}.{column.path[0]}"
        yield f"{what} is about {on.__name__} and reads {read}; use a column of {on.__name__}, or reach it by .to()"
    elif _field(on, column.path) is None:
        yield f"{what} reads {'.'.join(column.path)}, to which no reference of {on.__name__} leads"


def _field(on: Any, path: tuple[str, ...]) -> Any:
    """The field at the end of the way; None when the way leads nowhere."""
    field: Any = None
    for step in path:
        try:
            field = on._meta.get_field(step)
        except (FieldDoesNotExist, AttributeError):
            return None
        on = field.related_model
    return field


def _parts_of(condition: Cond) -> Iterator[Cond]:
    """What `&`, `|` and `~` bind together, each once."""
    match condition:
        case Both(left, right) | Either(left, right):
            yield from _parts_of(left)
            yield from _parts_of(right)
        case Not(inner):
            yield from _parts_of(inner)
        case _:
            yield condition


def _unknown_params(catalogue: Catalogue, part: Cond) -> Iterator[str]:
    for value in (getattr(part, word, None) for word in ("value", "span", "years")):
        if isinstance(value, Param) and (key := cast("Param[Any]", value).key) not in catalogue.params:
            yield f"uses the parameter {key!r}, which no room declares; list it in params="


def _unknown_options(on: type, part: Cond) -> Iterator[str]:
    if not isinstance(part, Compare | OneOf) or part.column.kind != "choice":
        return
    values: tuple[Any, ...] = part.values if isinstance(part, OneOf) else (part.value,)
    known = getattr(_field(on, part.column.path), "options", {})
    if lost := [value for value in values if isinstance(value, str) and value not in known]:
        yield f"compares {part.column.name} with {lost}, which are none of its options {sorted(known)}"


def _subject_faults(catalogue: Catalogue) -> Iterator[str]:
    known = set(catalogue.entities.values())
    for rule in catalogue.rules.values():
        if rule.on not in known:
            yield f"rule {rule.key} is on {rule.on.__name__}, which no room lists in entities="
    for indicator in catalogue.indicators.values():
        if indicator.of is not None and indicator.of not in known:
            yield f"indicator {indicator.key} is of {indicator.of.__name__}, which no room lists in entities="
        if indicator.of is not None and indicator.column is not None:
            yield from _strangers(f"indicator {indicator.key}", indicator.of, indicator.column)


def _person_faults(catalogue: Catalogue) -> Iterator[str]:
    """Whom a register is about is somebody in a register of people, and the way there leads somewhere."""
    for key, entity in catalogue.entities.items():
        person = about.person if (about := _described(entity)) is not None else None
        if person is None or not person.people:
            continue
        if person.people not in catalogue.entities:
            yield f"{key} is about {person.people!r}, which is no entity; name another register in person=Concerns(…)"
        if _field(entity, tuple(person.path.split("."))) is None:
            yield f"{key} names its person by {person.path!r}, to which no reference of it leads"


def _nearby_faults(catalogue: Catalogue) -> Iterator[str]:
    """What everybody may look for shows fields that are there and that everybody may read."""
    for one in catalogue.nearby.values():
        if (entity := catalogue.entities.get(one.on)) is None or (about := _described(entity)) is None:
            continue
        for name in one.columns:
            if (field := about.fields.get(name)) is None or field.privacy != "open":
                yield f"nearby {one.key} shows {one.on}.{name}, which is no field with privacy='open'; known: {sorted(about.fields)}"


register_checks: tuple[Check, ...] = (
    _description_faults, _unlisted_faults, _reference_faults, _lifecycle_faults, _subject_faults, _condition_faults,
    _person_faults, _nearby_faults, question_faults,
)  # fmt: skip
"""For `catalogue.close`, in this order."""
