"""Options and words that the grid scenario's registers and sources share."""

from hexi.kit import Label, t

Options = tuple[tuple[str, Label], ...]


def titled(title: str, english: str) -> Label:
    """A title with its English twin where there is one; what people wrote themselves is not translated."""
    return t(title, english or title)


RESIDENTS = "population.resident"
MEMBER_DUTIES: Options = (("lead", t("网格长", "grid lead")), ("worker", t("网格员", "grid worker")), ("helper", t("兼职网格员", "part-time helper")))
ORGAN_KINDS: Options = (
    ("committee", t("社区党委", "community committee")), ("branch", t("网格党支部", "grid branch")),
    ("group", t("楼门栋党小组", "stair group")), ("anchor", t("党员中心户", "anchor household")),
)  # fmt: skip
SHIFTS: Options = (("morning", t("上午", "morning")), ("afternoon", t("下午", "afternoon")), ("evening", t("晚间", "evening")))
MET: Options = (("met", t("见到本人", "met")), ("absent", t("无人应答", "nobody answered")), ("declined", t("本人谢绝", "declined")))
PROPOSAL_STATES: Options = (("proposed", t("待核", "proposed")), ("accepted", t("已采纳", "accepted")), ("refused", t("未采纳", "refused")))
CORRECTED: Options = (
    ("phone", t("联系电话", "telephone")), ("lives_alone", t("独居", "lives alone")), ("residence", t("居住类型", "residence")),
)  # fmt: skip
NEED_STATES: Options = (("open", t("待认领", "open")), ("pledged", t("已认领", "pledged")), ("met", t("已确认满足", "met")))
NEED_KINDS: Options = (
    ("care", t("照护陪伴", "care")), ("repair", t("维修便民", "repairs")), ("advice", t("政策法律咨询", "advice")),
    ("children", t("青少年服务", "children")), ("culture", t("文体活动", "culture")), ("order", t("环境秩序", "order and tidiness")),
)  # fmt: skip
PLEDGE_STATES: Options = (
    ("pledged", t("已认领", "pledged")), ("served", t("已服务，待确认", "served, to be confirmed")),
    ("confirmed", t("受益人已确认", "confirmed by the beneficiary")), ("withdrawn", t("已退出", "withdrawn")),
)  # fmt: skip
DEED_STATES: Options = (
    ("waiting", t("待受益人确认", "waits for the beneficiary")), ("confirmed", t("受益人已确认", "confirmed")),
    ("disputed", t("受益人不认可", "disputed")),
)  # fmt: skip
CONFIRM_WAYS: Options = (("code", t("受益人凭码确认", "the beneficiary's code")), ("call", t("他人电话回访", "a call by somebody else")))
VERDICTS: Options = (("done", t("办了，满意", "done and content")), ("partly", t("办了一部分", "done in part")), ("not_done", t("没有办", "not done")))
UNIT_KINDS: Options = (
    ("office", t("机关", "office")), ("institution", t("事业单位", "institution")), ("company", t("企业", "company")),
    ("school", t("学校", "school")), ("social", t("社会组织", "social organisation")),
)  # fmt: skip
REQUEST_STATES: Options = (
    ("granted", t("准予采集", "granted")), ("from_register", t("由台账答复", "answered from registers")),
    ("over_budget", t("超额度，不予下发", "over the allowance, refused")), ("closed", t("已结束", "closed")),
)  # fmt: skip
FIELD_STATES: Options = (
    ("new", t("需采集", "to be asked")), ("held", t("台账已有，不再采集", "held: not asked again")),
    ("disputed", t("对匹配有异议", "match disputed")), ("upheld", t("异议成立，需采集", "dispute upheld: to be asked")),
)  # fmt: skip
MATCHES: Options = (("label", t("同名", "same label")), ("alias", t("别名", "alias")), ("meaning", t("同义", "same meaning")))
REASONS: Options = (
    ("old_alone", t("80岁以上独居", "80 and over, alone")), ("very_old", t("90岁以上", "90 and over")),
    ("alone_60", t("60至79岁独居", "60 to 79, alone")),
)  # fmt: skip
