"""Tables of the projects room. What is derived (status, shares) says so and is written by `derive` alone."""

from __future__ import annotations

from typing import Any

from django.db import models

from hexi.core.data.api import Group
from hexi.core.data.fields import Choice, Day, Document, Entity, File, Flag, LongText, Number, Office, Place, Reference, Text
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged
from hexi.modules.projects import contracts as words
from hexi.modules.projects.contracts import options
from hexi.modules.projects.lifecycles import place_check, states
from hexi.modules.projects.lifecycles import task as task_life

OPEN: dict[str, Any] = {"privacy": "open"}
DECISIONS = (("proposed", t("待批准", "proposed")), ("approved", t("已批准", "approved")), ("refused", t("未批准", "refused")))
DERIVED = t("由平台推算", "derived by the platform")


class Programme(Entity):
    """A year's programme of livelihood work, as the government promised it."""

    code = Text(t("编码", "code"), max_length=40, **OPEN)
    name = Text(t("名称", "name"), search=True, **OPEN)
    name_en = Text(t("英文名称", "English name"), missing=True, **OPEN)
    year = Number(t("年度", "year"), low=2000, high=2100, plain=True, **OPEN)
    level = Choice(t("层级", "level"), options=options(words.LEVEL_LABELS), default="district", **OPEN)
    lead = Office(t("牵头协调单位", "coordinating office"), missing=True, **OPEN)
    place = Place(t("范围", "area"), missing=True, **OPEN)
    starts = Day(t("开始日", "first day"), **OPEN)
    ends = Day(t("截止日", "last day"), **OPEN)
    as_of = Day(t("数据截至", "figures as of"), help=DERIVED, **OPEN)
    is_current = Flag(t("当年工程", "of the newest year"), help=DERIVED, **OPEN)
    source = Text(t("来源", "source"), missing=True, **OPEN)
    source_sentence = LongText(t("来源原句", "sentence of the source"), missing=True, **OPEN)
    citations = Document(t("来源清单", "sources"), missing=True, default=list, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code"], name="one_programme_per_code"),)

    class Describe:
        label, derived = t("民心工程", "programme"), ("as_of", "is_current")
        title, key, place, organisation = "name", ("code",), "place", "lead"
        list, sort, fixed = ("code", "name", "year", "level", "lead", "as_of"), "-year", ("as_of", "is_current")


class ProgrammeGroup(Entity):
    """One of the groups (项) under which the programme lists its tasks."""

    programme = Reference("projects.Programme", t("民心工程", "programme"), owned=True, related_name="groups", **OPEN)
    number = Number(t("序号", "number"), low=1, high=200, **OPEN)
    name = Text(t("名称", "name"), search=True, **OPEN)
    name_en = Text(t("英文名称", "English name"), missing=True, **OPEN)
    heading = Text(t("原标题", "heading as printed"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "number"], name="one_group_per_number"),)

    class Describe:
        label = t("工程分组", "group of tasks")
        title, key = "name", ("programme", "number")
        list, sort = ("number", "name", "programme"), "number"


TASK_DERIVED = (
    "status", "reason", "share", "due_share", "as_of", "doubt", "status_sentence", "status_source", "confirms", "contests", "has_evidence",
    "reason_en", "doubt_en",
)  # fmt: skip


