"""The rates of city management: the table of the data file, and what its words mean to the database."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from hexi.kit import CaseClock, CaseTask, case_sources, rate_indicator, read_rates
from hexi.scenarios.urban.life import DATA, urban


def _filed() -> Q:
    return Q(Exists(CaseClock.objects.filter(case=OuterRef("pk"), key="sending")))


def _valid() -> Q:
    return _filed() | Q(state="done_there")


def _decided() -> Q:
    return ~Q(state__in=("reported", "verified"))


def _returned() -> Q:
    return Q(Exists(CaseTask.objects.filter(case=OuterRef("pk"), state="returned")))


FACTS = {"filed": _filed, "valid": _valid, "decided": _decided, "returned": _returned}
table = read_rates(DATA / "rates.yaml", urban, FACTS)
sources = case_sources(urban, table)
INDICATORS = (
    rate_indicator(table, "handled_in_time", "urban_cases_on_time_share"),
    rate_indicator(table, "rework", "urban_rework_share"),
)
