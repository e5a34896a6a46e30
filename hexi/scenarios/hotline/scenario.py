"""The hotline 12345: what people call about is sent to whose it is, answered in time, and counted without ranking by chance."""

from hexi.kit import Grant, MenuItem, Role, Scenario, case_layer, t
from hexi.scenarios.hotline import disputes, excluding, gathering, marking
from hexi.scenarios.hotline.life import hotline
from hexi.scenarios.hotline.models import Dispute, Exclusion
from hexi.scenarios.hotline.sample import load
from hexi.scenarios.hotline.scoring import INDICATORS, sources
from hexi.scenarios.hotline.screens import PAGES
from hexi.scenarios.hotline.sources import SOURCES

READERS = ("case_acceptor", "case_dispatcher", "hotline_operator", "hotline_caller", "hotline_supervisor")
UNITS = ("department_staff", "street_staff", "community_worker")

scenario = Scenario(
    key="hotline",
    label=t("接诉即办", "Hotline 12345"),
    owner=t("区政务服务办公室", "Government Services Office"),
    entities=(Dispute, Exclusion),
    case_types=(hotline,),
    roles=(
        Role("hotline_operator", t("话务员", "operator")),
        Role("hotline_caller", t("回访员", "call-back")),
        Role("hotline_supervisor", t("督查员", "supervisor")),
    ),
    grants=(
        *(Grant(role, "hotline.*", ("read", "export")) for role in READERS),
        *(Grant(role, "hotline.*", ("read",)) for role in UNITS),
        Grant("auditor", "hotline.*", ("read", "export")),
        Grant("hotline_operator", "cases.case", ("read",)),
        Grant("hotline_supervisor", "cases.*", ("read", "export")),
        Grant("hotline_caller", "cases.case", ("read",)),
        Grant("hotline_caller", "cases.verification", ("read",)),
    ),
    indicators=INDICATORS,
    sources=(*sources, *SOURCES),
    layers=(case_layer(hotline),),
    actions=(*disputes.ACTIONS, *excluding.ACTIONS, *gathering.ACTIONS, *marking.ACTIONS),
    pages=PAGES,
    menu=(
        MenuItem("hotline_desk", t("接诉即办台", "Hotline desk"), page="hotline_desk",
                 home=("hotline_operator", "hotline_caller", "hotline_supervisor")),
        MenuItem("disputes", t("退回争议", "disputes"), entity="hotline.dispute"),
        MenuItem("exclusions", t("剔除申请", "claims of exclusion"), entity="hotline.exclusion"),
        MenuItem("precedents", t("先例", "precedents"), page="hotline_precedents"),
    ),
    demo=(load,),
    demo_order=210,
)
