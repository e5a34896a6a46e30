"""The three rates of the hotline and what their words mean to the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from hexi.kit import Case, CaseTask, Verification, case_sources, days, rate_indicator, read_rates
from hexi.scenarios.hotline.grounds import DATA
from hexi.scenarios.hotline.life import hotline
from hexi.scenarios.hotline.models import Exclusion

REPEAT_SPAN = days(90)


def _excluded() -> Q:
    return Q(Exists(Exclusion.objects.filter(case=OuterRef("pk"), state="granted")))


def _newest_call(**said: bool) -> Q:
    """The newest call-back in which the caller was reached says so."""
    calls: QuerySet[Verification] = Verification.objects.filter(way="callback", reached=True)
    later = calls.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Q(Exists(calls.filter(~Exists(later), case=OuterRef("pk"), **said)))


def _repeat() -> Q:
    """The same matter at the same place within ninety days before."""
    since = ExpressionWrapper(OuterRef("opened_at") - REPEAT_SPAN, output_field=DateTimeField())
    same = Case.objects.filter(kind="hotline", category=OuterRef("category"), place=OuterRef("place"))
    return Q(Exists(same.filter(opened_at__gte=since, opened_at__lt=OuterRef("opened_at")).exclude(place="").exclude(state="same_event")))


def _returned() -> Q:
    return Q(Exists(CaseTask.objects.filter(case=OuterRef("pk"), state="returned")))


FACTS: Mapping[str, Callable[[], Q]] = {
    "excluded": _excluded, "called": _newest_call, "solved": lambda: _newest_call(solved=True),
    "satisfied": lambda: _newest_call(satisfied=True), "repeat": _repeat, "returned": _returned,
}  # fmt: skip
table = read_rates(DATA / "rates.yaml", hotline, FACTS)
sources = case_sources(hotline, table)
INDICATORS = (
    rate_indicator(table, "responded", "hotline_response_share"), rate_indicator(table, "solved", "hotline_solved_share"),
    rate_indicator(table, "satisfied", "hotline_satisfied_share"), rate_indicator(table, "repeated", "hotline_repeat_share"),
)  # fmt: skip
