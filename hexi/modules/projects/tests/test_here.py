"""What a place is told of the programme: what stands there, what may, and what is for everybody."""

from __future__ import annotations

import pytest

from hexi.core.trust.api import PUBLIC
from hexi.modules.projects.here import here
from hexi.modules.projects.models import Programme, Task


def told(place: str = "") -> str:
    (row,) = here(PUBLIC, {"place": place}).rows
    return row["text"]["zh"]


@pytest.fixture(autouse=True)
def tasks(programme: Programme) -> None:
    """L-1 stands in a community, L-2 in a park that no source puts in a street; L-3 and C-1 name no place."""
    Task.objects.filter(code="L-1").update(place="120103007020")
    Task.objects.filter(code="L-2").update(place_names="曲江公园")


def test_the_district_is_told_how_many_tasks_have_a_place() -> None:
    assert "共4项：1项写明了所在社区；1项有具体地点" in told() == told("120103") and "其余2项" in told()


def test_a_street_is_told_what_stands_there_and_what_covers_it() -> None:
    assert "有1项，其中已完成1项；在区内其他社区的0项" in told("120103007")
    assert "另有1项有具体地点" in told("120103007") and "2项来源没有写地点" in told("120103007")


def test_a_street_without_tasks_is_told_so_and_what_covers_it_all_the_same() -> None:
    assert "没有任务的地点登记在120103008；在区内其他社区的1项" in told("120103008") and "也覆盖这里" in told("120103008")
