"""`hexi import`: bring a sheet into a register, or a map file onto the map, with the same checks as at the desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import Label, t
from hexi.tools import house
from hexi.tools.voice import complain, say

if TYPE_CHECKING:
    from hexi.core.space.api import Bad, GroundReport

SUMMARY = t("把表格（XLSX、CSV）导入登记，或导入地图文件、三维模型", "import a sheet (XLSX, CSV) into a register, a map file, or 3D meshes")
SHOWN = 20
LOWEST_M, HIGHEST_M = -30, 10
"""Between these the lowest point of meshes stands on our flat ground: boxes round tiles are wider than what is in them."""
UNTOUCHED = {"assumed": t("位置为推定", "at an assumed point"), "kept": t("已核实而保留", "confirmed and left"), "same": t("不变", "the same")}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="+",
        metavar="FILE",
        help="FILE --entity …; osm FILE; roads|boundaries|addresses FILE --datum …; meshes FOLDER|ZIP --name … --origin … --datum …",
    )
    parser.add_argument("--entity", default="", help="population.resident")
    parser.add_argument("--good-rows", action="store_true", help="import the good rows although others are bad")
    parser.add_argument("--box", default="", help="osm: west,south,east,north in degrees (WGS-84); the district's outline without it")
    parser.add_argument("--datum", default="", help="roads, boundaries, lists with coordinates: wgs84, cgcs2000, gcj02 or bd09")
    parser.add_argument("--replaces", action="append", default=[], metavar="SOURCE", help="osm, roads: the source that this one replaces")
    parser.add_argument("--missing", default="", help="addresses: compounds and buildings that the place tree has not: make or refuse")
    parser.add_argument("--scope", default="", help="addresses: the list is whole for its houses or compounds, or only a part")
    parser.add_argument("--name", default="", help="meshes: under which name; an earlier set of it is replaced")
    parser.add_argument("--origin", default="", help="meshes: who made them")
    parser.add_argument("--ground", type=float, default=0.0, metavar="METRES", help="meshes: height of the ground in them (ellipsoid)")
    parser.add_argument("--public", action="store_true", help="meshes: the public sees them too")
    parser.add_argument("--code", default="", help="boundaries: the place of a file that holds one shape")


def run(options: argparse.Namespace) -> int:
    kind, file = options.what if len(options.what) == 2 else ("", options.what[0])
    if len(options.what) > 2 or kind not in KINDS:
        said = t(
            "请写 hexi import FILE --entity …，或 hexi import osm|roads|boundaries|addresses|meshes FILE",
            "Write hexi import FILE --entity … or hexi import osm|roads|boundaries|addresses|meshes FILE",
        )
        raise Invalid([Problem("what", said, value=" ".join(options.what))])
    if not Path(file).is_file() and kind != "meshes":
        raise NotFound(t("没有这个文件", "There is no such file"), which=file)
    return KINDS[kind](Path(file), options)


def _addresses(file: Path, options: argparse.Namespace) -> int:
    """An address list: what it does to the doors is told beside what became of its rows."""
    options.entity = "data.addressline"
    number, outcome = _brought(file, options)
    from hexi.core.data.api import door_changes

    for label, count in door_changes(number):
        say(t("楼门：{change} {count}", "doors: {count} {change}").filled(change=label, count=f"{count:,}"))
    return outcome


def _sheet(file: Path, options: argparse.Namespace) -> int:
    return _brought(file, options)[1]


def _brought(file: Path, options: argparse.Namespace) -> tuple[int, int]:
    """The number of the import, and how the command ends."""
    if not options.entity:
        raise Invalid([Problem("entity", t("请用 --entity 说明导入哪份登记", "Say with --entity into which register"), value=file.name)])
    house.open_house()
    from hexi.core.data.api import import_file
    from hexi.core.trust.api import PLATFORM

    answers = {key: said for key in ("datum", "missing", "scope") if (said := getattr(options, key))}
    report = import_file(PLATFORM, options.entity, file, "good_rows" if options.good_rows else "all_or_nothing", answers)
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
    return report.number, 0 if report.added or not report.total else 1


def _osm(file: Path, options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.space.api import asked_box, import_osm

    return _told(import_osm(file, box=asked_box({"box": options.box}), replaces=tuple(options.replaces)))


def _roads(file: Path, options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.space.api import datum_of, import_roads

    return _told(import_roads(file, datum_of(options.datum), replaces=tuple(options.replaces)))


def _told(report: GroundReport) -> int:
    _complain(report.bad)
    for key, counts in report.counts.items():
        say(_counted(report.labels[key], counts))
    if report.ended:
        say(t("被替换而停用：{count}", "Ended, because replaced: {count}").filled(count=f"{report.ended:,}"))
    say(t("地图已导入（导入编号 {number}）", "The map is in (import {number})").filled(number=report.survey))
    _draw()
    return 0


def _draw() -> None:
    try:
        _match_meshes()
    finally:  # a set that cannot be read any more leaves the map as it was, not undrawn
        _draw_map()


def _match_meshes() -> None:
    """Sets of meshes find their houses again, and what is another is told."""
    from hexi.core.data.api import rematch_meshes

    for row, found in rematch_meshes():
        said = t("三维模型“{name}”：现涉及建筑 {houses} 栋", "The meshes “{name}” show {houses} buildings now")
        say(said.filled(name=row.name, houses=f"{len(found.houses):,}"))
        _codes(t("  新增", "  new"), found.new)
        _codes(t("  不再涉及", "  not in them any more"), found.gone)


def _codes(what: Label, codes: tuple[str, ...]) -> None:
    if codes:
        shown = ", ".join(codes[:SHOWN]) + (" …" if len(codes) > SHOWN else "")
        say(t("{what} {count}：{shown}", "{what} {count}: {shown}").filled(what=what, count=f"{len(codes):,}", shown=shown))


def _draw_map() -> None:
    from hexi.core.space.api import build_archive

    path = build_archive()
    if path is not None:
        size = t("底图瓦片已生成：{size} MB", "The base map is drawn: {size} MB").filled(size=f"{path.stat().st_size / 1e6:.1f}")
        say(size)


def _boundaries(file: Path, options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.space.api import datum_of, import_boundaries

    report = import_boundaries(file, datum_of(options.datum), code=options.code)
    _complain(tuple(report.bad))
    said = t(
        "边界：更新 {redrawn}，新增 {entered}，不变 {same}；坐标平均移动 {moved} 米",
        "Outlines: {redrawn} redrawn, {entered} entered, {same} the same; points were moved by {moved} m on average",
    )
    counts = {"redrawn": len(report.redrawn), "entered": len(report.entered), "same": report.same, "moved": report.moved_m}
    say(said.filled(**counts))
    _draw()
    return 0 if report.redrawn or report.entered or report.same else 1


def _meshes(file: Path, options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.data.api import Brought, import_meshes
    from hexi.core.space.api import datum_of

    row = import_meshes(file, Brought(options.name, options.origin, datum_of(options.datum), options.ground, options.public))
    said = t(
        "三维模型“{name}”已导入：{files} 个文件，{size} MB，涉及建筑 {houses} 栋；高出地面 {low} 至 {high} 米",
        "The meshes “{name}” are in: {files} files, {size} MB, {houses} buildings; {low} to {high} m above the ground",
    )
    counts = {"files": f"{row.files:,}", "size": row.megabytes, "houses": f"{row.houses:,}", "low": row.low_m, "high": row.high_m}
    say(said.filled(name=row.name, **counts))
    if not LOWEST_M <= row.low_m <= HIGHEST_M:
        complain(
            t(
                "模型可能悬空或沉入地下：请用 --ground 给出地面的椭球高",
                "They may hover or sink: say the height of their ground by --ground",
            )
        )
    _draw()
    return 0


def _complain(found: tuple[Bad, ...]) -> None:
    for bad in found[:SHOWN]:
        complain(t(f"  {bad.ref}：{bad.message.zh}", f"  {bad.ref}: {bad.message.en}"))
    _more(len(found))


def _counted(what: Label, counts: Mapping[str, int]) -> Label:
    from hexi.core.space.api import CHANGE_LABELS

    words = [(label, counts[change]) for change, label in CHANGE_LABELS.items() if counts.get(change)]
    words += [(label, counts[key]) for key, label in UNTOUCHED.items() if counts.get(key)]
    zh = "，".join(f"{label.zh} {count:,}" for label, count in words) or "没有"
    en = ", ".join(f"{count:,} {label.en}" for label, count in words) or "none"
    return t(f"{what.zh}：{zh}", f"{what.en}: {en}")


def _more(count: int) -> None:
    if count > SHOWN:
        complain(t(f"  ……共 {count} 处", f"  … {count} in all"))


KINDS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "": _sheet,
    "osm": _osm,
    "roads": _roads,
    "boundaries": _boundaries,
    "addresses": _addresses,
    "meshes": _meshes,
}
