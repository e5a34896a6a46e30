"""Options and words that the registers of the waste scenario share."""

import secrets
from decimal import Decimal

from hexi.kit import Label, t

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
CODE_LENGTH = 16
Options = tuple[tuple[str, Label], ...]

HAZARDOUS = "hazardous"
UNCHECKED = t(
    "期限与限量按 data/limits.yaml；其中引自法规的数值尚未与原文核对，不能作为执法依据",
    "By data/limits.yaml; what it takes from rules was not yet compared with their text, so nothing may be decided on it",
)
STREAMS: Options = (
    (HAZARDOUS, t("危险废物", "hazardous waste")), ("medical", t("院内医疗废物流转", "medical waste inside a hospital")),
    ("general", t("一般工业固体废物", "ordinary industrial waste")), ("construction", t("建筑垃圾", "building waste")),
    ("kitchen", t("餐厨垃圾", "kitchen waste")), ("household", t("生活垃圾", "household waste")),
)  # fmt: skip
RISKS: Options = (
    ("key", t("重点监管", "key supervision")), ("simplified", t("简化管理", "simplified")), ("registered", t("登记管理", "registered only")),
)  # fmt: skip
INDUSTRIES: Options = (
    ("repair", t("汽车维修", "car repair")), ("clinic", t("医疗卫生", "clinics")), ("laboratory", t("检测与实验室", "laboratories")),
    ("printing", t("印刷", "printing")), ("dry_cleaning", t("洗染", "dry cleaning")), ("school", t("学校实验室", "school laboratories")),
    ("works", t("建筑施工", "building works")), ("catering", t("餐饮", "catering")), ("manufacture", t("制造", "manufacture")),
    ("transport", t("运输", "carriers")), ("disposal", t("收集利用处置", "collection and disposal")),
)  # fmt: skip
PERMITS: Options = (
    ("discharge", t("排污许可/登记", "discharge permit")), ("transport", t("道路运输经营许可", "transport licence")),
    ("operate", t("危险废物经营许可", "operating licence for waste")),
)  # fmt: skip
CONTAINERS: Options = (
    ("drum", t("桶", "drum")), ("bag", t("袋", "bag")), ("box", t("箱", "box")), ("tank", t("槽罐", "tank")), ("bin", t("周转桶", "wheeled bin")),
)  # fmt: skip
FORMS: Options = (("solid", t("固态", "solid")), ("liquid", t("液态", "liquid")), ("sludge", t("半固态", "sludge")))
STATES: Options = (
    ("planned", t("计划", "planned")), ("draft", t("草稿", "draft")), ("signed", t("移出人已签", "signed by the producer")),
    ("carried", t("运输中", "on the road")), ("arrived", t("已运抵", "arrived")), ("accepted", t("已接受", "accepted")),
    ("partly", t("部分接受", "partly accepted")), ("refused", t("已拒收", "refused")), ("stored", t("暂存", "in temporary storage")),
    ("treated", t("已利用处置", "treated")), ("passed_on", t("已全部转出", "passed on")), ("closed", t("办结", "closed")),
    ("returned", t("已退回", "taken back")), ("cancelled", t("作废", "cancelled")),
)  # fmt: skip
HAZARDS: Options = (
    ("T", t("毒性", "toxic")), ("C", t("腐蚀性", "corrosive")), ("I", t("易燃性", "ignitable")), ("R", t("反应性", "reactive")),
    ("In", t("感染性", "infectious")),
)  # fmt: skip
ACCOUNTS: Options = (
    ("outside", t("产生", "produced")), ("store", t("单位库存", "held by a firm")), ("road", t("在途", "on the road")),
    ("done", t("已利用处置", "treated")), ("gap", t("磅差", "weight difference")),
)  # fmt: skip
ROLES: Options = (
    ("producer", t("移出人", "producer")), ("carrier", t("承运人", "carrier")), ("receiver", t("接受人", "receiver")),
    ("office", t("主管部门", "district office")),
)  # fmt: skip
WAYS: Options = (
    ("account", t("本人账号", "own account")), ("office", t("主管部门代录", "entered by the district office")),
    ("paper", t("纸质联单补录", "from a paper manifest")),
)  # fmt: skip
REVISIONS: Options = (("correct", t("更正", "correction")), ("cancel", t("作废", "cancellation")))
REVISED: Options = (
    ("plate", t("车牌", "plate")), ("packages", t("包装件数", "packages")), ("national_number", t("国家系统联单号", "national number")),
    ("shipped_kg", t("移出数量", "shipped")), ("received_kg", t("接受数量", "received")),
)  # fmt: skip
REVISION_STATES: Options = (
    ("open", t("待各方同意", "waits for consent")), ("agreed", t("各方同意，已生效", "agreed and in force")), ("refused", t("未获同意", "refused")),
)  # fmt: skip
ALERTS: Options = (
    ("weight", t("磅差超限", "weights differ")), ("late", t("超期确认", "confirmed late")), ("trip", t("车次重叠", "trips overlap")),
    ("plan", t("超出年度计划", "beyond the annual plan")), ("paper_late", t("纸质补录超期", "paper entered late")),
    ("capacity", t("超出年许可量", "beyond the permit's capacity")), ("public", t("公众反映", "seen by the public")),
)  # fmt: skip
RUN_STATES: Options = (("open", t("可预约", "open")), ("full", t("已约满", "full")), ("called_off", t("取消", "called off")))
ALERT_STATES: Options = (("open", t("待核", "to be looked at")), ("explained", t("已说明", "explained")))
PLAN_STATES: Options = (("drafted", t("草拟", "drafted")), ("filed", t("已备案", "filed")), ("sent_back", t("退回修改", "sent back")))
CELL_KINDS: Options = (
    ("community", t("无废社区", "community")), ("school", t("无废学校", "school")), ("hospital", t("无废医院", "hospital")),
    ("hotel", t("无废饭店", "hotel")), ("office", t("无废机关", "office")), ("street", t("无废街区", "quarter")), ("site", t("无废工地", "building site")),
)  # fmt: skip
CELL_STATES: Options = (
    ("applied", t("已申报", "applied")), ("named", t("已命名", "named")), ("turned_down", t("未通过", "turned down")),
)  # fmt: skip
METHODS: Options = (
    ("R", t("利用（R）", "recovery (R)")), ("D10", t("焚烧（D10）", "incineration (D10)")), ("D9", t("物化处理（D9）", "physical or chemical (D9)")),
    ("D1", t("填埋（D1）", "landfill (D1)")), ("C", t("收集清运处理（C）", "collected and processed (C)")),
)  # fmt: skip
SEALS: Options = (
    ("sign_producer", t("移出人签署", "signed by the producer")), ("take_over", t("承运人签收", "taken over")), ("hand_on", t("换车交接", "handed on")),
    ("arrive", t("运抵", "arrived")), ("accept", t("接受", "accepted")), ("accept_part", t("部分接受", "accepted in part")),
    ("refuse", t("拒收", "refused")), ("take_back", t("退回签收", "taken back")), ("consent", t("同意更正/作废", "consent")),
    ("corrected", t("更正生效", "corrected")),
)  # fmt: skip


def label_of(options: Options, key: str) -> Label:
    """The word for a key; the key itself where nobody declares it."""
    return dict(options).get(key, t(key or "—", key or "—"))


def new_code() -> str:
    """A code that nobody guesses, in letters that can be read off a label."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


KG_IN_TONNE = 1000


def kilos(kg: Decimal) -> str:
    """The weight as people write it: without noughts at its end, the same from either database."""
    return f"{kg.normalize():f}"
