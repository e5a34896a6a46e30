"""`hexi edge`: the files of a Mosquitto at the edge, out of the device register. `docs/howto/edge.md` says what to do with them."""

from __future__ import annotations

import argparse
from pathlib import Path

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import complain, say

SUMMARY = t("生成边缘 Mosquitto 的配置、口令与权限文件", "write the configuration, passwords and rights of a Mosquitto at the edge")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gateway", help="name of the gateway in the register of devices")
    parser.add_argument("folder", help="where the files go; the same path as on the edge machine")
    parser.add_argument("--code", default="", help="the gateway's one-time code: writes mosquitto.conf with its key")
    parser.add_argument("--platform", default="127.0.0.1:1883", help="host:port of the platform's broker")
    parser.add_argument("--authority", default="", help="PEM file of who signed the platform's certificate")
    parser.add_argument("--listen", default="127.0.0.1:1884", help="host:port where the edge listens for devices")
    parser.add_argument("--certificate", default="", help="PEM file: the edge's certificate")
    parser.add_argument("--key", default="", help="PEM file: its key")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.sensing.api import Address, Edge, gateway_of, write_bridge, write_devices

    gateway, folder = gateway_of(options.gateway), Path(options.folder)
    if options.code:
        where = Address.of(options.listen, "listen"), Address.of(options.platform, "platform")
        write_bridge(gateway, options.code, folder, Edge(*where, options.certificate, options.key, options.authority))
    elif not (folder / "mosquitto.conf").exists():
        raise Unavailable(
            t("该目录还没有 mosquitto.conf", "That folder has no mosquitto.conf yet"), which=str(folder),
            do=t("请在设备页为网关发放注册码，再加 --code 运行一次", "Give the gateway a code at the desk, and run this once with --code"),
        )  # fmt: skip
    number, unknown = write_devices(gateway, folder)
    say(t(f"已写入 {folder}：网关后有 {number} 台设备", f"Written into {folder}: {number} devices behind the gateway"))
    if unknown:
        told = ", ".join(unknown)
        complain(t(f"以下设备需重新发放注册码：{told}", f"These devices need a new code first: {told}"))
    return 1 if unknown else 0
