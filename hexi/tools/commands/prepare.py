"""`hexi prepare`: bring the database to the present state; on the first start load the reference district."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import say

SUMMARY = t("迁移数据库，首次启动时装入示范数据", "migrate the database; on the first start load the demonstration")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    from django.conf import settings

    from hexi.tools import demo

    with house.needing_disk_and_database():
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        house.migrate()
        if options.no_demo or os.environ.get("HEXI_DEMO") == "0":
            return 0
        if demo.wanted(Path(settings.VAR)):
            seconds = demo.load(Path(settings.VAR))
            say(t(f"示范数据已装入，用时 {seconds:.0f} 秒", f"The demonstration was loaded in {seconds:.0f} s"))
    return 0
