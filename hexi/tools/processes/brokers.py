"""Can the broker run here? Without it the platform runs all the same: devices then send by HTTP."""

from __future__ import annotations

import os

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t
from hexi.tools.processes.ports import need_free
from hexi.tools.voice import complain

NODE = "HEXI_NATS_NODE"
PORTS = (("HEXI_NATS_PORT", "4222", NODE), ("HEXI_MQTT_PORT", "1883", "HEXI_MQTT_BIND"), ("HEXI_NATS_ROUTES_PORT", "6222", NODE))


def broker_possible() -> bool:
    """It is wanted and its ports are free; where they are not, a sentence says which."""
    if os.environ.get("HEXI_BROKER", "on") == "off":
        return False
    for setting, usual, bind in PORTS if os.environ.get(NODE) else PORTS[:2]:
        try:
            need_free(os.environ.get(bind) or "127.0.0.1", int(os.environ.get(setting, usual)), setting)
        except Unavailable as fault:
            said = t(
                "消息服务器没有启动，设备只能用 HTTP 上报：{which} 已被占用，可设置 {setting}",
                "The broker is not started and devices can send by HTTP only: {which} is taken, set {setting}",
            )
            complain(said.filled(which=fault.which, setting=setting))
            return False
    return True
