"""`hexi export`: take out the buildings of the district, or of one place in it, as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import language, say

SUMMARY = t("导出建筑（CityJSON 2.0、GeoJSON 或 3D Tiles 1.1）", "take out buildings (CityJSON 2.0, GeoJSON or 3D Tiles 1.1)")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("city",), help="city: the buildings")
    parser.add_argument("file", type=Path, help="*.city.json, *.geojson or *.3dtiles.zip")
    parser.add_argument("--place", default="", help="code of a street or community; the whole map without it")


def run(options: argparse.Namespace) -> int:
    house.open_house()
    from hexi.core.space.api import CITY_FILES, city_file

    file: Path = options.file
    kind = next((kind for kind in CITY_FILES if file.name.endswith(f".{kind}")), None)
    if kind is None:
        said = t("文件名应以 {kinds} 结尾", "The file's name ends in {kinds}").filled(kinds=" / ".join(f".{one}" for one in CITY_FILES))
        raise Invalid([Problem("file", said, value=file.name)])
    data = city_file(kind, options.place, language())
    file.write_bytes(data)
    say(t("已导出：{file}（{size} MB）", "Written: {file} ({size} MB)").filled(file=file.name, size=f"{len(data) / 1e6:.1f}"))
    return 0
