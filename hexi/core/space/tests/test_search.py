import pytest
from pytest_django import DjangoAssertNumQueries

from hexi.core.space.api import Level, doorway_codes, dwellings, find_places, labels_for, names, resolve
from hexi.core.space.generator.district import Table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]
YIJINGCUN = "120103007020"


@pytest.mark.parametrize("printed", ["谊景村", "宜景村", "景村", "景观村", "景村社区", "谊景村社区居委会", " 谊 景 村 "])
def test_yijingcun_is_found_under_every_form_in_print(printed: str) -> None:
    assert find_places(printed)[0].place.code == YIJINGCUN
    assert [each.place.code for each in resolve(printed) if each.score == 1] == [YIJINGCUN]


def test_a_misprint_says_where_it_stands() -> None:
    found = resolve("景观村")[0]
    assert found.how == "alias"
    assert "景观村" in found.source


def test_likeness_alone_is_no_match() -> None:
    assert all(each.place.name != "景观花园社区" for each in [*resolve("景观村"), *find_places("景观村")])
    assert resolve("不存在的地方") == []
    assert find_places("  ") == find_places("\x00") == resolve("\x00") == []
    assert find_places("天\x00塔")[0].place.name == "天塔街道"


@pytest.mark.parametrize("written", ["天塔街道", "天塔街", "天塔", "天塔街道办事处", "天津市河西区天塔街道", "120103008"])
def test_a_street_is_known_by_all_its_usual_forms(written: str) -> None:
    assert resolve(written)[0].place.code == "120103008"


def test_the_district_is_known_without_its_last_word() -> None:
    assert [resolve(written)[0].place.code for written in ("河西", "河西区", "天津市河西区")] == ["120103"] * 3


def test_an_address_is_followed_down_to_the_door(tables: dict[str, Table]) -> None:
    door = next(code for code, (name, _) in zip(tables["doorway"].codes, tables["doorway"].names, strict=True) if name == "2门")
    text = labels_for([door])[door]
    assert text.startswith("示例")
    assert text.endswith("2门")
    assert resolve(text)[0].place.code == door
    street = labels_for([door[:9]])[door[:9]]
    assert resolve(f"天津市河西区{street}{text}")[0].place.code == door
    assert find_places(text)[0].place.code == door


def test_a_search_can_be_kept_within_a_place_and_a_level() -> None:
    inside = find_places("第01网格", within="120103008", levels=[Level.GRID], limit=50)
    assert len(inside) == 14
    assert all(each.place.code.startswith("120103008") for each in inside)
    assert resolve("景村", within="120103013") == []
    assert resolve("天塔", level=Level.COMMUNITY) == []


def test_english_readers_find_streets_too() -> None:
    assert find_places("tianta")[0].place.code == "120103008"


def test_many_labels_cost_one_statement(tables: dict[str, Table], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    codes = [*tables["doorway"].codes[:500], *tables["building"].codes[:500], *tables["grid"].codes[:100], "120103", "nonsense", "999999"]
    with django_assert_num_queries(1):
        labels = labels_for(codes)
    assert len(labels) == 1101
    grid = tables["grid"].codes[0]
    assert labels[grid] == labels_for([grid[:12]])[grid[:12]] + "第01网格"
    assert names([grid])[grid].en.startswith("Grid 01, ")
    with django_assert_num_queries(0):
        assert labels_for([]) == {}


def test_people_live_only_behind_doors_with_homes(tables: dict[str, Table]) -> None:
    homes = dict(zip(tables["doorway"].codes, tables["doorway"].homes, strict=True))
    inhabited = {code: count for code, count in homes.items() if count}
    assert doorway_codes() == sorted(inhabited)
    assert {each.doorway: each.homes for each in dwellings(within="120103001")} == {
        code: count for code, count in inhabited.items() if code.startswith("120103001")
    }
