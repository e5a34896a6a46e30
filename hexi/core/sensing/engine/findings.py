"""Findings on their way into the register, and out of it to whoever acts on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from math import isfinite

from django.db import transaction

from hexi.core.data.api import registers
from hexi.core.sensing.devices.cards import simulated_keys
from hexi.core.sensing.models import Finding as Row
from hexi.core.sensing.stream.shard import Finding
from hexi.core.trust.api import PLATFORM, Happening, insert_numbered, record, ring_after_commit
from hexi.kernel.reading import datetime_of

LARGEST = 10**13
AT_ONCE = 200


def keep(found: Sequence[Finding]) -> None:
    """Insert them with their events and notices, inside the caller's transaction."""
    if not found:
        return
    keys = {one.key for one in found}
    places, invented = places_of(keys), simulated_keys(keys)
    rows = [_row(one, places, simulated=one.key in invented) for one in sorted(found, key=lambda one: (one.moment, one.rule, one.key))]
    insert_numbered(rows)
    record(PLATFORM, *(_happening(row) for row in rows))
    ring_after_commit("prompt")


def _row(one: Finding, places: Mapping[str, str], *, simulated: bool) -> Row:
    value = Decimal(repr(round(one.value, 4))) if isfinite(one.value) and abs(one.value) < LARGEST else None
    moments = {"moment": datetime_of(one.moment), "since": datetime_of(one.since)}
    return Row(rule=one.rule, key=one.key, value=value, place=places.get(one.key, ""), simulated=simulated, **moments)


def _happening(row: Row) -> Happening:
    """What was measured stays out of it: events are kept longer than readings may be."""
    after = {"rule": row.rule, "key": row.key, "moment": row.moment, "since": row.since, "place": row.place, "simulated": row.simulated}
    return Happening("found", "sensing.finding", row.pk, after=after, place=row.place)


def places_of(keys: Iterable[str]) -> dict[str, str]:
    """Where the records are that keys name (`eldercare.elder:12`); keys that name none are left out."""
    known, found, by_entity = registers(), dict[str, str](), dict[str, list[str]]()
    for key in keys:
        entity, _, number = key.rpartition(":")
        if entity in known and known[entity].place and number.isdecimal():
            by_entity.setdefault(entity, []).append(number)
    for entity, numbers in by_entity.items():
        rows = known[entity].model._default_manager.filter(pk__in=numbers).values_list("pk", str(known[entity].place))
        found |= {f"{entity}:{number}": place or "" for number, place in rows}
    return found


def act_on_findings(act: Callable[[Row], None], only: Collection[str] | None = None, but: Collection[str] = ()) -> int:
    """Hand every finding that nobody acted on to `act`, oldest first, each in a transaction with the mark that it was. Returns how many.

    `only` these rules' findings, or all `but` these: each finding has one who acts on it.
    """
    done, waiting = 0, Row.objects.filter(acted=False).exclude(rule__in=but)
    waiting = waiting if only is None else waiting.filter(rule__in=only)
    for row in list(waiting.order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            if Row.objects.filter(pk=row.pk, acted=False).update(acted=True):  # the mark is the lock: whoever else comes finds it set
                act(row)
                done += 1
    return done
