"""Residents at the place confirm or contest, and a contested task does not stay done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hexi.core.data.api import act, readable
from hexi.core.trust.api import PUBLIC, Viewer
from hexi.kernel.errors import Invalid
from hexi.modules.projects import checks
from hexi.modules.projects.checks import is_there
from hexi.modules.projects.models import PlaceCheck, Programme, Task

Find = Callable[[str], Task]
COMMUNITY = "120103007020"


def say(task: Task, client_id: str = "", **values: object) -> PlaceCheck:
    given = {"task": task.pk, "verdict": "contests", "note": "晚上没有亮", **values}
    found = act(PUBLIC, "projects.placecheck", None, "file_place_check", given, client_id=client_id)
    assert isinstance(found, PlaceCheck)
    return found


@pytest.fixture
def lamps(programme: Programme, task: Find, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A done task whose place is known; the place register of this test knows every code."""
    monkeypatch.setattr(checks, "labels_for", lambda codes: dict.fromkeys(codes, "谊景村"))
    Task.objects.filter(code="L-1").update(place=COMMUNITY)
    return task("L-1")


def test_somebody_in_the_community_contests_and_the_task_is_no_longer_done(lamps: Task, task: Find) -> None:
    assert task("L-1").status == "done"
    say(lamps, place=COMMUNITY + "01")
    found = task("L-1")
    assert (found.status, found.contests) == ("under_way", 1)
    assert "1条不同意见" in found.reason


def test_somebody_elsewhere_is_heard_and_counts_only_when_upheld(lamps: Task, task: Find, others: Viewer) -> None:
    check = say(lamps, place="120103001001")
    assert task("L-1").status == "done"
    act(others, "projects.placecheck", check.pk, "uphold", {"answer": "现场核实，3盏未亮"}, version=check.version)
    assert task("L-1").status == "under_way"


def test_an_answered_contest_gives_the_status_back(lamps: Task, task: Find, others: Viewer) -> None:
    check = say(lamps, place=COMMUNITY)
    act(others, "projects.placecheck", check.pk, "answer_check", {"answer": "已修复并复核"}, version=check.version)
    assert task("L-1").status == "done"


def test_a_confirmation_is_counted_and_changes_no_status(lamps: Task, task: Find) -> None:
    say(lamps, verdict="confirms", note="", place=COMMUNITY)
    assert (task("L-1").status, task("L-1").confirms) == ("done", 1)


def test_the_same_parcel_sent_twice_is_one_statement(lamps: Task) -> None:
    first, again = say(lamps, "parcel-1"), say(lamps, "parcel-1")
    assert first.pk == again.pk and PlaceCheck.objects.count() == 1


def test_what_residents_say_is_not_public(lamps: Task, others: Viewer, sports: Viewer) -> None:
    check = say(lamps)
    assert not readable(PUBLIC, PlaceCheck).exists()
    assert readable(others, PlaceCheck).filter(pk=check.pk).exists()
    assert not readable(sports, PlaceCheck).exclude(lead="sports").filter(note="").exists()


def test_an_unknown_task_or_verdict_is_refused(programme: Programme, task: Find) -> None:
    with pytest.raises(Invalid):
        act(PUBLIC, "projects.placecheck", None, "file_place_check", {"task": 999_999, "verdict": "contests"})
    with pytest.raises(Invalid):
        say(task("L-1"), verdict="perhaps")


def test_being_there_means_the_same_community() -> None:
    assert is_there(COMMUNITY, COMMUNITY) and is_there(COMMUNITY + "01", COMMUNITY)
    assert not is_there("120103007", COMMUNITY) and not is_there("", COMMUNITY)
    assert not is_there(COMMUNITY, "") and not is_there("120103007", "120103007")
