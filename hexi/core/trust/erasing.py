"""Destroy what events say of a person, with the salts that the log's commitments to them need. The commitments stay, and tell nothing.

Each of these events keeps its place, and the erasure's own event says by a hash what is left of it: so an erased row, too, cannot be edited
unseen. Copies outside the database (backups, exports) are not reached.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db import connection

from hexi.core.trust.contracts import Happening, Viewer
from hexi.core.trust.events import HASHED, canonical, record
from hexi.core.trust.models import Erasure, Event

ERASE, LEFT = "erase", "erased_events"
GONE: dict[str, Any] = {"salt": b"", "why": ""}
NOTHING: tuple[Any, ...] = (None, "", [], {})


def erase(viewer: Viewer, one: Happening, fields: Collection[str], accounts: Collection[int] = ()) -> int:
    """Destroy what this record's events say of these fields, and who it was where one of `accounts` did it. How many events that were.

    `one` is the erasure itself: its action is `erase`, its `after` says what the row holds now. Both stand in the caller's transaction.
    """
    gone = [left for event in _events_of(one) if (left := _left_of(event, fields, accounts))]
    after = {**one.after, "fields": sorted(fields), LEFT: {str(left["id"]): left_hash(left) for left in gone}}
    (by,) = record(viewer, replace(one, action=ERASE, before={}, after=after))
    Erasure.objects.bulk_create([Erasure(event_id=left["id"], by_event=by) for left in gone])
    _overwriting()
    for left in gone:
        Event.objects.filter(pk=left["id"]).update(**{name: left[name] for name in ("before", "after", "account_id", "who")}, **GONE)
    return len(gone)


class Ordered(NamedTuple):
    """One erasure: its own event, the record, and when."""

    event: int
    entity: str
    record: int
    at: datetime


def erasures_after(event: int) -> list[Ordered]:
    """The erasures after that event, oldest first: for rooms that keep something of a record beside its row."""
    rows = Event.objects.filter(action=ERASE, pk__gt=event).order_by("pk")
    return [Ordered(*row) for row in rows.values_list("pk", "entity", "object_id", "at")]


def left_hash(row: Mapping[str, Any]) -> str:
    """What is left of an erased event, as a hash."""
    return hashlib.sha256(orjson.dumps(canonical({name: row[name] for name in HASHED}), option=orjson.OPT_SORT_KEYS)).hexdigest()


def _events_of(one: Happening) -> list[dict[str, Any]]:
    events = Event.objects.filter(entity=one.entity, object_id=one.object_id).exclude(action=ERASE)
    return list(events.values("id", *HASHED))


def _left_of(event: dict[str, Any], fields: Collection[str], accounts: Collection[int]) -> dict[str, Any] | None:
    """The event without what is to go; None where it says nothing of that."""
    is_theirs = event["account_id"] in accounts if event["account_id"] is not None else False
    if not is_theirs and not any(_tells(event[side], fields) for side in ("before", "after")):
        return None
    sides = {side: {name: None if name in fields else value for name, value in event[side].items()} for side in ("before", "after")}
    return {**event, **sides, "why": "", **({"account_id": None, "who": ""} if is_theirs else {})}


def _tells(said: Mapping[str, Any], fields: Collection[str]) -> bool:
    return any(said.get(name) not in NOTHING for name in fields)


def _overwriting() -> None:
    """SQLite leaves what was deleted in the file until the space is used again, unless told otherwise."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
