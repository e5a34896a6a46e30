"""`hexi bench`: run the benchmarks, all or one."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.tools.voice import say

SUMMARY = t("性能测量：stream list rules imports fuzz", "the benchmarks: stream list rules imports fuzz")
ROOT = Path(__file__).resolve().parents[3]
NOT_ONES = {"__init__", "house"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME")


def run(options: argparse.Namespace) -> int:
    known = sorted({path.stem for path in (ROOT / "bench").glob("*.py")} - NOT_ONES)
    if unknown := set(options.names) - set(known):
        choice = ", ".join(known)
        do = t(f"可选：{choice}", f"Choose from: {choice}")
        raise NotFound(t("没有这项测量", "There is no such benchmark"), which=", ".join(sorted(unknown)), do=do)
    missed = [name for name in options.names or known if _missed(name)]
    if missed:
        say(t(f"未达标：{'、'.join(missed)}", f"Below the bar: {', '.join(missed)}"))
    return 1 if missed else 0


def _missed(name: str) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.call([sys.executable, "-m", f"bench.{name}"], cwd=ROOT) != 0
