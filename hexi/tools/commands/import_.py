"""`hexi import`: bring a sheet into a register from the command line, with the same checks as at the desk."""

from __future__ import annotations

import argparse
from pathlib import Path

from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import complain, say

SUMMARY = t("把表格（XLSX、CSV）导入登记", "import a sheet (XLSX, CSV) into a register")
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--entity", required=True, help="population.resident")
    parser.add_argument("--good-rows", action="store_true", help="import the good rows although others are bad")


def run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise NotFound(t("没有这个文件", "There is no such file"), which=str(options.file))
    house.open_house()
    from hexi.core.data.api import import_file
    from hexi.core.trust.api import PLATFORM

    report = import_file(PLATFORM, options.entity, options.file, "good_rows" if options.good_rows else "all_or_nothing")
    for fault in report.faults[:SHOWN]:
        complain(t(f"  {fault.where}：{fault.message.zh}（{fault.value}）", f"  {fault.where}: {fault.message.en} ({fault.value})"))
    if len(report.faults) > SHOWN:
        complain(t(f"  ……共 {len(report.faults)} 处", f"  … {len(report.faults)} in all"))
    counts = {"total": report.total, "added": report.added, "bad": report.bad, "number": report.number}
    say(
        t(
            "共 {total} 行，导入 {added} 行，{bad} 行有问题（导入编号 {number}）",
            "{total} rows, {added} imported, {bad} bad (import {number})",
        ).filled(**counts)
    )
    return 0 if report.added or not report.total else 1
