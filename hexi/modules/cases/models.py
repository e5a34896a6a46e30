"""Tables of the cases room. The case's row holds its present; its past stands in the events."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.core.data.api import Group
from hexi.core.data.fields import (
    Choice,
    Day,
    Document,
    Entity,
    File,
    Flag,
    LongText,
    Moment,
    Number,
    Office,
    Offices,
    Place,
    Reference,
    Text,
)
from hexi.core.space.api import spot_of
from hexi.kernel.label import t
from hexi.modules.cases import contracts as words
from hexi.modules.cases.chased import Chased as Chased  # noqa: PLC0414
from hexi.modules.cases.remarks import Caller as Caller  # noqa: PLC0414  Django looks for tables here
from hexi.modules.cases.remarks import Rating as Rating  # noqa: PLC0414
from hexi.modules.cases.remarks import SamePhoto as SamePhoto  # noqa: PLC0414
from hexi.modules.cases.rule_runs import RuleRun as RuleRun  # noqa: PLC0414

OPEN = {"privacy": "open"}


class Category(Entity):
    """One branch of the tree of what may be reported; codes nest by dots, so a branch is a prefix. Conditions are dated with it."""

    code = Text(t("编码", "code"), max_length=80, search=True, **OPEN)
    name = Text(t("名称", "name"), max_length=120, search=True, **OPEN)
    name_en = Text(t("英文名称", "English name"), max_length=160, missing=True, **OPEN)
    kind = Choice(t("适用事项", "kind of case"), options=words.kind_labels, missing=True, **OPEN)
    parent = Reference("cases.Category", t("上级", "parent"), missing=True, related_name="children", **OPEN)
    urgency = Choice(t("默认紧急程度", "usual urgency"), options=words.URGENCIES, default="normal", **OPEN)
    lead = Office(t("责任单位", "responsible office"), missing=True, **OPEN)
    opens_when = LongText(t("立案条件", "condition of filing"), missing=True, **OPEN)
    closes_when = LongText(t("结案条件", "condition of closing"), missing=True, **OPEN)
    is_public = Flag(t("向公众公开", "shown to the public"), **OPEN)
    valid_from = Day(t("自", "from"), **OPEN)
    valid_to = Day(t("至", "to"), **OPEN)
    source = Text(t("来源", "source"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "valid_from"], name="one_category_per_code_and_day"),)

    class Describe:
        label = t("事项分类", "category")
        title, key = "name", ("code", "valid_from")
        list, sort = ("code", "name", "kind", "lead", "urgency", "valid_from", "valid_to"), "code"


class Route(Entity):
    """One rule of routing: which office takes cases of a category, in an area, at a time of day. The lowest number that fits counts."""

    order = Number(t("次序", "order"), low=0, high=1_000_000, default=100)
    name = Text(t("规则名称", "name of the rule"), max_length=160, search=True)
    name_en = Text(t("规则名称（英文）", "name of the rule (English)"), max_length=160, missing=True)
    kind = Choice(t("适用事项", "kind of case"), options=words.kind_labels, missing=True)
    category = Text(t("分类编码", "category code"), max_length=80, missing=True)
    place = Place(t("范围", "area"), missing=True)
    weekdays = Text(t("星期（1–7）", "weekdays (1–7)"), max_length=20, missing=True)
    from_hour = Number(t("自几时", "from the hour"), low=0, high=24, missing=True)
    to_hour = Number(t("至几时", "to the hour"), low=0, high=24, missing=True)
    office = Office(t("承办单位", "office"), missing=True)
    to_street = Flag(t("交属地街道", "to the street office of the place"))
    co_offices = Offices(t("协办单位", "assisting offices"))
    active = Flag(t("启用", "in force"), default=True)
    valid_from = Day(t("自", "from"))
    valid_to = Day(t("至", "to"))
    basis = Text(t("依据", "basis"), missing=True)

    class Meta:
        indexes = (models.Index(fields=["updated_at"], name="route_changed"),)

    class Describe:
        label = t("派单规则", "routing rule")
        title, place = "name", "place"
        list, sort = ("order", "name", "kind", "category", "place", "office", "to_street", "active"), "order"


STAMPED = (
    "number", "kind", "state", "phase", "source", "opened_at", "closed_at", "due_at", "clock", "breached", "paused", "lead",
    "organisations", "handler", "dispatches", "rework", "extensions", "reopenings", "supporters", "master", "parent", "answers", "routing",
    "is_public", "number_elsewhere", "same_photo", "attention", "title_en",
)  # fmt: skip
COURSE = ("state", "phase", "dispatches", "rework", "extensions", "reopenings", "supporters", "master", "parent", "is_public")


class Case(Entity):
    """One thing to be put right, with where it stands now."""

    number = Text(t("编号", "number"), max_length=24, search=True, unique=True, **OPEN)
    number_elsewhere = Text(t("原系统编号", "number elsewhere"), max_length=80, missing=True, search=True, **OPEN, aliases=words.NUMBERS)
    kind = Choice(t("事项", "kind"), options=words.kind_labels, **OPEN)
    state = Choice(t("环节", "state"), options=words.state_labels, **OPEN, aliases=("Status", "状态", "办理状态"))
    phase = Choice(t("阶段", "phase"), options=words.PHASES, default="new", **OPEN)
    title = Text(t("标题", "title"), max_length=200, search=True, **OPEN, aliases=words.TITLES)
    title_en = Text(t("英文标题", "title in English"), max_length=200, missing=True, **OPEN)
    description = LongText(t("情况描述", "description"), missing=True, search=True)
    category = Reference("cases.Category", t("分类", "category"), missing=True, related_name="cases", **OPEN, aliases=words.CATEGORIES)
    urgency = Choice(t("紧急程度", "urgency"), options=words.URGENCIES, default="normal", **OPEN)
    attention = Choice(t("重点标记", "attention"), options=words.ATTENTION, missing=True)
    source = Choice(t("来源", "source"), options=words.SOURCES, default="resident", **OPEN)
    place = Place(t("地点", "place"), missing=True, **OPEN)
    lon = Number(t("经度", "longitude"), decimals=6, plain=True, low=-180, high=180, missing=True, **OPEN)
    lat = Number(t("纬度", "latitude"), decimals=6, plain=True, low=-90, high=90, missing=True, **OPEN)
    address = Text(t("地址", "address"), missing=True, search=True, aliases=("Incident Address", "Street Address", "事发地址"))
    occurred_at = Moment(t("发生时间", "happened at"), **OPEN)
    opened_at = Moment(t("上报时间", "reported at"), missing=False, **OPEN, aliases=words.OPENED)
    closed_at = Moment(t("办结时间", "closed at"), **OPEN, aliases=("Closed Date", "Completion Date", "结案时间"))
    due_at = Moment(t("当前时限", "due"), **OPEN)
    clock = Choice(t("当前时钟", "running clock"), options=words.clock_labels, missing=True, **OPEN)
    breached = Flag(t("已超时", "over time"), **OPEN)
    paused = Flag(t("已暂停计时", "paused"), **OPEN)
    lead = Office(t("主办单位", "lead office"), missing=True, **OPEN)
    organisations = Offices(t("涉及单位", "offices concerned"))
    handler = Text(t("经办人", "handler"), max_length=80, missing=True)
    dispatches = Number(t("派单次数", "times dispatched"), default=0, low=0)
    rework = Number(t("返工次数", "times done again"), default=0, low=0)
    extensions = Number(t("延期次数", "times extended"), default=0, low=0)
    reopenings = Number(t("重开次数", "times reopened"), default=0, low=0)
    supporters = Number(t("反映人数", "people who reported it"), default=0, low=0, **OPEN)
    master = Reference("cases.Case", t("并入", "merged into"), missing=True, related_name="merged", **OPEN)
    parent = Reference("cases.Case", t("上级案件", "parent case"), missing=True, related_name="parts")
    answers = Document(t("专项信息", "what this kind asks"), missing=True, default=dict)
    routing = Document(t("派单依据", "why it went there"), missing=True, default=dict)
    files = Document(t("上报照片", "photos of the report"), missing=True, default=list, files=True)
    subject = Text(t("对象标识", "subject"), max_length=120, missing=True)
    is_public = Flag(t("向公众公开", "shown to the public"), **OPEN)
    same_photo = Flag(t("照片重复", "photo used elsewhere"))
    spot = models.BigIntegerField(null=True, editable=False)
    category_id: int | None
    master_id: int | None

    class Meta:
        indexes = (
            models.Index(fields=["phase", "due_at"], name="case_phase_due"),
            models.Index(fields=["kind", "state", "id"], name="case_kind_state"),
            models.Index(fields=["lead", "id"], name="case_lead"),
            models.Index(fields=["spot", "place", "phase", "kind", "breached"], name="case_spot"),
            models.Index(fields=["id"], name="case_public", condition=models.Q(is_public=True)),
            models.Index(fields=["subject"], name="case_subject", condition=~models.Q(subject="")),
            models.Index(fields=["category", "id"], name="case_category"),
            models.Index(fields=["attention", "id"], name="case_attention", condition=~models.Q(attention="")),
        )

    class Describe:
        label = t("案件", "case")
        title, key, place, organisation = "title", ("number",), "place", "organisations"
        list = ("number", "title", "kind", "state", "urgency", "category", "place", "lead", "due_at", "breached")
        sort, fixed, derived = "-id", STAMPED, ("master",)
        groups = (
            Group(t("案件", "Case"), (
                "number", "number_elsewhere", "kind", "title", "description", "category", "urgency", "attention", "source",
                "occurred_at", "opened_at", "closed_at",
            )),
            Group(t("地点", "Where"), ("place", "address", "lon", "lat")),
            Group(t("承办", "Who"), ("lead", "organisations", "handler", "due_at", "clock", "breached", "paused")),
            Group(t("过程", "Course"), COURSE),
            Group(t("材料", "Material"), ("files", "same_photo", "answers", "routing", "subject"), 1),
        )  # fmt: skip

    def save(self, *args: Any, **options: Any) -> None:
        """The spot follows the point, also where somebody corrects it."""
        self.spot = spot_of(self.lon, self.lat)
        super().save(*args, **options)


class CaseClock(models.Model):
    """One clock of one case, with the limit as it was when it started: a rule that changes later does not rewrite the past.

    `next_at` is when it has something to say next (a rung of the ladder); `rung` counts those that it has said.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    key = models.CharField(max_length=40)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    rule = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    left_s = models.FloatField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["next_at"], name="clock_waiting", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["case", "key"], name="clock_of_case"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.case_id}"


