"""`hexi bench`: run the benchmarks, all or one."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.tools.voice import say

SUMMARY = t("性能测量（bench/README.md）", "the benchmarks (bench/README.md)")
ROOT = Path(__file__).resolve().parents[3]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME")


def run(options: argparse.Namespace) -> int:
    if unknown := set(options.names) - set(known()):
        choice = ", ".join(known())
        do = t(f"可选：{choice}", f"Choose from: {choice}")
        raise NotFound(t("没有这项测量", "There is no such benchmark"), which=", ".join(sorted(unknown)), do=do)
    missed = [name for name in options.names or known() if _missed(name)]
    if missed:
        say(t(f"未达标：{'、'.join(missed)}", f"Below the bar: {', '.join(missed)}"))
    return 1 if missed else 0


def known() -> list[str]:
    """The benchmarks: the modules of `bench` that can be run and can miss a bar."""
    files = sorted((ROOT / "bench").glob("*.py"))
    return [file.stem for file in files if "def main() -> int" in file.read_text(encoding="utf-8")]


def _missed(name: str) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.call([sys.executable, "-m", f"bench.{name}"], cwd=ROOT) != 0