class Task(Entity):
    """One piece of work with its targets. Status, shares and reasons are derived from its entries."""

    programme = Reference("projects.Programme", t("民心工程", "programme"), related_name="tasks", **OPEN)
    group = Reference("projects.ProgrammeGroup", t("分组", "group"), missing=True, related_name="tasks", **OPEN)
    code = Text(t("编码", "code"), max_length=40, search=True, **OPEN)
    title = Text(t("任务", "task"), search=True, **OPEN)
    title_en = Text(t("英文任务名", "task in English"), missing=True, **OPEN)
    level = Choice(t("层级", "level"), options=options(words.LEVEL_LABELS), default="district", **OPEN)
    category = Choice(t("类别", "category"), options=options(words.CATEGORY_LABELS), missing=True, **OPEN)
    kind = Choice(t("推进方式", "kind of life"), options=options(words.KIND_LABELS), **OPEN)
    stage = Choice(t("阶段", "stage"), options=states(task_life), default="listed", **OPEN)
    status = Choice(t("状态", "status"), options=options(words.STATUS_LABELS), default="unknown", help=DERIVED, **OPEN)
    reason = LongText(t("状态依据", "reason of the status"), missing=True, help=DERIVED, **OPEN)
    reason_en = LongText(t("状态依据（英文）", "reason in English"), missing=True, help=DERIVED, **OPEN)
    doubt = LongText(t("存疑", "doubt"), missing=True, help=DERIVED, **OPEN)
    doubt_en = LongText(t("存疑（英文）", "doubt in English"), missing=True, help=DERIVED, **OPEN)
    share = Number(t("完成份额", "share done"), decimals=4, missing=True, help=DERIVED, **OPEN)
    due_share = Number(t("时序应达份额", "share due"), decimals=4, missing=True, help=DERIVED, **OPEN)
    as_of = Day(t("数据截至", "as of"), help=DERIVED, **OPEN)
    status_sentence = LongText(t("状态原句", "sentence that states the status"), missing=True, help=DERIVED, **OPEN)
    status_source = Text(t("状态来源", "source of the status"), missing=True, help=DERIVED, **OPEN)
    confirms = Number(t("现场属实（人次）", "confirmed at the place"), default=0, help=DERIVED, **OPEN)
    contests = Number(t("现场不属实（人次）", "contested at the place"), default=0, help=DERIVED, **OPEN)
    has_evidence = Flag(t("有佐证材料", "has evidence"), help=DERIVED, **OPEN)
    lead = Office(t("承办单位", "lead organisation"), missing=True, **OPEN)
    co_organisations = Text(t("协办单位", "co-organisations"), missing=True, **OPEN)
    place = Place(t("地点", "place"), missing=True, **OPEN)
    place_names = Text(t("来源中的地点", "places as printed"), missing=True, search=True, **OPEN)
    start = Day(t("开始日", "first day"), **OPEN)
    due = Day(t("完成期限", "due day"), **OPEN)
    completed_on = Day(t("完成日期", "completed on"), **OPEN)
    curve = Document(t("逐月计划份额", "planned share by month"), missing=True, default=list, **OPEN)
    source = Text(t("来源", "source"), missing=True, **OPEN)
    source_sentence = LongText(t("来源原句", "sentence of the source"), missing=True, **OPEN)
    basis = Text(t("分类等推定依据", "what is our assumption"), missing=True, **OPEN)
    marks = Document(t("来源存疑标记", "what the source leaves open"), missing=True, default=list, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code"], name="one_task_per_code"),)
        indexes = (models.Index(fields=["programme", "status"], name="task_by_status"),)

    class Describe:
        label = t("民心工程任务", "task")
        title, key, place, organisation = "title", ("code",), "place", "lead"
        list = ("code", "title", "category", "status", "stage", "share", "due_share", "lead", "place")
        sort = "code"
        fixed, derived = (*TASK_DERIVED, "completed_on"), TASK_DERIVED
        groups = (
            Group(
                t("任务", "Task"), ("programme", "group", "code", "title", "title_en", "level", "category", "kind", "stage", "completed_on")
            ),
            Group(
                t("进展（推算）", "Progress (derived)"),
                ("status", "reason", "share", "due_share", "doubt", "has_evidence", "reason_en", "doubt_en"),
            ),
            Group(t("承办与地点", "Who and where"), ("lead", "co_organisations", "place", "place_names", "start", "due", "curve")),
            Group(t("来源", "Source"), ("source", "source_sentence", "basis", "marks"), 1),
        )


class Target(Entity):
    """What a task shall reach: a number in a unit, or only that it is done. `done` and `met` repeat its newest entry."""

    task = Reference("projects.Task", t("任务", "task"), owned=True, related_name="targets", **OPEN)
    key = Text(t("编码", "code"), max_length=60, **OPEN)
    label = Text(t("指标", "target"), search=True, **OPEN)
    label_en = Text(t("英文名", "target in English"), missing=True, **OPEN)
    planned = Number(t("目标数", "target quantity"), decimals=2, low=0, missing=True, **OPEN)
    unit = Text(t("单位", "unit"), max_length=20, missing=True, **OPEN)
    unit_en = Text(t("英文单位", "unit in English"), max_length=40, missing=True, **OPEN)
    printed = Text(t("原文写法", "as printed"), missing=True, **OPEN)
    comparator = Choice(t("要求", "comparator"), options=options(words.COMPARATOR_LABELS), **OPEN)
    weight = Number(t("权重", "weight"), decimals=2, low=0, default=1, **OPEN)
    curve = Document(t("逐月计划份额", "planned share by month"), missing=True, default=list, **OPEN)
    done = Number(t("完成数", "done"), decimals=2, missing=True, help=DERIVED, **OPEN)
    met = Flag(t("称已达到", "called reached"), missing=True, help=DERIVED, **OPEN)
    reached = Flag(t("已达到", "reached"), help=DERIVED, **OPEN)
    as_of = Day(t("数据截至", "as of"), help=DERIVED, **OPEN)
    lead = Office(t("承办单位", "lead organisation"), missing=True, **OPEN)
    place = Place(t("地点", "place"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "key"], name="one_target_per_key"),)

    class Describe:
        label = t("任务目标", "target")
        title, key, place, organisation = "label", ("task", "key"), "place", "lead"
        list, sort = ("label", "task", "comparator", "planned", "unit", "done", "reached", "as_of"), "id"
        fixed, derived = ("planned", "comparator", "done", "met", "reached", "as_of"), ("done", "met", "reached", "as_of")