class CaseTask(Entity):
    """What one office has to do in a case."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="tasks")
    role = Choice(t("分工", "part"), options=words.TASK_ROLES, default="lead")
    state = Choice(t("状态", "state"), options=words.TASK_STATES, default="assigned")
    office = Office(t("承办单位", "office"))
    place = Place(t("地点", "place"), missing=True)
    handler = Text(t("经办人", "handler"), max_length=80, missing=True)
    handler_id = models.BigIntegerField(null=True, editable=False)
    doer_id = models.BigIntegerField(null=True, editable=False)
    instruction = LongText(t("交办要求", "instruction"), missing=True)
    result = LongText(t("办理结果", "result"), missing=True)
    photos = Document(t("办理照片", "photos of the work"), missing=True, default=list, files=True)
    designated = Flag(t("指定承办（不得退回）", "designated, may not be returned"))
    assigned_at = Moment(t("派发时间", "assigned at"), missing=False)
    accepted_at = Moment(t("签收时间", "accepted at"))
    done_at = Moment(t("反馈时间", "done at"))
    why_returned = LongText(t("退回理由", "why it was returned"), missing=True)

    class Describe:
        label = t("承办任务", "task of an office")
        title, place, organisation, owner = "office", "place", "office", "case"
        list = ("case", "role", "state", "office", "assigned_at", "accepted_at", "done_at")
        importable = False
        fixed = (
            "case", "role", "office", "place", "handler", "instruction", "result", "photos", "designated", "assigned_at", "accepted_at",
            "done_at", "why_returned",
        )  # fmt: skip


class Verification(Entity):
    """Somebody other than the handler says whether the matter is put right."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="verifications")
    way = Choice(t("核查方式", "way"), options=words.CHECK_WAYS)
    verdict = Choice(t("结论", "verdict"), options=words.VERDICTS)
    note = LongText(t("说明", "note"), missing=True)
    photos = Document(t("核查照片", "photos"), missing=True, default=list, files=True)
    reached = Flag(t("联系上反映人", "reporter reached"), missing=True)
    solved = Flag(t("反映人认为解决", "solved, says the reporter"), missing=True)
    satisfied = Flag(t("反映人满意", "satisfied, says the reporter"), missing=True)
    blind = Flag(t("盲检", "blind"))
    by = Text(t("核查人", "checked by"), max_length=80)
    at = Moment(t("核查时间", "checked at"), missing=False)
    place = Place(t("地点", "place"), missing=True)
    office = Office(t("被核查单位", "office checked"), missing=True)

    class Describe:
        label = t("核查", "verification")
        title, place, organisation, importable = "by", "place", "office", False
        list = ("case", "way", "verdict", "by", "at", "solved", "satisfied")
        fixed = ("case", "way", "verdict", "note", "photos", "reached", "solved", "satisfied", "blind", "by", "at", "place", "office")


