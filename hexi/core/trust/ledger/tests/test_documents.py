"""A signed document's hash in the public log: in clear, beside the commitment to the event that tells of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from django.db import transaction

from hexi.core.trust.api import PLATFORM, Happening, PublicDocument, log_document, record, record_bulk, rows_against_leaves
from hexi.core.trust.ledger.models import Entry, Statement
from hexi.core.trust.ledger.records import said_by
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.models import Event
from hexi.kernel.errors import Invalid

PAPER = hashlib.sha256(b"paper").digest()


def _signed(document: PublicDocument) -> int:
    with transaction.atomic():
        (event,) = record(PLATFORM, Happening("sign", "works.task", 1))
        log_document(event, document)
    return event


@pytest.mark.django_db
def test_the_entry_says_the_documents_hash_and_who_signed_it(sequencer: Sequencer, number: Callable[[], int]) -> None:
    event = _signed(PublicDocument("manifest", PAPER, b"sig", "carrier.example+1234"))
    sequencer.turn()
    entry = Entry.objects.get(event_id=event)
    assert entry.kind == "document" and said_by(bytes(entry.content)) == {
        "alg": "sha256-salted-row-v1", "commitment": bytes(Event.objects.get(pk=event).leaf).hex(), "document": "manifest", "kind": "document",
        "sha256": PAPER.hex(), "signature": b"sig".hex(), "signer": "carrier.example+1234", "v": 1,
    }  # fmt: skip
    assert list(rows_against_leaves()) == []


@pytest.mark.django_db
def test_what_was_said_of_a_document_cannot_be_changed_afterwards(sequencer: Sequencer) -> None:
    event = _signed(PublicDocument("manifest", PAPER))
    sequencer.turn()
    Statement.objects.filter(event_id=event).update(said='{"document":"another"}')
    assert [(fault.what.en, fault.event) for fault in rows_against_leaves()] == [("An event is not the one that was logged", event)]


@pytest.mark.django_db(transaction=True)
def test_a_document_goes_with_its_event_or_not_at_all(folder: object) -> None:
    with pytest.raises(RuntimeError, match="same transaction"):
        log_document(1, PublicDocument("manifest", PAPER))
    with pytest.raises(Invalid):
        _signed(PublicDocument("x" * 20_000, PAPER))
    with pytest.raises(ValueError, match="32 bytes"):
        _signed(PublicDocument("manifest", b"short"))
    assert not Event.objects.exists() and not Statement.objects.exists()


@pytest.mark.django_db
def test_a_happening_brings_its_document_along_alone_or_among_many(sequencer: Sequencer) -> None:
    told = [Happening("sign", "works.task", n, document=PublicDocument("manifest", PAPER) if n % 2 else None) for n in range(1, 5)]
    with transaction.atomic():
        record(PLATFORM, *told)
        record_bulk(PLATFORM, told * 15, told[0])
    sequencer.turn()
    assert Entry.objects.filter(kind="document").count() == Statement.objects.count() == 32
    assert {Event.objects.get(pk=number).object_id % 2 for number in Statement.objects.values_list("event_id", flat=True)} == {1}
    assert list(rows_against_leaves()) == []
