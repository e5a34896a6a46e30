"""The form budget: what a register holds is not asked again, and the rest costs the asker minutes of a monthly allowance."""

from __future__ import annotations

import re
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

from hexi.kit import (
    Action,
    Change,
    Conflict,
    Forbidden,
    Form,
    Invalid,
    Label,
    Param,
    Problem,
    Viewer,
    may,
    organisation_labels,
    question,
    registers,
    t,
)
from hexi.scenarios.grid.matching import Match, held
from hexi.scenarios.grid.models import DataAnswer, DataRequest, FormAllowance, WantedField

ALLOWANCE = Param(
    "form_allowance", t("部门每月采集额度（分钟）", "minutes a department may cost the grid each month"), default=3000, low=0, high=100_000
)
ASKERS = ("department_staff", "street_staff")
JUDGES = ("data_steward", "grid_centre")
ANSWERERS = ("grid_worker", "community_worker")
BETWEEN = re.compile(r"[\n,，、;；]+")
MOST_FIELDS = 60
GRID_WIDTH = 14


class AskGrids(Form):
    """What is wanted of the grid, why it may be asked, and what it takes."""

    title: str = question(t("采集事项", "what is asked"), min_length=2, max_length=160)
    office: str = question(t("提出部门", "who asks"), "", widget="office", help=t("不填为本人单位", "left empty: your own office"))
    basis: str = question(t("法律依据（法规名称和条款）", "legal basis: law and clause"), widget="textarea", min_length=4, max_length=1000)
    wanted: str = question(t("需要的字段，一行一个", "fields wanted, one a line"), widget="textarea", min_length=1, max_length=4000)
    area: str = question(t("范围", "area"), place=True, max_length=40)
    answers: int = question(t("需多少网格应答", "how many grids must answer"), ge=1, le=100_000)
    minutes_each: int = question(t("每份需分钟", "minutes per answer"), ge=1, le=600)
    due_on: date | None = question(t("截止日期", "due"), None)


class Answered(Form):
    """A grid's answer, and the minutes that it really took."""

    said: str = question(t("答复内容", "the answer"), widget="textarea", min_length=1, max_length=4000)
    minutes: int = question(t("实际用时（分钟）", "minutes taken"), ge=0, le=600)


def ask_grids(change: Change) -> DataRequest:
    """Check a request: registers answer what they hold, the rest is granted or refused by the allowance. Either way it is listed."""
    return decided(change, _office(change.viewer, change.answers.office), change.answers)


def decided(change: Change, office: str, given: AskGrids) -> DataRequest:
    """The same for an office that is known to ask."""
    names = _names(given.wanted)
    known = registers()
    found = {name: held(name, known) for name in names}
    needed = cost(given.answers, given.minutes_each, sum(match is None for match in found.values()), len(names))
    allowance, limit = _locked(change, office, this_month()), change.context.value(ALLOWANCE)
    state = "from_register" if not needed else "granted" if allowance.minutes + needed <= limit else "over_budget"
    verdict = _verdict(state, needed, limit - allowance.minutes, [match for match in found.values() if match], change.viewer)
    request = change.create(
        DataRequest,
        title=given.title,
        office=office,
        basis=given.basis,
        area=given.area,
        month=allowance.month,
        answers=given.answers,
        minutes_each=given.minutes_each,
        minutes_needed=needed,
        state=state,
        verdict=verdict.zh,
        verdict_en=verdict.en,
        asked_by=change.viewer.name,
        due_on=given.due_on,
    )
    for name, match in found.items():
        change.create(WantedField, request=request, office=office, name=name, **_matched(match))
    if state == "granted":
        change.save(allowance, minutes=allowance.minutes + needed)
    return request


def cost(answers: int, minutes_each: int, new: int, wanted: int) -> int:
    """Minutes of the grid's time: the share of the form that is left when what the registers hold is taken out."""
    return ceil(answers * minutes_each * new / wanted)


def dispute_match(change: Change) -> WantedField:
    """The asker says that the register's field is not what they want, and why."""
    change.save(change.record, state="disputed", dispute=change.why)
    return change.record


def uphold_dispute(change: Change) -> WantedField:
    """It is something else indeed: it may be asked, and costs what it costs. Raises Conflict where the allowance is spent."""
    field: WantedField = change.record
    request = DataRequest.objects.select_for_update().get(pk=field.request.pk)
    change.save(field, state="upheld")
    new = WantedField.objects.filter(request=request, state__in=("new", "upheld")).count()
    needed = cost(request.answers, request.minutes_each, new, WantedField.objects.filter(request=request).count())
    booked = request.minutes_needed if request.state == "granted" else 0
    allowance, limit = _locked(change, request.office, request.month), change.context.value(ALLOWANCE)
    if allowance.minutes + needed - booked > limit:
        raise Conflict(
            _over(needed - booked, limit - allowance.minutes), do=t("请改为下月，或减少应答网格", "Ask next month, or fewer grids")
        )
    change.save(allowance, minutes=allowance.minutes + needed - booked)
    verdict = _verdict("granted", needed, limit, [], change.viewer)
    change.save(request, state="granted", minutes_needed=needed, verdict=verdict.zh, verdict_en=verdict.en)
    return field


def dismiss_dispute(change: Change) -> WantedField:
    """The register's field is what they want: it stays refused."""
    change.save(change.record, state="held")
    return change.record