class Milestone(Entity):
    """One step of a task on a planned day."""

    task = Reference("projects.Task", t("任务", "task"), owned=True, related_name="milestones", **OPEN)
    key = Text(t("编码", "code"), max_length=60, **OPEN)
    name = Text(t("节点", "milestone"), search=True, **OPEN)
    name_en = Text(t("英文名", "milestone in English"), missing=True, **OPEN)
    stage = Choice(t("阶段", "stage"), options=states(task_life), missing=True, **OPEN)
    planned = Day(t("计划日", "planned day"), **OPEN)
    printed = Text(t("时间原文", "time as printed"), missing=True, **OPEN)
    reached = Day(t("达到日", "reached on"), **OPEN)
    as_of = Day(t("表述日期", "stated on"), **OPEN)
    state = Choice(t("情况", "state"), options=(
        ("waiting", t("等待", "waiting")), ("expected", t("预计", "expected")),
        ("under_way", t("进行中", "under way")), ("done", t("已完成", "done")),
    ), default="waiting", **OPEN)  # fmt: skip
    evidence = File(t("佐证材料", "evidence"))
    lead = Office(t("承办单位", "lead organisation"), missing=True, **OPEN)
    source = Text(t("来源", "source"), missing=True, **OPEN)
    source_sentence = LongText(t("来源原句", "sentence of the source"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "key"], name="one_milestone_per_key"),)

    class Describe:
        label = t("节点", "milestone")
        title, key, organisation = "name", ("task", "key"), "lead"
        list, sort = ("name", "task", "stage", "state", "planned", "reached"), "id"
        fixed = ("reached", "state")


