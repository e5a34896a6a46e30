"""`hexi import`: bring a sheet into a register, or a map file onto the map, with the same checks as at the desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import Label, t
from hexi.tools import house
from hexi.tools.voice import complain, say

SUMMARY = t("把表格（XLSX、CSV）导入登记，或导入地图文件", "import a sheet (XLSX, CSV) into a register, or a map file")
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="+", metavar="FILE", help="FILE --entity …; osm FILE")
    parser.add_argument("--entity", default="", help="population.resident")
    parser.add_argument("--good-rows", action="store_true", help="import the good rows although others are bad")
    parser.add_argument("--box", default="", help="osm: west,south,east,north in degrees (WGS-84); the district's outline without it")


def run(options: argparse.Namespace) -> int:
    kind, file = options.what if len(options.what) == 2 else ("", options.what[0])
    if len(options.what) > 2 or kind not in KINDS:
        said = t("请写 hexi import FILE --entity … 或 hexi import osm FILE", "Write hexi import FILE --entity … or hexi import osm FILE")
        raise Invalid([Problem("what", said, value=" ".join(options.what))])
    if not Path(file).is_file():
        raise NotFound(t("没有这个文件", "There is no such file"), which=file)
    return KINDS[kind](Path(file), options)


def _sheet(file: Path, options: argparse.Namespace) -> int:
    if not options.entity:
        raise Invalid([Problem("entity", t("请用 --entity 说明导入哪份登记", "Say with --entity into which register"), value=file.name)])
    house.open_house()
    from hexi.core.data.api import import_file
    from hexi.core.trust.api import PLATFORM

    report = import_file(PLATFORM, options.entity, file, "good_rows" if options.good_rows else "all_or_nothing")
    for fault in report.faults[:SHOWN]:
        complain(t(f"  {fault.where}：{fault.message.zh}（{fault.value}）", f"  {fault.where}: {fault.message.en} ({fault.value})"))
    _more(len(report.faults))
    counts = {"total": report.total, "added": report.added, "bad": report.bad, "number": report.number}
    say(
        t(
            "共 {total} 行，导入 {added} 行，{bad} 行有问题（导入编号 {number}）",
            "{total} rows, {added} imported, {bad} bad (import {number})",
        ).filled(**counts)
    )
    return 0 if report.added or not report.total else 1


def _osm(file: Path, options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.space.api import asked_box, import_osm

    report = import_osm(file, box=asked_box({"box": options.box}))
    for bad in report.bad[:SHOWN]:
        complain(t(f"  {bad.ref}：{bad.message.zh}", f"  {bad.ref}: {bad.message.en}"))
    _more(len(report.bad))
    for key, counts in report.counts.items():
        say(_counted(report.labels[key], counts))
    ended = t("；示意底图停用 {count} 块", "; {count} pieces of the sketch ended").filled(count=report.sketch_ended)
    done = t("地图已导入（导入编号 {number}）", "The map is in (import {number})").filled(number=report.survey)
    say(t(done.zh + ended.zh, done.en + ended.en) if report.sketch_ended else done)
    return 0


def _counted(what: Label, counts: Mapping[str, int]) -> Label:
    from hexi.core.space.api import CHANGE_LABELS

    words = [(label, counts[change]) for change, label in CHANGE_LABELS.items() if counts.get(change)]
    words += [(t("不变", "the same"), counts["same"])] if counts.get("same") else []
    zh = "，".join(f"{label.zh} {count:,}" for label, count in words) or "没有"
    en = ", ".join(f"{count:,} {label.en}" for label, count in words) or "none"
    return t(f"{what.zh}：{zh}", f"{what.en}: {en}")


def _more(count: int) -> None:
    if count > SHOWN:
        complain(t(f"  ……共 {count} 处", f"  … {count} in all"))


KINDS: dict[str, Callable[[Path, argparse.Namespace], int]] = {"": _sheet, "osm": _osm}
