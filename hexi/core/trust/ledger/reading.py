"""What everybody may read of the log: from the published files, else from the database, with the same bytes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from hexi.core.trust.contracts import Logged, LogStatus, ProofForm
from hexi.core.trust.ledger.appending import state
from hexi.core.trust.ledger.cosigning import policy
from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.models import Entry
from hexi.core.trust.ledger.publishing import public_folder
from hexi.core.trust.ledger.records import said_by
from hexi.core.trust.ledger.signing import newest, newest_cosigned
from hexi.core.trust.ledger.trees import MAIN, TREE_OF, Tree, content_of, reader_of
from hexi.core.trust.models import Event
from hexi.kernel.errors import NotFound, Unproven
from hexi.kernel.label import Label, t
from hexi.kernel.tlog.merkle import inclusion_proof
from hexi.kernel.tlog.note import Note, note_in
from hexi.kernel.tlog.proof import Proof
from hexi.kernel.tlog.tiles import CHECKPOINT_PATH, ENTRIES, TILE_HEIGHT, Tile, root_from, tile_at

STALLED = t(
    "日志进程没有工作，改动在等待入日志，既无签名也无见证。请查看进程 ledger 是否在运行（hexi run 或系统服务的日志）",
    "The process that keeps the log is not at work: changes wait, nothing is signed or witnessed. See whether the process `ledger` runs",
)
"""Only the one who reads can tell this: the process that tells of all other troubles is the one that is silent."""
LONG = 2000
"""Bytes of a signature line's value: Ed25519 has 64 or 72, SM2 some 71, ML-DSA-44 has 2,428."""


def checkpoint_content(tree: Tree) -> bytes | None:
    """The newest checkpoint, None before the first."""
    file = public_folder() / f"{tree.prefix}{CHECKPOINT_PATH}"
    if file.exists():
        return file.read_bytes()
    last = newest(tree)
    return (last.cosigned or last.note).encode() if last else None


def tile_content(tree: Tree, path: str) -> bytes | None:
    """The tile or bundle at this path; None for what is none, or lies beyond the newest checkpoint."""
    tile = tile_at(path)
    if tile is None:
        return None
    tree = MAIN if tile.level == ENTRIES else tree  # the entries are the same for both
    file = public_folder() / f"{tree.prefix}{tile.path}"
    if file.exists():
        return file.read_bytes()
    last = newest(tree)
    return content_of(tree, tile) if last and _covered(tile, last.size) else None


def _covered(tile: Tile, size: int) -> bool:
    """Are all its hashes settled in a tree of that size?"""
    above = max(tile.level, 0) * TILE_HEIGHT
    return tile.start + tile.width <= size >> above


def logged(events: Collection[int]) -> dict[int, Logged]:
    """How far each of these events is."""
    places = dict(Entry.objects.filter(event_id__in=events).values_list("event_id", "index"))
    cosigned = newest_cosigned(MAIN) if places else None
    return {event: _logged(places.get(event), cosigned.size if cosigned else 0) for event in events}


def _logged(index: int | None, cosigned: int) -> Logged:
    if index is None:
        return Logged("waiting")
    return Logged("cosigned" if index < cosigned else "logged", index)


def event_proof(event: int, form: ProofForm = ProofForm()) -> bytes:
    """The proof file of one event, against the newest cosigned checkpoint that holds it, else the newest one.

    `extra` is the entry itself. A short one lacks the post-quantum signatures, which no square code could carry. Raises NotFound.
    """
    tree = TREE_OF[form.tree]
    found = Entry.objects.filter(event_id=event).first()
    last = _checkpoint_with(tree, found.index) if found else None
    if found is None or last is None:
        what = t("这条留痕尚未进入日志", "This event is not in the log yet")
        raise NotFound(what, which=str(event), do=t("通常一两秒后即可，请稍后再取", "That takes a second or two: ask again in a moment"))
    hashes = inclusion_proof(found.index, last.size, reader_of(tree, last.size), tree.hashing)
    note = (last.cosigned or last.note).encode()
    return Proof(found.index, tuple(hashes), _shortened(note) if form.short else note, bytes(found.content)).encoded()


def _checkpoint_with(tree: Tree, index: int) -> Signed | None:
    ready = [newest_cosigned(tree), newest(tree)]
    return next((one for one in ready if one and one.size > index), None)


def _shortened(data: bytes) -> bytes:
    note = note_in(data)
    return Note(note.text, tuple(one for one in note.signatures if len(one.value) < LONG)).encoded()


def log_status() -> LogStatus:
    """How the log is now."""
    present, last, cosigned = state(), newest(MAIN), newest_cosigned(MAIN)
    said, waiting = _last_keys(), _waiting_since(present.settled)
    trouble, told, since = present.trouble, _told(present.told), present.since
    if not trouble and waiting and timezone.now() - waiting > timedelta(minutes=settings.LEDGER_ALARM_M):
        trouble, told, since = "stalled", STALLED, waiting
    return LogStatus(
        origin=str(said.get("origin", "")), keys=tuple(said.get("keys", ())), size=present.size,
        signed_size=last.size if last else 0, signed_at=last.at if last else None,
        cosigned_size=cosigned.size if cosigned else 0, cosigned_at=cosigned.cosigned_at if cosigned else None,
        waiting_since=waiting, witnesses=_witnesses(), trouble=trouble, told=told, since=since,
    )  # fmt: skip


def _told(lines: str) -> Label | None:
    """One line in each language, as the sequencer wrote them."""
    zh, _, en = lines.partition("\n")
    return Label(zh, en or zh) if zh else None


def _witnesses() -> tuple[str, ...]:
    """Who is asked, by their keys' names."""
    try:
        wanted = policy()
    except Unproven:  # the sequencer tells what is wrong with it
        return ()
    return tuple(dict.fromkeys(one.key.name for one in wanted.witnesses)) if wanted else ()


def _last_keys() -> dict[str, Any]:
    found = Entry.objects.filter(kind="key").order_by("-index").first()
    return dict(said_by(bytes(found.content))) if found else {}


def _waiting_since(settled: int) -> Any:
    """When the oldest event above the watermark happened that has no entry."""
    above = Event.objects.filter(pk__gt=settled).exclude(pk__in=Entry.objects.filter(event_id__gt=settled).values("event_id"))
    return above.order_by("pk").values_list("at", flat=True).first()


def log_root(size: int) -> bytes | None:
    """The root of the log's first entries as the database holds them now; None where it holds fewer."""
    return root_from(reader_of(MAIN, size), size) if size <= state().size else None
