"""Records that may leave the space room."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hexi.kernel.codes import prefix_end
from hexi.kernel.label import Label, t

# west, south, east, north in degrees (WGS-84).
Box = tuple[float, float, float, float]


class Level(StrEnum):
    """The levels of the place tree, from the whole to one door."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    COMPOUND = "compound"
    BUILDING = "building"
    DOORWAY = "doorway"


# Digits of a code by level. A part's code begins with the whole's code, so a subtree is a range of codes.
WIDTHS: dict[Level, int] = {
    Level.DISTRICT: 6, Level.STREET: 9, Level.COMMUNITY: 12, Level.GRID: 14, Level.COMPOUND: 17, Level.BUILDING: 20, Level.DOORWAY: 22,
}  # fmt: skip

LEVEL_LABELS: dict[Level, Label] = {
    Level.DISTRICT: t("区", "district"), Level.STREET: t("街道", "street"), Level.COMMUNITY: t("社区", "community"),
    Level.GRID: t("网格", "grid"), Level.COMPOUND: t("小区院落", "compound"), Level.BUILDING: t("楼栋", "building"),
    Level.DOORWAY: t("楼门", "doorway"),
}  # fmt: skip


class Origin(StrEnum):
    """Where a place's name and code come from."""

    FACT = "fact"
    GENERATED = "generated"
    IMPORT = "import"


class PointBy(StrEnum):
    """How the point of a doorway is known. `assumed`: where its building is nearest to a walkway, because nobody has said."""

    UNSAID = ""
    ENTRANCE = "entrance"
    LIST = "list"
    ASSUMED = "assumed"


POINT_LABELS: dict[PointBy, Label] = {
    PointBy.UNSAID: t("来历未记", "not recorded"), PointBy.ENTRANCE: t("地图上的入口", "an entrance on the map"),
    PointBy.LIST: t("名册给出的坐标", "a point of the address list"),
    PointBy.ASSUMED: t("推定：楼体距步行道最近处", "assumed: where the building is nearest to a walkway"),
}  # fmt: skip


class Datum(StrEnum):
    """Coordinate systems met in Chinese data. CGCS2000 is WGS-84 for us: they differ by less than a metre."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


DATUM_LABELS: dict[Datum, Label] = {
    Datum.WGS84: t("WGS-84（GPS、OpenStreetMap）", "WGS-84 (GPS, OpenStreetMap)"), Datum.CGCS2000: t("CGCS2000（国家大地坐标系）", "CGCS2000"),
    Datum.GCJ02: t("GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"), Datum.BD09: t("BD-09（百度）", "BD-09 (Baidu)"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """One place. `valid_to` is the first day on which it is no more; `successor` is the code that took over, or empty.

    `box` and the point are in WGS-84 degrees; None where no geometry is known.
    """

    code: str
    level: Level
    name: str
    name_en: str
    parent: str
    lon: float | None
    lat: float | None
    box: Box | None
    area_m2: float | None
    kind: str
    storeys: int | None
    height_m: float | None
    valid_from: date | None
    valid_to: date | None
    successor: str
    origin: Origin
    is_drawn: bool
    point_by: PointBy = PointBy.UNSAID

    @property
    def label(self) -> Label:
        return Label(self.name, self.name_en or self.name)

    @property
    def is_generated(self) -> bool:
        """True when the place itself, or only its shape, was invented by the generator: say so wherever it is shown."""
        return self.origin is Origin.GENERATED or self.is_drawn


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a written name may mean. `how`: name, alias, address or part; `score` is 1 for certain, less for weaker ties."""

    place: PlaceRecord
    how: str
    score: float
    written: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A place and how far it is, in metres."""

    place: PlaceRecord
    distance_m: float


@dataclass(frozen=True, slots=True)
class GateRecord:
    """A gate of the map, in WGS-84. `place` is the smallest place that it belongs to; `is_shut` is what the map says of it."""

    code: str
    name: Label
    place: str
    lon: float
    lat: float
    is_shut: bool


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where somebody or something stands (WGS-84); `key` is the caller's own word for it."""

    key: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Walk:
    """How far on foot to the one with this key. Where `exact` is False no network knows a way: then it is the straight line, which is
    never longer than the walk. Say so wherever it is shown.
    """

    key: str
    seconds: float
    metres: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Walks:
    """Every walk between some points, by their numbers: metres and seconds, -1 where no way leads. `exact`: all are over the streets."""

    metres: tuple[tuple[int, ...], ...]
    seconds: tuple[tuple[int, ...], ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One sentence of a way, and where it begins. `turn`: start, straight, left, right, back or arrive."""

    turn: str
    text: Label
    metres: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class WalkedRoute:
    """A way on foot in words and as a line (lon, lat in WGS-84), from door to door."""

    seconds: float
    metres: float
    steps: tuple[WalkStep, ...]
    line: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Dwelling:
    """One residential doorway: how many homes lie behind it. What a population generator needs, and no more."""

    doorway: str
    storeys: int
    homes: int
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load of the reference district wrote; all zero when it was there already."""

    places: int
    aliases: int
    ground: int
    ways: int


def level_of(code: str) -> Level | None:
    """The level that a code's length tells, None for a length that no level has."""
    return _BY_WIDTH.get(len(code)) if code.isascii() and code.isdigit() else None


_BY_WIDTH = {width: level for level, width in WIDTHS.items()}


def prefix_range(code: str) -> tuple[str, str]:
    """First code of the subtree and the first one behind it: `first <= x < behind` holds for exactly the codes that begin with it.

    An empty code is the whole tree.
    """
    return code, prefix_end(code)


def ancestors_of(code: str) -> tuple[str, ...]:
    """The codes of the wholes round a place, from the district down, without the place itself."""
    return tuple(code[:width] for width in WIDTHS.values() if width < len(code))


def parent_of(code: str) -> str:
    """The code one level up, empty for the district."""
    above = ancestors_of(code)
    return above[-1] if above else ""
