"""Checkpoints: signed only over what the database has committed, kept before anybody gets them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.models import Entry
from hexi.core.trust.ledger.records import gm_checkpoint_entry
from hexi.core.trust.ledger.trees import GM, MAIN, Tree, frontier_of
from hexi.kernel.tlog.checkpoint import Checkpoint
from hexi.kernel.tlog.signing import SignerKey

GM_EVERY = timedelta(seconds=10)
"""Each checkpoint of the GM tree makes the log one entry longer, so there are fewer of them."""
KEPT = timedelta(hours=1)


def newest(tree: Tree) -> Signed | None:
    """The last checkpoint that was signed over this tree."""
    return Signed.objects.filter(tree=tree.name).order_by("-size").first()


def newest_cosigned(tree: Tree) -> Signed | None:
    """The last one that as many witnesses signed as the policy asks for."""
    return Signed.objects.filter(tree=tree.name).exclude(cosigned_at=None).order_by("-size").first()


def sign_main(origin: str, signers: Sequence[SignerKey], now: datetime) -> None:
    """Sign the tree of SHA-256 when it has grown."""
    last, present = newest(MAIN), state()
    if present.size and (last is None or last.size < present.size):
        size, note = _note(MAIN, origin, signers, now)
        with transaction.atomic():  # one alone would wait for SQLite without standing in its line
            Signed.objects.create(tree=MAIN.name, size=size, note=note, at=now)
            _forget(MAIN, now)


def sign_gm(origin: str, signers: Sequence[SignerKey], now: datetime, every: timedelta = GM_EVERY) -> None:
    """Sign the tree of SM3 when more came than its own last checkpoint, and make that checkpoint an entry of the log.

    Both in one transaction, over entries that an earlier one committed: no signature leaves that the log does not hold.
    """
    last = newest(GM)
    since = last.size if last else 0
    if (last and now - last.at < every) or not Entry.objects.filter(~Q(kind="gm-checkpoint"), index__gte=since).exists():
        return
    size, note = _note(GM, origin, signers, now)
    with transaction.atomic():
        append([gm_checkpoint_entry(note)])
        Signed.objects.create(tree=GM.name, size=size, note=note, at=now)
        _forget(GM, now)


def _note(tree: Tree, origin: str, signers: Sequence[SignerKey], now: datetime) -> tuple[int, str]:
    present = state()
    root = frontier_of(tree, present.size, bytes(getattr(present, tree.peaks))).root()
    checkpoint = Checkpoint(f"{origin}{tree.suffix}", present.size, root)
    return present.size, checkpoint.signed(signers, int(now.timestamp())).decode()


def _forget(tree: Tree, now: datetime) -> None:
    """A checkpoint a second would soon outgrow the log. Newer ones follow from the entries; the last cosigned one does not."""
    cosigned, last = newest_cosigned(tree), newest(tree)
    old = Signed.objects.filter(tree=tree.name, at__lt=now - KEPT)
    old.exclude(pk__in=[one.pk for one in (cosigned, last) if one]).delete()