class Extension(Entity):
    """A request for more time, with the answer."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="requests")
    clock = Choice(t("时钟", "clock"), options=words.clock_labels)
    amount = Number(t("延长", "more"), low=1, high=1000)
    unit = Text(t("单位", "unit"), max_length=16)
    reason = LongText(t("理由", "reason"))
    state = Choice(t("状态", "state"), options=words.REQUEST_STATES, default="asked")
    asked_by = Text(t("申请人", "asked by"), max_length=80)
    decided_by = Text(t("审批人", "decided by"), max_length=80, missing=True)
    asker = models.BigIntegerField(null=True, editable=False)
    office = Office(t("申请单位", "office"), missing=True)
    place = Place(t("地点", "place"), missing=True)

    class Describe:
        label = t("延期申请", "request for more time")
        title, place, organisation, importable, owner = "asked_by", "place", "office", False, "case"
        list = ("case", "clock", "amount", "unit", "state", "asked_by", "decided_by")
        fixed = ("case", "clock", "amount", "unit", "reason", "state", "asked_by", "decided_by", "office", "place")


class Note(Entity):
    """Something said about a case: only ever added, so two people who write at once never stand in each other's way."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="notes")
    text = LongText(t("内容", "text"))
    files = Document(t("附件", "files"), missing=True, default=list, files=True)
    readers = Choice(t("谁可见", "readers"), options=words.NOTE_READERS, default="staff")
    by = Text(t("填写人", "by"), max_length=80)
    place = Place(t("地点", "place"), missing=True)
    organisations = Offices(t("涉及单位", "offices concerned"))
    person = models.ForeignKey("cases.Person", null=True, on_delete=models.SET_NULL, related_name="notes", editable=False)

    class Describe:
        label = t("跟进记录", "note")
        title, place, organisation, importable = "by", "place", "organisations", False
        list = ("case", "text", "by", "readers")
        fixed = ("case", "text", "files", "readers", "by", "place", "organisations")