def answer_request(change: Change) -> DataRequest:
    """One grid answers, once; the minutes that it took are counted against what was said."""
    request, given = change.record, change.answers
    grids = [post.place for post in change.viewer.posts if post.role in ANSWERERS and post.place.startswith(request.area)]
    if not grids:
        raise Forbidden(t("这项采集不在您的网格范围内", "This request is not about your grid"))
    if DataAnswer.objects.filter(request=request, place=grids[0]).exists():
        raise Conflict(t("您的网格已答复过这项采集", "Your grid has answered this request"))
    row = {"request": request, "place": grids[0], "minutes": given.minutes, "said": given.said, "by": change.viewer.name}
    change.create(DataAnswer, **row, at=change.context.now)
    change.save(request, minutes_used=request.minutes_used + given.minutes, answered=request.answered + 1)
    return request


def close_request(change: Change) -> DataRequest:
    """Nobody need answer any more. Minutes that were not used go back to the allowance."""
    request: DataRequest = change.record
    allowance = _locked(change, request.office, request.month)
    unused = max(request.minutes_needed - request.minutes_used, 0)
    change.save(allowance, minutes=max(allowance.minutes - unused, 0))
    change.save(request, state="closed")
    return request


def this_month(now: datetime | None = None) -> str:
    """The month of the district's calendar, 2026-11."""
    return f"{now or datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m}"


def _office(viewer: Viewer, named: str) -> str:
    own = [key for post in viewer.posts if post.role in ASKERS for key in (post.organisation, *post.organisations) if key]
    if named and named not in organisation_labels():
        raise Invalid([Problem("office", t("没有这个单位", "There is no such organisation"), value=named[:60])])
    if not own or (named and named not in own):
        raise Forbidden(t("只能以本单位名义向网格提出采集", "You may ask the grid in the name of your own office only"))
    return named or own[0]


def _names(said: str) -> list[str]:
    names = [part.strip()[:80] for part in BETWEEN.split(said) if part.strip()]
    if not names or len(names) > MOST_FIELDS:
        raise Invalid([Problem("wanted", t("请逐行写明字段，至多60个", "Name the fields one a line, 60 at most"))])
    return list(dict.fromkeys(names))


def _locked(change: Change, office: str, month: str) -> FormAllowance:
    """The month's allowance, held until this change ends. Two first requests of a month meet at its unique key."""
    if not FormAllowance.objects.filter(office=office, month=month).exists():
        change.create(FormAllowance, office=office, month=month)
    return FormAllowance.objects.select_for_update().get(office=office, month=month)


def _matched(match: Match | None) -> dict[str, str]:
    if match is None:
        return {"state": "new"}
    return {
        "state": "held",
        "register": match.register,
        "field": match.field,
        "match": match.how,
        "said": match.words.zh,
        "said_en": match.words.en,
    }


def _verdict(state: str, needed: int, left: int, matches: list[Match], viewer: Viewer) -> Label:
    if state == "over_budget":
        return _over(needed, left)
    told = t("准予采集，占用{n}分钟额度", "Granted: it takes {n} minutes of the allowance").filled(n=needed)
    if state == "from_register":
        told = t("所要字段台账均已有，不再下发网格", "The registers hold every field: the grid is not asked")
    return _with_answers(told, matches, viewer)


def _with_answers(told: Label, matches: list[Match], viewer: Viewer) -> Label:
    """Where the registers' part of the answer is read, or whom to ask where this asker may not read it."""
    if not matches:
        return told
    known = registers()
    keys = list(dict.fromkeys(match.register for match in matches))
    closed = [known[key].label for key in keys if not may(viewer, known[key], "read")]
    if not closed:
        return t("{told}；{n}个字段请在台账中查看", "{told}; {n} fields are read in the registers").filled(told=told, n=len(matches))
    said = t(
        "{told}；{n}个字段台账已有，提出部门目前无权查看“{register}”，请向数据管理员申请共享",
        "{told}; the registers hold {n} fields; the asker may not read “{register}” yet: ask the data steward to share it",
    )
    return said.filled(told=told, n=len(matches), register=closed[0])


def _over(needed: int, left: int) -> Label:
    return t(
        "需要{needed}分钟，本月额度只剩{left}分钟，不予下发", "It needs {needed} minutes and {left} are left this month: it is not sent out"
    ).filled(needed=needed, left=max(left, 0))


ON = "grid.datarequest"
FIELD = "grid.wantedfield"
ACTIONS = (
    Action("ask_grids", t("向网格采集数据", "ask the grid for data"), ON, ask_grids, AskGrids, by=ASKERS, creates=True, primary=True),
    Action(
        "answer_request", t("填报", "answer"), ON, answer_request, Answered, by=ANSWERERS, when=DataRequest.state == "granted", primary=True
    ),
    Action("close_request", t("结束采集", "end the request"), ON, close_request, by=ASKERS, when=DataRequest.state == "granted"),
    Action(
        "dispute_match",
        t("对匹配提出异议", "dispute the match"),
        FIELD,
        dispute_match,
        by=ASKERS,
        needs_reason=True,
        when=WantedField.state == "held",
    ),
    Action("uphold_dispute", t("异议成立", "uphold the dispute"), FIELD, uphold_dispute, by=JUDGES, when=WantedField.state == "disputed"),
    Action(
        "dismiss_dispute",
        t("异议不成立", "dismiss the dispute"),
        FIELD,
        dismiss_dispute,
        by=JUDGES,
        needs_reason=True,
        when=WantedField.state == "disputed",
    ),
)
