"""Write what happened: event and notice in the caller's transaction, or not at all."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, cast

import orjson
from django.db import connection
from django.utils import timezone

from hexi.core.trust.contracts import EventRecord, Happening, Said, Viewer
from hexi.core.trust.ledger.documents import log_documents
from hexi.core.trust.models import Event, Notice
from hexi.core.trust.straight import insert_rows, reserved, write
from hexi.core.trust.together import fits_together, insert_together
from hexi.kernel.catalogue import catalogue

MANY = 50  # from here on it pays to ask for numbers first
EXACT = 2**53  # whole numbers below this are the same in every JSON reader
HASHED = ("at", "account_id", "who", "role", "action", "entity", "object_id", "version", "place", "organisation", "before", "after", "why")

COLUMNS = (*HASHED, "salt", "leaf")
TABLE = "trust_event"


def record(viewer: Viewer, *happenings: Happening) -> list[int]:
    """Append one event and one notice for each. Raises RuntimeError outside a transaction: a change without its event must not be."""
    now = _moment("record()")
    rows, heard = [_event_row(viewer, one, now) for one in happenings], [one for one in happenings if not one.silent]
    nameless = [_nameless(key, now) for key in _told_to_all(heard)]
    if len(heard) == len(rows) and fits_together(len(rows)):
        numbers = insert_together(COLUMNS, _adapted(rows, COLUMNS))
        insert_rows(nameless)
    else:
        numbers = _inserted(rows)
        own = [_notice(one, now, number) for number, one in zip(numbers, happenings, strict=True) if not one.silent]
        insert_rows([*own, *nameless])
    log_documents((number, one.document) for number, one in zip(numbers, happenings, strict=True) if one.document)
    return numbers


def record_bulk(viewer: Viewer, happenings: Sequence[Happening], topic: Happening) -> None:
    """Append one event for each of many changes, and one notice for them all: readers ask again once, not a hundred thousand times."""
    now = _moment("record_bulk()")
    rows = [_event_row(viewer, one, now) for one in happenings]
    if any(one.document for one in happenings):
        log_documents((number, one.document) for number, one in zip(_inserted(rows), happenings, strict=True) if one.document)
    else:
        _insert(rows)
    told = [topic] if topic.place else []
    Notice.objects.bulk_create([_notice(topic, now), *(_nameless(key, now) for key in _told_to_all(told))])


def _inserted(rows: Sequence[dict[str, Any]]) -> list[int]:
    """Write them; their numbers."""
    if len(rows) < MANY:
        return _insert_few(rows)
    numbers = reserved(TABLE, len(rows))
    _insert([{"id": number, **row} for number, row in zip(numbers, rows, strict=True)], "id")
    return numbers


def _insert_few(rows: Sequence[dict[str, Any]]) -> list[int]:
    """In one statement that says their numbers."""
    if not rows:
        return []
    values = _adapted(rows, COLUMNS)
    marks = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * len(rows))
    with connection.cursor() as cursor:
        into = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)})"
        cursor.execute(f"{into} VALUES {marks} RETURNING id", list(chain(*values)))
        return [number for (number,) in cursor.fetchall()]


def _insert(rows: Sequence[dict[str, Any]], *more: str) -> None:
    names = (*more, *COLUMNS)
    write(TABLE, names, _adapted(rows, names))


def _adapted(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[list[Any]]:
    """Straight to the table: building model objects takes three times as long as all the rest of an event."""
    vendor: Any = connection.ops
    document = partial(vendor.adapt_json_value, encoder=None)
    adapted = {"at": vendor.adapt_datetimefield_value, "before": document, "after": document}
    return [[adapted[name](row[name]) if name in adapted else row[name] for name in names] for row in rows]


def newest_event() -> int:
    """The number of the newest event, 0 before the first: what was read under the same number has not changed since."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def history(entity: str, object_id: int, limit: int = 200) -> list[EventRecord]:
    """The events of one record, newest first."""
    rows = Event.objects.filter(entity=entity, object_id=object_id).order_by("-id")[:limit]
    return [_told(event) for event in rows]


def said_in_events(entity: str, word: str) -> Iterator[Said]:
    """What events of this entity say under that word, oldest first; what was erased is left out."""
    rows = Event.objects.filter(entity=entity, after__has_key=word).order_by("pk").values_list("pk", "object_id", "at", "after")
    for event, object_id, at, after in rows.iterator(chunk_size=2000):
        if after[word]:
            yield Said(event, object_id, at, after[word])


