"""`hexi demo`: load the reference district into this database; what is there already stays."""

from __future__ import annotations

import argparse
from pathlib import Path

from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import say

SUMMARY = t("装入示范城区：机构、账号、民心工程、人口", "load the reference district: organisations, accounts, programme, population")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_options: argparse.Namespace) -> int:
    house.open_house()
    from django.conf import settings

    from hexi.tools import demo

    with house.needing_disk_and_database():
        house.migrate()
        seconds = demo.load(Path(settings.VAR))
    say(t(f"完成，用时 {seconds:.0f} 秒", f"Done in {seconds:.0f} s"))
    return 0
