"""A tree of categories as another city publishes it comes in by the import of sheets, matched by its heads like any user's file."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hexi.core.data.api import import_file
from hexi.core.trust.api import PLATFORM
from hexi.kit import Category

pytestmark = pytest.mark.django_db
PUBLISHED = os.environ.get("CATEGORY_TREE", "")
"""A CSV of three levels, gzipped, which is not ours to ship."""
SMALL = [("城乡建设", "安全生产", "事故处理"), ("城乡建设", "安全生产", "安全隐患"), ("民政", "救助", "临时救助")]


def nodes(paths: list[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Every branch and leaf once, with a code that nests."""
    codes: dict[tuple[str, ...], str] = {}
    children: dict[tuple[str, ...], int] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            part = path[:depth]
            if part not in codes:
                children[part[:-1]] = children.get(part[:-1], 0) + 1
                codes[part] = f"{codes.get(part[:-1], 'published')}.{children[part[:-1]]:02d}"
                yield codes[part], part[-1]


def imported(folder: Path, paths: list[tuple[str, ...]]) -> tuple[int, int]:
    file = folder / "tree.csv"
    rows = list(nodes(paths))
    with file.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(["编码", "名称", "适用事项", "自"])
        writer.writerows([*row, "热线工单", "2025-01-01"] for row in rows)
    report = import_file(PLATFORM, "cases.category", file)
    assert not report.faults, report.faults[:3]
    return report.added, len(rows)


def test_a_tree_comes_in_by_the_heads_of_its_sheet(places: None, tmp_path: Path) -> None:
    assert imported(tmp_path, SMALL) == (7, 7)
    assert Category.objects.get(code="published.01.01.02").name == "安全隐患"
    assert set(Category.objects.values_list("kind", flat=True)) == {"hotline"}


@pytest.mark.skipif(not Path(PUBLISHED).is_file(), reason="CATEGORY_TREE names no file")
def test_a_published_tree_of_five_hundred_kinds_comes_in_whole(places: None, tmp_path: Path) -> None:
    with gzip.open(PUBLISHED, "rt", encoding="utf-8") as file:
        paths = [tuple(part for part in row if part) for row in list(csv.reader(file))[1:]]
    added, wanted = imported(tmp_path, paths)
    assert added == wanted and len(paths) > 500
