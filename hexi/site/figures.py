"""Figures about the platform itself, which no register of a scenario holds."""

from __future__ import annotations

from collections import Counter

from hexi.core.data.api import imported_rows
from hexi.core.space.api import Level, child_counts, places_of, prefix_lengths, roots
from hexi.core.trust.api import active_accounts
from hexi.kernel.context import Context
from hexi.kernel.declare import Indicator
from hexi.kernel.label import t

Figures = dict[str, tuple[float, float | None]]


def communities_with_grid(context: Context) -> Figures:
    """Of each community: has it at least one grid?"""
    codes = [place.code for place in places_of(Level.COMMUNITY)]
    grids = child_counts(codes)
    return {code: (1 if grids.get(code) else 0, 1) for code in codes}


def buildings(context: Context) -> Figures:
    """Buildings by community."""
    width = prefix_lengths()["community"]
    return {code: (number, None) for code, number in Counter(place.code[:width] for place in places_of(Level.BUILDING)).items()}


def accounts(context: Context) -> Figures:
    """Accounts that signed in within thirty days."""
    return {district.code: (active_accounts(days=30), None) for district in roots()[:1]}


def rows_ok(context: Context) -> Figures:
    """Rows of all imports that went in, of all that were sent."""
    added, total = imported_rows()
    return {district.code: (added, total) for district in roots()[:1]}


INDICATORS = (
    Indicator(
        "communities_with_grid_share",
        t("已划网格的社区占比", "communities with grids"),
        None,
        "percent",
        read=communities_with_grid,
        definition=t(
            "地点登记中至少有一个网格的社区数，除以全部社区数",
            "Communities with at least one grid in the place register, over all communities",
        ),
    ),
    Indicator(
        "buildings_registered",
        t("登记楼栋数", "buildings registered"),
        None,
        "places",
        measure="count",
        better="none",
        read=buildings,
        definition=t("地点登记中现行有效的楼栋数", "Buildings in force in the place register"),
    ),
    Indicator(
        "accounts_active",
        t("30 天内登录过的账号数", "accounts active within 30 days"),
        None,
        "accounts",
        measure="count",
        better="none",
        read=accounts,
        definition=t("最近 30 天内至少登录一次的账号数", "Accounts that signed in at least once within the last 30 days"),
    ),
    Indicator(
        "rows_imported_ok_share",
        t("导入行通过率", "imported rows that went in"),
        None,
        "percent",
        read=rows_ok,
        definition=t("全部已完成导入中入库的行数，除以送来的行数", "Rows that went in, over rows sent, of all finished imports"),
    ),
)
