"""`hexi ledger`: the keys of the platform's own log, and how it is."""

from __future__ import annotations

import argparse

from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import say

SUMMARY = t("日志的签名密钥与状态", "the signing keys and the state of the log")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-key", metavar="NAME", help="make the keys of a log called so, like DOMAIN/ledger; prints the public ones")
    parser.add_argument("--rotate", action="store_true", help="with --new-key: replace the present keys; an entry of the log will say so")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    return _new_key(options.new_key, rotate=options.rotate) if options.new_key else _status()


def _new_key(origin: str, *, rotate: bool) -> int:
    from hexi.core.trust.api import make_keys

    for line in make_keys(origin, instead=rotate).lines:
        say(t(f"公钥：{line}", f"Public key: {line}"))
    say(t("请把公钥交给见证方和核验者；私钥请另行备份", "Give the public keys to witnesses and auditors; keep a copy of the private ones elsewhere"))
    return 0


def _status() -> int:
    """Exit code 1 while something hinders it."""
    from hexi.core.trust.api import log_status

    with house.needing_disk_and_database():
        found = log_status()
    say(t(f"名称：{found.origin or '-'}", f"Name: {found.origin or '-'}"))
    say(t(f"条目 {found.size}，已签 {found.signed_size}，已见证 {found.cosigned_size}",
          f"{found.size} entries, {found.signed_size} signed, {found.cosigned_size} cosigned"))  # fmt: skip
    for line in found.keys:
        say(t(f"公钥：{line}", f"Public key: {line}"))
    if found.waiting_since:
        say(t(f"最早的等待：{found.waiting_since:%Y-%m-%d %H:%M:%S}", f"Waiting since {found.waiting_since:%Y-%m-%d %H:%M:%S}"))
    if found.told:
        say(t(f"故障（{found.trouble}）：{found.told.zh}", f"Trouble ({found.trouble}): {found.told.en}"))
    return 1 if found.trouble else 0
