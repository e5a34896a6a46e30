"""`hexi subscribe`: let another system be told of changes; its secret is printed this once."""

from __future__ import annotations

import argparse

from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import say

SUMMARY = t("新增变更订阅（webhook），密钥只显示一次", "tell another system of changes (webhook); prints its secret once")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("address", help="https://…")
    parser.add_argument("--account", required=True, help="user name in whose right it reads")
    parser.add_argument("--topics", default="", help="entity keys, comma-separated; all when empty")
    parser.add_argument("--why", required=True, help="goes into the history")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.data.api import act
    from hexi.core.trust.api import PLATFORM

    topics = [one for one in options.topics.split(",") if one]
    values = {"name": options.name, "address": options.address, "topics": topics, "account": options.account}
    row = act(PLATFORM, "data.subscription", None, "subscribe", values, why=options.why)
    say(t("密钥（请立即抄存，不再显示）：", "The secret (write it down now; it is not shown again):"))
    print(row.once["secret"], flush=True)
    return 0
