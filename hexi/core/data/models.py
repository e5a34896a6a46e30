"""Tables of the data room: stored files, intake keys, saved views, imports; tuned parameters stand in a module of their own."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

from hexi.core.data.addresses.models import AddressLine as AddressLine  # noqa: PLC0414
from hexi.core.data.concerned.models import LookQuestion as LookQuestion  # noqa: PLC0414
from hexi.core.data.concerned.models import PersonLink as PersonLink  # noqa: PLC0414
from hexi.core.data.meshes.models import Mesh as Mesh  # noqa: PLC0414
from hexi.core.data.parameters import Parameter as Parameter  # noqa: PLC0414  Django looks for tables here
from hexi.core.data.sharing import OfficeUse as OfficeUse  # noqa: PLC0414
from hexi.core.data.webhooks.models import Delivery as Delivery  # noqa: PLC0414
from hexi.core.data.webhooks.models import Subscription as Subscription  # noqa: PLC0414


def unguessable() -> int:
    """A number that nobody meets by counting, small enough for every JSON reader."""
    return secrets.randbelow(2**52 - 2**40) + 2**40


class StoredFile(models.Model):
    """One file as it was sent. The bytes lie under their SHA-256; the row says who sent it and what it is.

    Who knows the number of an anonymous sender's file is that sender: so it can't be guessed.
    """

    id = models.BigIntegerField(primary_key=True, default=unguessable, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    account_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=12, default="evidence")  # evidence, import
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """What a photograph looks like: two of nearly the same picture differ in few bits of `likeness`."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="picture")
    likeness = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.likeness:x}"


class PictureBand(models.Model):
    """One byte of a picture's likeness with where it stands: pictures that differ in few bits share a whole byte."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="bands")
    band = models.PositiveSmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["band", "picture"], name="pictures_of_band"),)

    def __str__(self) -> str:
        return f"{self.band}"


class FileUse(models.Model):
    """A record that names the file in a list of files, which the database cannot look into by itself."""

    follows_from_rows = True
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uses")
    entity = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["file", "entity", "object_id", "field"], name="one_use_of_a_file"),)
        indexes = (models.Index(fields=["entity", "object_id"], name="use_by_record"),)


class Tally(models.Model):
    """How often one address did something lately; the key is hashed."""

    key = models.CharField(max_length=80, unique=True)
    since = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)


class Intake(models.Model):
    """A client's own id for what it sent, so that sending again changes nothing."""

    client_id = models.CharField(max_length=64)
    account_id = models.BigIntegerField(default=0)
    entity = models.CharField(max_length=80)
    work = models.CharField(max_length=120, blank=True)  # the action, and the record that it was done to
    result = models.CharField(max_length=80, blank=True)  # an action may leave a record of another register
    object_id = models.BigIntegerField(default=0)
    content = models.CharField(max_length=64, blank=True)  # a mark of what was sent, where the id alone is no proof
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["client_id", "account_id"], name="one_intake_per_client_id"),)


class SavedView(models.Model):
    """Filters, order and columns of a list that somebody wants to meet again."""

    entity = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    account_id = models.BigIntegerField()
    shared = models.BooleanField(default=False)
    query: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entity", "account_id", "name"], name="one_view_per_name"),)


class Import(models.Model):
    """One file on its way into a register: what was matched, what came of it. `faults` says why rows stayed out, packed."""

    entity = models.CharField(max_length=80)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    account_id = models.BigIntegerField(db_index=True)
    who = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20, default="uploaded")  # uploaded, done, refused, undone
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=2, blank=True)
    sheet = models.CharField(max_length=80, blank=True)
    broken: models.JSONField[Any] = models.JSONField(default=list)  # cells that hold an error value such as #N/A
    header_row = models.PositiveIntegerField(default=1)
    width = models.PositiveIntegerField(default=0)  # columns that were offered for matching; 0 when nobody counted
    mapping: models.JSONField[Any] = models.JSONField(default=dict)
    mode = models.CharField(max_length=20, blank=True)
    total = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    faults = models.BinaryField(default=bytes)
    remarks = models.BinaryField(default=bytes)  # what is odd about rows that came in, packed likewise
    answers: models.JSONField[Any] = models.JSONField(default=dict)  # what the sender said of the file
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