class Supervision(Entity):
    """The ladder spoke: a clock came near its end, ran out, or has been out for long. Somebody answers it."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="supervisions")
    rung = Choice(t("级别", "rung"), options=words.rung_labels, max_length=60)
    clock = Choice(t("时钟", "clock"), options=words.clock_labels)
    due_at = Moment(t("时限", "due"))
    at = Moment(t("发出时间", "at"), missing=False)
    office = Office(t("责任单位", "office"), missing=True)
    place = Place(t("地点", "place"), missing=True)
    answer = LongText(t("回复", "answer"), missing=True)
    answered_by = Text(t("回复人", "answered by"), max_length=80, missing=True)

    class Describe:
        label = t("督办", "supervision")
        title, place, organisation, importable, owner = "clock", "place", "office", False, "case"
        list = ("case", "rung", "clock", "due_at", "at", "office", "answer")
        fixed = ("case", "rung", "clock", "due_at", "at", "office", "place", "answer", "answered_by")


class CaseLink(Entity):
    """Two cases that belong together without being one."""

    case = Reference("cases.Case", t("案件", "case"), owned=True, related_name="links")
    other = Reference("cases.Case", t("另一案件", "other case"), owned=True, related_name="linked")
    kind = Choice(t("关系", "relation"), options=words.LINK_KINDS, default="related")
    note = Text(t("说明", "note"), missing=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "other"], name="one_link_of_two_cases"),)

    class Describe:
        label = t("关联案件", "link")
        title, key, importable = "kind", ("case", "other"), False
        fixed = ("case", "other", "kind", "note")


class Person(models.Model):
    """Who reported or supports a case: encrypted, apart from the case; `mark` finds the same telephone again without telling it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people")
    reported = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")  # their own, also where `case` took it in
    sealed = models.BinaryField()
    mark = models.CharField(max_length=64, blank=True)
    secret = models.CharField(max_length=64, unique=True)
    is_first = models.BooleanField(default=True)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["mark", "at"], name="person_mark", condition=~models.Q(mark="")),
            models.Index(fields=["case"], name="person_of_case"),
        )

    def __str__(self) -> str:
        return f"{self.case_id}"


