"""How much a device may send: tuned by officials, as every threshold is."""

from hexi.kernel.context import Param
from hexi.kernel.label import t

PER_MINUTE = Param(
    "readings_per_minute",
    t("每台设备每分钟最多读数", "readings of one device in a minute at most"),
    default=60_000,
    low=1,
    high=100_000_000,
)
ENROLMENTS = Param(
    "enrolment_attempts", t("每个地址十分钟内换取密钥次数", "enrolments from one address in ten minutes"), default=60, low=1, high=10_000
)
WINDOWS = Param(
    "windows_per_minute", t("每台设备每分钟最多识别片段", "windows of one device to be judged in a minute"), default=10, low=1, high=1000
)
