from datetime import date

import pytest
from django.utils import timezone

from hexi.core.space.api import children_of, labels_for, layer, path_of, place_by_code, places_at, roots
from hexi.core.space.contracts import Level, Origin, level_of, parent_of
from hexi.core.space.models import Place
from hexi.core.space.sources import places, scope
from hexi.core.trust.api import PUBLIC
from hexi.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def put(code: str, name: str, **more: object) -> Place:
    level = level_of(code)
    assert level is not None
    return Place.objects.create(
        code=code, name=name, level=level.value, parent=parent_of(code), origin=Origin.IMPORT, updated_at=NOW, **more
    )


@pytest.fixture
def tree() -> None:
    put("120103", "河西区", name_en="Hexi District")
    put("120103008", "天塔街道", name_en="Tianta Street")
    put("120103008001", "甲社区", valid_from=date(2010, 1, 1), valid_to=date(2024, 7, 1), successor="120103008003")
    put("120103008002", "乙社区", valid_from=date(2010, 1, 1))
    put("120103008003", "丙社区", valid_from=date(2024, 7, 1))


@pytest.mark.usefixtures("tree")
def test_a_closed_place_leads_to_its_successor() -> None:
    assert place_by_code("120103008001").code == "120103008003"
    assert place_by_code("120103008001", at=date(2024, 7, 1)).code == "120103008003"
    assert place_by_code("120103008001", at=date(2024, 6, 30)).name == "甲社区"


@pytest.mark.usefixtures("tree")
def test_successors_are_followed_through_several_changes_and_never_in_a_circle() -> None:
    Place.objects.filter(code="120103008003").update(valid_to=date(2025, 1, 1), successor="120103008002")
    assert place_by_code("120103008001").name == "乙社区"
    Place.objects.filter(code="120103008002").update(valid_to=date(2025, 2, 1), successor="120103008001")
    with pytest.raises(NotFound):
        place_by_code("120103008001")


@pytest.mark.usefixtures("tree")
def test_a_place_that_ended_without_successor_or_has_not_begun_is_not_there() -> None:
    Place.objects.filter(code="120103008002").update(valid_to=date(2025, 1, 1))
    with pytest.raises(NotFound):
        place_by_code("120103008002")
    with pytest.raises(NotFound):
        place_by_code("120103008003", at=date(2020, 1, 1))
    with pytest.raises(NotFound):
        place_by_code("999999")


@pytest.mark.usefixtures("tree")
def test_the_tree_is_read_as_of_a_day() -> None:
    assert [each.name for each in children_of("120103008")] == ["乙社区", "丙社区"]
    assert [each.name for each in children_of("120103008", at=date(2020, 1, 1))] == ["甲社区", "乙社区"]
    assert [each.level for each in path_of("120103008002")] == [Level.DISTRICT, Level.STREET, Level.COMMUNITY]
    assert path_of("120103008001") == []
    assert [each.code for each in roots()] == ["120103"]


@pytest.mark.usefixtures("tree")
def test_old_records_keep_the_name_of_a_closed_place() -> None:
    assert labels_for(["120103008001"]) == {"120103008001": "甲社区"}


@pytest.mark.usefixtures("tree")
def test_the_pickers_sources_speak_both_languages_and_count_parts() -> None:
    top = places(PUBLIC, {}).rows
    assert [(row["code"], row["children"], row["name"]["en"]) for row in top] == [("120103", 1, "Hexi District")]
    assert [row["code"] for row in places(PUBLIC, {"parent": "120103008"}).rows] == ["120103008002", "120103008003"]
    assert [row["code"] for row in places(PUBLIC, {"q": "乙"}).rows] == ["120103008002"]
    assert [row["code"] for row in scope(PUBLIC, {"place": "120103008002"}).rows] == ["120103", "120103008", "120103008002"]
    assert [row["code"] for row in scope(PUBLIC, {}).rows] == ["120103"]


@pytest.mark.usefixtures("tree")
def test_places_without_shapes_are_no_trouble_on_the_map() -> None:
    assert layer("space.streets")["features"] == []
    assert layer("space.buildings")["features"] == []
    assert layer("space.water")["features"] == []
    assert places_at([(117.2, 39.1)]) == [None]
