"""The month's report: drafted, published as a snapshot, revised by a next edition."""

from __future__ import annotations

import pytest

from hexi.core.data.api import act
from hexi.core.trust.api import PUBLIC, Viewer
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hexi.modules.projects.contracts import Month
from hexi.modules.projects.editions import reading
from hexi.modules.projects.models import MonthlyReport, Programme, Progress, Target

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
    assert "3处" in reading(PUBLIC, programme.pk, OCTOBER).document("zh").text


def test_nothing_changed_means_nothing_to_revise(programme: Programme, coordinator: Viewer) -> None:
    first = publish(coordinator, programme)
    with pytest.raises(Conflict):
        act(coordinator, "projects.monthlyreport", first.pk, "revise_report", {}, version=first.version, why="再发")


def test_a_report_is_published_once(programme: Programme, coordinator: Viewer) -> None:
    first = publish(coordinator, programme)
    with pytest.raises(Forbidden):
        act(coordinator, "projects.monthlyreport", first.pk, "publish_report", {}, version=first.version)


def test_a_month_without_entries_has_no_report(programme: Programme, coordinator: Viewer) -> None:
    with pytest.raises(NotFound):
        reading(coordinator, programme.pk, Month(2025, 3))


def test_the_numbers_lead_to_lists_of_as_many_rows(programme: Programme, sports: Viewer) -> None:
    from hexi.core.data.api import Query, counted

    numbers = reading(sports, programme.pk, OCTOBER).content["numbers"]
    assert numbers
    for number in numbers:
        count, _ = counted(sports, number["entity"], Query(where=tuple(number["where"])))
        assert count + number["unnamed"] == number["value"], number
