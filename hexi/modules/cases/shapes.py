"""What the addresses of cases take and give."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field, field_validator

from hexi.core.data.api import DISTRICT_ZONE, cleaned

FIRST_YEAR = 2000
MOST_FILES, MOST_ROWS = 12, 200
LARGEST_ID = 2**63 - 1
Number = int
Datum = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]
Urgency = Literal["danger", "urgent", "normal"]
Source = Literal["resident", "hotline", "grid", "department"]


class Sent(Schema):
    """A body whose texts are cleaned; unknown fields are refused, never dropped."""

    model_config = {"extra": "forbid"}

    @field_validator("*", mode="before")
    @classmethod
    def _clean(cls, value: Any) -> Any:
        return cleaned(value)


class Point(Sent):
    """Degrees in the system that they were measured in."""

    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    datum: Datum = Field(description="the coordinate system: GPS gives wgs84, maps in China gcj02, Baidu's bd09")


class Who(Sent):
    """Who reports or supports. Kept encrypted, apart from the case."""

    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=30, pattern=r"^[0-9+() \-]*$")
    anonymous: bool = False


def _files(text: str) -> Any:
    return Field(default_factory=list, max_length=MOST_FILES, description=text)


def district_moment(value: datetime) -> datetime:
    """The moment in UTC; without a zone it is the district's. Raises ValueError before any case can have happened."""
    if value.year < FIRST_YEAR:
        raise ValueError(f"早于 {FIRST_YEAR} 年 / earlier than {FIRST_YEAR}")
    return (value if value.tzinfo else value.replace(tzinfo=DISTRICT_ZONE)).astimezone(UTC)


class NewReport(Sent):
    """What somebody reports. Place, point or both; a place is found from the point where none is named."""

    kind: str = Field(min_length=1, max_length=60)
    title: str = Field(min_length=1, max_length=200)
    description: str = Field("", max_length=4000)
    category: str = Field("", max_length=80)
    urgency: Urgency = "normal"
    source: Source = Field("resident", description="only who is signed in may name another than resident")
    place: str = Field("", max_length=40)
    point: Point | None = None
    address: str = Field("", max_length=200)
    occurred_at: datetime | None = None
    reporter: Who | None = None
    answers: dict[str, Any] = Field(default_factory=dict, description="as the form of the kind asks")
    files: list[Number] = _files("numbers from `POST /api/files`")
    client_id: str = Field("", max_length=64, description="the same as the header Idempotency-Key")

    @field_validator("occurred_at")
    @classmethod
    def _zoned(cls, value: datetime | None) -> datetime | None:
        return district_moment(value) if value else None


class Follow(Schema):
    """How to come back to the case. The secret stands behind the # of the address: browsers send that to nobody."""

    secret: str
    address: str


class Reported(Schema):
    number: str
    follow: Follow
    state: dict[str, str]
    phase: str
    due_at: str | None
    clock: dict[str, str] | None
    next: dict[str, str]
    again: bool
    same_photo: bool = False


class Supporter(Sent):
    reporter: Who | None = None


class NowFollowing(Schema):
    number: str
    supporters: int
    follow: Follow


class Nearby(Schema):
    number: str
    title: str
    stage: dict[str, str]
    category: dict[str, str] | None
    lon: float
    lat: float
    distance_m: int
    score: float
    opened_at: str
    due_at: str | None
    supporters: int
    words: dict[str, str]
    reasons: list[dict[str, str]]


class NearbyCases(Schema):
    cases: list[Nearby]


class Where(Schema):
    """Of which kind, and where."""

    kind: str = Field(min_length=1, max_length=60)
    category: str = Field("", max_length=80)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    datum: Datum = "wgs84"

    @property
    def point(self) -> Point:
        return Point(lon=self.lon, lat=self.lat, datum=self.datum)


class Rated(Sent):
    solved: bool
    satisfied: bool
    words: str = Field("", max_length=1000)


class Added(Sent):
    text: str = Field("", max_length=2000)
    files: list[Number] = _files("numbers from `POST /api/files`")


class Again(Sent):
    reason: str = Field(min_length=2, max_length=1000)
    files: list[Number] = _files("what it looks like now")


class Hypothesis(Sent):
    """A case that might be."""

    kind: str = Field(min_length=1, max_length=60)
    category: str = Field("", max_length=80)
    urgency: Urgency = "normal"
    place: str = Field("", max_length=40)
    point: Point | None = None
    at: datetime | None = None

    @field_validator("at")
    @classmethod
    def _zoned(cls, value: datetime | None) -> datetime | None:
        return district_moment(value) if value else None


class Row(Sent):
    id: int = Field(ge=1, le=LARGEST_ID)
    version: int = Field(ge=0, le=2**31 - 1)


class Bulk(Sent):
    """One action on many cases."""

    action: str = Field(min_length=1, max_length=60)
    rows: list[Row] = Field(min_length=1, max_length=MOST_ROWS)
    values: dict[str, Any] = Field(default_factory=dict)
    why: str = Field("", max_length=2000)


class BulkRow(Schema):
    id: int
    result: Literal["done", "refused", "conflict"]
    version: int | None = None
    problem: dict[str, Any] | None = None


class BulkDone(Schema):
    results: list[BulkRow]
    done: int
    refused: int
    conflict: int


class Act(Sent):
    values: dict[str, Any] = Field(default_factory=dict)
    why: str = Field("", max_length=2000)
    client_id: str = Field("", max_length=64)


class Telephone(Sent):
    """In the body and never in an address: addresses stand in logs."""

    phone: str = Field(min_length=5, max_length=30, pattern=r"^[0-9+() \-]*$")
    days: int = Field(365, ge=1, le=3650)


class Purpose(Sent):
    purpose: str = Field(min_length=2, max_length=200)


class Reporter(Schema):
    name: str
    phone: str
    anonymous: bool