def first_event(entity: str, object_id: int) -> int | None:
    """The event by which the record began; None where only an event of many tells of it."""
    return Event.objects.filter(entity=entity, object_id=object_id).order_by("pk").values_list("pk", flat=True).first()


def is_event_of(number: int, entity: str, object_id: int) -> bool:
    """Is this one of the record's events, however old?"""
    return Event.objects.filter(pk=number, entity=entity, object_id=object_id).exists()


def _told(event: Any) -> EventRecord:
    return EventRecord(event.pk, event.at, event.who, event.role, event.action, event.why, event.before, event.after, not event.salt)


def leaf_hash(row: Mapping[str, Any], salt: bytes) -> bytes:
    """SHA-256 over 0x00 (RFC 6962's leaf prefix), the salt and the row as canonical JSON.

    The same before the row is stored and after it is read back from either database, which may turn 100.0 into 100 and reorder keys.
    """
    return hashlib.sha256(b"\x00" + salt + orjson.dumps(canonical(dict(row)), option=orjson.OPT_SORT_KEYS)).digest()


def stored_leaf(event_id: int) -> tuple[bytes, bytes]:
    """The leaf as written, and as it follows from the row now: they differ when the row was tampered with."""
    event = Event.objects.get(pk=event_id)
    return bytes(event.leaf), leaf_hash({name: getattr(event, name) for name in HASHED}, bytes(event.salt))


def _moment(who: str) -> datetime:
    if not connection.in_atomic_block:
        raise RuntimeError(f"An event must stand in the same transaction as its change: call {who} inside transaction.atomic().")
    return timezone.now()


def _event_row(viewer: Viewer, one: Happening, now: datetime) -> dict[str, Any]:
    salt = secrets.token_bytes(16)
    row: dict[str, Any] = {
        "at": now, "account_id": viewer.account, "who": viewer.name, "role": one.role or (viewer.posts[0].role if viewer.posts else ""),
        "action": one.action, "entity": one.entity, "object_id": one.object_id, "version": one.version, "place": one.place,
        "organisation": one.organisation, "before": plain(one.before), "after": plain(one.after), "why": plain(one.why),
    }  # fmt: skip
    return {**row, "salt": salt, "leaf": leaf_hash(row, salt)}


def _notice(one: Happening, now: datetime, event: int | None = None) -> Notice:
    return Notice(
        at=now, topic=one.entity, entity=one.entity, object_id=one.object_id, version=one.version, place=one.place,
        organisation=one.organisation, action=one.action, event_id=event,
    )  # fmt: skip


def _told_to_all(told: Sequence[Happening]) -> list[str]:
    """Registers of which everybody hears that something changed."""
    return [key for key in dict.fromkeys(one.entity for one in told) if catalogue.is_told_to_all(key)]


def _nameless(entity: str, now: datetime) -> Notice:
    """That something changed, and not which or where; whoever may read the row hears of it by its own notice."""
    return _notice(Happening("change", entity, 0), now)


def plain(value: Any) -> Any:
    """The value as JSON can carry it: exact numbers and moments as text, what no database stores (NUL, half characters) replaced."""
    kind = cast("type[Any]", type(value))
    if kind in SPOKEN:  # by exact type, because an import asks this a million times
        return SPOKEN[kind](value)
    if isinstance(value, Mapping):
        return {_text(str(key)): plain(one) for key, one in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in cast("Sequence[Any]", value)]
    return _text(str(value))


def _text(value: str) -> str:
    return value if value.isascii() and "\0" not in value else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _same(value: Any) -> Any:
    return value


SPOKEN: dict[type[Any], Callable[[Any], Any]] = {
    type(None): _same, bool: _same, int: _same, str: _text, Decimal: str, date: date.isoformat, time: time.isoformat,
    datetime: lambda value: value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat(),
    float: lambda value: value if math.isfinite(value) else None,
    dict: lambda value: {_text(key) if type(key) is str else str(key): plain(one) for key, one in value.items()},
}  # fmt: skip


def canonical(value: Any) -> Any:
    """The value as the leaf hashes it: the same whichever database has kept it."""
    kind = cast("type[Any]", type(value))
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return value if -EXACT < value < EXACT else repr(float(value))
    if kind is dict:
        return {key: canonical(one) for key, one in cast("dict[str, Any]", value).items()}
    if kind is list:
        return [canonical(one) for one in cast("list[Any]", value)]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return _number(value) if kind is float else str(value)


def _number(value: float) -> Any:
    return int(value) if abs(value) < EXACT and float(value).is_integer() else repr(float(value))
