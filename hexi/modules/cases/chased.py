"""How far each account was told of what the ladder of supervision said: the table behind the letters."""

from __future__ import annotations

from django.db import models


class Chased(models.Model):
    """One account: the newest call of the ladder that its last letter counted, and when that was."""

    account = models.BigIntegerField(unique=True)
    upto = models.BigIntegerField()
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account)