class Progress(Entity):
    """What was known of a task on a day: a figure of one target, or a word on the whole. Never overwritten, only revised."""

    task = Reference("projects.Task", t("任务", "task"), related_name="progress", **OPEN)
    target = Reference("projects.Target", t("指标", "target"), missing=True, related_name="progress", **OPEN)
    on = Day(t("截至", "as of"), missing=False, **OPEN)
    value = Number(t("累计完成", "done so far"), decimals=2, low=0, missing=True, **OPEN)
    unit = Text(t("单位", "unit"), max_length=20, missing=True, **OPEN)
    met = Flag(t("称已达到", "called reached"), missing=True, **OPEN)
    status = Choice(t("表述的状态", "status as stated"), options=options(words.STATUS_LABELS), missing=True, **OPEN)
    note = LongText(t("说明", "note"), missing=True, **OPEN)
    note_en = LongText(t("说明（英文）", "note in English"), missing=True, **OPEN)
    origin = Choice(t("来历", "origin"), options=options(words.ORIGIN_LABELS), default="entered", **OPEN)
    basis = Text(t("依据", "basis"), max_length=40, missing=True, **OPEN)
    source = Text(t("来源", "source"), missing=True, **OPEN)
    source_sentence = LongText(t("来源原句", "sentence of the source"), missing=True, **OPEN)
    current = Flag(t("现行", "current"), default=True, **OPEN)
    supersedes = Reference("projects.Progress", t("更正的是", "revises"), missing=True, related_name="revisions", **OPEN)
    reason = LongText(t("更正原因", "reason of the revision"), missing=True, **OPEN)
    evidence = File(t("佐证材料", "evidence"))
    lead = Office(t("承办单位", "lead organisation"), missing=True, **OPEN)
    place = Place(t("地点", "place"), missing=True, **OPEN)

    class Meta:
        indexes = (models.Index(fields=["task", "on"], name="progress_of_task"),)

    class Describe:
        label = t("进展", "progress entry")
        title, place, organisation, importable = "note", "place", "lead", False
        list, sort = ("on", "task", "target", "value", "status", "origin", "current", "source_sentence"), "-on"
        fixed = (
            "task", "target", "on", "value", "unit", "met", "status", "note", "note_en", "origin", "basis", "source", "source_sentence",
            "current", "supersedes", "reason", "evidence", "lead", "place",
        )  # fmt: skip


class Evidence(Entity):
    """One more file that proves a progress entry: a photograph, a list of batches, a certificate."""

    progress = Reference("projects.Progress", t("进展", "progress entry"), owned=True, related_name="files")
    caption = Text(t("说明", "caption"), search=True)
    kind = Choice(t("种类", "kind"), options=(
        ("photo", t("照片", "photograph")), ("list", t("清单", "list")), ("paper", t("文件", "document")),
    ))  # fmt: skip
    file = File(t("文件", "file"))
    lead = Office(t("承办单位", "lead organisation"), missing=True)

    class Describe:
        label = t("佐证材料", "evidence")
        title, organisation, importable = "caption", "lead", False
        list, sort = ("caption", "kind", "progress", "file"), "-id"
        fixed = ("progress", "file", "lead")


class PlaceCheck(Entity):
    """What somebody at the place says of a task. It `counts` when they are in its community, or an official upheld it."""

    task = Reference("projects.Task", t("任务", "task"), related_name="place_checks")
    verdict = Choice(t("意见", "verdict"), options=(("confirms", t("属实", "confirms")), ("contests", t("不属实", "contests"))))
    note = LongText(t("说明", "what they say"), missing=True, privacy="personal", source="the resident who checked the place")
    photo = File(t("照片", "photograph"), privacy="personal", source="the resident who checked the place")
    place = Place(t("所在社区", "community they are in"), missing=True)
    counts = Flag(t("计入", "counts"))
    state = Choice(t("核实情况", "state"), options=states(place_check), default="filed")
    answer = LongText(t("答复", "answer"), missing=True)
    lead = Office(t("承办单位", "lead organisation"), missing=True)

    class Describe:
        label = t("现场核对", "check at the place")
        title, place, organisation, importable, person = "verdict", "place", "lead", False, None  # whoever says it gives no name
        list, sort = ("task", "verdict", "note", "state", "counts", "place"), "-id"
        fixed = ("task", "verdict", "note", "photo", "place", "counts", "state", "answer", "lead")


