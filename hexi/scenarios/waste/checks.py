"""What is checked at each step: what refuses it, in words, and what only raises an alert."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django.db.models import Q

from hexi.kit import Change, ExactSum, Invalid, Label, Problem, district_calendar, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.models import Firm, Permit, YearPlan
from hexi.scenarios.waste.models_manifest import Alert, Manifest
from hexi.scenarios.waste.rules import catalogue, covers, due_of, row_of, tolerance_pct

PERMIT_OF = {"carrier": "transport", "receiver": "operate"}
HUNDRED = Decimal(100)
FAR_APART = t("移出 {out} 千克，到 {came} 千克，相差 {pct}%，超过 {limit}%", "{out} kg left and {came} kg came: {pct} % apart, over {limit} %")


def local_day(change: Change) -> date:
    """Today, on the district's own clock."""
    return district_calendar().local(change.context.now).date()


def _valid(firm: Firm | None, role: str, day: date) -> list[Permit]:
    """The firm's permits for this part that count on the day."""
    return list(Permit.objects.filter(firm=firm, kind=PERMIT_OF[role], valid_from__lte=day, valid_until__gte=day)) if firm else []


def licence_problem(firm: Firm | None, role: str, code: str, day: date) -> Label | None:
    """Why this firm may not do this with this code on this day; None where a permit says that it may."""
    if firm is None:
        return t("还没有填写{who}", "The {who} is missing").filled(who=words.label_of(words.ROLES, role))
    permits = list(Permit.objects.filter(firm=firm, kind=PERMIT_OF[role]))
    fitting = [one for one in permits if covers(one.covers, code)]
    if not fitting:
        none = t("{firm}的许可不包括代码 {code}", "No permit of {firm} covers the code {code}")
        return none.filled(firm=firm.name, code=code)
    if not any(one.valid_from <= day <= one.valid_until for one in fitting if one.valid_from and one.valid_until):
        over = t("{firm}对 {code} 的许可在 {day} 不在有效期内", "The permit of {firm} for {code} is not valid on {day}")
        return over.filled(firm=firm.name, code=code, day=day.isoformat())
    return None


def must_be_licensed(change: Change, row: Manifest, *roles: str) -> None:
    """Raises Invalid where a carrier or receiver of hazardous waste has no permit for the code on the day."""
    if row.stream != words.HAZARDOUS:
        return
    day = district_calendar().local(row.picked_at or change.context.now).date()
    found = [(role, licence_problem(getattr(row, role), role, row.code, day)) for role in roles]
    if problems := [Problem(role, said) for role, said in found if said is not None]:
        raise Invalid(problems)


def must_be_numbered(row: Manifest, day: date) -> None:
    """Hazardous waste moves under the number of the national system. Raises Invalid without one of the right shape, used once."""
    if row.stream != words.HAZARDOUS:
        return
    digits = (row_of("national_number", day) or {"digits": 0})["digits"]
    if not re.fullmatch(rf"\d{{{digits}}}", row.national_number, re.ASCII):
        wanted = t(
            "危险废物须先在国家系统办理，并填入其 {digits} 位联单号",
            "Hazardous waste needs its {digits}-digit number of the national system first",
        )
        raise Invalid([Problem("national_number", wanted.filled(digits=str(digits)), value=row.national_number)])
    same = Manifest.objects.filter(national_number=row.national_number).exclude(pk=row.pk)
    if same.exclude(state__in=("planned", "draft", "cancelled")).exists():
        raise Invalid(
            [Problem("national_number", t("这个联单号已用于另一联单", "Another manifest has this number"), value=row.national_number)]
        )


def must_be_listed(stream: str, code: str) -> None:
    """A code of hazardous waste stands in the catalogue. Raises Invalid."""
    if stream == words.HAZARDOUS and code not in catalogue():
        raise Invalid([Problem("code", t("名录中没有这个代码", "The catalogue has no such code"), value=code)])


def alert(change: Change, row: Manifest, kind: str, said: Label) -> None:
    """Keep what a check found, for whoever has to explain it."""
    change.create(
        Alert, firm=row.producer, manifest=row, kind=kind, said=said.zh, said_en=said.en, at=change.context.now, parties=row.parties,
        place=row.place,
    )


