"""Every declaration of every room, filled at start and then closed.

It is the only way in which rooms learn of each other's declarations: a module never imports a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from hexi.kernel.declare import Action, Grant, Indicator, Job, LayerSource, Role, Room, Rule, Scenario, Source
from hexi.kernel.errors import DeclarationError
from hexi.kernel.lifecycle import Lifecycle
from hexi.kernel.screen import Page

D = TypeVar("D")


def entity_key(entity: type) -> str:
    """`projects.task` for the class Task of the room projects."""
    meta = getattr(entity, "_meta", None)
    if meta is None:
        raise DeclarationError(f"{entity!r} is not an entity: derive it from hexi.kit.Entity.")
    return f"{meta.app_label}.{meta.model_name}"


class Catalogue:
    """Rooms by key, and their declarations by theirs."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.entities: dict[str, type] = {}
        self.lifecycles: dict[str, Lifecycle] = {}
        self.roles: dict[str, Role] = {}
        self.grants: list[Grant] = []
        self.rules: dict[str, Rule] = {}
        self.params: dict[str, Any] = {}
        self.indicators: dict[str, Indicator] = {}
        self.sources: dict[str, Source] = {}
        self.layers: dict[str, LayerSource] = {}
        self.actions: dict[str, dict[str, Action]] = {}
        self.pages: dict[str, Page] = {}
        self.jobs: dict[str, Job] = {}
        self.closed = False

    def register(self, room: Room) -> None:
        """Take in one room. Raises DeclarationError for a key that is taken, or after the catalogue was closed."""
        if self.closed:
            raise DeclarationError(f"Room {room.key} came after the start: register it in its AppConfig.ready().")
        _put(self.rooms, room.key, room, "room")
        for entity in room.entities:
            _put(self.entities, entity_key(entity), entity, "entity")
        for entity, lifecycle in room.lifecycles:
            _put(self.lifecycles, entity_key(entity), lifecycle, "lifecycle of entity")
        self.grants.extend(room.grants)
        for table, found, what in self._tables(room):
            for one in found:
                _put(table, getattr(one, "key", None) or one.id, one, what)
        for action in room.actions:
            _put(self.actions.setdefault(action.on, {}), action.key, action, f"action on {action.on}")

    def _tables(self, room: Room) -> Iterator[tuple[dict[str, Any], Iterable[Any], str]]:
        yield self.roles, room.roles, "role"
        yield self.rules, room.rules, "rule"
        yield self.params, room.params, "param"
        yield self.indicators, room.indicators, "indicator"
        yield self.sources, room.sources, "source"
        yield self.layers, room.layers, "layer"
        yield self.pages, room.pages, "page"
        yield self.jobs, room.jobs, "job"

    def close(self) -> None:
        """Check that every reference between declarations has its end, then take no more. Raises DeclarationError with all faults."""
        faults = [fault for check in CHECKS for fault in check(self)]
        if faults:
            raise DeclarationError("The declarations do not fit together:\n- " + "\n- ".join(faults))
        self.closed = True

    def scenarios(self) -> list[Scenario]:
        return [room for room in self.rooms.values() if isinstance(room, Scenario)]

    def grants_for(self, role: str, entity: str) -> list[Grant]:
        """What the role may do with the entity."""
        return [grant for grant in self.grants if grant.role == role and grant.covers(entity)]


def _put(table: dict[str, D], key: str, value: D, what: str) -> None:
    if key in table:
        raise DeclarationError(f"There are two declarations of {what} {key!r}: rename one.")
    table[key] = value


def _grant_faults(catalogue: Catalogue) -> Iterator[str]:
    for grant in catalogue.grants:
        if grant.role not in catalogue.roles:
            yield f"a grant on {grant.entity} names the role {grant.role!r}, which no room declares; known: {sorted(catalogue.roles)}"
        if grant.entity != "*" and not any(grant.covers(key) for key in catalogue.entities):
            yield f"a grant of role {grant.role} covers {grant.entity!r}, which is no entity; list it in its room's entities="


def _step_faults(catalogue: Catalogue) -> Iterator[str]:
    for key, lifecycle in catalogue.lifecycles.items():
        for step in lifecycle.steps:
            if unknown := set(step.by) - set(catalogue.roles):
                yield f"step {lifecycle.key}.{step.key} of {key} is taken by {sorted(unknown)}, which no room declares as a role"


def _action_faults(catalogue: Catalogue) -> Iterator[str]:
    for on, actions in catalogue.actions.items():
        if on not in catalogue.entities:
            yield f"actions {sorted(actions)} are on {on!r}, which is no entity"
        for action in actions.values():
            if unknown := set(action.by) - set(catalogue.roles):
                yield f"action {on}.{action.key} is open to {sorted(unknown)}, which no room declares as a role"


def _page_faults(catalogue: Catalogue) -> Iterator[str]:
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


CHECKS: tuple[Callable[[Catalogue], Iterator[str]], ...] = (_grant_faults, _step_faults, _action_faults, _page_faults)
catalogue = Catalogue()


def register(room: Room) -> None:
    """Take one room into the catalogue; its AppConfig.ready() calls this."""
    catalogue.register(room)
