"""Rate tables from data files, and cases of the past that live by the same rules as real ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db.models import Q

from hexi.core.space.models import Place
from hexi.core.trust.api import PUBLIC, history, rows_against_leaves
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import DeclarationError, Forbidden, NotFound
from hexi.kernel.label import t
from hexi.modules.cases.case_panels import CasePanels
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.listing import behind_page
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Category, Person, Route, Supervision
from hexi.modules.cases.panels import case_layer, case_sources, figures_of
from hexi.modules.cases.people import repeated
from hexi.modules.cases.rate_files import read_rates
from hexi.modules.cases.rates import FEW, Period, Tally, ranked, tallies
from hexi.modules.cases.replay import Replay
from hexi.modules.cases.tests.conftest import COMMUNITY, do, lead_task
from hexi.modules.cases.tests.samples.room import lamp
from hexi.modules.cases.trees import load_tree

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
BOTH = {"zh": "示例", "en": "example"}
RATE = {
    "key": "mended", "label": BOTH, "formula": BOTH, "dated_by": "mending.due", "better": "up", "basis": "ours",
    "numerator": {"label": BOTH, "where": {"mending": "met"}}, "denominator": {"label": BOTH, "where": {"mending": "started"}},
    "exclusions": [{"says": BOTH, "where": {"urgent": True}}],
}  # fmt: skip
FACTS = {"urgent": lambda: Q(urgency="urgent")}


def written(folder: Path, **document: Any) -> Path:
    file = folder / "table.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return file


@pytest.fixture
def table(tmp_path: Path) -> Any:
    return read_rates(written(tmp_path, rates=[RATE]), lamp, FACTS)


@pytest.mark.parametrize(
    "fault, said",
    [
        ({"numerator": {"label": BOTH, "where": {"mendin": "met"}}}, "mendin"),
        ({"denominator": {"label": BOTH, "where": {"colour": "red"}}}, "colour"),
        ({"basis": "source"}, "source"),
        ({"label": {"zh": "只有中文"}}, "row 1"),
    ],
)
def test_a_faulty_rate_stops_the_start_and_is_named(tmp_path: Path, fault: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        read_rates(written(tmp_path, rates=[{**RATE, **fault}]), lamp, FACTS)


def test_a_score_of_an_unknown_rate_is_refused(tmp_path: Path) -> None:
    score = {"basis": "ours", "parts": [{"rate": "lost", "points": 10}]}
    with pytest.raises(DeclarationError, match="lost"):
        read_rates(written(tmp_path, rates=[RATE], score=score), lamp, FACTS)


def test_an_unknown_rate_is_not_found(table: Any) -> None:
    with pytest.raises(NotFound):
        table.rate("lost")


def test_a_rate_counts_cases_as_they_are_and_leaves_out_what_it_says(table: Any, report: Callable[..., Case], desk: Any, person: Any) -> None:
    staff = person(("department_staff", "120103", "housing"))
    cases = [report(), report(), report(urgency="urgent")]
    for case in cases:
        assert do(desk, case, "accept").status_code == 200
    for case in (cases[0], cases[2]):
        do(desk, case, "send_out", lead="housing")
        do(staff, lead_task(case), "accept_task")
        do(staff, lead_task(case), "finish_task", result="修好")
    assert tallies(table, Case.objects.all(), None)[""]["mended"] == Tally(1, 2)


def test_few_cases_have_no_rank_and_take_nobody_elses() -> None:
    assert ranked({"a": Tally(FEW - 1, FEW - 1), "b": Tally(1, 100), "c": Tally(99, 100)}) == {"a": None, "b": 2, "c": 1}


@pytest.fixture
def replay(rules: None) -> Replay:
    Category.objects.update(kind="lamp")
    return Replay("lamp", NOW, random.Random(1), "模拟")


def lamp_out(replay: Replay, hours: float = 100) -> Any:
    new = NewCase("lamp", "路灯不亮", category="light.out", place=COMMUNITY, reporter=Reporter("示例", "000"), answers={"simulated": True})
    return replay.open(NOW - timedelta(hours=hours), new)


def test_a_replayed_case_has_clocks_tasks_supervisions_and_events(replay: Replay) -> None:
    one = lamp_out(replay)
    replay.take(one, "accept", NOW - timedelta(hours=99))
    replay.send(one, "send_out", NOW - timedelta(hours=98))
    replay.accept(one, NOW - timedelta(hours=97), "示例·甲")
    assert replay.write() == 1
    case = Case.objects.get()
    assert (case.state, case.lead, case.breached, case.version) == ("mending", "housing", True, 4)
    clocks = {clock.key: clock for clock in CaseClock.objects.all()}
    assert clocks["accepting"].breached_at and clocks["mending"].breached_at and clocks["mending"].ended_at is None
    assert {row.rung for row in Supervision.objects.filter(clock="mending")} >= {"near", "over"}
    assert CaseTask.objects.get().accepted_at == NOW - timedelta(hours=97)
    assert [event.action for event in reversed(history("cases.case", case.pk))] == [
        "sample", "open", "accept", "send_out", "task_accepted",
    ]  # fmt: skip
    categories = {"cases.category", "cases.route"}  # of the test, without events
    assert {fault.entity for fault in rows_against_leaves()} <= categories, "what the sample wrote is told row by row"
    assert all("模拟" in event.why for event in history("cases.case", case.pk))


@pytest.mark.parametrize("step, hours", [("pass_check", 1), ("accept", -1)])
def test_a_replay_takes_no_step_that_the_life_does_not_have_and_none_ahead_of_now(replay: Replay, step: str, hours: float) -> None:
    with pytest.raises(ValueError, match=step):
        replay.take(lamp_out(replay), step, NOW - timedelta(hours=hours))


def test_one_telephone_is_found_again(replay: Replay) -> None:
    for hours in (3, 2):
        lamp_out(replay, hours)
    replay.write()
    Person.objects.update(at=datetime.now(UTC))
    (same,) = repeated(Case.objects.all(), timedelta(days=1))
    assert len(same) == 2


def test_a_tree_is_loaded_once(places: Any, offices: Any, tmp_path: Path) -> None:
    leaf = {"code": "tree.leaf", "zh": "叶", "en": "leaf", "lead": "housing", "opens_when": "示例"}
    root = {"code": "tree", "zh": "树", "en": "tree"}
    routes = [{"name": "叶归民政", "order": 5, "category": "tree.leaf", "office": "civil", "co_offices": ["housing"]}]
    file = written(tmp_path, categories=[leaf, root], routes=routes, valid_from=NOW.date())
    assert (load_tree(file, "lamp"), load_tree(file, "lamp")) == (3, 0)
    found = Category.objects.get(code="tree.leaf")
    assert found.parent and found.parent.code == "tree" and found.opens_when == "示例"
    assert Route.objects.get().co_offices == ";housing;"


def test_a_tree_with_an_unknown_urgency_is_refused(places: Any, tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="row 1"):
        load_tree(written(tmp_path, categories=[{"code": "a", "zh": "甲", "en": "a", "urgency": "soon"}]), "lamp")


def test_panels_and_map_of_a_kind_answer_with_what_is_there(table: Any, replay: Replay) -> None:
    replay.now = datetime.now(UTC)
    one = replay.open(replay.now - timedelta(days=14), NewCase("lamp", "路灯不亮", category="light.out", answers={"simulated": True}))
    replay.take(one, "accept", replay.now - timedelta(days=13, hours=23))
    replay.write()
    sources = {source.key: source.read(PUBLIC, {"rate": "mended"}) for source in case_sources(lamp, table)}
    assert {row["stage"]: row["count"] for row in sources["lamp.standing"].rows}["accepted"] == 1
    assert sources["lamp.rates"].rows[0]["counted"] == "0/1" and sources["lamp.rates"].quality == "sample"
    assert [row["number"] for row in sources["lamp.behind"].rows] == [one.case.number]
    assert case_layer(lamp).read(PUBLIC, {})["features"] == []


def test_the_public_sees_of_a_kind_that_is_not_public_only_how_many(replay: Replay) -> None:
    lamp_out(replay)
    replay.write()
    Place.objects.filter(code=COMMUNITY).update(lon=117.2, lat=39.1)
    (found,) = case_layer(replace(lamp, public=False)).read(PUBLIC, {})["features"]
    assert found["id"] == COMMUNITY and "在办 1 件" in found["properties"]["title"]["zh"]
    assert "number" not in found["properties"]


def test_a_kind_may_refuse_that_an_office_returns_by_itself(
    report: Callable[..., Case], desk: Any, person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_change: Any, _task: Any) -> None:
        raise Forbidden(t("须经裁定", "Only by decision"))

    case = report()
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing")
    staff = person(("department_staff", "120103", "housing"))
    monkeypatch.setitem(catalogue.case_types, "lamp", replace(lamp, before_return=refuse))
    assert do(staff, lead_task(case), "return_task", "不属").status_code == 403
    monkeypatch.setitem(catalogue.case_types, "lamp", lamp)
    assert do(staff, lead_task(case), "return_task", "不属").status_code == 200


def test_the_panels_of_a_kind_read_only_what_the_kind_declares(table: Any) -> None:
    panels = CasePanels("lamp")
    named = [
        panels.tile("open", t("在办", "Open")), panels.standing(), panels.categories(t("类别", "Categories")),
        panels.inflow(t("每日", "By day"), t("来件", "Opened"), t("办结", "Closed")), panels.rates(t("率", "Rates"), ("interval",)),
        panels.due(t("临期", "Due")), panels.due_table(t("临期", "Due")),
        *behind_page(panels, tiles=(), title=t("背后", "Behind"), listed=t("案件", "Cases"), rows="cases", order=1).panels,
    ]  # fmt: skip
    declared = {source.key for source in case_sources(lamp, table)}
    assert {one.data.source for one in named if one.data} <= declared
    assert panels.open_layer(t("在办", "Open")).data.source == case_layer(lamp).key


def test_the_cases_behind_a_figure_are_those_that_it_counts(table: Any, replay: Replay) -> None:
    replay.now = datetime.now(UTC)
    open_one = replay.open(replay.now - timedelta(days=2), NewCase("lamp", "路灯不亮", category="light.out"))
    lamp_out(replay)
    replay.write()
    read = {source.key: source.read for source in case_sources(lamp, table)}
    (figures,) = read["lamp.summary"](PUBLIC, {"days": "366"}).rows
    for figure in figures_of(Period(replay.now, replay.now)):
        listed = read["lamp.behind"](PUBLIC, {"figure": figure, "days": "366"}).rows
        assert len(listed) == figures[figure], figure
    assert open_one.case.number in {row["number"] for row in read["lamp.behind"](PUBLIC, {"figure": "open"}).rows}
