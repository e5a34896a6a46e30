"""Read everything again: rows against events, events against leaves, leaves against entries, entries against what was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from hexi.core.trust.events import HASHED, leaf_hash
from hexi.core.trust.ledger.appending import state
from hexi.core.trust.ledger.contracts import Fault
from hexi.core.trust.ledger.erased import erasures_of, is_as_erased
from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.models import Entry, Statement
from hexi.core.trust.ledger.publishing import published
from hexi.core.trust.ledger.records import entry_of
from hexi.core.trust.ledger.rows import CHUNK, chunks, row_faults
from hexi.core.trust.ledger.trees import TREES, Tree
from hexi.core.trust.models import Event, Notice
from hexi.kernel.label import t
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in
from hexi.kernel.tlog.merkle import Frontier
from hexi.kernel.tlog.note import note_in

EARLIER = timedelta(hours=1)
"""Ours: so much a clock may be set back. Events get their numbers as they happen, so their times go up with them."""
CHANGED = t("留痕被改动", "An event was changed")
GONE = t("留痕被删除", "An event was removed")
STRANGE = t("留痕与日志中的承诺不符", "An event is not the one that was logged")
BACKDATED = t("留痕的时间早于它之前的留痕", "An event says an earlier time than those before it")
UNLOGGED = t("留痕不在日志中", "An event is not in the log")
ENTRY = t("日志条目的摘要不符", "The hash of an entry does not fit it")
GAP = t("日志缺少条目", "The log lacks an entry")
ROOT = t("日志与签发的检查点不符", "The log does not fit a checkpoint that was signed")


def rows_against_leaves() -> Iterator[Fault]:
    """Everything that does not fit, as far as the database itself tells.

    Whoever can write the database can make it fit again; then only a checkpoint that others hold refutes him (`hexi verify`).
    """
    yield from log_faults()
    yield from event_faults()
    yield from row_faults()


def log_faults() -> Iterator[Fault]:
    """Entries against their hashes, and all hashes against every checkpoint that is kept or was published."""
    wanted = {tree: {one.size: one for one in _checkpoints(tree)} for tree in TREES}
    edges = {tree: Frontier(tree.hashing) for tree in TREES}
    expected = 0
    for entry in Entry.objects.order_by("index").iterator(chunk_size=CHUNK):
        if entry.index != expected:
            yield Fault(GAP, entry=expected)
        expected = entry.index + 1
        for tree, edge in edges.items():
            leaf = tree.hashing.leaf(bytes(entry.content))
            if leaf != bytes(getattr(entry, tree.name)):
                yield Fault(ENTRY, entry=entry.index, event=entry.event_id)
            edge.append(leaf)
            if edge.size in wanted[tree] and edge.root() != wanted[tree].pop(edge.size).root:
                yield Fault(ROOT, entry=edge.size)
    yield from (Fault(ROOT, entry=size) for sizes in wanted.values() for size in sorted(sizes))


def _checkpoints(tree: Tree) -> Iterator[Checkpoint]:
    for note in Signed.objects.filter(tree=tree.name).values_list("note", flat=True):
        yield checkpoint_in(note_in(note.encode()).text)
    if (given := published(tree)) is not None:
        yield given


def event_faults() -> Iterator[Fault]:
    """Each event against its leaf, and its leaf against its entry; entries whose event is gone."""
    settled, latest = state().settled, None
    for chunk in chunks(Event.objects.order_by("pk")):
        numbers = [event.pk for event in chunk]
        entries = {one.event_id: one for one in Entry.objects.filter(event_id__in=numbers)}
        said = dict(Statement.objects.filter(event_id__in=numbers).values_list("event_id", "said"))
        orders = erasures_of([event.pk for event in chunk if not event.salt])
        for event in chunk:
            is_true = is_as_erased(event, orders.get(event.pk)) if not event.salt else _fits_its_leaf(event)
            yield from _event_faults(event, entries.get(event.pk), said.get(event.pk), settled, is_true=is_true)
            if latest and event.at < latest - EARLIER:
                yield Fault(BACKDATED, event.entity, event.object_id, event=event.pk, at=event.at)
            latest = max(latest or event.at, event.at)
    gone = Entry.objects.exclude(event_id=None).exclude(event_id__in=Event.objects.values("pk"))
    for some in chunks(gone.order_by("index")):
        yield from _gone(some)


def _gone(entries: Sequence[Any]) -> Iterator[Fault]:
    """The row that such an event was of, where the outbox still tells; and by when it was there at the latest."""
    notices: dict[Any, Any] = {one.event_id: one for one in Notice.objects.filter(event_id__in=[one.event_id for one in entries])}
    for entry in entries:
        told = notices.get(entry.event_id)
        named = {"entity": told.entity, "object_id": told.object_id, "at": told.at} if told else {"at": _signed(entry.index)}
        record: dict[str, Any] = named
        yield Fault(GONE, event=entry.event_id, entry=entry.index, **record)


def _signed(index: int) -> datetime | None:
    """When the first checkpoint that is kept was signed over this entry."""
    return Signed.objects.filter(tree=TREES[0].name, size__gt=index).order_by("size").values_list("at", flat=True).first()


def _fits_its_leaf(event: Any) -> bool:
    return leaf_hash({name: getattr(event, name) for name in HASHED}, bytes(event.salt)) == bytes(event.leaf)


def _event_faults(event: Any, entry: Any, said: str | None, settled: int, *, is_true: bool) -> Iterator[Fault]:
    leaf = bytes(event.leaf)
    index = entry.index if entry else None
    place: dict[str, Any] = {"entity": event.entity, "object_id": event.object_id, "event": event.pk, "at": event.at, "entry": index}
    if not is_true:
        yield Fault(CHANGED, **place)
    if entry is None and event.pk <= settled:
        yield Fault(UNLOGGED, **place)
    if entry is not None and bytes(entry.content) != entry_of(event.pk, leaf, said).content:
        yield Fault(STRANGE, **place)
