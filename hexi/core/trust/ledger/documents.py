"""Say in the public log that a document was there, and who signed it: with the event that tells of it, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from hexi.core.trust.contracts import PublicDocument
from hexi.core.trust.ledger.models import Statement
from hexi.core.trust.ledger.records import document_words


def log_document(event: int, document: PublicDocument) -> None:
    """The event's entry will say this in clear, too. Raises RuntimeError outside the event's transaction: the sequencer might be faster."""
    if not connection.in_atomic_block:
        raise RuntimeError("A document must stand in the same transaction as its event: call log_document() inside transaction.atomic().")
    log_documents([(event, document)])


def log_documents(told: Iterable[tuple[int, PublicDocument]]) -> None:
    """The same of many, by their events; nothing where there are none."""
    if rows := [Statement(event_id=event, said=document_words(document)) for event, document in told]:
        Statement.objects.bulk_create(rows, batch_size=500)
