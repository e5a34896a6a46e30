"""Waste from cradle to grave: every kilogram that a firm of the district produces is somewhere, and somebody signed for it."""

from hexi.kit import Grant, MenuItem, Role, Rule, Scenario, days, hours, t
from hexi.scenarios.waste import cells, explaining, life, paper, pooling, public, revising, storage
from hexi.scenarios.waste.codes import PICKED
from hexi.scenarios.waste.indicators import INDICATORS, OVER_TIME, STORED
from hexi.scenarios.waste.models import Firm, StorageLot
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import CARRIER, DRIVER, FIRMS, OFFICE, PRODUCER, RECEIVER
from hexi.scenarios.waste.printed import PAPER
from hexi.scenarios.waste.public import SLIP
from hexi.scenarios.waste.rounds import ROUNDS
from hexi.scenarios.waste.sample import load
from hexi.scenarios.waste.screens import PAGES
from hexi.scenarios.waste.sources import SOURCES
from hexi.scenarios.waste.sources_desk import MORE
from hexi.scenarios.waste.sources_map import MAPPED
from hexi.scenarios.waste.tables import REGISTERS
from hexi.scenarios.waste.tags import TAGS
from hexi.scenarios.waste.turns import WAITING

OWN = ("permit", "yearplan", "container", "storagelot", "declaration", "movement")
SHARED = ("manifest", "load", "signature", "revision", "alert")
GRANTS = (
    *(Grant(role, f"waste.{name}", ("read", "export"), sees="personal") for role in (PRODUCER, RECEIVER) for name in OWN),
    *(Grant(role, f"waste.{name}", ("read", "export"), sees="personal") for role in (PRODUCER, RECEIVER, CARRIER) for name in SHARED),
    *(Grant(DRIVER, f"waste.{name}", ("read",)) for name in SHARED),
    Grant(CARRIER, "waste.permit", ("read", "export")),
    *(Grant(role, "waste.collectionrun", ("read",)) for role in FIRMS),
    *(Grant(role, "waste.firm", ("read",), sees="personal") for role in FIRMS),
    Grant(PRODUCER, "waste.firm", ("read",), where=Firm.carries | Firm.receives, reach="everywhere"),
    *(Grant(role, "waste.firm", ("read",), sees="internal", reach="everywhere") for role in (CARRIER, DRIVER, RECEIVER)),
    Grant(OFFICE, "waste.*", ("read", "export", "reveal"), sees="internal"),
    *(Grant(OFFICE, f"waste.{name}", ("create", "revise", "import")) for name in ("firm", "permit")),
    *(Grant("street_staff", f"waste.{name}", ("read",)) for name in ("firm", "manifest", "wastecell")),
    Grant("community_worker", "waste.wastecell", ("read",)),
    *(Grant(role, "waste.*", ("read",)) for role in ("leader", "auditor")),
    Grant("public", "waste.wastecell", ("read",), sees="open", where=WasteCell.state == "named"),
)
RULES = (
    Rule("waste_over_time", t("超期贮存", "stored over time"), StorageLot, when=STORED & OVER_TIME, every=hours(6),
         because="data/limits.yaml, storage_days: 固体废物污染环境防治法第八十一条等，按废物种类"),
    Rule("waste_confirm_late", t("超期未确认接受", "receipt not confirmed in time"), Manifest,
         when=(Manifest.state == "arrived") & Manifest.confirm_due.older_than(days(0)), every=hours(1),
         because="data/limits.yaml, confirm: 危险废物转移管理办法（部令第23号），五个工作日内确认"),
)  # fmt: skip
MENU = (
    MenuItem("waste_desk_page", t("固废监管台", "waste office desk"), page="waste_desk", home=(OFFICE,)),
    MenuItem("waste_firm_page", t("本单位固废", "our waste"), page="waste_firm", home=(PRODUCER, CARRIER, RECEIVER)),
    MenuItem("waste_driver_page", t("我的收运", "my pick-ups"), page="waste_driver", home=(DRIVER,)),
    MenuItem("waste_manifests", t("转移联单", "manifests"), entity="waste.manifest"),
    MenuItem("waste_lots", t("贮存台账", "ledger of storage"), entity="waste.storagelot"),
    MenuItem("waste_movements", t("出入库流水", "movements"), entity="waste.movement"),
    MenuItem("waste_containers", t("容器与标签", "containers"), entity="waste.container"),
    MenuItem("waste_runs", t("收集趟次", "collection runs"), entity="waste.collectionrun"),
    MenuItem("waste_revisions", t("更正与作废", "revisions"), entity="waste.revision"),
    MenuItem("waste_alerts", t("联单提示", "alerts"), entity="waste.alert"),
    MenuItem("waste_firms", t("涉废单位", "firms"), entity="waste.firm"),
    MenuItem("waste_permits", t("许可", "permits"), entity="waste.permit"),
    MenuItem("waste_plans", t("年度计划", "annual plans"), entity="waste.yearplan"),
    MenuItem("waste_declarations", t("月度申报", "declarations"), entity="waste.declaration"),
    MenuItem("waste_cells", t("无废细胞", "zero-waste cells"), entity="waste.wastecell"),
)

scenario = Scenario(
    key="waste",
    label=t("无废河西", "Waste from cradle to grave"),
    owner=t("区生态环境局", "Ecology and Environment Bureau"),
    entities=REGISTERS,
    lifecycles=life.LIVES,
    roles=(
        Role(PRODUCER, t("产废单位", "waste producer"), reach="organisation"),
        Role(CARRIER, t("承运单位", "carrier"), reach="organisation"),
        Role(DRIVER, t("危废驾驶员", "driver"), reach="organisation"),
        Role(RECEIVER, t("接收单位", "receiver"), reach="organisation"),
        Role(OFFICE, t("固废监管岗", "district waste office"), reach="everywhere"),
    ),
    grants=GRANTS,
    rules=RULES,
    indicators=INDICATORS,
    sources=(*SOURCES, *MORE, *PICKED, WAITING),
    layers=MAPPED,
    rounds=ROUNDS,
    slips=(SLIP,),
    tags=TAGS,
    papers=(PAPER,),
    pages=PAGES,
    menu=MENU,
    demo=(load,),
    demo_order=210,
    actions=(*life.ACTIONS, *storage.ACTIONS, *revising.ACTIONS, *paper.ACTIONS, *cells.ACTIONS, *explaining.ACTIONS,
             *pooling.ACTIONS, *public.ACTIONS),
)
