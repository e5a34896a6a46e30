"""How standing rules fared: the table behind their page."""

from __future__ import annotations

from django.db import models


class RuleRun(models.Model):
    """How a standing rule fared last: a rule that fails shows as failing, and stays on. `told_at` is when somebody was last told."""

    rule = models.CharField(max_length=80, unique=True)
    ran_at = models.DateTimeField()
    found = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.rule
