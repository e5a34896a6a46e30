"""Statements that do not fit together are found; statements that do are left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hexi.kernel.label import t
from hexi.modules.projects.contracts import Category, Comparator, Level, Month, StatedCount, Status
from hexi.modules.projects.contradictions import (
    DoneClaim,
    Figure,
    Mention,
    done_below_target,
    shrunk_figures,
    spelled_differently,
    two_figures,
    uncounted_names,
    unlike_records,
)  # fmt: skip

OCTOBER = Month(2025, 10)


def stated(count: int, named: int, *, open_list: bool = False) -> StatedCount:
    return StatedCount(OCTOBER, Level.DISTRICT, Category.WORKS, Status.DONE, count, named, "6个项目", "S0", open_list)


def figure(value: str, day: date | None, *, kind: str = "done", revision: bool = False) -> Figure:
    return Figure("lamps", t("路灯", "lamps"), Decimal(value), "S0", "150盏", day, kind, revision=revision)


def test_a_count_that_differs_from_its_names_is_found() -> None:
    assert [one.rule for one in uncounted_names([stated(6, 4)])] == ["count_and_names"]
    assert not list(uncounted_names([stated(6, 6)]))


def test_a_list_that_ends_in_and_others_may_be_shorter_but_not_longer() -> None:
    assert not list(uncounted_names([stated(13, 3, open_list=True)]))
    assert list(uncounted_names([stated(3, 4, open_list=True)]))


def test_two_plans_for_one_subject_are_found() -> None:
    assert "150 / 160" in next(two_figures([figure("150", None, kind="planned"), figure("160", None, kind="planned")])).detail.zh
    assert not list(two_figures([figure("150", None, kind="planned"), figure("150.0", None, kind="planned")]))
    assert not list(two_figures([figure("20", None, kind="planned"), figure("4", date(2025, 10, 31))]))


def test_growth_is_no_contradiction_and_a_fall_is_one_unless_revised() -> None:
    early, late = date(2025, 9, 30), date(2025, 10, 31)
    assert not list(shrunk_figures([figure("4", early), figure("6", late)]))
    assert "降为3" in next(shrunk_figures([figure("3", late), figure("4", early)])).detail.zh
    assert not list(shrunk_figures([figure("4", early), figure("3", late, revision=True)]))


def test_one_place_under_several_names_is_found() -> None:
    names = [Mention("谊景村", name, source) for name, source in (("宜景村", "S0"), ("景观村", "S2"), ("景村", "S2"))]
    names.append(Mention("南通里", "南通里", "S2"))
    (found,) = spelled_differently(names)
    assert found.subject.zh == "谊景村" and found.sources == ("S0", "S2") and "3种" in found.detail.zh


def test_done_below_the_target_is_found() -> None:
    below = DoneClaim("2025-17-01", t("健身园", "gardens"), Comparator.EXACTLY, Decimal(20), Decimal(4), "S0")
    unmeasured = DoneClaim("2025-17-01", t("健身园", "gardens"), Comparator.EXACTLY, Decimal(20), None, "S0")
    assert [one.rule for one in done_below_target([below, unmeasured])] == ["done_below_target"]


def test_records_that_differ_from_a_published_count_are_found() -> None:
    recorded = {("district", "works", "done"): 4}
    assert list(unlike_records([stated(6, 4)], recorded))
    assert not list(unlike_records([stated(4, 4)], recorded))
    assert list(unlike_records([stated(3, 3)], recorded))
