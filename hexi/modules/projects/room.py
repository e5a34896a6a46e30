"""What the projects room declares."""

from hexi.kernel.declare import Grant, Indicator, LayerSource, MenuItem, Role, Room, Source
from hexi.kernel.label import t
from hexi.modules.projects import lifecycles, lost, sources
from hexi.modules.projects.actions import TASK_ACTIONS
from hexi.modules.projects.begun import BEGIN_ACTIONS
from hexi.modules.projects.checks import CHECK_ACTIONS
from hexi.modules.projects.editions import REPORT_ACTIONS
from hexi.modules.projects.here import here
from hexi.modules.projects.limits import PARAMS
from hexi.modules.projects.models import (
    Contradiction,
    Evidence,
    Milestone,
    MonthlyReport,
    PlaceCheck,
    Programme,
    ProgrammeGroup,
    Progress,
    Standing,
    Statement,
    Target,
    TargetChange,
    Task,
)
from hexi.modules.projects.month import month
from hexi.modules.projects.sites import sites

ENTITIES = (
    Programme, ProgrammeGroup, Task, Target, Milestone, Progress, Evidence, PlaceCheck, TargetChange, Standing, Statement, Contradiction,
    MonthlyReport,
)  # fmt: skip
PUBLIC = ("programme", "programmegroup", "task", "target", "milestone", "standing", "statement", "contradiction")
TOPICS = ("projects.task", "projects.progress", "projects.milestone", "projects.target", "projects.placecheck")

OWN = (Task.level == "district") & Task.programme.to(Programme.is_current)
OPEN_OWN = OWN & ~(Task.status == "done") & ~(Task.status == "unknown")
WORKS, SERVICES = OWN & (Task.category == "works"), OWN & (Task.category == "service")
COUNTED = ~Target.planned.missing() & (Target.task.to(Task.level) == "district") & Target.task.to(Task.programme).to(Programme.is_current)

INDICATORS = (
    Indicator("tasks_done_share", t("民心工程任务完成率", "tasks done"), Task, "percent", where=OWN, hit=Task.status == "done", target=100,
              besides=lost.all_besides, besides_words=lost.WORDS),
    Indicator("tasks_on_schedule_share", t("未完成任务正常推进率", "open tasks on course"), Task, "percent", where=OPEN_OWN,
              hit=Task.status.one_of("on_schedule", "by_procedure")),
    Indicator("tasks_at_risk", t("民心工程风险任务数", "tasks at risk"), Task, "items", where=OWN & Task.status.one_of("at_risk", "late"),
              measure="count", better="down", target=0),
    Indicator("works_done_share", t("工程类任务完成率", "works done"), Task, "percent", where=WORKS, hit=Task.status == "done", target=100,
              besides=lost.works_besides, besides_words=lost.WORDS),
    Indicator("service_done_share", t("公共服务类任务完成率", "services done"), Task, "percent", where=SERVICES, hit=Task.status == "done",
              target=100, besides=lost.services_besides, besides_words=lost.WORDS),
    Indicator("targets_met_share", t("量化目标达成率", "targets met"), Target, "percent", where=COUNTED & ~(Target.met & Target.done.missing()),
              hit=Target.reached, target=100),
    Indicator("progress_evidence_share", t("进度有据率", "progress with evidence"), Progress, "percent",
              where=Progress.current & Progress.task.to(Task.programme).to(Programme.is_current),
              hit=~Progress.evidence.missing() | ~Progress.source_sentence.missing(), target=100),
)  # fmt: skip

STAFF_VERBS = ("read", "export")
GRANTS = (
    *(Grant("public", f"projects.{name}", ("read",), sees="open") for name in PUBLIC),
    Grant("public", "projects.progress", ("read",), sees="open", where=Progress.origin == "published"),
    Grant("public", "projects.monthlyreport", ("read",), sees="open", where=~(MonthlyReport.state == "draft")),
    Grant("programme_coordinator", "projects.*", ("read", "export", "reveal"), sees="personal"),
    Grant("programme_coordinator", "projects.task", ("create", "revise", "import")),
    Grant("programme_coordinator", "projects.target", ("create", "revise", "import")),
    Grant("programme_coordinator", "projects.milestone", ("create", "revise", "import")),
    Grant("programme_coordinator", "projects.programme", ("create", "revise")),
    Grant("programme_coordinator", "projects.programmegroup", ("create", "revise")),
    Grant("programme_coordinator", "projects.statement", ("create", "revise")),
    Grant("department_staff", "projects.*", STAFF_VERBS, reach="everywhere"),
    Grant("department_staff", "projects.placecheck", ("read",), sees="personal"),
    Grant("department_staff", "projects.milestone", ("create", "revise")),
    Grant("street_staff", "projects.*", STAFF_VERBS, reach="everywhere"),
    Grant("street_staff", "projects.placecheck", ("read",), sees="personal"),
    Grant("community_worker", "projects.*", ("read",), reach="everywhere"),
)

room = Room(
    key="projects",
    label=t("民心工程台账", "programme registers"),
    entities=ENTITIES,
    lifecycles=((Task, lifecycles.task), (PlaceCheck, lifecycles.place_check)),
    roles=(Role("programme_coordinator", t("民心工程统筹岗", "programme coordinator"), reach="everywhere"),),
    grants=GRANTS,
    params=PARAMS,
    indicators=INDICATORS,
    actions=(*TASK_ACTIONS, *CHECK_ACTIONS, *BEGIN_ACTIONS, *REPORT_ACTIONS),
    sources=(
        Source("projects.summary", t("民心工程总体", "programme at a glance"), sources.summary, TOPICS),
        Source("projects.categories", t("分类进展", "by category"), sources.categories, TOPICS),
        Source("projects.groups", t("20项分组", "groups"), sources.groups, TOPICS),
        Source("projects.tasks", t("任务", "tasks"), sources.tasks, TOPICS),
        Source("projects.targets", t("量化目标", "targets with a number"), sources.targets, TOPICS),
        Source("projects.risks", t("风险与存疑", "risks and doubts"), sources.risks, TOPICS),
        Source("projects.stages", t("工程阶段", "stages of works"), sources.stages, TOPICS),
        Source("projects.contradictions", t("公开数据的矛盾", "contradictions"), sources.contradictions, ("projects.contradiction",)),
        Source("projects.latest", t("最新进展", "latest entries"), sources.latest, TOPICS),
        Source("projects.here", t("本范围的任务", "tasks of a place"), here, TOPICS),
        Source("projects.month", t("月度报告", "the month's report"), month, (*TOPICS, "projects.monthlyreport")),
    ),
    layers=(LayerSource("projects.sites", t("任务地点", "places of tasks"), sites, TOPICS),),
    menu=(
        MenuItem("programmes", t("年度工程", "programmes"), entity="projects.programme"),
        MenuItem("tasks", t("任务", "tasks"), entity="projects.task"),
        MenuItem("targets", t("量化目标", "targets"), entity="projects.target"),
        MenuItem("milestones", t("节点", "milestones"), entity="projects.milestone"),
        MenuItem("progress", t("进展", "progress"), entity="projects.progress"),
        MenuItem("checks", t("现场核对", "checks at the place"), entity="projects.placecheck"),
        MenuItem("changes", t("目标调整", "changes of targets"), entity="projects.targetchange"),
        MenuItem("reports", t("月度报告", "monthly reports"), entity="projects.monthlyreport"),
        MenuItem("statements", t("公开表述", "published statements"), entity="projects.statement"),
        MenuItem("contradictions", t("公开数据的矛盾", "contradictions"), entity="projects.contradiction"),
    ),
)
