"""What the cases room declares."""

from datetime import timedelta

from hexi.core.data.api import erasing
from hexi.kernel.declare import Grant, Job, MenuItem, Role, Room, Source
from hexi.kernel.label import t
from hexi.modules.cases.acts import ACTIONS
from hexi.modules.cases.chasing import chase
from hexi.modules.cases.course import lives
from hexi.modules.cases.duplicates import PARAMS as DUPLICATE_PARAMS
from hexi.modules.cases.figures import closing_source, hours_source, stock_source
from hexi.modules.cases.importing import ARRIVAL
from hexi.modules.cases.models import (
    Case,
    CaseLink,
    CaseTask,
    Category,
    Extension,
    Note,
    Rating,
    Route,
    SamePhoto,
    Supervision,
    Suspect,
    Verification,
)
from hexi.modules.cases.near import PARAMS as NEAR
from hexi.modules.cases.parts import ACTIONS as PART_ACTIONS
from hexi.modules.cases.parts import DEEP
from hexi.modules.cases.people import PERSON_KEPT, REPORTERS, erase_people, forget_people
from hexi.modules.cases.photos import BITS
from hexi.modules.cases.precision import SOURCES as PRECISION
from hexi.modules.cases.sample_video import load as load_video
from hexi.modules.cases.sensed import act_on_all
from hexi.modules.cases.standing import run_rules
from hexi.modules.cases.suspicion import ENOUGH, FLOOR, SUSPECT_ACTIONS
from hexi.modules.cases.tasks import HANDLERS, TASK_ACTIONS, task_life
from hexi.modules.cases.timers import fire

OFFICE = ("acceptor", "dispatcher", "checker")
OPERATIONS = tuple(f"case_{one}" for one in OFFICE)
TOPICS = ("cases.case",)
PUBLIC_CASES = Case.is_public & Case.master.missing()


def tell_clocks(_topics: frozenset[str]) -> None:
    """Clocks that have come to something to say."""
    fire()


def chase_supervised(_topics: frozenset[str]) -> None:
    """Those whom the ladder names."""
    chase()


def act_on_sensed(_topics: frozenset[str]) -> None:
    """What stream rules found."""
    act_on_all()


def run_standing_rules(_topics: frozenset[str]) -> None:
    """Rules that are due."""
    run_rules()


def forget_reporters(_topics: frozenset[str]) -> None:
    """Reporters of cases that have been closed for long."""
    forget_people(PERSON_KEPT)


GRANTS = (
    *(Grant(role, "cases.*", ("read", "export")) for role in OPERATIONS),
    *(Grant("case_dispatcher", f"cases.{name}", ("create", "revise", "import", "export")) for name in ("category", "route")),
    Grant("case_acceptor", "cases.case", ("revise",)),
    Grant("case_importer", "cases.*", ("read",)),
    Grant("case_importer", "cases.case", ("import", "export")),
    Grant("case_dispatcher", "cases.case", ("revise",)),
    *(Grant(role, "cases.*", ("read",)) for role in HANDLERS),
    *(Grant(role, "cases.category", ("read",), reach="everywhere") for role in HANDLERS),
    *(Grant(role, "cases.case", ("reveal",)) for role in OPERATIONS),
    Grant("public", "cases.case", ("read",), sees="open", where=PUBLIC_CASES),
    Grant("public", "cases.category", ("read",), sees="open", where=Category.is_public),
)

AT_CASES = ("case_acceptor", "case_dispatcher", "case_checker", "department_staff", "street_staff")
room = Room(
    key="cases",
    label=t("案件", "cases"),
    entities=(Case, CaseTask, Category, Route, Verification, Extension, Note, Supervision, CaseLink, Suspect, Rating, SamePhoto),
    lifecycles=((CaseTask, task_life),),
    lives=((Case, lives()),),
    people=(REPORTERS,),
    arrivals=((Case, ARRIVAL),),
    roles=(
        Role("case_acceptor", t("受理员", "acceptor"), reach="area"),
        Role("case_dispatcher", t("派遣员", "dispatcher"), reach="area"),
        Role("case_checker", t("核查员", "checker"), reach="area"),
        Role("case_importer", t("历史案件导入员", "importer of past cases"), reach="everywhere"),
    ),
    grants=GRANTS,
    params=(FLOOR, ENOUGH, BITS, DEEP, *NEAR, *DUPLICATE_PARAMS),
    actions=(*ACTIONS, erasing("cases.case", erase_people), *TASK_ACTIONS, *PART_ACTIONS, *SUSPECT_ACTIONS),
    jobs=(
        Job("tell_clocks", t("时限提醒与督办", "clocks and supervision"), tell_clocks, every=timedelta(seconds=0.2), lane="prompt"),
        Job("chase", t("督办通知", "letters of supervision"), chase_supervised, every=timedelta(seconds=30)),
        Job("act_on_sensed", t("感知发现立案", "findings of stream rules"), act_on_sensed, every=timedelta(seconds=0.2), lane="prompt",
            at_bell=True),
        Job("run_standing_rules", t("执行规则", "standing rules"), run_standing_rules, every=timedelta(seconds=30)),
        Job("forget_reporters", t("清理到期反映人信息", "forget reporters"), forget_reporters, every=timedelta(days=1)),
    ),
    sources=(
        Source("cases.hours", t("案件上报时段", "when cases come in"), hours_source, TOPICS),
        Source("cases.stock", t("在办案件", "stock of cases"), stock_source, TOPICS),
        Source("cases.closing", t("办结用时", "time to close"), closing_source, TOPICS),
        *PRECISION,
    ),
    demo=(load_video,),
    demo_order=900,
    menu=(
        MenuItem("cases", t("案件", "cases"), entity="cases.case", home=AT_CASES),
        MenuItem("case_tasks", t("承办任务", "tasks of offices"), entity="cases.casetask"),
        MenuItem("supervisions", t("督办", "supervision"), entity="cases.supervision"),
        MenuItem("extensions", t("延期申请", "requests for more time"), entity="cases.extension"),
        MenuItem("verifications", t("核查", "verifications"), entity="cases.verification"),
        MenuItem("ratings", t("反映人评价", "ratings"), entity="cases.rating"),
        MenuItem("same_photos", t("重复照片", "same photos"), entity="cases.samephoto"),
        MenuItem("suspects", t("疑似问题", "suspicions"), entity="cases.suspect"),
        MenuItem("categories", t("事项分类", "categories"), entity="cases.category"),
        MenuItem("routes", t("派单规则", "routing rules"), entity="cases.route"),
    ),
)
