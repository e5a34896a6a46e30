"""Grid network: known grids, a desk that answers, visits by need, deeds that residents confirm, and a budget for forms."""

from hexi.kit import Grant, Job, LayerSource, MenuItem, Role, Scenario, Source, erasing, hours, t
from hexi.scenarios.grid import budget, clues, confirming, deeds, duty, sources, sources_desk, visits
from hexi.scenarios.grid.indicators import INDICATORS
from hexi.scenarios.grid.models import (
    CareCall,
    CheckIn,
    Confirmation,
    Correction,
    DataAnswer,
    DataRequest,
    DutyGrid,
    DutySlot,
    FormAllowance,
    GridMember,
    Need,
    PartyOrgan,
    PartyUnit,
    Patrol,
    Pledge,
    Reception,
    ServiceDeed,
    Visit,
    WantedField,
)
from hexi.scenarios.grid.sample import load
from hexi.scenarios.grid.screens import desk, wall

REGISTERS = (
    DutyGrid,
    GridMember,
    Patrol,
    DutySlot,
    Reception,
    CareCall,
    Visit,
    Correction,
    PartyOrgan,
    PartyUnit,
    CheckIn,
    Need,
    Pledge,
    ServiceDeed,
    Confirmation,
    DataRequest,
    WantedField,
    FormAllowance,
    DataAnswer,
)
ABOUT_PEOPLE = ("grid.visit", "grid.correction", "grid.need", "grid.confirmation")
LOCAL = ("community_worker", "grid_worker", "street_staff")
BY_AREA = (
    "dutygrid",
    "gridmember",
    "patrol",
    "dutyslot",
    "reception",
    "carecall",
    "correction",
    "partyorgan",
    "partyunit",
    "checkin",
    "need",
    "pledge",
    "servicedeed",
    "confirmation",
    "dataanswer",
)
BUDGET = ("datarequest", "wantedfield", "formallowance")
GRANTS = (
    *(
        Grant(role, f"grid.{name}", ("read",), sees="personal" if name in {"correction", "confirmation"} else "internal")
        for role in LOCAL
        for name in BY_AREA
    ),
    *(Grant(role, "grid.visit", ("read",), sees="personal") for role in ("community_worker", "grid_worker")),
    *(Grant(role, f"grid.{name}", ("read",), reach="everywhere") for role in LOCAL for name in BUDGET),
    *(
        Grant(role, f"grid.{name}", ("create", "revise"))
        for role in ("community_worker", "street_staff")
        for name in ("dutyslot", "partyunit")
    ),
    *(Grant("street_staff", f"grid.{name}", ("create", "revise")) for name in ("dutygrid", "gridmember")),
    Grant("community_worker", "tours.*"),
    Grant("community_worker", "grid.need", ("read", "reveal")),
    Grant("grid_centre", "grid.*", ("read", "export")),
    *(Grant("grid_centre", f"grid.{name}", ("create", "revise", "import")) for name in ("dutygrid", "gridmember")),
    Grant("data_steward", "grid.correction", ("read",), sees="personal"),
    *(Grant("data_steward", f"grid.{name}", ("read",), reach="everywhere") for name in BUDGET),
    *(Grant("party_liaison", f"grid.{name}", ("read",)) for name in ("partyunit", "need", "pledge", "servicedeed", "confirmation")),
    *(Grant("department_staff", f"grid.{name}", ("read",)) for name in BUDGET),
    Grant("case_dispatcher", "grid.dutygrid", ("read",)),
    *(Grant("public", f"grid.{name}", ("read",), sees="open") for name in ("gridmember", "confirmation", "datarequest")),
    Grant("public", "grid.dutygrid", ("read",), sees="open", where=DutyGrid.in_use),
)
SOURCES = (
    ("summary", t("网格概况", "summary of the grid"), sources.summary),
    ("care", t("按需走访", "visits by need"), sources.care, "carecall"),
    ("people", t("各片人口", "people by area"), sources.people),
    ("grids", t("网格公示", "grids as published"), sources.grids),
    ("chain", t("组织链条", "chain of the organisation"), sources.chain, "partyorgan"),
    ("pledges", t("双报到进程", "from need to confirmation"), sources.pledges, "need", "servicedeed"),
    ("units", t("单位兑现", "units and what was confirmed"), sources.units, "pledge", "partyunit"),
    ("desk", t("值班台概况", "summary of the desk"), sources_desk.desk),
    ("rota", t("值班安排", "rota"), sources_desk.rota, "dutyslot"),
    ("waiting", t("未回告事项", "matters not yet told"), sources_desk.waiting, "reception"),
    ("worklist", t("走访路线", "round of visits"), sources_desk.worklist, "carecall"),
    ("requests", t("采集申请", "data requests"), sources_desk.requests, "datarequest"),
    ("allowances", t("采集额度", "form allowances"), sources_desk.allowances, "formallowance"),
    ("to_confirm", t("实事确认", "deeds and confirmations"), sources_desk.to_confirm, "servicedeed"),
)
AT_THE_DESK = ("grid_centre", "community_worker", "grid_worker")
MENU = (
    MenuItem("grid_desk", t("社区值班台", "Community desk"), page="grid_desk", home=AT_THE_DESK),
    MenuItem("duty_grids", t("责任网格", "duty grids"), entity="grid.dutygrid"),
    MenuItem("receptions", t("首问登记", "receptions"), entity="grid.reception"),
    MenuItem("duty_slots", t("值班安排", "rota"), entity="grid.dutyslot"),
    MenuItem("care_calls", t("走访对象", "households to visit"), entity="grid.carecall"),
    MenuItem("corrections", t("登记更正", "corrections"), entity="grid.correction"),
    MenuItem("needs", t("社区需求", "needs"), entity="grid.need", home=("party_liaison",)),
    MenuItem("pledges", t("认领", "pledges"), entity="grid.pledge"),
    MenuItem("service_deeds", t("实事", "service deeds"), entity="grid.servicedeed"),
    MenuItem("party_organs", t("网格党组织", "party organs"), entity="grid.partyorgan"),
    MenuItem("party_units", t("报到单位", "checked-in units"), entity="grid.partyunit"),
    MenuItem("data_requests", t("采集申请", "data requests"), entity="grid.datarequest"),
    MenuItem("wanted_fields", t("采集字段", "wanted fields"), entity="grid.wantedfield"),
)