class TargetChange(Entity):
    """A change of a target: from what to what, who asked, why, and who approved it."""

    target = Reference("projects.Target", t("指标", "target"), related_name="changes", **OPEN)
    before = Number(t("原目标数", "quantity before"), decimals=2, missing=True, **OPEN)
    after = Number(t("新目标数", "quantity after"), decimals=2, missing=True, low=0, **OPEN)
    comparator_before = Choice(t("原要求", "comparator before"), options=options(words.COMPARATOR_LABELS), **OPEN)
    comparator_after = Choice(t("新要求", "comparator after"), options=options(words.COMPARATOR_LABELS), **OPEN)
    reason = LongText(t("调整理由", "reason"), **OPEN)
    state = Choice(t("审批", "state"), options=DECISIONS, default="proposed", **OPEN)
    proposed_by = Text(t("提出人", "proposed by"), max_length=80)
    proposer = Number(t("提出账号", "proposing account"), missing=True)
    decided_by = Text(t("审批人", "decided by"), max_length=80, missing=True)
    decided_on = Day(t("审批日", "decided on"), **OPEN)
    lead = Office(t("承办单位", "lead organisation"), missing=True, **OPEN)

    class Describe:
        label = t("目标调整", "change of a target")
        title, organisation, importable = "reason", "lead", False
        list, sort = ("target", "before", "after", "reason", "state", "proposed_by", "decided_by"), "-id"
        fixed = (
            "target", "before", "after", "comparator_before", "comparator_after", "reason", "state", "proposed_by", "proposer",
            "decided_by", "decided_on", "lead",
        )  # fmt: skip


class Standing(Entity):
    """The judgement on one task as of one month's end: the list behind every number of the report. Derived."""

    programme = Reference("projects.Programme", t("民心工程", "programme"), owned=True, related_name="standings", **OPEN)
    task = Reference("projects.Task", t("任务", "task"), owned=True, related_name="standings", **OPEN)
    month = Text(t("月份", "month"), max_length=7, **OPEN)
    level = Choice(t("层级", "level"), options=options(words.LEVEL_LABELS), **OPEN)
    category = Choice(t("类别", "category"), options=options(words.CATEGORY_LABELS), missing=True, **OPEN)
    status = Choice(t("状态", "status"), options=options(words.STATUS_LABELS), **OPEN)
    official = Choice(t("报告计入", "counted in the report as"), options=options(words.STATUS_LABELS), default="unknown", **OPEN)
    reason = LongText(t("依据", "reason"), missing=True, **OPEN)
    reason_en = LongText(t("依据（英文）", "reason in English"), missing=True, **OPEN)
    share = Number(t("完成份额", "share done"), decimals=4, missing=True, **OPEN)
    due_share = Number(t("时序应达份额", "share due"), decimals=4, missing=True, **OPEN)
    forecast = LongText(t("预测", "forecast"), missing=True, **OPEN)
    forecast_en = LongText(t("预测（英文）", "forecast in English"), missing=True, **OPEN)
    lead = Office(t("承办单位", "lead organisation"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "month"], name="one_standing_per_month"),)
        indexes = (models.Index(fields=["programme", "month", "status"], name="standing_of_month"),)

    class Describe:
        label = t("月度状态", "standing of a month")
        unlogged = (Unlogged(t("由当月记录推算", "worked out from the month's entries"), rows={}, removal=True),)
        title, organisation, importable = "month", "lead", False
        list, sort = ("month", "task", "category", "official", "status", "reason", "share", "due_share", "lead"), "-month"
        fixed = ("programme", "task", "month", "level", "category", "official", "status", "reason", "reason_en", "share", "due_share",
                 "forecast", "forecast_en", "lead")  # fmt: skip


