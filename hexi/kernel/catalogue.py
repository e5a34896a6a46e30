"""Every declaration of every room, filled at start and then closed.

It is the only way in which rooms learn of each other's declarations: a module never imports a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from hexi.kernel.alarm import Alarm
from hexi.kernel.arrival import Arrival
from hexi.kernel.case_type import CaseType
from hexi.kernel.checked import twice
from hexi.kernel.concerned import People
from hexi.kernel.consent import Consents
from hexi.kernel.declare import (
    Action,
    Grant,
    Indicator,
    Job,
    LayerSource,
    OpenCase,
    Role,
    Room,
    Rule,
    Scenario,
    Source,
    StreamRule,
    Suspect,
)  # fmt: skip
from hexi.kernel.detector import Detector
from hexi.kernel.errors import DeclarationError
from hexi.kernel.ground import Keeper, WalkAnswer, Warden
from hexi.kernel.lifecycle import Lifecycle, Lives, Step
from hexi.kernel.outside import Nearby, Paper, Round, Slip, Tag
from hexi.kernel.reading import ReadingKind
from hexi.kernel.screen import Drill, Page
from hexi.kernel.stream.patterns import kinds_of, params_of
from hexi.kernel.tour import Tour

D = TypeVar("D")
Check = Callable[["Catalogue"], Iterator[str]]


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
        self.arrivals: dict[str, Arrival] = {}
        self.case_types: dict[str, CaseType] = {}
        self.roles: dict[str, Role] = {}
        self.grants: list[Grant] = []
        self.rules: dict[str, Rule] = {}
        self.reading_kinds: dict[str, ReadingKind] = {}
        self.stream_rules: dict[str, StreamRule] = {}
        self.detectors: dict[str, Detector] = {}
        self.params: dict[str, Any] = {}
        self.indicators: dict[str, Indicator] = {}
        self.sources: dict[str, Source] = {}
        self.layers: dict[str, LayerSource] = {}
        self.actions: dict[str, dict[str, Action]] = {}
        self.pages: dict[str, Page] = {}
        self.jobs: dict[str, Job] = {}
        self.rounds: dict[str, Round] = {}
        self.tours: dict[str, Tour] = {}
        self.slips: dict[str, Slip] = {}
        self.tags: dict[str, Tag] = {}
        self.papers: dict[str, Paper] = {}
        self.nearby: dict[str, Nearby] = {}
        self.people: dict[str, People] = {}
        self.keepers: dict[str, Keeper] = {}
        self.wardens: dict[str, Warden] = {}
        self.consents: dict[str, Consents] = {}
        self.walk_answers: dict[str, WalkAnswer] = {}
        self.alarms: dict[str, Alarm] = {}
        self.closed = False

    def register(self, room: Room) -> None:
        """Take in one room. Raises DeclarationError for a key that is taken, or after the catalogue was closed."""
        if self.closed:
            raise DeclarationError(f"Room {room.key} came after the start: register it in its AppConfig.ready().")
        _put(self.rooms, room.key, room, "room")
        for entity in room.entities:
            _put(self.entities, entity_key(entity), entity, "entity")
        for by_entity, pairs, what in self._of_entities(room):
            for entity, one in pairs:
                _put(by_entity, entity_key(entity), one, f"{what} entity")
        self.grants.extend(room.grants)
        for table, found, what in self._tables(room):
            for one in found:
                _put(table, getattr(one, "key", None) or one.id, one, what)
        for action in room.actions:
            _put(self.actions.setdefault(action.on, {}), action.key, action, f"action on {action.on}")

    def _of_entities(self, room: Room) -> Iterator[tuple[dict[str, Any], Iterable[tuple[type, Any]], str]]:
        yield self.lifecycles, room.lifecycles, "lifecycle of"
        yield self.lives, room.lives, "lives of"
        yield self.arrivals, room.arrivals, "imports into"

    def _tables(self, room: Room) -> Iterator[tuple[dict[str, Any], Iterable[Any], str]]:
        yield self.case_types, room.case_types, "case type"
        yield self.roles, room.roles, "role"
        yield self.rules, room.rules, "rule"
        yield self.reading_kinds, room.reading_kinds, "kind of reading"
        yield self.stream_rules, room.stream_rules, "stream rule"
        yield self.detectors, room.detectors, "detector"
        yield self.params, room.params, "param"
        yield self.indicators, room.indicators, "indicator"
        yield self.sources, room.sources, "source"
        yield self.layers, room.layers, "layer"
        yield self.pages, room.pages, "page"
        yield self.jobs, room.jobs, "job"
        yield self.rounds, room.rounds, "round"
        yield self.tours, room.tours, "tour"
        yield self.slips, room.slips, "slip"
        yield self.tags, room.tags, "tag"
        yield self.papers, room.papers, "paper"
        yield self.nearby, room.nearby, "nearby"
        yield self.people, room.people, "people of"
        yield self.keepers, room.keepers, "keeper"
        yield self.wardens, room.wardens, "warden"
        yield self.consents, room.consents, "consents"
        yield self.walk_answers, room.walk_answers, "answer about walks"
        yield self.alarms, room.alarms, "alarm"

    def close(self, *more: Check) -> None:
        """Check that every reference between declarations has its end, then take no more. Raises DeclarationError with all faults.

        `more` are checks of rooms that know what the kernel does not, such as what fields an entity has.
        """
        faults = [fault for check in (*CHECKS, *more) for fault in check(self)]
        if faults:
            raise DeclarationError("The declarations do not fit together:\n- " + "\n- ".join(faults))
        self.closed = True

    def life_of(self, entity: str, row: Any) -> Lifecycle | None:
        """The life that this row lives, or None where its register has none."""
        return self.lives[entity].of(row) if entity in self.lives else self.lifecycles.get(entity)

    def is_told_to_all(self, key: str) -> bool:
        """Whether everybody may hear that a row of the entity changed, and not which."""
        return bool(getattr(getattr(self.entities.get(key), "Describe", None), "told_to_all", False))

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


def _case_faults(catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.case_types.values():
        if unknown := {*one.opened_by, *(role for rung in one.ladder for role in rung.tells)} - set(catalogue.roles):
            yield f"case type {one.key} speaks of {sorted(unknown)}, which no room declares as a role"
    for rule in (*catalogue.rules.values(), *catalogue.stream_rules.values()):
        if isinstance(rule.then, OpenCase | Suspect) and rule.then.case_type.key not in catalogue.case_types:
            yield f"rule {rule.key} opens cases of {rule.then.case_type.key!r}: list that type in its scenario's case_types="


def _stream_faults(catalogue: Catalogue) -> Iterator[str]:
    """A stream rule reads what is declared, leaves to officials what they can tune, and shares its key with no other rule."""
    for rule in catalogue.stream_rules.values():
        strange = [kind.key for kind in kinds_of(rule.when) if catalogue.reading_kinds.get(kind.key) is not kind]
        yield from (f"stream rule {rule.key} reads {key!r}: list that kind in its room's reading_kinds=" for key in strange)
        hidden = [param.key for param in params_of(rule.when) if param.key not in catalogue.params]
        yield from (f"stream rule {rule.key} is tuned by {key!r}: list that parameter in its room's params=" for key in hidden)
        if rule.on is not None and rule.on not in catalogue.entities.values():
            yield f"stream rule {rule.key} is on {rule.on!r}, which is no entity; list it in its room's entities="
        if rule.key in catalogue.rules:
            yield f"a rule and a stream rule are both called {rule.key!r}: rename one, or their precision is counted together"


def _alarm_faults(catalogue: Catalogue) -> Iterator[str]:
    """An alarm is a declared kind of case, calls declared roles, and each of its rules raises it alone."""
    raised: dict[str, str] = {}
    for alarm in catalogue.alarms.values():
        if catalogue.case_types.get(alarm.case.key) is not alarm.case:
            yield f"alarm {alarm.key} opens cases of {alarm.case.key!r}: list that type in its scenario's case_types="
        named = {role for call in alarm.ladder for role in call.roles}
        if unknown := sorted(named - set(catalogue.roles)):
            yield f"alarm {alarm.key} names the roles {unknown}, which no room declares"
        if alarm.on is not None and alarm.on not in catalogue.entities.values():
            yield f"alarm {alarm.key} is on {alarm.on!r}, which is no entity; list it in its room's entities="
        for rule in alarm.rules:
            if catalogue.stream_rules.get(rule.key) is not rule:
                yield f"alarm {alarm.key} is raised by {rule.key!r}: list that rule in its room's stream_rules="
            if raised.setdefault(rule.key, alarm.key) != alarm.key:
                yield f"the rule {rule.key!r} raises two alarms, {raised[rule.key]} and {alarm.key}: give each its own"


def _inspection_faults(catalogue: Catalogue) -> Iterator[str]:
    """Whoever holds no licence to inspect (grid members, other helpers) may not open or carry on an administrative inspection."""
    for one in catalogue.case_types.values():
        roles = {*one.opened_by, *(role for step in one.lifecycle.steps for role in step.by)} - {"platform", "public"}
        if one.inspects and (bare := sorted(key for key in roles if key in catalogue.roles and not catalogue.roles[key].inspects)):
            yield f"case type {one.key} is an administrative inspection, which {bare} may not carry out: let them record a clue instead"


def _step_faults(catalogue: Catalogue) -> Iterator[str]:
    of_kinds = [(key, life) for key in catalogue.lives for life in catalogue.all_lives(key)]
    for key, lifecycle in (*catalogue.lifecycles.items(), *of_kinds):
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
        layers = [layer.data.source for layer in page.map.layers] if page.map else []
        sources = [key for key in _read(page) if key not in catalogue.sources]
        yield from (f"page {page.id} reads the source {key!r}, which no room declares" for key in sources)
        yield from (f"page {page.id} draws the layer {key!r}, which no room declares" for key in layers if key not in catalogue.layers)


def _read(page: Page) -> list[str]:
    """The sources of panels, ticker and scopes."""
    data = [panel.data for panel in page.panels] + ([page.ticker.data] if page.ticker else [])
    return [one.source for one in data if one] + [scope.source for scope in page.scope.values() if scope.source]


def _way_faults(catalogue: Catalogue) -> Iterator[str]:
    """Ways out of a page. What begins with $ is known only when somebody clicks."""
    for page in catalogue.pages.values():
        opened = [drill.open for drill in _drills(page) if drill.open]
        pages = [tab.page for tab in page.tabs] + [one.page for one in opened if one.page]
        entities = [one.entity for one in opened if one.entity]
        lost = [key for key in pages if key not in catalogue.pages and not key.startswith(("records.", "$"))]
        yield from (f"page {page.id} leads to the page {key!r}, which no room declares" for key in lost)
        strange = [key for key in entities if key not in catalogue.entities and not key.startswith("$")]
        yield from (f"page {page.id} opens {key!r}, which is no entity" for key in strange)


def _drills(page: Page) -> Iterator[Drill]:
    layers = page.map.layers if page.map else ()
    yield from (part.drill for part in (*page.panels, *layers, *((page.ticker,) if page.ticker else ())) if part.drill)


def _menu_faults(catalogue: Catalogue) -> Iterator[str]:
    items = [item for room in catalogue.rooms.values() for item in room.menu]
    for item in items:
        if item.page is not None and item.page not in catalogue.pages:
            yield f"menu item {item.key} leads to the page {item.page!r}, which no room declares"
        if item.entity is not None and item.entity not in catalogue.entities:
            yield f"menu item {item.key} leads to {item.entity!r}, which is no entity; list it in its room's entities="
    for key in twice(item.key for item in items):
        yield f"two menu items are called {key!r}: rename one"


def _outside_faults(catalogue: Catalogue) -> Iterator[str]:
    """What the phone offers is there, and can be sent by a phone that was without a network or by whoever has no account."""
    for one in catalogue.rounds.values():
        known = catalogue.actions.get(one.on, {})
        strange = [key for key in one.acts if key not in known and catalogue.step_of(one.on, key) is None]
        yield from (f"round {one.key} offers {one.on}.{key}, which is no action" for key in strange)
        changing = [key for key in one.acts if key in known and not known[key].adds]
        yield from (f"round {one.key} offers {one.on}.{key}, which is not declared adds=True" for key in changing)
    yield from (f"a tag is for {on}, which is no entity" for on in catalogue.tags if on not in catalogue.entities)
    yield from (f"a paper is for {on}, which is no entity" for on in catalogue.papers if on not in catalogue.entities)
    for slip in catalogue.slips.values():
        action = catalogue.actions.get(slip.on, {}).get(slip.act)
        if action is None or not action.creates or "public" not in action.by:
            yield f"slip {slip.key} asks {slip.on}.{slip.act}, which is no action with creates=True that is open to the public"
        elif slip.secret not in getattr(action.form, "model_fields", {}):
            yield f"slip {slip.key} fills {slip.secret!r}, which the form of {slip.on}.{slip.act} does not ask"


def _tour_faults(catalogue: Catalogue) -> Iterator[str]:
    """What is planned is a round that people have, and both planners and walkers exist."""
    for one in catalogue.tours.values():
        if catalogue.rounds.get(one.key) is not one.round:
            yield f"tour {one.key} plans a round that no room declares: list it in rounds= too"
        if unknown := sorted({*one.by, *one.goes} - set(catalogue.roles)):
            yield f"tour {one.key} speaks of {unknown}, which no room declares as a role"


def _nearby_faults(catalogue: Catalogue) -> Iterator[str]:
    """What everybody may look for is a register, and whoever has no account may send what is asked there."""
    for one in catalogue.nearby.values():
        if one.on not in catalogue.entities:
            yield f"nearby {one.key} shows {one.on!r}, which is no entity; list it in its room's entities="
        for on, key in one.asks:
            action = catalogue.actions.get(on, {}).get(key)
            if action is None or "public" not in action.by or not (action.creates or action.adds):
                yield f"nearby {one.key} asks {on}.{key}, which is no action that is open to the public and creates or adds"


def _people_faults(catalogue: Catalogue) -> Iterator[str]:
    lost = [key for key in catalogue.people if key not in catalogue.entities]
    yield from (f"people= of {key!r}: that is no entity; list it in its room's entities=" for key in lost)


def _consent_faults(catalogue: Catalogue) -> Iterator[str]:
    """Each register is asked by one room only: of two answers nobody would know which one counts."""
    asked: dict[type, str] = {}
    for one in catalogue.consents.values():
        if one.on not in catalogue.entities.values():
            yield f"consents {one.key} are of {one.on!r}, which is no entity; list it in its room's entities="
        if asked.setdefault(one.on, one.key) != one.key:
            yield f"consents of {one.on!r} are asked twice, by {asked[one.on]} and {one.key}: keep one"


CHECKS: tuple[Check, ...] = (
    _grant_faults, _step_faults, _case_faults, _stream_faults, _inspection_faults, _action_faults, _page_faults, _way_faults, _menu_faults,
    _outside_faults, _nearby_faults, _people_faults, _alarm_faults, _consent_faults,
    _outside_faults, _tour_faults, _nearby_faults, _people_faults, _alarm_faults,
)  # fmt: skip
catalogue = Catalogue()


def register(room: Room) -> None:
    """Take one room into the catalogue; its AppConfig.ready() calls this."""
    catalogue.register(room)
