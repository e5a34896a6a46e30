"""The words of the device register: kinds, states, reasons of the quarantine."""

from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t

KINDS = (
    ("smoke", t("烟雾报警器", "smoke detector")), ("gas", t("燃气报警器", "gas detector")), ("meter", t("计量表", "meter")),
    ("radar", t("毫米波雷达", "radar")), ("wristband", t("手环", "wrist band")), ("button", t("呼叫按钮", "call button")),
    ("bed", t("床垫", "bed mat")), ("door", t("门磁", "door contact")),
    ("air", t("空气监测", "air station")), ("noise", t("噪声监测", "noise meter")), ("water", t("水位水质", "water gauge")),
    ("vehicle", t("车载终端", "vehicle unit")), ("gateway", t("网关", "gateway")), ("other", t("其他", "other")),
)  # fmt: skip
ROOMS = (
    ("bathroom", t("卫生间", "bathroom")), ("bedroom", t("卧室", "bedroom")), ("living", t("客厅", "living room")),
    ("kitchen", t("厨房", "kitchen")),
)  # fmt: skip
STATES = (("enrolled", t("待激活", "enrolled")), ("active", t("在用", "active")), ("revoked", t("已吊销", "revoked")))
DAYS = (("matches", t("与账本一致", "as in the ledger")), ("differs", t("与账本不符", "not as in the ledger")), ("gone", t("已删除", "deleted")))
WAYS = (("mqtt", t("MQTT", "MQTT")), ("http", t("HTTP", "HTTP")), ("sta", t("SensorThings", "SensorThings")))
STANDINGS = (("waiting", t("待处理", "waiting")), ("replayed", t("已重新接入", "taken again")), ("aside", t("不予接入", "put aside")))
REASONS = (
    ("not_json", t("不是JSON或数值", "neither JSON nor a bare number")),
    ("shape", t("缺项或写法不对", "something needed is missing, or not written as agreed")),
    ("unknown_kind", t("未登记的读数类型", "a kind of reading that nobody declared")),
    ("wrong_unit", t("单位与登记不符", "another unit than the declared one")),
    ("not_a_number", t("数值不是有限的数", "the value is no finite number")),
    ("future", t("时刻晚于现在", "from the future")),
    ("ancient", t("时刻过早", "too long ago")),
    ("foreign", t("写入了其他设备的主题", "on another device's subject")),
    ("revoked", t("设备未激活或已吊销", "the device is not active")),
    ("too_many", t("超过该设备每分钟上限", "more than the device may send in a minute")),
)  # fmt: skip


def kind_labels() -> dict[str, Label]:
    """Every kind of reading that a room declares."""
    return {key: kind.label for key, kind in catalogue.reading_kinds.items()}
