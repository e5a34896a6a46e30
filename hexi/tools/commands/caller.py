"""`hexi caller`: give another system a key for Open311, or withdraw it."""

from __future__ import annotations

import argparse

from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import say

SUMMARY = t("为外部系统发放或收回 Open311 密钥", "give another system a key for Open311, or withdraw it")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the system's name")
    parser.add_argument("--hourly", type=int, default=1000, help="reports it may send in an hour")
    parser.add_argument("--withdraw", action="store_true", help="end its key")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.modules.cases.api import issue_key, withdraw_key

    if options.withdraw:
        withdraw_key(options.name)
        say(t(f"已收回 {options.name} 的密钥", f"The key of {options.name} is withdrawn"))
        return 0
    key = issue_key(options.name, options.hourly)
    say(t(f"{options.name} 的密钥（只显示这一次）：{key}", f"The key of {options.name}, shown this once: {key}"))
    return 0
