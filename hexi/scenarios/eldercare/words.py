"""Options and words that eldercare's registers, forms and sources share."""

from __future__ import annotations

from hexi.kit import Label, t

Options = tuple[tuple[str, Label], ...]
RESIDENTS, ELDER = "population.resident", "eldercare.elder"

SEXES: Options = (("female", t("女", "female")), ("male", t("男", "male")))
LIVES: Options = (
    ("alone", t("独居", "alone")), ("couple", t("老两口", "old couple")), ("family", t("与家人同住", "with family")),
    ("institution", t("住养老机构", "in a care home")),
)  # fmt: skip
LEVELS: Options = (
    ("unknown", t("未评估", "not assessed")), ("able", t("能力完好", "able")), ("mild", t("轻度失能", "mildly disabled")),
    ("moderate", t("中度失能", "moderately disabled")), ("severe", t("重度失能", "severely disabled")), ("total", t("完全失能", "wholly disabled")),
)  # fmt: skip
HARDSHIPS: Options = (
    ("none", t("无", "none")), ("low_income", t("低保", "minimum income")), ("near_low_income", t("低保边缘", "near minimum income")),
    ("lost_child", t("计划生育特殊家庭", "lost an only child")), ("merit", t("重点优抚", "entitled for service")),
)  # fmt: skip
FILE_STATES: Options = (("served", t("在服务", "served")), ("paused", t("暂停", "paused")), ("left", t("已退出", "left")))
NEEDS: Options = (
    ("near", t("每日", "every day")), ("close", t("三日一访", "every three days")), ("weekly", t("每周", "weekly")),
    ("fortnightly", t("两周一访", "fortnightly")), ("monthly", t("每月", "monthly")), ("seasonal", t("每季", "each season")),
    ("none", t("不需探访", "no visits")),
)  # fmt: skip
RELATIONS: Options = (
    ("child", t("子女", "child")), ("spouse", t("配偶", "spouse")), ("relative", t("其他亲属", "relative")),
    ("neighbour", t("邻居", "neighbour")), ("guardian", t("监护人", "guardian")),
)  # fmt: skip
DEVICES: Options = (
    ("button", t("呼叫按钮", "call button")), ("radar", t("毫米波雷达", "radar")), ("mattress", t("智能床垫", "bed mat")),
    ("wristband", t("手环", "wristband")), ("door", t("门磁", "door contact")),
)  # fmt: skip
PURPOSES: Options = (
    ("rescue", t("紧急救助", "rescue")), ("care", t("日常照护", "daily care")), ("family", t("让家人看到", "for the family to see")),
)  # fmt: skip
ROOMS: Options = (
    ("home", t("全屋", "whole home")), ("bathroom", t("卫生间", "bathroom")), ("bedroom", t("卧室", "bedroom")),
    ("living", t("客厅", "living room")), ("kitchen", t("厨房", "kitchen")),
)  # fmt: skip
WAYS: Options = (
    ("self", t("本人在手机上", "themselves, on the phone")), ("desk", t("本人当面告知工作人员", "told to staff in person")),
    ("guardian", t("监护人", "guardian")),
)  # fmt: skip
CARERS: Options = (("steward", t("养老管家", "care steward")), ("worker", t("护理员", "care worker")), ("family", t("家庭照护者", "family carer")))
MET: Options = (("met", t("见到本人", "met")), ("absent", t("无人应答", "nobody answered")), ("declined", t("本人谢绝", "declined")))
EVIDENCE: Options = (
    ("token", t("老人报的当日口令", "the elder's word of the day")), ("tag", t("扫门口标签", "the tag at the door")),
    ("call", t("另一人电话核实", "a call by somebody else")), ("none", t("只有探访人的记录", "the visitor's word alone")),
)  # fmt: skip
SIGNS: Options = (
    ("sos", t("本人呼救", "call for help")), ("fall", t("疑似跌倒", "perhaps a fall")), ("still", t("长时间无活动", "no movement")),
    ("bed", t("夜间离床未归", "out of bed and not back")),
)  # fmt: skip
OUTCOMES: Options = (
    ("open", t("待核实", "not known yet")), ("fall", t("确为跌倒", "a fall")), ("illness", t("突发疾病", "illness")),
    ("help", t("其他求助", "other help")), ("false", t("误报", "false alarm")), ("test", t("测试", "test call")),
    ("fault", t("设备故障", "device fault")),
)  # fmt: skip
REAL = ("fall", "illness", "help")
SERVICES: Options = (
    ("meal", t("助餐", "meals")), ("cleaning", t("助洁", "cleaning")), ("bathing", t("助浴", "bathing")), ("shop", t("银发商城", "shop for elders")),
)  # fmt: skip
POINTS: Options = (
    ("kitchen", t("老人家食堂", "canteen")), ("provider", t("服务单位", "provider")), ("shop", t("银发商城商户", "shop")),
)  # fmt: skip
HANDED: Options = (("eat_in", t("堂食", "eaten there")), ("delivered", t("送到家", "brought home")), ("at_home", t("上门服务", "done at home")))
BOOKING_STATES: Options = (
    ("booked", t("已预约", "booked")), ("taken", t("已接单", "taken on")), ("done", t("已服务，待确认", "done, to be confirmed")),
    ("confirmed", t("本人已确认", "confirmed")), ("disputed", t("本人不认可", "disputed")), ("settled", t("已结算", "settled")),
    ("refunded", t("已退款", "paid back")), ("cancelled", t("已取消", "cancelled")),
)  # fmt: skip
VERDICTS: Options = (
    ("done", t("做了（收到了），满意", "done, or received, and content")), ("poor", t("做了（收到了），不满意", "done, or received, not content")),
    ("not_done", t("没有做（没收到）", "not done, or not received")), ("return", t("要退货（商城商品）", "to be sent back (shop)")),
)  # fmt: skip
RETROFIT_STATES: Options = (
    ("applied", t("已申请", "applied")), ("assessed", t("已评估", "assessed")),
    ("planned", t("方案待本人同意", "plan waits for a yes")), ("designed", t("一户一策已定", "plan agreed")),
    ("works", t("施工中", "works under way")), ("built", t("待验收", "built, to be accepted")), ("accepted", t("验收合格", "accepted")),
    ("paid", t("补贴已付", "subsidy paid")), ("refused", t("不予改造", "refused")), ("withdrawn", t("已撤回", "withdrawn")),
)  # fmt: skip
PLAN_VOICES: Options = (("elder", t("本人", "the elder")), ("family", t("家人", "the family")), ("guardian", t("监护人", "the guardian")))
BEDS: Options = (
    ("home", t("居家照护床", "care bed at home")), ("sick", t("家庭病床", "sick bed at home")),
    ("institution", t("养老机构床", "bed in a care home")), ("hospital", t("医院床", "hospital bed")),
)  # fmt: skip
SHEET_STATES: Options = (
    ("written", t("待交出方签认", "to be signed by the giver")), ("handed", t("已交出，待接收方签认", "handed over, to be signed for")),
    ("received", t("双方已签认", "both have signed")), ("refused", t("接收方退回", "sent back")), ("cancelled", t("已取消", "cancelled")),
)  # fmt: skip
HOURS: Options = tuple((str(hour), t(f"{hour}点", f"{hour}:00")) for hour in range(25))


def label_of(options: Options, key: str) -> Label:
    """What the key is called."""
    return dict(options).get(key, t(key, key))
