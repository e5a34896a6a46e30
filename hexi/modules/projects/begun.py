"""Months that can have a report: said in words when one cannot, and begun by the coordinator when nobody entered anything in it."""

from __future__ import annotations

from datetime import date

from hexi.core.data.api import Change
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, Invalid, Problem
from hexi.kernel.label import Label, t
from hexi.modules.projects import forms
from hexi.modules.projects.contracts import Month
from hexi.modules.projects.days import today
from hexi.modules.projects.derive import derive
from hexi.modules.projects.models import MonthlyReport, Programme

FORM = t("月份应写作 2025-10 的形式", "A month is written like 2025-10")
OUTSIDE = t("{month} 不在{name}的年度之内（{first} 至 {last}）", "{month} is not within {name} ({first} to {last})")
TO_COME = t("{month} 还没有到", "{month} is still to come")
NOTHING = t("还没有任何公布或填报的进展，不能编写月报", "Nothing was published or entered yet, so there is nothing to report")
NOT_OUT = t("{month} 的报告尚未发布", "The report of {month} has not been published yet")


def month_of_text(text: str) -> Month | None:
    """The month that the text names; None when it names none."""
    try:
        return Month.of(text)
    except ValueError:
        return None


def why_never(programme: Programme, month: Month) -> Label | None:
    """Why the programme cannot have a report of that month; None when it can."""
    name = t(programme.name, programme.name_en or programme.name)
    first, last = programme.starts or date.min, programme.ends or date.max
    if month.last_day < first or month.first_day > last:
        return OUTSIDE.filled(month=month, name=name, first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")
    if month.first_day > today():
        return TO_COME.filled(month=month)
    return None if programme.as_of else NOTHING


def why_none(programme: Programme, text: str) -> Label:
    """Why a reader gets no report of the month that the text names."""
    month = month_of_text(text)
    return FORM if month is None else why_never(programme, month) or NOT_OUT.filled(month=month)


def begin_report(change: Change) -> MonthlyReport:
    """The draft of a month in which nobody entered anything: what was known by then is still to be reported."""
    programme, month = change.record, Month.of(change.answers.month)
    if (why := why_never(programme, month)) is not None:
        raise Invalid([Problem("month", why, value=str(month))])
    if MonthlyReport.objects.filter(programme=programme, month=str(month)).exists():
        raise Conflict(t("这个月已有报告", "There is a report of that month"), do=t("请打开月度报告", "Open the monthly reports"))
    row = change.create(MonthlyReport, programme=programme, month=str(month), edition=1, lead=programme.lead)
    derive(programme, month.first_day)
    return row


BEGIN_ACTIONS = (
    Action("begin_report", t("编写月报", "begin a month's report"), "projects.programme", begin_report, forms.Month,
           by=("programme_coordinator",)),
)  # fmt: skip
