"""`hexi check`: our own rules over the source tree."""

from __future__ import annotations

import argparse
from pathlib import Path

from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.tools.checks import runner
from hexi.tools.checks.runner import Found
from hexi.tools.checks.tree import Tree
from hexi.tools.voice import say

SUMMARY = t("按自有规则检查源代码", "check the source tree by our own rules")
ROOT = Path(__file__).resolve().parents[3]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    parser.add_argument("--list", action="store_true", help=t("列出规则", "list the rules").en)


def run(options: argparse.Namespace) -> int:
    if unknown := set(options.rules) - set(runner.known()):
        do = t("hexi check --list 列出全部规则", "hexi check --list shows them all")
        raise NotFound(t("没有这条规则", "There is no such rule"), which=", ".join(sorted(unknown)), do=do)
    if options.list:
        return _list()
    found = list(runner.run(Tree(options.root), options.rules))
    for one in found:
        _tell(one)
    broken = sum(bool(one.faults) for one in found)
    say(t(f"{len(found)} 条规则，{broken} 条未满足", f"{len(found)} rules, {broken} broken"))
    return 1 if broken else 0


def _list() -> int:
    for one in runner.run(Tree(Path("/nonexistent"))):
        print(f"{one.name}: {one.sentence}")
    return 0


def _tell(one: Found) -> None:
    if one.faults:
        print(f"{one.name}: {one.sentence}")
    for fault in one.faults:
        print(f"  {fault.path}:{fault.line}: {fault.sentence}")
