"""The thresholds of the rules, as officials may tune them. The defaults are ours; no source gives any."""

from __future__ import annotations

from hexi.core.data.api import tuned_context
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t
from hexi.modules.projects.status import Limits

AT_RISK = Param("projects_at_risk", t("落后多少算有风险（份额）", "share behind that is a risk"), 0.05, 0.01, 0.5)
LATE = Param("projects_late", t("落后多少算滞后（份额）", "share behind that is late"), 0.20, 0.05, 0.9)
STATEMENT_DAYS = Param("projects_statement_days", t("一次表述的有效天数", "days for which a statement speaks"), 45, 7, 120)
PARAMS = (AT_RISK, LATE, STATEMENT_DAYS)


def tuned_limits(context: Context | None = None) -> Limits:
    """The limits in force."""
    now = context or tuned_context()
    return Limits(now.value(AT_RISK), now.value(LATE), now.value(STATEMENT_DAYS))
