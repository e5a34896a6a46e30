"""What a room or a scenario can say. Every class here is a frozen record; nothing here acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from string import Formatter
from typing import Any, Literal, get_args

from hexi.kernel.alarm import Alarm
from hexi.kernel.arrival import Arrival
from hexi.kernel.case_type import CaseType
from hexi.kernel.checked import checked_label, checked_name, checked_tuple, checked_words
from hexi.kernel.concerned import People
from hexi.kernel.condition import Column, Cond, Everything
from hexi.kernel.consent import Consents
from hexi.kernel.context import Param
from hexi.kernel.detector import Detector
from hexi.kernel.errors import DeclarationError
from hexi.kernel.found import Decide
from hexi.kernel.ground import Keeper, WalkAnswer, Warden
from hexi.kernel.label import Label
from hexi.kernel.lifecycle import Lifecycle, Lives
from hexi.kernel.outside import Nearby, Paper, Round, Slip, Tag
from hexi.kernel.party import Party
from hexi.kernel.reading import ReadingKind
from hexi.kernel.screen import Page
from hexi.kernel.stream.patterns import Pattern, kinds_of
from hexi.kernel.tour import Tour
from hexi.kernel.units import unit

Privacy = Literal["open", "internal", "personal", "sensitive"]
PRIVACY_ORDER: tuple[Privacy, ...] = ("open", "internal", "personal", "sensitive")
Verb = Literal["read", "create", "revise", "act", "export", "import", "reveal"]
Reach = Literal["area", "organisation", "everywhere"]
Better = Literal["up", "down", "none"]
Measure = Literal["share", "count", "sum", "mean"]
Lane = Literal["work", "prompt", "outward"]
LANES: tuple[Lane, ...] = ("work", "prompt", "outward")
Progress = Callable[[Label], None]
"""What a loader of demonstration data calls to say how far it is, in both languages."""


def _checked_condition(what: str, given: object) -> None:
    if not isinstance(given, Cond):
        raise DeclarationError(f"{what} must be a condition such as Elder.age >= 80, got {given!r}.")


def _checked_span(what: str, every: timedelta) -> None:
    if every <= timedelta(0):
        raise DeclarationError(f"{what}: every={every} is no span. Write one that is longer than nothing, as in hours(6).")


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of post. `reach` limits what its holder meets: the post's area, its organisation, or nothing.

    `inspects`: its holders are licensed to carry out administrative inspections. Nobody is who does not say so.
    """

    key: str
    label: Label
    reach: Reach = "area"
    inspects: bool = False

    def __post_init__(self) -> None:
        checked_name("Role", self.key, self.label)
        checked_words(f"Role {self.key}: reach=", self.reach, get_args(Reach))


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do with an entity: verbs, the highest privacy class it sees in clear, on which rows.

    `entity` is an entity key, "room.*" or "*". `reach` overrides the role's own, for registers that are open to all areas.
    """

    role: str
    entity: str
    verbs: tuple[Verb, ...] = ("read",)
    sees: Privacy = "internal"
    where: Cond = field(default_factory=Everything)
    reach: Reach | None = None

    def __post_init__(self) -> None:
        what = f"Grant of {self.role} on {self.entity}"
        checked_tuple(f"{what}: verbs=", self.verbs)
        checked_words(f"{what}: verbs=", self.verbs, get_args(Verb))
        checked_words(f"{what}: sees=", self.sees, PRIVACY_ORDER)
        checked_words(f"{what}: reach=", self.reach or (), get_args(Reach))
        _checked_condition(f"{what}: where=", self.where)

    def covers(self, entity: str) -> bool:
        """Is it about this entity?"""
        return self.entity in {"*", entity} or (self.entity.endswith(".*") and entity.startswith(self.entity[:-1]))


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What a rule does when it holds: open a case of this type, once per subject while it is open.

    `title` may say `{it.name}`; what is personal is masked in it.
    """

    case_type: CaseType
    title: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """What a rule does when it is not sure: raise a suspicion that a person confirms or refutes; `title` as for OpenCase."""

    case_type: CaseType
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing condition on a register, checked `every` so often; `because` names the law or standard."""

    key: str
    label: Label
    on: type
    when: Cond
    every: timedelta
    because: str
    then: OpenCase | Suspect | None = None

    def __post_init__(self) -> None:
        checked_name("Rule", self.key, self.label)
        _checked_condition(f"Rule {self.key}: when=", self.when)
        _checked_span(f"Rule {self.key}", self.every)
        if not self.because:
            raise DeclarationError(f"Rule {self.key}: say why it exists (because=): the law, standard or decision.")


@dataclass(frozen=True, slots=True)
class StreamRule:
    """What is looked for in the readings of one key at a time, and what comes of it; `because` names the law or standard.

    `on` is the register whose rows the keys name (`eldercare.elder:12`); then other keys are none of its business, and `title` of `then`
    may say `{it.name}`, masked. Every title may say `{key}`, `{value}` and `{since}`.
    """

    key: str
    label: Label
    when: Pattern
    because: str
    then: OpenCase | Suspect | Decide | None = None
    on: type | None = None

    def __post_init__(self) -> None:
        checked_name("StreamRule", self.key, self.label)
        if not isinstance(self.when, Pattern):
            raise DeclarationError(f"StreamRule {self.key}: when= is Held, Absent, Counted, InOrder or Unusual, got {self.when!r}.")
        if not self.because:
            raise DeclarationError(f"StreamRule {self.key}: say why it exists (because=): the law, standard or decision.")
        title = self.then.title if isinstance(self.then, OpenCase | Suspect) else ""
        gaps = {name for _, name, _, _ in Formatter().parse(title) if name is not None}
        if strange := sorted(gap for gap in gaps - {"key", "value", "since"} if self.on is None or not gap.startswith("it.")):
            raise DeclarationError(f"StreamRule {self.key}: its title says {strange}; known: key, value, since; it.… with on=.")
        if "value" in gaps and (private := [kind.key for kind in kinds_of(self.when) if kind.privacy in {"personal", "sensitive"}]):
            raise DeclarationError(f"StreamRule {self.key}: its title says the value of {private}, which is private: many read a title.")
        if len(waits := {kind.wait for kind in kinds_of(self.when)}) > 1:
            told = ", ".join(f"{kind.key} {kind.wait}" for kind in kinds_of(self.when))
            raise DeclarationError(f"StreamRule {self.key} reads kinds that wait {len(waits)} different times: {told}. Give them one.")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that the platform computes by area: from one register, or by `read` where no register holds it.

    share: 100 × rows with `hit` / rows with `where`; count: rows with `where`; sum, mean: of `column` over those rows.
    `read(context)` gives {place code: (numerator, denominator or None)} instead; it needs a definition in words.
    `besides(context)` gives the same shape for what counts and has no row; it is added, and `besides_words` say what it is.
    An empty denominator gives no value, never 0.
    """

    key: str
    label: Label
    of: type | None
    unit: str
    where: Cond = field(default_factory=Everything)
    hit: Cond | None = None
    column: Column[Any] | None = None
    measure: Measure = "share"
    better: Better = "up"
    target: float | None = None
    definition: Label | None = None
    read: Callable[..., Any] | None = None
    besides: Callable[..., Any] | None = None
    besides_words: Label | None = None

    def __post_init__(self) -> None:
        checked_name("Indicator", self.key, self.label)
        unit(self.unit)
        self._check_words()
        if (self.of is None) != (self.read is not None):
            raise DeclarationError(f"Indicator {self.key}: say of= (a register) or read= (a function), one of the two.")
        if self.read is not None and self.definition is None:
            raise DeclarationError(f"Indicator {self.key}: what read= counts cannot be told from a condition, so say definition=.")
        if (self.besides is None) != (self.besides_words is None):
            raise DeclarationError(f"Indicator {self.key}: besides= and besides_words= go together: what is added must be told.")
        if self.read is not None:
            return
        if (self.measure == "share") != (self.hit is not None):
            raise DeclarationError(f"Indicator {self.key}: a share needs hit=, a {self.measure} has none.")
        if (self.measure in {"sum", "mean"}) != (self.column is not None):
            raise DeclarationError(f"Indicator {self.key}: measure={self.measure!r} and column= do not fit: sum and mean need a column.")

    def _check_words(self) -> None:
        what = f"Indicator {self.key}"
        checked_words(f"{what}: measure=", self.measure, get_args(Measure))
        checked_words(f"{what}: better=", self.better, get_args(Better))
        _checked_condition(f"{what}: where=", self.where)
        if self.hit is not None:
            _checked_condition(f"{what}: hit=", self.hit)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows for panels: `read(viewer, params)` returns an Envelope. It asks the permission predicate itself, by reading through it."""

    key: str
    label: Label
    read: Callable[..., Any]
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_name("Source", self.key, self.label, dots=True)
        checked_tuple(f"Source {self.key}: topics=", self.topics)


@dataclass(frozen=True, slots=True)
class LayerSource:
    """Features for maps: `read(viewer, params)` returns a GeoJSON FeatureCollection with as_of, quality and origin."""

    key: str
    label: Label
    read: Callable[..., Any]
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_name("LayerSource", self.key, self.label, dots=True)
        checked_tuple(f"LayerSource {self.key}: topics=", self.topics)


@dataclass(frozen=True, slots=True)
class Action:
    """One change that people can make: its form (a pydantic model), who may, on which rows, and `run(change)`.

    `on` is an entity key. An action of a new thing (`creates=True`) has no record yet. One that only adds (`adds=True`: a note, a
    visit) is as right after other changes of the record as before them, so it needs no version and never conflicts. `party` says who
    alone of the roles in `by` may: the side of the record whose action it is.
    """

    key: str
    label: Label
    on: str
    run: Callable[..., Any]
    form: type | None = None
    by: tuple[str, ...] = ()
    when: Cond = field(default_factory=Everything)
    needs_reason: bool = False
    primary: bool = False
    confirm: Label | None = None
    creates: bool = False
    adds: bool = False
    party: Party | None = None

    def __post_init__(self) -> None:
        checked_name("Action", self.key, self.label)
        checked_tuple(f"Action {self.key} on {self.on}: by=", self.by)
        if self.creates and self.adds:
            raise DeclarationError(f"Action {self.key} on {self.on}: creates= has no record that adds= could add to. Say one of the two.")
        _checked_condition(f"Action {self.key} on {self.on}: when=", self.when)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that nobody waits for: done `every` so often, and soon after a notice of one of `topics`.

    `run(topics)` gets the topics that called it, empty when the clock did. It must bear being run again after a crash.
    Jobs of one `lane` run one after the other, those of another beside them: "work" for what may take long, "prompt" for what people
    would miss within seconds and what is never long, "outward" for what waits for other systems. One that runs `at_bell` comes at once
    when its lane's bell is rung.
    """

    key: str
    label: Label
    run: Callable[..., Any]
    every: timedelta | None = None
    topics: tuple[str, ...] = ()
    lane: Lane = "work"
    at_bell: bool = False

    def __post_init__(self) -> None:
        checked_name("Job", self.key, self.label)
        if self.every is None and not self.topics:
            raise DeclarationError(f"Job {self.key}: say when it runs: every= or topics=.")
        if self.every is not None:
            _checked_span(f"Job {self.key}", self.every)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the desk's menu: a page or an entity's list. Holders of the roles in `home` start their day on it."""

    key: str
    label: Label
    page: str | None = None
    entity: str | None = None
    where: str | None = None
    home: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_name("MenuItem", self.key, self.label)
        if (self.page is None) == (self.entity is None):
            raise DeclarationError(f"MenuItem {self.key}: say page= or entity=, one of the two.")


TUPLES = (
    "entities", "lifecycles", "roles", "grants", "rules", "reading_kinds", "stream_rules", "detectors", "params", "indicators", "sources",
    "layers", "actions", "pages", "menu", "jobs", "rounds", "tours", "slips", "tags", "people", "keepers", "wardens", "alarms", "papers",
    "nearby", "walk_answers", "consents", "demo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that one room or scenario declares. The catalogue reads it at start and is then closed.

    `demo`: loaders that get a `Progress` and fill in the reference district's data, run in order of `demo_order`.
    """

    key: str
    label: Label
    entities: tuple[type, ...] = ()
    lifecycles: tuple[tuple[type, Lifecycle], ...] = ()
    lives: tuple[tuple[type, Lives], ...] = ()
    arrivals: tuple[tuple[type, Arrival], ...] = ()
    case_types: tuple[CaseType, ...] = ()
    roles: tuple[Role, ...] = ()
    grants: tuple[Grant, ...] = ()
    rules: tuple[Rule, ...] = ()
    reading_kinds: tuple[ReadingKind, ...] = ()
    stream_rules: tuple[StreamRule, ...] = ()
    detectors: tuple[Detector, ...] = ()
    params: tuple[Param[Any], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sources: tuple[Source, ...] = ()
    layers: tuple[LayerSource, ...] = ()
    actions: tuple[Action, ...] = ()
    pages: tuple[Page, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    jobs: tuple[Job, ...] = ()
    rounds: tuple[Round, ...] = ()
    tours: tuple[Tour, ...] = ()
    slips: tuple[Slip, ...] = ()
    tags: tuple[Tag, ...] = ()
    papers: tuple[Paper, ...] = ()
    nearby: tuple[Nearby, ...] = ()
    people: tuple[People, ...] = ()
    keepers: tuple[Keeper, ...] = ()
    wardens: tuple[Warden, ...] = ()
    consents: tuple[Consents, ...] = ()
    walk_answers: tuple[WalkAnswer, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    demo: tuple[Callable[[Progress], object], ...] = ()
    demo_order: int = 100

    def __post_init__(self) -> None:
        checked_name("Room", self.key, self.label)
        for word in TUPLES:
            checked_tuple(f"Room {self.key}: {word}=", getattr(self, word))


@dataclass(frozen=True, slots=True)
class Scenario(Room):
    """A room of `hexi/scenarios`: one system of the district, with the office that owns it."""

    owner: Label | None = None

    def __post_init__(self) -> None:
        Room.__post_init__(self)
        if self.owner is None:
            raise DeclarationError(f"Scenario {self.key}: name the office that owns it (owner=).")
        checked_label(f"Scenario {self.key}, owner=", self.owner)
