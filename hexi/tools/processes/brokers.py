"""Can the broker run here? Without it the platform runs all the same: devices then send by HTTP."""

from __future__ import annotations

import os

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t
from hexi.tools.processes.ports import need_free
from hexi.tools.voice import complain

PORTS = (("HEXI_NATS_PORT", "4222", ""), ("HEXI_MQTT_PORT", "1883", "HEXI_MQTT_BIND"))


def broker_possible() -> bool:
    """It is wanted and its ports are free; where they are not, a sentence says which."""
    if os.environ.get("HEXI_BROKER", "on") == "off":
        return False
    try:
        for setting, usual, bind in PORTS:
            need_free(os.environ.get(bind) or "127.0.0.1", int(os.environ.get(setting, usual)), setting)
    except Unavailable as fault:
        complain(
            t("消息服务器没有启动，设备只能用 HTTP 上报：{which}，请设置 {setting}", "The broker is not started, devices can send by HTTP only: {which}; set {setting}")
            .filled(which=fault.which, setting=setting)
        )  # fmt: skip
        return False
    return True