class Statement(Entity):
    """One published sentence that counts the tasks of a category in a status, and the names that its surviving text lists."""

    programme = Reference("projects.Programme", t("民心工程", "programme"), owned=True, related_name="statements", **OPEN)
    month = Text(t("月份", "month"), max_length=7, **OPEN)
    key = Text(t("编码", "code"), max_length=60, **OPEN)
    level = Choice(t("层级", "level"), options=options(words.LEVEL_LABELS), **OPEN)
    category = Choice(t("类别", "category"), options=options(words.CATEGORY_LABELS), missing=True, **OPEN)
    status = Choice(t("状态", "status"), options=options(words.STATUS_LABELS), **OPEN)
    count = Number(t("发布的项数", "count as published"), low=0, missing=True, **OPEN)
    named = Document(t("点名的任务", "tasks named"), default=list, missing=True, **OPEN)
    counted = Document(t("计入而未点名的任务（推断）", "tasks counted, not named (inferred)"), default=list, missing=True, **OPEN)
    unidentified = Number(t("名称缺失的项数", "tasks whose names are lost"), low=0, default=0, **OPEN)
    candidates = Document(t("可能的任务（推断）", "candidates (inferred)"), default=list, missing=True, **OPEN)
    source = Text(t("来源", "source"), **OPEN)
    sentence = LongText(t("来源原句", "sentence of the source"), search=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "month", "key"], name="one_statement_per_key"),)

    class Describe:
        label = t("公开表述", "published statement")
        title, key = "sentence", ("programme", "month", "key")
        list, sort = ("month", "category", "level", "status", "count", "unidentified", "sentence"), "id"


class Contradiction(Entity):
    """Published statements that do not fit together, until somebody explains them."""

    programme = Reference("projects.Programme", t("民心工程", "programme"), owned=True, related_name="contradictions", **OPEN)
    key = Text(t("编码", "code"), max_length=120, **OPEN)
    rule = Text(t("规则", "rule"), max_length=40, **OPEN)
    subject = Text(t("对象", "subject"), search=True, **OPEN)
    subject_en = Text(t("对象（英文）", "subject in English"), **OPEN)
    detail = LongText(t("矛盾之处", "what does not fit"), search=True, **OPEN)
    detail_en = LongText(t("矛盾之处（英文）", "what does not fit, in English"), **OPEN)
    sources = Text(t("来源", "sources"), missing=True, **OPEN)
    sentences = Document(t("来源原句", "sentences of the sources"), default=list, missing=True, **OPEN)
    task = Reference("projects.Task", t("任务", "task"), missing=True, related_name="contradictions", **OPEN)
    explanation = LongText(t("说明", "explanation"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "key"], name="one_contradiction_per_key"),)

    class Describe:
        label = t("公开数据的矛盾", "contradiction")
        title, key, importable = "subject", ("programme", "key"), False
        list, sort = ("subject", "detail", "sources", "task", "explanation"), "id"
        fixed = ("programme", "key", "rule", "subject", "subject_en", "detail", "detail_en", "sources", "sentences", "task", "explanation")


class MonthlyReport(Entity):
    """One edition of a month's report. A published one stays as it was; what changes later makes the next edition."""

    programme = Reference("projects.Programme", t("民心工程", "programme"), related_name="reports", **OPEN)
    month = Text(t("月份", "month"), max_length=7, **OPEN)
    edition = Number(t("版次", "edition"), low=1, default=1, **OPEN)
    state = Choice(t("情况", "state"), options=options(words.REPORT_LABELS), default="draft", **OPEN)
    published_on = Day(t("发布日", "published on"), **OPEN)
    published_by = Text(t("发布人", "published by"), max_length=80, missing=True)
    content = models.JSONField(default=dict)  # the whole report in both languages: read through its address, not in lists
    digest = Text(t("内容摘要值", "digest of the content"), max_length=64, missing=True, **OPEN)
    reason = LongText(t("更正原因", "reason of the revision"), missing=True, **OPEN)
    lead = Office(t("承办单位", "issued by"), missing=True, **OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "month", "edition"], name="one_report_per_edition"),)

    class Describe:
        label = t("月度报告", "monthly report")
        title, key, organisation, importable = "month", ("programme", "month", "edition"), "lead", False
        list, sort = ("month", "programme", "state", "edition", "published_on", "published_by", "reason"), "-month"
        fixed = ("programme", "month", "edition", "state", "published_on", "published_by", "digest", "reason", "lead")
