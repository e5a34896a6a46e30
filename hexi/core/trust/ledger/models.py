"""Tables of the log: its entries, the hashes above them, its checkpoints, and how far it is."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One entry of the log. Rows are only ever added: the database refuses the rest.

    `content` is what the tree hashes. `event_id` says which event it commits to, so that its place is found without a search by hash.
    """

    index = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=20)
    content = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)
    sm3 = models.BinaryField(max_length=32)

    class Meta:
        db_table = "trust_entry"
        indexes = (models.Index(fields=["kind", "index"], name="entry_of_kind", condition=~models.Q(kind="event")),)


class Node(models.Model):
    """The hash of a full tile, which is one hash of the tile above: what tiles of level 1 and higher are made of."""

    tree = models.CharField(max_length=6)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "trust_node"
        constraints = (models.UniqueConstraint(fields=["tree", "level", "index"], name="one_node_at_a_place"),)


class Checkpoint(models.Model):
    """What was signed over a tree: the note as it was first signed, and with the lines of witnesses as they come."""

    tree = models.CharField(max_length=6)
    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField()
    cosigned = models.TextField(blank=True)
    cosigned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "trust_checkpoint"
        constraints = (models.UniqueConstraint(fields=["tree", "size"], name="one_checkpoint_of_a_size"),)


class State(models.Model):
    """The one row that says how far the log is.

    `settled`: every event up to this number is in the log or will never be. `trouble` says why nothing is signed, empty when all is well.
    """

    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=b"")
    gm_peaks = models.BinaryField(default=b"")
    settled = models.BigIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    told = models.CharField(max_length=400, blank=True)
    since = models.DateTimeField(null=True)

    class Meta:
        db_table = "trust_ledger"


class Statement(models.Model):
    """What the entry of an event says in clear beside its commitment: written in the event's transaction, waiting for the sequencer."""

    event_id = models.BigIntegerField(primary_key=True)
    said = models.TextField()

    class Meta:
        db_table = "trust_statement"
