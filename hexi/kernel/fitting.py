"""Do the declarations of all rooms fit together? One function for each kind of loose end; each fault is a sentence for its author."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from hexi.kernel.condition import Aged, Both, Column, Compare, Cond, Either, Everything, Not, OlderThan
from hexi.kernel.context import Param

if TYPE_CHECKING:
    from hexi.kernel.catalogue import Catalogue
    from hexi.kernel.lifecycle import Lifecycle

Said = tuple[str, Any, Cond]  # who says it, the entity that it speaks of, the condition


def grant_faults(catalogue: Catalogue) -> Iterator[str]:
    for grant in catalogue.grants:
        if grant.role not in catalogue.roles:
            yield f"a grant on {grant.entity} names the role {grant.role!r}, which no room declares; known: {sorted(catalogue.roles)}"
        if grant.entity != "*" and not any(grant.covers(key) for key in catalogue.entities):
            yield f"a grant of role {grant.role} covers {grant.entity!r}, which is no entity; list it in its room's entities="


def step_faults(catalogue: Catalogue) -> Iterator[str]:
    found = [*catalogue.lifecycles.items(), *_lives(catalogue)]
    for key, lifecycle in found:
        fields = _fields(catalogue.entities.get(key))
        if fields and lifecycle.field not in fields:
            yield f"lifecycle {lifecycle.key} keeps its state in {lifecycle.field!r}, which {key} has not; known: {sorted(fields)}"
        options = set(getattr(fields.get(lifecycle.field), "options", ()))
        if options and (lost := {state.key for state in lifecycle.states} - options):
            yield f"lifecycle {lifecycle.key} has states {sorted(lost)} that are no options of {key}.{lifecycle.field}: add them there"
        for step in lifecycle.steps:
            if unknown := set(step.by) - set(catalogue.roles):
                yield f"step {lifecycle.key}.{step.key} of {key} is taken by {sorted(unknown)}, which no room declares as a role"
            if fields and (lost := set(step.needs) - set(fields)):
                yield f"step {lifecycle.key}.{step.key} needs {sorted(lost)}, which {key} has not; known: {sorted(fields)}"


def _lives(catalogue: Catalogue) -> Iterator[tuple[str, Lifecycle]]:
    """Each life of the registers that hold several, with the register's key."""
    return ((key, life) for key, lives in catalogue.lives.items() for life in lives.by_kind().values())


