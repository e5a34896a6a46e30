"""Every declaration of every room, filled at start and then closed.

It is the only way in which rooms learn of each other's declarations: a module never imports a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from hexi.kernel.case_type import CaseType
from hexi.kernel.declare import Action, Grant, Indicator, Job, LayerSource, Role, Room, Rule, Scenario, Source
from hexi.kernel.errors import DeclarationError
from hexi.kernel.fitting import CHECKS
from hexi.kernel.lifecycle import Lifecycle, Lives, Step
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
        self.lives: dict[str, Lives] = {}
        self.case_types: dict[str, CaseType] = {}
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
        for entity, lives in room.lives:
            _put(self.lives, entity_key(entity), lives, "lives of entity")
        self.grants.extend(room.grants)
        for table, found, what in self._tables(room):
            for one in found:
                _put(table, getattr(one, "key", None) or one.id, one, what)
        for action in room.actions:
            _put(self.actions.setdefault(action.on, {}), action.key, action, f"action on {action.on}")

    def _tables(self, room: Room) -> Iterator[tuple[dict[str, Any], Iterable[Any], str]]:
        yield self.case_types, room.case_types, "case type"
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

    def life_of(self, entity: str, row: Any) -> Lifecycle | None:
        """The life that this row lives, or None where its register has none."""
        return self.lives[entity].of(row) if entity in self.lives else self.lifecycles.get(entity)

    def state_field(self, entity: str) -> str | None:
        """The column that holds the state of the entity's rows."""
        life = self.lives.get(entity) or self.lifecycles.get(entity)
        return life.field if life else None

    def all_lives(self, entity: str) -> tuple[Lifecycle, ...]:
        """Every life that rows of the entity live."""
        if entity in self.lives:
            return tuple(self.lives[entity].by_kind().values())
        return (self.lifecycles[entity],) if entity in self.lifecycles else ()

    def step_of(self, entity: str, key: str) -> Step | None:
        """The first step of that key in any life of the entity: for its label."""
        return next((step for life in self.all_lives(entity) for step in life.steps if step.key == key), None)

    def scenarios(self) -> list[Scenario]:
        return [room for room in self.rooms.values() if isinstance(room, Scenario)]

    def grants_for(self, role: str, entity: str) -> list[Grant]:
        """What the role may do with the entity."""
        return [grant for grant in self.grants if grant.role == role and grant.covers(entity)]

    def demo(self) -> list[Callable[..., Any]]:
        """The loaders of the reference district, in their order."""
        rooms = sorted(self.rooms.values(), key=lambda room: room.demo_order)
        return [loader for room in rooms for loader in room.demo]


def _put(table: dict[str, D], key: str, value: D, what: str) -> None:
    if key in table:
        raise DeclarationError(f"There are two declarations of {what} {key!r}: rename one.")
    table[key] = value


catalogue = Catalogue()


def register(room: Room) -> None:
    """Take one room into the catalogue; its AppConfig.ready() calls this."""
    catalogue.register(room)