class Suspect(Entity):
    """What a machine thinks that it has found. A suspicion until a person confirms it; the verdict stays with the rule that made it."""

    rule = Text(t("规则或设备", "rule or device"), max_length=120, search=True)
    device = Text(t("设备编号", "device"), max_length=120, missing=True, search=True)
    kind = Choice(t("拟立事项", "kind of case"), options=words.kind_labels)
    title = Text(t("疑似情况", "suspicion"), search=True)
    subject = Text(t("对象标识", "subject"), max_length=120, missing=True)
    place = Place(t("地点", "place"), missing=True)
    lon = Number(t("经度", "longitude"), decimals=6, plain=True, missing=True)
    lat = Number(t("纬度", "latitude"), decimals=6, plain=True, missing=True)
    confidence = Number(t("置信度", "confidence"), decimals=4, low=0, high=1, missing=True)
    evidence = Document(t("依据", "evidence"), missing=True, default=dict)
    photo = File(t("画面", "picture"))
    photo_id: int | None
    state = Choice(t("状态", "state"), options=words.SUSPECT_STATES, default="suspected")
    found_at = Moment(t("发现时间", "found at"), missing=False)
    decided_by = Text(t("确认人", "decided by"), max_length=80, missing=True)
    decided_at = Moment(t("确认时间", "decided at"))
    case = Reference("cases.Case", t("案件", "case"), missing=True, related_name="suspicions")

    class Meta:
        indexes = (models.Index(fields=["rule", "state", "decided_at"], name="suspect_by_rule"),)

    class Describe:
        label = t("疑似问题", "suspicion")
        title, place, importable, sort = "title", "place", False, "-id"
        list = ("title", "rule", "confidence", "state", "place", "found_at", "decided_by", "case")
        fixed = (
            "rule", "device", "kind", "title", "subject", "place", "lon", "lat", "confidence", "evidence", "photo", "state", "found_at",
            "decided_by", "decided_at", "case",
        )  # fmt: skip