scenario = Scenario(
    key="grid",
    label=t("网格化管理", "grid network"),
    owner=t("区委政法委（区网格中心）", "Political and Legal Affairs Commission (grid centre)"),
    entities=REGISTERS,
    case_types=(duty.DESK_MATTER, clues.CLUE),
    roles=(
        Role("grid_centre", t("区网格中心", "district grid centre"), reach="everywhere"),
        Role("party_liaison", t("报到单位联络员", "liaison of a checked-in unit"), reach="area"),
    ),
    grants=GRANTS,
    params=(budget.ALLOWANCE, *visits.PARAMS),
    indicators=INDICATORS,
    sources=tuple(Source(f"grid.{key}", label, sources.needing(read, *needs)) for key, label, read, *needs in SOURCES),
    layers=(LayerSource("grid.duty_grids", t("责任网格", "duty grids"), sources.duty_grids, topics=("grid.dutygrid",)),),
    actions=(*duty.ACTIONS, *clues.ACTIONS, *visits.ACTIONS, *deeds.ACTIONS, *budget.ACTIONS, *map(erasing, ABOUT_PEOPLE)),
    jobs=(Job("find_calls", t("更新走访对象", "households to visit"), visits.find_calls, every=hours(6)),),
    rounds=(sources_desk.ROUND,),
    tours=(sources_desk.TOUR,),
    slips=(confirming.SLIP,),
    people=(confirming.BENEFICIARIES,),
    pages=(wall, desk),
    menu=MENU,
    demo=(load,),
    demo_order=80,
)