def case_faults(catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.case_types.values():
        if unknown := {*one.opened_by, *(role for rung in one.ladder for role in rung.tells)} - set(catalogue.roles):
            yield f"case type {one.key} speaks of {sorted(unknown)}, which no room declares as a role"
    for rule in catalogue.rules.values():
        if rule.then and rule.then.case_type.key not in catalogue.case_types:
            yield f"rule {rule.key} opens cases of {rule.then.case_type.key!r}: list that type in its scenario's case_types="


def action_faults(catalogue: Catalogue) -> Iterator[str]:
    for on, actions in catalogue.actions.items():
        if on not in catalogue.entities:
            yield f"actions {sorted(actions)} are on {on!r}, which is no entity"
        for action in actions.values():
            if unknown := set(action.by) - set(catalogue.roles):
                yield f"action {on}.{action.key} is open to {sorted(unknown)}, which no room declares as a role"


def page_faults(catalogue: Catalogue) -> Iterator[str]:
    for page in catalogue.pages.values():
        used = [panel.data for panel in page.panels if panel.data] + ([page.ticker.data] if page.ticker else [])
        for data in used:
            if data.source not in catalogue.sources:
                yield f"page {page.id} reads the source {data.source!r}, which no room declares"
        for layer in page.map.layers if page.map else ():
            if layer.data.source not in catalogue.layers:
                yield f"page {page.id} draws the layer {layer.data.source!r}, which no room declares"
        for target in [tab.page for tab in page.tabs] + [
            p.drill.open.page for p in page.panels if p.drill and p.drill.open and p.drill.open.page
        ]:
            if target not in catalogue.pages and not target.startswith("records."):
                yield f"page {page.id} leads to the page {target!r}, which no room declares"


def menu_faults(catalogue: Catalogue) -> Iterator[str]:
    for room in catalogue.rooms.values():
        for item in room.menu:
            if (item.page is None) == (item.entity is None):
                yield f"menu item {room.key}.{item.key} leads nowhere, or to two places: say page= or entity=, one of the two"
            if item.page is not None and item.page not in catalogue.pages:
                yield f"menu item {room.key}.{item.key} leads to the page {item.page!r}, which no room declares"
            if item.entity is not None and item.entity not in catalogue.entities:
                yield f"menu item {room.key}.{item.key} leads to {item.entity!r}, which is no entity"


def register_faults(catalogue: Catalogue) -> Iterator[str]:
    """Rules and indicators of registers that no room lists: nobody could open their rows."""
    known = set(catalogue.entities.values())
    spoken = [(f"rule {rule.key}", rule.on) for rule in catalogue.rules.values()]
    spoken += [(f"indicator {one.key}", one.of) for one in catalogue.indicators.values() if one.of is not None]
    for who, entity in spoken:
        if entity not in known:
            yield f"{who} is about {entity.__name__}, which no room lists in its entities="


def condition_faults(catalogue: Catalogue) -> Iterator[str]:
    """Columns of another register, and parameters that nobody could tune because no room lists them."""
    for who, entity, cond in _conditions(catalogue):
        for column in cond.columns():
            if not _leads_somewhere(entity, column):
                yield f"{who} reads {'.'.join(column.path)}, which {entity.__name__} has not"
        for param in _params(cond):
            if catalogue.params.get(param.key) is not param:
                yield f"{who} uses the parameter {param.key!r}, which no room lists in its params=: nobody could tune it"


def _conditions(catalogue: Catalogue) -> list[Said]:
    """Every condition that a room says, with the register that it is about."""
    entities = catalogue.entities
    of_rules = [(f"rule {one.key}", one.on, one.when) for one in catalogue.rules.values()]
    of_grants = [(f"a grant of role {g.role} on {g.entity}", entities[g.entity], g.where) for g in catalogue.grants if g.entity in entities]
    actions = [one for by_key in catalogue.actions.values() for one in by_key.values() if one.on in entities]
    return [*of_rules, *_counted(catalogue), *of_grants, *((f"action {one.on}.{one.key}", entities[one.on], one.when) for one in actions)]


def _counted(catalogue: Catalogue) -> Iterator[Said]:
    for indicator in catalogue.indicators.values():
        if indicator.of is not None:
            yield f"indicator {indicator.key}", indicator.of, indicator.where
            yield f"indicator {indicator.key}", indicator.of, Everything() if indicator.hit is None else indicator.hit


def _params(cond: Cond) -> Iterator[Param[Any]]:
    match cond:
        case Both(left, right) | Either(left, right):
            yield from _params(left)
            yield from _params(right)
        case Not(inner):
            yield from _params(inner)
        case Compare(_, _, value) | OlderThan(_, value) | Aged(_, value) if isinstance(value, Param):
            yield cast("Param[Any]", value)
        case _:
            return


def _fields(entity: Any) -> dict[str, Any]:
    """The fields by name and by column, as far as the entity tells them: tests of the kernel have none."""
    told = getattr(getattr(entity, "_meta", None), "fields", ())
    return {name: field for field in told for name in (field.name, field.attname)}


def _leads_somewhere(entity: Any, column: Column[Any]) -> bool:
    for step in column.path:
        fields = _fields(entity)
        if fields and step not in fields:
            return False
        entity = getattr(fields.get(step), "related_model", None)
    return True


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (
    grant_faults, step_faults, case_faults, action_faults, page_faults, menu_faults, register_faults, condition_faults,
)  # fmt: skip
