"""Words of the notices room: ways to tell somebody, what became of a telling, why it did not go."""

from __future__ import annotations

from hexi.kernel.label import Label, t

Options = tuple[tuple[str, Label], ...]

CHANNELS: Options = (
    ("inside", t("站内", "in the platform")), ("push", t("手机推送", "web push")), ("sms", t("短信", "text message")),
    ("mail", t("电子邮件", "e-mail")),
)  # fmt: skip
STATES: Options = (
    ("queued", t("待发", "queued")), ("sent", t("已发出", "sent")), ("received", t("已送达", "received")), ("failed", t("未送达", "failed")),
    ("off", t("未发（通道未启用）", "not sent, the way is not set up")), ("quiet", t("免打扰时段，未发", "not sent in quiet hours")),
)  # fmt: skip
FAULTS: Options = (
    ("not_set_up", t("通道未配置", "the way is not set up")), ("refused", t("对方拒收", "refused by the other side")),
    ("unreachable", t("无法连接服务商", "the provider cannot be reached")), ("gone", t("订阅已失效", "the subscription is gone")),
    ("address", t("号码或地址无效", "the number or address is not valid")), ("busy", t("服务商限流", "the provider asks to wait")),
    ("undelivered", t("服务商回执：未送达", "not delivered, says the provider")), ("broken", t("发送程序出错", "our sender failed")),
)  # fmt: skip
