from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from hexi.core.space.api import NewPlace, add_alias, close_place, create_place, find_places, place_by_code, rename_place, resolve
from hexi.core.space.models import Place
from hexi.core.trust.api import PLATFORM, PUBLIC, Viewer, history
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound

pytestmark = pytest.mark.django_db
STREET, COMMUNITY = "120103008", "120103008001"


@pytest.fixture(autouse=True)
def tree() -> None:
    for code, name in (("120103", "河西区"), (STREET, "天塔街道"), (COMMUNITY, "甲社区")):
        create_place(PLATFORM, NewPlace(code, name))


def events(code: str) -> list[str]:
    return [event.action for event in history("space.place", Place.objects.get(code=code).pk)]


def test_a_new_place_stands_in_the_tree_and_in_the_history() -> None:
    place = create_place(PLATFORM, NewPlace("120103008002", " 乙社区 ", lon=117.2, lat=39.1), why="新设")
    assert (place.name, place.parent, place.level.value) == ("乙社区", STREET, "community")
    assert events("120103008002") == ["create"]


@pytest.mark.parametrize(
    "new,field",
    [
        (NewPlace("12010300800", "短"), "code"),
        (NewPlace("120103009001", "没有上级"), "code"),
        (NewPlace("120103008009", "  "), "name"),
        (NewPlace("120103008009", "长" * 121), "name"),
        (NewPlace("120103008009", "天上", lon=200, lat=39), "lon"),
        (NewPlace("120103008009", "半个点", lon=117), "lon"),
    ],
)
def test_a_place_that_cannot_be_is_refused_with_its_field(new: NewPlace, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_place(PLATFORM, new)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_taken_code_is_a_conflict() -> None:
    with pytest.raises(Conflict):
        create_place(PLATFORM, NewPlace(COMMUNITY, "又一个"))


def test_a_renamed_place_is_still_found_by_its_former_name() -> None:
    rename_place(PLATFORM, COMMUNITY, "乙社区", why="更名批复")
    assert place_by_code(COMMUNITY).name == "乙社区"
    assert resolve("甲社区")[0].place.code == COMMUNITY
    newest = history("space.place", Place.objects.get(code=COMMUNITY).pk)[0]
    assert (newest.action, newest.before["name"], newest.after["name"], newest.why) == ("rename", "甲社区", "乙社区", "更名批复")


def test_an_alias_names_its_source_and_comes_once() -> None:
    add_alias(PLATFORM, COMMUNITY, "钾社区", kind="misprint", source="某报：钾社区")
    add_alias(PLATFORM, COMMUNITY, "钾社区", kind="misprint", source="某报：钾社区")
    assert find_places("钾社区")[0].source == "某报：钾社区"
    assert events(COMMUNITY).count("add_alias") == 1
    with pytest.raises(Invalid):
        add_alias(PLATFORM, COMMUNITY, "假社区", kind="rumour", source="")


def test_a_closed_place_hands_over_to_its_successor() -> None:
    create_place(PLATFORM, NewPlace("120103008002", "乙社区"))
    today = timezone.localdate()
    closed = close_place(PLATFORM, COMMUNITY, today, successor="120103008002", why="合并")
    assert (closed.valid_to, closed.successor) == (today, "120103008002")
    assert place_by_code(COMMUNITY).code == "120103008002"
    with pytest.raises(Invalid):
        close_place(PLATFORM, COMMUNITY, today, why="再来一次")


@pytest.mark.parametrize("successor", ["120103008001", STREET, "120103008077"])
def test_a_successor_is_another_standing_place_of_the_same_level(successor: str) -> None:
    with pytest.raises(Invalid):
        close_place(PLATFORM, COMMUNITY, date(2026, 1, 1), successor=successor, why="合并")
    assert place_by_code(COMMUNITY).valid_to is None


CHANGES: list[Callable[[Viewer], object]] = [
    lambda viewer: create_place(viewer, NewPlace("120103008003", "丙社区")),
    lambda viewer: rename_place(viewer, COMMUNITY, "丙社区", why="试"),
    lambda viewer: close_place(viewer, COMMUNITY, date(2026, 1, 1), why="试"),
    lambda viewer: add_alias(viewer, COMMUNITY, "丙", kind="common", source="试"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_public_changes_nothing(change: Callable[[Viewer], object]) -> None:
    with pytest.raises(Forbidden):
        change(PUBLIC)
    assert events(COMMUNITY) == ["create"]


def test_a_change_needs_a_reason_and_a_place() -> None:
    with pytest.raises(Invalid):
        rename_place(PLATFORM, COMMUNITY, "乙社区", why=" ")
    with pytest.raises(NotFound):
        rename_place(PLATFORM, "120103008099", "乙社区", why="试")
