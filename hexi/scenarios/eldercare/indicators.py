"""Figures of eldercare by area. Visits and services count where the elder said so or somebody else checked; unknown counts as not."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from hexi.kit import Context, Indicator, Rescue, days, district_calendar, limit_among, t
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_care import Carer, CareVisit
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking
from hexi.scenarios.eldercare.sos import CASE, SOS

FITTED = Retrofit.state.one_of("accepted", "paid")
SERVED = Elder.state == "served"
TO_VISIT = SERVED & (Elder.need != "none")
IN_TIME = ~Elder.visit_due.older_than(days(0), missing=True)
GIVEN = Booking.state.one_of("confirmed", "settled")
FAMILY = Carer.kind == "family"


def in_fifteen(_context: Context) -> dict[str, tuple[int, int | None]]:
    """Real calls by place: those with somebody there in time, and all of them. An unknown arrival counts as not there."""
    there, real = Counter[str](), Counter[str]()
    rows: Any = Rescue.objects.filter(alarm=SOS, is_test=False, ended_at__isnull=False, outcome__in=REAL)
    for place, raised_at, there_at in rows.values_list("place", "raised_at", "there_at"):
        real[place] += 1
        there[place] += in_time(raised_at, there_at)
    return {place: (there[place], number) for place, number in real.items()}


def in_time(raised_at: datetime, there_at: datetime | None) -> bool:
    """Was somebody there within the limit of the clock "arriving" that counted on that day?"""
    calendar = district_calendar()
    arriving = (rule for rule in CASE.limits if rule.clock == "arriving")
    rule = limit_among(arriving, "", "", calendar.local(raised_at).date())
    return bool(rule and there_at and there_at <= rule.limit.due(raised_at, calendar))


REAL = ("fall", "illness", "needs_help", "not_found")
INDICATORS = (
    Indicator(
        "rescue_in_15_share", t("老人呼救按时到场率", "calls for help reached in time"), None, "percent", read=in_fifteen, target=95,
        definition=t("确认的呼救中，在时限（15分钟，data/alarm_limits.yaml）内有人到场的比例；到场时间未知按未达计；误报、测试不计",
                     "Of confirmed calls those with somebody there within the limit (15 minutes, data/alarm_limits.yaml); unknown "
                     "counts as not; "
                     "false alarms and tests are left out"),
    ),
    Indicator("care_visits_in_time_share", t("探访按需及时率", "visits to elders in time"), Elder, "percent", where=TO_VISIT, hit=IN_TIME,
              target=95),
    Indicator("care_visits_witnessed_share", t("探访有佐证比例", "visits with evidence"), CareVisit, "percent", where=CareVisit.met == "met",
              hit=CareVisit.evidence != "none"),
    Indicator("care_services_confirmed", t("老人确认的服务", "services that elders confirmed"), Booking, "times", measure="count",
              where=GIVEN),
    Indicator("care_homes_fitted", t("本平台验收的适老化改造", "homes fitted and accepted here"), Retrofit, "households",
              measure="count", where=FITTED),
    Indicator("family_carers_trained", t("家庭照护者培训达标人数", "family carers trained"), Carer, "people", measure="count",
              where=FAMILY & ~Carer.trained_on.missing()),
    Indicator("elders_served", t("在服务老人数", "elders served"), Elder, "people", measure="count", where=SERVED, better="none"),
)  # fmt: skip
