"""Eldercare: looked after by need and by their own word; help comes when they call; nothing is sensed against their will."""

from hexi.kit import Grant, LayerSource, MenuItem, Role, Scenario, t
from hexi.scenarios.eldercare import beds, bookings, choices, files, meals, retrofits, sos, training, visits
from hexi.scenarios.eldercare.door import TAGS
from hexi.scenarios.eldercare.indicators import INDICATORS
from hexi.scenarios.eldercare.keeping import CONSENTS
from hexi.scenarios.eldercare.models import REGISTERS, Elder
from hexi.scenarios.eldercare.models_beds import HandOver
from hexi.scenarios.eldercare.models_care import Carer
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking
from hexi.scenarios.eldercare.own import PEOPLE
from hexi.scenarios.eldercare.pages import FAMILY, HELP, SLIPS
from hexi.scenarios.eldercare.paper import PAPER
from hexi.scenarios.eldercare.parties import CENTRE, HOME, OFFICE, PROVIDER, STEWARD
from hexi.scenarios.eldercare.sample import load
from hexi.scenarios.eldercare.screens import PAGES
from hexi.scenarios.eldercare.sources import SOURCES, elders_on_map

FILES = ("elder", "contact", "consent", "quietzone", "carevisit", "careevent", "booking", "retrofit", "handover")
STAFF = ("carer", "training", "servicepoint", "catalogueitem", "carehome")
KEEPERS = ("community_worker", STEWARD, CENTRE)
ALARMS = ("rescue", "rescuecall", "duty")
GRANTS = (
    *(Grant(role, f"eldercare.{name}", ("read", "reveal"), sees="personal") for role in KEEPERS for name in FILES),
    *(Grant(role, f"eldercare.{name}", ("revise",)) for role in KEEPERS for name in ("elder", "contact")),
    *(Grant(role, f"eldercare.{name}", ("read",)) for role in (*KEEPERS, "grid_worker", "street_staff") for name in STAFF),
    Grant("community_worker", "eldercare.carer", where=Carer.kind == "steward", reach="everywhere"),  # a steward's area is a whole street
    *(Grant(role, "eldercare.elder", ("read", "reveal")) for role in ("grid_worker", "street_staff")),
    *(Grant("street_staff", f"eldercare.{name}") for name in ("carevisit", "careevent", "booking", "retrofit", "handover")),
    *(Grant(CENTRE, f"eldercare.{name}", ("create", "revise")) for name in ("carer", "servicepoint", "catalogueitem")),
    Grant(OFFICE, "eldercare.*", ("read", "export", "reveal")),
    *(Grant(OFFICE, f"eldercare.{name}", ("create", "revise", "import")) for name in STAFF),
    *(Grant(PROVIDER, f"eldercare.{name}") for name in ("servicepoint", "catalogueitem")),
    Grant(PROVIDER, "eldercare.catalogueitem", ("create", "revise")),
    Grant(PROVIDER, "eldercare.booking", ("read",), sees="personal"),
    Grant(HOME, "eldercare.carehome", ("read",), reach="everywhere"),
    Grant(HOME, "eldercare.carehome", ("revise",)),
    Grant(HOME, "eldercare.handover", ("read", "reveal"), sees="sensitive"),
    *(Grant(role, "eldercare.*", ("read",)) for role in ("leader", "auditor")),
    Grant("data_steward", "eldercare.elder"),
    *(Grant("public", f"eldercare.{name}", sees="open") for name in ("servicepoint", "catalogueitem", "carehome")),
    *(Grant(role, f"alarms.{name}") for role in (*KEEPERS, OFFICE, "leader") for name in ALARMS),
    *(Grant(role, "tours.*") for role in ("community_worker", CENTRE)),
    Grant(PROVIDER, "tours.*", reach="area"),
    *(Grant(role, "eldercare.elder", ("read",), sees="personal") for role in ("alarm_operator", "alarm_supervisor")),
    *(Grant(CENTRE, "alarms.duty", (verb,)) for verb in ("create", "revise")),
)  # fmt: skip
MENU = (
    MenuItem("eldercare_desk", t("养老指挥台", "Eldercare desk"), page="eldercare_desk", home=(CENTRE, OFFICE, STEWARD)),
    MenuItem("elders", t("老人档案", "files of elders"), entity="eldercare.elder"),
    MenuItem("elder_contacts", t("家人与联系人", "family and contacts"), entity="eldercare.contact"),
    MenuItem("elder_consents", t("本人同意", "consents"), entity="eldercare.consent"),
    MenuItem("quiet_zones", t("免打扰区", "dignity zones"), entity="eldercare.quietzone"),
    MenuItem("care_visits", t("探访记录", "visits"), entity="eldercare.carevisit"),
    MenuItem("care_events", t("呼救与迹象", "calls and signs"), entity="eldercare.careevent"),
    MenuItem("care_bookings", t("服务预约", "bookings"), entity="eldercare.booking", home=(PROVIDER,)),
    MenuItem("care_catalogue", t("服务目录", "catalogue of services"), entity="eldercare.catalogueitem"),
    MenuItem("care_points", t("服务点", "service points"), entity="eldercare.servicepoint"),
    MenuItem("care_retrofits", t("适老化改造", "homes fitted"), entity="eldercare.retrofit"),
    MenuItem("care_homes", t("机构与床位", "care homes"), entity="eldercare.carehome"),
    MenuItem("hand_overs", t("三床联动交接单", "hand-over sheets"), entity="eldercare.handover", home=(HOME,)),
    MenuItem("carers", t("照护者与培训", "carers"), entity="eldercare.carer"),
)
LINKS = (
    files.link_action("eldercare.elder", "show_elder_link", t("出示老人页链接", "show the elder's link"), HELP.link),
    files.link_action("eldercare.contact", "show_family_link", t("出示家人页链接", "show the family's link"), FAMILY.link),
)

