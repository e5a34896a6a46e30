"""The panel spec `hexi.ui/1`: what a page shows, in meaning only. No functions, no HTML, no colour.

These models are the declaration and the document: a scenario writes them, the server filters them by permission and sends
them, the TypeScript types are generated from them. References allowed in `params`, `drill` and `when`:
`$scope.x`, `$row.x`, `$user.x` and literals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label

Kind = Literal[
    "kpi",
    "matrix",
    "line",
    "column",
    "stack",
    "bar",
    "heat",
    "pipeline",
    "progress",
    "list",
    "table",
    "records",
    "form",
    "timeline",
    "board",
    "text",
    "embed",
]
LayerKind = Literal["area", "fill", "line", "extrude", "point", "cluster", "live-point", "alarm", "heat", "hex", "trip"]
PageKind = Literal["screen", "board", "records", "record", "mobile"]
Quality = Literal["live", "delayed", "stale", "sample", "published", "generated", "computed", "simulated"]


Plain = str | int | float | bool | None


class Part(BaseModel):
    """Frozen, strict about unknown words: a misspelt key fails at start."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    if not TYPE_CHECKING:  # the checker sees the words of each part; an own __init__ would hide them

        def __init__(self, **said: Any) -> None:
            try:
                super().__init__(**said)
            except ValidationError as error:
                raise DeclarationError(_sentence(type(self), said, error)) from error


def _sentence(part: type[Part], said: Mapping[str, Any], error: ValidationError) -> str:
    """Which part, which word of it, what is wrong; for an unknown word the known ones."""
    name = said.get("id") or said.get("source") or ""
    faults = [f"{'.'.join(map(str, one['loc'])) or 'it'}: {one['msg']}, got {str(one['input'])[:60]!r}" for one in error.errors()]
    if any(one["type"] == "extra_forbidden" for one in error.errors()):
        faults.append(f"known words: {', '.join(sorted(part.model_fields))}")
    return f"{part.__name__} {name}".rstrip() + ": " + "; ".join(faults) + "."


class Data(Part):
    """Where a panel gets its rows. `topics`: events after which a live panel asks again."""

    source: str
    params: Mapping[str, Plain] = {}
    refresh: str = Field(default="5m", pattern=r"^(live|none|\d+[sm])$")
    topics: tuple[str, ...] = ()


class Series(Part):
    """One line or bar colour; `reference` is drawn dashed."""

    y: str
    label: Label
    style: Literal["value", "reference"] = "value"


class Encode(Part):
    """Which column of the rows means what."""

    x: str | None = None
    y: str | None = None
    value: str | None = None
    group: str | None = None
    label: str | None = None
    status: str | None = None
    level: str | None = None
    title: str | None = None
    stage: str | None = None
    overdue: str | None = None
    time: str | None = None
    since: str | None = None
    """A moment from which on a clock runs before the reader's eyes."""
    delta: str | None = None
    category: str | None = None
    height: str | None = None
    planned: str | None = None
    done: str | None = None
    due: str | None = None
    unit: str | None = None
    sort: str | None = None
    scale: Literal["sequential", "diverging", "status"] | None = None
    meta: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()


class Open(Part):
    """Open another page or a records list, with these values."""

    page: str | None = None
    entity: str | None = None
    with_: Mapping[str, Plain] = Field(default={}, serialization_alias="with")


class Drill(Part):
    """What a click means: narrow this page's scope, or open something. Nothing else."""

    scope: Mapping[str, str] | None = None
    camera: Literal["fit"] | None = None
    open: Open | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> Drill:
        if (self.scope is None) == (self.open is None):
            raise ValueError("a drill narrows the scope or opens a page: write one of scope=, open=")
        return self


class Panel(Part):
    """One panel: kind, place on the page, data, and what its columns mean."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Kind
    title: Label
    area: Literal["strip", "left", "right", "bottom", "main"] = "main"
    size: float = 1
    data: Data | None = None
    encode: Encode = Encode()
    unit: Label | None = None
    format: Literal["int", "0.0", "percent", "duration", "text"] = "int"
    target: float | None = None
    good: Literal["up", "down", "none"] = "none"
    drill: Drill | None = None
    when: str | None = None
    help: Label | None = None
    text: Label | None = None
    component: str | None = None


class Layer(Part):
    """One map layer; `on` is its first state, `minzoom` where it begins."""

    id: str
    kind: LayerKind
    title: Label
    data: Data
    encode: Encode = Encode()
    on: bool = True
    minzoom: float | None = None
    drill: Drill | None = None


class Camera(Part):
    """How the map is first seen: `fit` names a layer whose extent is framed."""

    fit: str | None = None
    center: tuple[float, float] | None = None
    zoom: float | None = None
    pitch: float = 44
    bearing: float = -24


class MapPart(Part):
    """The map of a screen."""

    camera: Camera = Camera()
    layers: tuple[Layer, ...] = ()


class Scope(Part):
    """One variable that the whole page shares; the URL holds it."""

    source: str | None = None
    enum: tuple[str, ...] = ()
    label: Label | None = None
    default: str | None = None


class Tab(Part):
    """A way to a sister page."""

    id: str
    title: Label
    page: str


class Ticker(Part):
    """The newest rows of a source along the foot of a screen."""

    title: Label
    data: Data
    encode: Encode = Encode()
    drill: Drill | None = None


class Page(Part):
    """One page of the screen, the desk or the phone."""

    spec: Literal["hexi.ui/1"] = "hexi.ui/1"
    id: str = Field(pattern=r"^[a-z][a-z0-9_.]*$")
    kind: PageKind
    title: Label
    about: Label | None = None
    scope: Mapping[str, Scope] = {}
    tabs: tuple[Tab, ...] = ()
    rotate: int | None = None
    map: MapPart | None = None
    panels: tuple[Panel, ...] = ()
    ticker: Ticker | None = None
    order: int = 100

    @model_validator(mode="after")
    def _panel_ids_differ(self) -> Page:
        ids = [panel.id for panel in self.panels]
        if twice := {key for key in ids if ids.count(key) > 1}:
            raise ValueError(f"page {self.id}: panel ids must differ, these occur twice: {sorted(twice)}")
        return self


class Envelope(BaseModel):
    """What every source answers. `dict` translates the codes that the rows carry: {column: {code: text}}.

    `empty`: why there is nothing to draw, shown in place of the drawing even where the rows are counts of zero.
    """

    model_config = ConfigDict(serialize_by_alias=True)
    rows: Sequence[Mapping[str, Any]]
    as_of: str
    quality: Quality = "live"
    origin: Label
    next: str | None = None
    dictionary: Mapping[str, Mapping[str, Label]] = Field(default={}, serialization_alias="dict")
    note: Label | None = None
    empty: Label | None = None
