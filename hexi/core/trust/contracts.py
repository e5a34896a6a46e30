"""Records that may leave the trust room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from hexi.kernel.condition import Column
from hexi.kernel.label import Label, Language


@dataclass(frozen=True, slots=True)
class PostRecord:
    """One post that somebody holds now: a role, over an area, for an organisation and those under it (by key)."""

    id: int
    role: str
    place: str
    organisation: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: an account with its posts, the public, or the platform itself."""

    account: int | None
    name: str
    posts: tuple[PostRecord, ...]
    username: str = ""
    language: Language = "zh"

    @property
    def anonymous(self) -> bool:
        return self.account is None

    def holds(self, *roles: str) -> bool:
        """Does one post carry one of these roles?"""
        return any(post.role in roles for post in self.posts)


PUBLIC = Viewer(None, "public", (PostRecord(0, "public", ""),))
PLATFORM = Viewer(None, "platform", (PostRecord(0, "platform", ""),), username="platform")


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity as the permission predicate sees it: its key and the columns that say where it lies and whose it is."""

    entity: str
    place: Column[str] | None = None
    organisation: Column[str] | None = None


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """What the public log shall say in clear of a document: its kind, its SHA-256, and a party's signature over it.

    `signer` is a key or an office, never a person's name. A document that could be guessed needs something random in it.
    """

    kind: str
    sha256: bytes
    signature: bytes = b""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that somebody did, on its way to the event table.

    `object_id` 0 means many rows, or none. `role` is the post used, when it is not the viewer's first. A `silent` one sends no notice.
    `document`: what the public log shall say in clear beside it.
    """

    action: str
    entity: str
    object_id: int
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])
    after: Mapping[str, Any] = field(default_factory=dict[str, Any])
    place: str = ""
    organisation: str = ""
    version: int = 0
    why: str = ""
    role: str = ""
    silent: bool = False
    document: PublicDocument | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event as a reader of a history gets it. Of an `erased` one what it said of a person is gone."""

    id: int
    at: datetime
    who: str
    role: str
    action: str
    why: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    erased: bool = False

    @property
    def happened_at(self) -> datetime:
        """When it happened: of a simulated deed the moment that it stands for, else when it was written down."""
        said = self.after.get("simulated_at")
        return datetime.fromisoformat(said) if isinstance(said, str) else self.at


@dataclass(frozen=True, slots=True)
class Said:
    """What one event says under one word of its `after`."""

    event: int
    object_id: int
    at: datetime
    value: Any


@dataclass(frozen=True, slots=True)
class Look:
    """One time that somebody had masked fields shown. `who` is masked as names are; `purpose` is a key of PURPOSES or "other"."""

    event: int
    at: datetime
    entity: str
    record: int
    who: str
    role: str
    office: str
    place: str
    fields: tuple[str, ...]
    purpose: str
    why: str


class NoticeLike(Protocol):
    """What the stream's filter reads of a notice; the row of the notice table is one."""

    @property
    def entity(self) -> str: ...
    @property
    def object_id(self) -> int: ...
    @property
    def place(self) -> str: ...
    @property
    def organisation(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Told:
    """One change as the outbox keeps it, in the one order: that it happened, not what it says. `event` is None where it stands for many.

    `object_id` 0 means many rows, or none.
    """

    sequence: int
    topic: str
    entity: str
    object_id: int
    version: int
    place: str
    organisation: str
    action: str
    event: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class District:
    """What the session answer says about the district. `center` is longitude, latitude."""

    name: Label
    code: str
    center: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Device:
    """One open session of a person. `id` can end it but cannot be used to sign in."""

    id: str
    device: str
    started_at: datetime
    expires_at: datetime
    present: bool


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A one-time-code secret that waits for its first code: to be typed, to be opened, to be scanned (an SVG as data URI)."""

    secret: str
    uri: str
    qr: str


@dataclass(frozen=True, slots=True)
class Logged:
    """How far one event is on its way into the public log; `index` is its place there."""

    state: Literal["waiting", "logged", "cosigned"]
    index: int | None = None


ProofTree = Literal["sha256", "sm3"]


@dataclass(frozen=True, slots=True)
class ProofForm:
    """Which proof somebody wants: of which tree, and `short` enough for a square code."""

    tree: ProofTree = "sha256"
    short: bool = False


@dataclass(frozen=True, slots=True)
class LogStatus:
    """How the log is. `trouble` is empty when all is well; `waiting_since` is the time of the oldest event that is not in it yet."""

    origin: str
    keys: tuple[str, ...]
    size: int
    signed_size: int
    signed_at: datetime | None
    cosigned_size: int
    cosigned_at: datetime | None
    waiting_since: datetime | None
    witnesses: tuple[str, ...] = ()
    trouble: str = ""
    told: Label | None = None
    since: datetime | None = None
