"""Systems that may send reports over Open311, each with a key that is shown once."""

from __future__ import annotations

import secrets

from django.db import transaction

from hexi.core.trust.api import PLATFORM, Happening, mark_of, record
from hexi.kernel.errors import Conflict, NotFound
from hexi.kernel.label import t
from hexi.modules.cases.models import Caller

PURPOSE = "open311 caller"


def issue_key(name: str, hourly: int = 1000) -> str:
    """A new key for a system of that name; it cannot be shown again. Raises Conflict while it has one."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = Caller.objects.select_for_update().filter(name=name).first() or Caller(name=name)
        if row.pk and row.active:
            raise Conflict(t("该系统已有密钥", "This system has a key"), which=name, do=t("请先收回旧密钥", "Withdraw the old one first"))
        row.mark, row.hourly, row.active = mark_of(key, PURPOSE), hourly, True
        row.save()
        record(PLATFORM, Happening("issue_key", "cases.caller", row.pk, after={"name": name, "hourly": hourly}))
    return key


def withdraw_key(name: str) -> None:
    """Its key is of no use any more. Raises NotFound."""
    with transaction.atomic():
        row = Caller.objects.select_for_update().filter(name=name, active=True).first()
        if row is None:
            raise NotFound(t("没有这个系统的有效密钥", "No such system has a key"), which=name)
        row.active = False
        row.save()
        record(PLATFORM, Happening("withdraw_key", "cases.caller", row.pk, after={"name": name}))


def caller_of(key: str) -> Caller | None:
    """Whose key it is; None for a wrong, withdrawn or missing one."""
    return Caller.objects.filter(mark=mark_of(key, PURPOSE), active=True).first() if key else None
