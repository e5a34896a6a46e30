"""The site's own jobs: throwing away what is no longer needed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from hexi.core.data.api import wanted_from
from hexi.core.trust import api as trust
from hexi.kernel.declare import Job
from hexi.kernel.label import t


def forget_old_notices(_topics: frozenset[str]) -> None:
    """Old changes that every receiver has got; what happened stays in the events for ever."""
    trust.forget_told(timedelta(days=settings.CHANGES_DAYS), wanted_from())


def forget_old_sessions(_topics: frozenset[str]) -> None:
    """Sessions that ran out, and failed sign-ins that no longer count."""
    trust.forget_expired_sessions()
    trust.forget_old_attempts()


UPKEEP = (
    Job("forget_old_notices", t("清理过期变更通知", "forget old notices"), forget_old_notices, every=timedelta(hours=1)),
    Job("forget_old_sessions", t("清理过期会话", "forget old sessions"), forget_old_sessions, every=timedelta(hours=1)),
)
