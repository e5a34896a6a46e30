"""Why a line of an address list stays out, and how to mend it."""

from hexi.kernel.label import t

NOWHERE = t(
    "没有认出街道、社区或小区；请写全街道、社区、小区名称，或先把这个叫法登记为别名",
    "No street, community or compound is known in it; write their whole names, or register this name as an alias first",
)
MISPRINT = t(
    "疑似误写，与“{name}”只差一字；请更正，确为别名的请先登记别名",
    "Perhaps a misprint: one character away from {name}; correct it, or register it as an alias first",
)
DISAGREES = t("地名互相矛盾（{why}）；请核对街道、社区、小区", "The names contradict each other ({why}); check street, community and compound")
SEVERAL = t("对应 {count} 处：{names}；请补充街道或社区", "It may be {count} places: {names}; add the street or community")
TWO_ANSWERS = t("与地址一列不一致：{one}、{other}；请改正其中一处", "It differs from the address: {one}, {other}; correct one of the two")
NO_COMPOUND = t(
    "没有写小区，所在社区内也没有唯一的这个楼号；请填写小区",
    "No compound is named, and the number is not the only one of its community; name the compound",
)
UNKNOWN_COMPOUND = t(
    "{place}没有“{name}”；请核对名称，确需新增的请在上一步选择“建立”",
    "{place} has no {name}; check the name, or choose to make what is missing",
)
NO_HOUSE = t("没有楼号；请填写楼号或楼名", "There is no building in it; give its number or name")
UNKNOWN_HOUSE = t(
    "{place}没有“{name}”号楼；请核对楼号，确需新增的请在上一步选择“建立”",
    "{place} has no building {name}; check the number, or choose to make what is missing",
)
MANY_HOUSES = t("小区内有 {count} 处“{name}”号楼；请写全楼名", "{count} buildings of the compound have the number {name}; write its whole name")
NO_STAIR = t("{place}有 {count} 个楼门，不知是哪一个；请填写单元（门）", "{place} has {count} doors, and it says of none; give the stair")
NO_GRID = t(
    "“{name}”不知属于哪个网格；请填写坐标，或写明网格",
    "It is not known in which grid {name} lies; give its point, or name the grid",
)
FAR = t(
    "坐标离{place}有 {metres} 米；请核对坐标、坐标系或地址",
    "The point lies {metres} m from {place}; check the point, its system or the address",
)