scenario = Scenario(
    key="eldercare",
    label=t("智慧养老", "Eldercare"),
    owner=t("区民政局", "Civil Affairs Bureau"),
    entities=REGISTERS,
    lifecycles=((Elder, files.LIFE), (Booking, bookings.LIFE), (Retrofit, retrofits.LIFE), (HandOver, beds.LIFE)),
    case_types=(sos.CASE,),
    stream_rules=(sos.PRESSED, sos.FELL),
    alarms=(sos.ALARM,),
    consents=(CONSENTS,),
    roles=(
        Role(STEWARD, t("养老管家", "care steward"), reach="area"),
        Role(CENTRE, t("街道养老服务中心", "street care centre"), reach="area"),
        Role(OFFICE, t("民政养老岗", "civil affairs, eldercare"), reach="everywhere"),
        Role(PROVIDER, t("养老服务单位", "provider of care"), reach="organisation"),
        Role(HOME, t("养老机构与医院", "care home or hospital"), reach="organisation"),
    ),
    grants=GRANTS,
    indicators=INDICATORS,
    sources=SOURCES,
    layers=(LayerSource("eldercare.elders", t("到期探访的住处", "homes with a visit due"), elders_on_map, topics=("eldercare.elder",)),),
    actions=(
        *files.ACTIONS, *LINKS, *choices.ACTIONS, *visits.ACTIONS, *training.ACTIONS, *bookings.ACTIONS, *retrofits.ACTIONS, *beds.ACTIONS,
        *sos.ACTIONS,
    ),
    jobs=sos.JOBS,
    rounds=(visits.ROUND, meals.ROUND),
    tours=(visits.TOUR, meals.TOUR),
    slips=SLIPS,
    papers=(PAPER,),
    tags=TAGS,
    people=(PEOPLE,),
    pages=PAGES,
    menu=MENU,
    demo=(load,),
    demo_order=220,
)  # fmt: skip
