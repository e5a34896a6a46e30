"""The month's report: drafted, published as a snapshot, revised by a next edition."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hexi.core.data.api import Query, act, counted
from hexi.core.trust.api import PUBLIC, Viewer
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hexi.modules.projects.contracts import Month
from hexi.modules.projects.editions import reading
from hexi.modules.projects.models import MonthlyReport, Programme, Progress, Target
from hexi.modules.projects.queries import facts_of

OCTOBER = Month(2025, 10)


def publish(viewer: Viewer, programme: Programme) -> MonthlyReport:
    draft = MonthlyReport.objects.get(programme=programme, month="2025-10", edition=1)
    found = act(viewer, "projects.monthlyreport", draft.pk, "publish_report", {}, version=draft.version)
    assert isinstance(found, MonthlyReport)
    return found


def correct(viewer: Viewer, gardens: Target, value: int) -> None:
    old = Progress.objects.get(target=gardens, current=True)
    act(viewer, "projects.progress", old.pk, "revise_figure", {"value": value}, version=old.version, why="核减")


def test_staff_see_the_draft_and_the_public_sees_nothing_yet(programme: Programme, sports: Viewer) -> None:
    found = reading(sports, programme.pk, OCTOBER)
    assert found.document("zh").signature.state == "草稿"
    with pytest.raises(NotFound):
        reading(PUBLIC, programme.pk, OCTOBER)


def test_the_published_report_is_what_the_public_reads(programme: Programme, coordinator: Viewer) -> None:
    row = publish(coordinator, programme)
    found = reading(PUBLIC, programme.pk, OCTOBER)
    assert (row.state, row.published_by, len(row.digest)) == ("published", "统筹岗赵", 64)
    assert "已建成4个社区健身园" in found.document("zh").text
    assert not found.changed


def test_only_the_coordinator_publishes(programme: Programme, sports: Viewer) -> None:
    with pytest.raises(Forbidden):
        publish(sports, programme)


def test_a_published_report_keeps_its_words_and_says_that_figures_have_changed(
    programme: Programme, coordinator: Viewer, gardens: Target
) -> None:
    publish(coordinator, programme)
    correct(coordinator, gardens, 3)
    found = reading(PUBLIC, programme.pk, OCTOBER)
    assert found.changed and "台账有变动" in found.document("zh").blocks[0].text
    assert "4个社区健身园" in found.document("zh").text


def test_a_revision_is_a_next_edition_with_its_reason(programme: Programme, coordinator: Viewer, gardens: Target) -> None:
    first = publish(coordinator, programme)
    first.refresh_from_db()
    kept = first.content
    correct(coordinator, gardens, 3)
    with pytest.raises(Invalid):
        act(coordinator, "projects.monthlyreport", first.pk, "revise_report", {}, version=first.version)
    second = act(coordinator, "projects.monthlyreport", first.pk, "revise_report", {}, version=first.version, why="核减1处")
    first.refresh_from_db()
    assert isinstance(second, MonthlyReport)
    assert (second.edition, second.state, second.reason, first.state) == (2, "revised", "核减1处", "published")
    assert first.content == kept and first.digest != second.digest
    told = reading(PUBLIC, programme.pk, OCTOBER)
    assert "3处" in told.document("zh").text
    assert re.fullmatch(r"第 2 版，\d{4}年\d+月\d+日更正。更正原因：核减1处", told.document("zh").blocks[0].text)
    assert told.document("en").blocks[0].text.startswith("Edition 2, a revision of ")


def test_nothing_changed_means_nothing_to_revise(programme: Programme, coordinator: Viewer) -> None:
    first = publish(coordinator, programme)
    with pytest.raises(Conflict):
        act(coordinator, "projects.monthlyreport", first.pk, "revise_report", {}, version=first.version, why="再发")


def test_a_report_is_published_once(programme: Programme, coordinator: Viewer) -> None:
    first = publish(coordinator, programme)
    with pytest.raises(Forbidden):
        act(coordinator, "projects.monthlyreport", first.pk, "publish_report", {}, version=first.version)


def begin(viewer: Viewer, programme: Programme, month: str) -> MonthlyReport:
    found = act(viewer, "projects.programme", programme.pk, "begin_report", {"month": month}, version=programme.version)
    assert isinstance(found, MonthlyReport)
    return found


def test_a_month_without_entries_has_no_report_until_the_coordinator_begins_it(programme: Programme, coordinator: Viewer) -> None:
    with pytest.raises(NotFound):
        reading(coordinator, programme.pk, Month(2025, 11))
    begin(coordinator, programme, "2025-11")
    found = reading(coordinator, programme.pk, Month(2025, 11))
    assert found.document("zh").text.startswith("截至2025年11月30日")
    for number in found.content["numbers"]:
        count, _ = counted(coordinator, number["entity"], Query(where=tuple(number["where"])))
        assert count + number["unnamed"] == number["value"], number


def test_a_month_before_any_entry_is_reported_as_not_stated(programme: Programme, coordinator: Viewer) -> None:
    begin(coordinator, programme, "2025-03")
    text = reading(coordinator, programme.pk, Month(2025, 3)).document("zh").text
    assert "进展未载明3项" in text and "完成" not in text and "办理" not in text


@pytest.mark.parametrize("month, said", [("2024-12", "不在"), ("2026-01", "不在"), ("2025-12", "还没有到")])
def test_a_month_of_another_year_or_to_come_is_refused_with_the_reason(
    programme: Programme, coordinator: Viewer, month: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hexi.modules.projects.begun.today", lambda: date(2025, 11, 28))
    with pytest.raises(Invalid) as refused:
        begin(coordinator, programme, month)
    assert said in refused.value.problems[0].message.zh
    with pytest.raises(NotFound) as missing:
        reading(PUBLIC, programme.pk, Month.of(month))
    assert said in missing.value.what.zh


def test_a_report_that_is_there_is_not_begun_again_and_only_the_coordinator_begins(
    programme: Programme, coordinator: Viewer, sports: Viewer
) -> None:
    with pytest.raises(Conflict):
        begin(coordinator, programme, "2025-10")
    with pytest.raises(Forbidden):
        begin(sports, programme, "2025-11")


def test_a_month_that_is_not_over_is_told_as_of_today(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.modules.projects.queries.today", lambda: date(2025, 10, 20))
    assert facts_of(programme, OCTOBER).day == date(2025, 10, 20)


def test_an_earlier_edition_stays_readable_and_says_that_it_was_replaced(
    programme: Programme, coordinator: Viewer, gardens: Target
) -> None:
    first = publish(coordinator, programme)
    correct(coordinator, gardens, 3)
    act(coordinator, "projects.monthlyreport", first.pk, "revise_report", {}, version=first.version, why="核减1处")
    found = reading(PUBLIC, programme.pk, OCTOBER, edition=1).document("zh")
    assert "已被更新的版次取代" in found.blocks[0].text and "4个社区健身园" in found.text
    assert "3处" in reading(PUBLIC, programme.pk, OCTOBER, edition=2).document("zh").text
    with pytest.raises(NotFound):
        reading(PUBLIC, programme.pk, OCTOBER, edition=3)


def test_a_draft_is_not_read_by_the_number_of_its_edition(programme: Programme) -> None:
    with pytest.raises(NotFound):
        reading(PUBLIC, programme.pk, OCTOBER, edition=1)


def test_a_figure_that_falls_without_a_revision_is_found_when_it_is_entered(
    programme: Programme, coordinator: Viewer, gardens: Target
) -> None:
    values = {"value": 12, "on": "2025-10-20"}
    act(coordinator, "projects.target", gardens.pk, "record_progress", values, version=gardens.version)
    rules = {one.rule for one in facts_of(programme, OCTOBER).findings}
    assert "figure_fell" in rules


def test_the_numbers_lead_to_lists_of_as_many_rows(programme: Programme, sports: Viewer) -> None:
    numbers = reading(sports, programme.pk, OCTOBER).content["numbers"]
    assert numbers
    for number in numbers:
        count, _ = counted(sports, number["entity"], Query(where=tuple(number["where"])))
        assert count + number["unnamed"] == number["value"], number
