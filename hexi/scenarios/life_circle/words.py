"""What columns, marks and walkers are called, and how a figure was computed, in words."""

from __future__ import annotations

from hexi.kit import Label, t
from hexi.scenarios.life_circle.figures import Figures
from hexi.scenarios.life_circle.times import ANY, times

ORIGIN = t("便民网点登记与步行路网", "register of outlets and walking network")
NOT_YET = t("尚未计算：登记网点后由后台计算", "Not computed yet: a job computes it once there are outlets")
MARKS = {"ok": t("良好", "good"), "watch": t("一般", "fair"), "breach": t("薄弱", "weak"), "none": t("无人居住", "nobody lives there")}
COLUMNS = {
    "asked": t("居民要求", "residents ask"),
    "name": t("名称", "name"), "people": t("居民", "people"), "basic": t("基本保障 %", "basic %"), "quality": t("品质提升 %", "quality %"),
    "public": t("公共服务 %", "public %"), "children": t("14岁以下 %", "under 14, %"), "elders": t("60岁以上 %", "60+, %"),
    "basic_kinds": t("基本业态", "basic kinds"), "quality_kinds": t("品质业态", "quality kinds"),
    "outlets": t("网点", "outlets"), "missing": t("缺必备业态", "required but missing"), "mark": t("评价", "mark"),
    "limit": t("要求", "asked"), "share": t("覆盖 %", "covered %"), "homes": t("按户 %", "by homes, %"), "standard": t("标准", "standard"),
    "clause": t("条款", "clause"), "basis": t("核对情况", "how sure"), "title": t("业态", "kind"), "place_name": t("建议位置", "site"),
    "total": t("累计惠及", "helped so far"), "bound": t("占上界 %", "% of the bound"), "step": t("第几处", "nth site"),
    "worst": t("最差一成", "worst tenth"), "best": t("最好一成", "best tenth"), "ratio": t("好差比", "best/worst"),
    "gini": t("基尼系数", "Gini"), "group": t("类别", "class"), "rule": t("规则", "rule"), "change": t("变化", "change"),
    "gained": t("新增覆盖", "gained"), "lost": t("减少覆盖", "lost"), "minutes": t("步行分钟", "minutes"), "kind": t("业态", "kind"),
    "before": t("原覆盖 %", "before, %"), "after": t("变动后 %", "after, %"), "ms": t("计算毫秒", "computed in ms"),
    "grade": t("等级", "grade"), "chain": t("连锁化率 %", "chains, %"), "now": t("现值", "now"), "met": t("核对", "met"),
    "criterion": t("要求", "criterion"), "closure": t("管制", "closure"), "gate": t("大门或通道", "gate or way"), "at": t("位置", "where"),
    "effect": t("影响", "effect"),
    "since": t("自", "since"), "until": t("至", "until"), "by_rule": t("人次", "people by rule"),
    "net_elders": t("其中60岁以上", "of them 60+"), "net_children": t("其中14岁以下", "of them under 14"), "net_homes": t("户数增减", "homes"),
}  # fmt: skip
SKETCH = t("示意路网（生成），非实测", "a sketch of generated streets")
MAPPED = t("地图导入的路网", "streets from the map")
HOW = t(
    "沿{net}（{km} 公里）从 {doors} 个楼门步行至 {outlets} 个在营网点逐一计算；按{by}加权；台阶、上锁通道按人群区别对待",
    "Walked along {net} ({km} km) from {doors} doors to {outlets} standing outlets, weighted by {by}; steps and locked ways by walker",
)  # fmt: skip


AT = t("按{time}计，营业时间未知的 {n} 家按营业算", "At {time}; {n} outlets of unknown hours count as open")
COUNTED = t("已计入当时 {n} 处通行管制", "{n} closures of that time are counted")
LEFT_OUT = t("步行路网服务暂时不可用，{n} 处通行管制未计入", "The walking network is away: {n} closures are not counted")


def about(found: Figures) -> Label:
    """How the figures were computed."""
    content = found.about
    by = t("登记居民人数", "registered residents") if content["people_known"] else t("户数（无居民登记）", "homes (no register of residents)")
    net = SKETCH if content["drawn"] else MAPPED
    parts = [HOW.filled(net=net, km=content["streets_km"], doors=f"{content['doors']:,}", outlets=f"{content['outlets']:,}", by=by)]
    if found.time != ANY:
        parts.append(AT.filled(time=times()[found.time].label, n=f"{content['outlets'] - content['hours_known']:,}"))
    parts += [words.filled(n=number) for words, number in ((COUNTED, found.closures), (LEFT_OUT, found.left_out)) if number]
    return Label("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def walker_labels() -> dict[str, Label]:
    """For whom a walk can be computed."""
    return {
        "adult": t("成年人", "grown-up"), "elder": t("老年人", "elder"), "child": t("儿童", "child"), "wheelchair": t("轮椅使用者", "wheelchair user"),
    }  # fmt: skip