def check_weight(change: Change, row: Manifest) -> None:
    """Shipped against received and refused."""
    came: Decimal = (row.received_kg or Decimal(0)) + (row.refused_kg or Decimal(0))
    limit = tolerance_pct(row.stream, local_day(change))
    if limit is None or not row.shipped_kg:
        return
    share = abs(row.shipped_kg - came) / row.shipped_kg * HUNDRED
    if share > limit:
        weights = {"out": words.kilos(row.shipped_kg), "came": words.kilos(came)}
        alert(change, row, "weight", FAR_APART.filled(**weights, pct=f"{share:.1f}", limit=words.kilos(limit)))


def check_confirmed_in_time(change: Change, row: Manifest) -> None:
    """The clock that runs from the arrival."""
    if row.confirm_due and row.received_at and row.received_at > row.confirm_due:
        due = district_calendar().local(row.confirm_due).strftime("%Y-%m-%d")
        alert(change, row, "late", t("应于 {due} 前确认", "Due to be confirmed by {due}").filled(due=due))


def check_trip(change: Change, row: Manifest) -> None:
    """One vehicle cannot be on the way to two places at once; several manifests to the same receiver are one round."""
    if not row.plate or row.picked_at is None:
        return
    end = row.arrived_at or change.context.now
    same = Manifest.objects.filter(plate=row.plate, picked_at__lt=end).exclude(pk=row.pk).exclude(receiver=row.receiver)
    clash = same.filter(Q(arrived_at__gt=row.picked_at) | Q(arrived_at=None, state="carried")).exclude(state="cancelled").first()
    if clash is not None and not row.alerts.filter(kind="trip").exists():
        said = t(
            "车辆 {plate} 同时在运联单 {other}，接受人不同",
            "Vehicle {plate} was under way with {other} to another receiver at the same time",
        )
        alert(change, row, "trip", said.filled(plate=row.plate, other=clash.number))


def check_plan(change: Change, row: Manifest) -> None:
    """What left this year with what was planned."""
    year = local_day(change).year
    plan = YearPlan.objects.filter(firm=row.producer, year=year, code=row.code, stage="filed").first()
    sent: Decimal = (
        Manifest.objects.filter(producer=row.producer, code=row.code, signed_at__year=year).exclude(state="cancelled")
        .aggregate(kg=ExactSum("shipped_kg"))["kg"] or Decimal(0)
    )  # fmt: skip
    if row.stream == words.HAZARDOUS and (plan is None or sent > plan.planned_kg):
        planned = words.kilos(Decimal(plan.planned_kg)) if plan else "0"
        said = t("本年累计移出 {sent} 千克，已备案计划 {planned} 千克", "{sent} kg left this year, {planned} kg are planned")
        alert(change, row, "plan", said.filled(sent=words.kilos(sent), planned=planned))


def check_capacity(change: Change, row: Manifest) -> None:
    """What the receiver took in this year with what its permits for the code allow in a year."""
    day = local_day(change)
    permits = [one for one in _valid(row.receiver, "receiver", day) if covers(one.covers, row.code)]
    if row.stream != words.HAZARDOUS or not permits or any(one.capacity_kg is None for one in permits):
        return
    sums = (
        Manifest.objects.filter(receiver=row.receiver, received_at__year=day.year, stream=row.stream).order_by().values_list("code")
        .annotate(kg=ExactSum("received_kg"))
    )  # fmt: skip
    came = sum((kg for code, kg in sums if kg and any(covers(one.covers, code) for one in permits)), Decimal(0))
    allowed = sum((Decimal(one.capacity_kg) for one in permits), Decimal(0))
    if came > allowed:
        said = t("本年累计接受 {came} 千克，许可量 {allowed} 千克", "{came} kg came in this year, the permit allows {allowed} kg")
        alert(change, row, "capacity", said.filled(came=words.kilos(came), allowed=words.kilos(allowed)))


def check_paper(change: Change, row: Manifest) -> None:
    """A manifest run on paper is entered within its time."""
    due = due_of("paper_entry", row.received_at) if row.received_at else None
    if due is not None and change.context.now > due:
        alert(change, row, "paper_late", t("纸质联单补录已超过期限", "The paper manifest was entered after its time"))
