"""Tables of the data room: stored files, intake keys, saved views, tuned parameters, imports."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file as it was sent. The bytes lie under their SHA-256; the row says who sent it and what it is."""

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    account_id = models.BigIntegerField(null=True)
    privacy = models.CharField(max_length=12, default="internal")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Intake(models.Model):
    """A client's own id for what it sent, so that sending again changes nothing."""

    client_id = models.CharField(max_length=64)
    account_id = models.BigIntegerField(default=0)
    entity = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["client_id", "account_id"], name="one_intake_per_client_id"),)


class SavedView(models.Model):
    """Filters, order and columns of a list that somebody wants to meet again."""

    entity = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    account_id = models.BigIntegerField()
    shared = models.BooleanField(default=False)
    query = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entity", "account_id", "name"], name="one_view_per_name"),)


class TunedParameter(models.Model):
    """A threshold as officials set it."""

    key = models.CharField(max_length=80, unique=True)
    value = models.JSONField()
    why = models.TextField()


class Import(models.Model):
    """One file on its way into a register: what was matched, what came of it."""

    entity = models.CharField(max_length=80)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    account_id = models.BigIntegerField()
    status = models.CharField(max_length=20, default="uploaded")  # uploaded, done, refused, undone
    encoding = models.CharField(max_length=20, blank=True)
    sheet = models.CharField(max_length=80, blank=True)
    mapping = models.JSONField(default=dict)
    mode = models.CharField(max_length=20, blank=True)
    total = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
