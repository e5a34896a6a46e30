"""`hexi demo`: load the reference district into this database; what is there already stays. `hexi demo devices`: let its devices speak."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import say

SUMMARY = t(
    "装入示范城区：机构、账号、民心工程、人口；demo devices 驱动其模拟设备",
    "load the reference district: organisations, accounts, programme, population; demo devices: drive its simulated devices",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("district", "devices"), default="district")
    parser.add_argument("--port", type=int, default=int(os.environ.get("HEXI_PORT", "8000")), help="devices: the platform's port")
    parser.add_argument("--seed", type=int, default=1, help="devices: the same seed says the same")
    parser.add_argument("--speed", type=float, default=60.0, help="devices: how much faster than the clock, until it has caught up")
    parser.add_argument("--since", type=float, default=0.0, metavar="HOURS", help="devices: a first start begins so long ago, 23 at most")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    return _devices(options) if options.what == "devices" else _district()


def _district() -> int:
    from django.conf import settings

    from hexi.tools import demo

    with house.needing_disk_and_database():
        house.migrate()
        seconds = demo.load(Path(settings.VAR))
    say(t(f"完成，用时 {seconds:.0f} 秒", f"Done in {seconds:.0f} s"))
    return 0


def _devices(options: argparse.Namespace) -> int:
    from django.conf import settings

    from hexi.site.lone import until_told
    from hexi.tools.simulator.driving import Driver, waited_for_fleet

    stopped = until_told()
    fleet = waited_for_fleet(stopped)
    driver = Driver(fleet, options.port, Path(settings.VAR) / "simulator.json", options.seed, options.speed, int(options.since * 3600))
    say(t(f"{len(fleet):,} 台模拟设备开始上报", f"{len(fleet):,} simulated devices send"))
    driver.run(stopped)
    said = t("模拟设备已停止：{sent:,} 条读数，{windows} 个片段，{refused} 次被拒收",
             "The simulated devices stopped: {sent:,} readings, {windows} windows, {refused} refused")  # fmt: skip
    say(said.filled(sent=driver.sent, windows=driver.windows, refused=driver.refused))
    return 0
