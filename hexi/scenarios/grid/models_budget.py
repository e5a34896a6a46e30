"""Registers of the form budget: what departments ask of the grid, what it costs, and what the registers hold already."""

from __future__ import annotations

from typing import Any

from hexi.kit import Choice, Day, Entity, LongText, Number, Office, Place, Reference, Text, t
from hexi.scenarios.grid import words

OPEN: Any = {"privacy": "open"}


class DataRequest(Entity):
    """One request for data from a department to the grid, with who asks, on what legal basis, and the minutes that it takes."""

    title = Text(t("采集事项", "what is asked"), max_length=160, search=True, **OPEN)
    title_en = Text(t("采集事项（英文）", "what is asked (English)"), max_length=160, missing=True, **OPEN)
    office = Office(t("提出部门", "who asks"), **OPEN)
    basis = LongText(t("法律依据", "legal basis"), **OPEN)
    area = Place(t("范围", "area"), **OPEN)
    month = Text(t("月份", "month"), max_length=7, **OPEN)
    answers = Number(t("应答网格数", "answers wanted"), low=1, high=100_000, unit="places", **OPEN)
    minutes_each = Number(t("每份需分钟", "minutes per answer"), low=1, high=600, unit="minutes", **OPEN)
    minutes_needed = Number(t("需用分钟", "minutes needed"), default=0, low=0, unit="minutes", **OPEN)
    minutes_used = Number(t("已用分钟", "minutes used"), default=0, low=0, unit="minutes", **OPEN)
    answered = Number(t("已答份数", "answers in"), default=0, low=0, unit="records", **OPEN)
    state = Choice(t("结果", "outcome"), options=words.REQUEST_STATES, **OPEN)
    verdict = Text(t("答复", "answer to the asker"), max_length=400, **OPEN)
    verdict_en = Text(t("答复（英文）", "answer to the asker (English)"), max_length=600, missing=True, **OPEN)
    asked_by = Text(t("提出人", "asked by"), max_length=80)
    due_on = Day(t("截止日期", "due"), **OPEN)

    class Describe:
        label = t("采集申请", "data request")
        about = t("谁向网格要数、依据什么、需要和用了多少分钟", "Who asks the grid for data, on what basis, the minutes needed and used")
        title, organisation = "title", "office"
        list = ("title", "office", "basis", "month", "minutes_needed", "minutes_used", "state", "verdict")
        sort, importable = "-id", False
        fixed = (
            "title", "title_en", "office", "basis", "area", "month", "answers", "minutes_each", "minutes_needed", "minutes_used",
            "answered", "state", "verdict", "verdict_en", "asked_by", "due_on",
        )  # fmt: skip


class WantedField(Entity):
    """One field that a request wants, and the register that holds it already, if one does."""

    request = Reference("grid.DataRequest", t("采集申请", "request"), owned=True, related_name="wanted", **OPEN)
    office = Office(t("提出部门", "who asks"), **OPEN)
    name = Text(t("需要的字段", "field wanted"), max_length=80, **OPEN)
    state = Choice(t("处理", "what becomes of it"), options=words.FIELD_STATES, **OPEN)
    register = Text(t("已有台账", "register that holds it"), max_length=80, missing=True, **OPEN)
    field = Text(t("台账字段", "its field"), max_length=80, missing=True, **OPEN)
    match = Choice(t("匹配方式", "how it matches"), options=words.MATCHES, missing=True, **OPEN)
    said = Text(t("匹配说明", "the match in words"), max_length=200, missing=True, **OPEN)
    said_en = Text(t("匹配说明（英文）", "the match in words (English)"), max_length=300, missing=True, **OPEN)
    dispute = LongText(t("异议理由", "why it is disputed"), missing=True)

    class Describe:
        label = t("采集字段", "wanted field")
        title, organisation, owner = "name", "office", "request"
        list = ("request", "name", "state", "register", "field", "match", "said")
        importable, fixed = False, ("request", "office", "name", "state", "register", "field", "match", "said", "said_en", "dispute")
