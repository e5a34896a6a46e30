"""The Python face and the words of conditions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hexi.kernel.codes import prefix_end
from hexi.kernel.condition import (
    Column,
    Everything,
    FlagColumn,
    MomentColumn,
    Nothing,
    PlaceColumn,
    ReferenceColumn,
    all_of,
    any_of,
)
from hexi.kernel.context import Context, Param
from hexi.kernel.label import t

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
CONTEXT = Context(NOW)
age = Column[int]("age", t("年龄", "age"), kind="number", unit="years")
name = Column[str]("name", t("姓名", "name"), kind="text")
alone = FlagColumn("alone", t("独居", "lives alone"), kind="flag")
visited = MomentColumn("visited", t("上次探访", "last visit"), kind="moment")
born = MomentColumn("born", t("出生日期", "date of birth"), kind="day")
home = PlaceColumn("home", t("住址", "home"), kind="place")
GAP = Param("gap", t("探访间隔", "visit gap"), default=timedelta(days=7), low=timedelta(days=1), high=timedelta(days=30))


@pytest.mark.parametrize(("row", "late"), [
    ({"age": 82, "alone": True, "visited": None}, True),
    ({"age": 82, "alone": True, "visited": NOW - timedelta(days=6)}, False),
    ({"age": 82, "alone": True, "visited": NOW - timedelta(days=8)}, True),
    ({"age": 79, "alone": True, "visited": None}, False),
    ({"age": None, "alone": True, "visited": None}, False),
    ({"age": 82, "alone": None, "visited": None}, False),
])  # fmt: skip
def test_a_rule_is_decided_on_one_row_without_a_database(row: dict[str, object], late: bool) -> None:
    assert (alone & (age >= 80) & visited.older_than(GAP, missing=True)).holds(row, CONTEXT) is late


@pytest.mark.parametrize(
    "cond",
    [
        age < 80,
        age >= 80,
        age == 80,
        age != 80,
        age.one_of(80),
        name.has("王"),
        visited.older_than(GAP),
        home.within("1201"),
        born.aged(60),
        alone,
    ],
)
def test_a_comparison_with_a_missing_value_is_false_and_its_negation_true(cond: object) -> None:
    nothing = dict.fromkeys(("age", "name", "visited", "home", "born", "alone"))
    assert cond.holds(nothing, CONTEXT) is False  # type: ignore[attr-defined]
    assert (~cond).holds(nothing, CONTEXT) is True  # type: ignore[operator]


def test_an_empty_text_is_a_missing_one() -> None:
    assert name.missing().holds({"name": ""}, CONTEXT)
    assert not (name != "王").holds({"name": ""}, CONTEXT)


def test_two_columns_compare_with_each_other() -> None:
    done, planned = Column[int]("done", t("完成", "done"), kind="number"), Column[int]("planned", t("计划", "planned"), kind="number")
    assert (done >= planned).holds({"done": 4, "planned": 4}, CONTEXT)
    assert not (done >= planned).holds({"done": 4, "planned": None}, CONTEXT)


def test_a_reference_leads_to_the_columns_of_its_record() -> None:
    group = ReferenceColumn("group_id", t("分组", "group"), kind="reference")
    number = group.to(Column[int]("number", t("序号", "number"), kind="number"))
    assert number.path == ("group", "number")
    assert (number == 3).holds({"group": {"number": 3}}, CONTEXT)
    assert not (number == 3).holds({"group": None}, CONTEXT)


def test_an_area_takes_in_what_lies_under_it() -> None:
    assert (home.within("120103008") | home.within("120103009")).holds({"home": "120103008003"}, CONTEXT)
    assert not home.within("120103008").holds({"home": "12010300"}, CONTEXT)


@pytest.mark.parametrize(
    ("code", "end"), [("120103", "120104"), ("120199", "120200"), ("009", "010"), ("999", "999" + "9" * 40), ("", "9" * 40)]
)
def test_the_end_of_a_prefix_is_the_first_code_after_it(code: str, end: str) -> None:
    assert prefix_end(code) == end
    assert code <= code + "99" < end


@pytest.mark.parametrize(("born_on", "old"), [(date(1966, 11, 21), True), (date(1966, 11, 22), False), (date(1966, 11, 20), True)])
def test_an_age_is_reached_on_the_birthday(born_on: date, old: bool) -> None:
    assert born.aged(60).holds({"born": born_on}, CONTEXT) is old


def test_the_day_in_the_district_counts_not_the_day_in_greenwich() -> None:
    late_evening = Context(datetime(2026, 11, 20, 16, 30, tzinfo=UTC))  # 00:30 of the 21st in Tianjin
    assert born.aged(60).holds({"born": date(1966, 11, 21)}, late_evening)


def test_born_on_the_29th_of_february_one_is_older_on_the_28th_of_a_common_year_at_the_latest() -> None:
    leap = Context(datetime(2024, 2, 29, 4, tzinfo=UTC))
    assert leap.birthday_limit(1) == date(2023, 2, 28)


def test_a_tuned_parameter_takes_the_place_of_its_default() -> None:
    row = {"visited": NOW - timedelta(hours=30)}
    assert not visited.older_than(GAP).holds(row, CONTEXT)
    assert visited.older_than(GAP).holds(row, Context(NOW, {"gap": timedelta(days=1)}))


def test_a_parameter_outside_its_limits_is_refused() -> None:
    with pytest.raises(ValueError, match="must lie between"):
        Param("gap", t("间隔", "gap"), default=3, low=5, high=9)


@pytest.mark.parametrize("wrong", [lambda: bool(age >= 80), lambda: bool(age)])
def test_a_condition_has_no_truth_value_before_it_meets_a_row(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"write & \| ~|compare it"):
        wrong()  # type: ignore[operator]


@pytest.mark.parametrize(
    "wrong", [lambda: name < "王", lambda: age.__eq__(None), lambda: name == "", lambda: visited.aged(60), lambda: age.to(age)]
)
def test_what_would_differ_between_databases_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        wrong()  # type: ignore[operator]


def test_joining_with_everything_or_nothing_says_no_more_than_needed() -> None:
    assert all_of() == Everything()
    assert any_of() == Nothing()
    cond = age >= 80
    assert all_of(Everything(), cond) is cond
    assert any_of(Nothing(), cond) is cond
    assert (cond & Nothing()) == Nothing()
    assert ~~cond is cond


def test_the_words_read_as_a_sentence_in_both_languages() -> None:
    cond = alone & (age >= 80) & (visited.older_than(GAP, missing=True) | ~name.has("王"))
    assert (
        cond.words("zh")
        == "「独居」且「年龄」不小于 80 岁且（「上次探访」距今超过 7 天（可调 1 天 至 30 天）或从未有过或并非（「姓名」含有「王」））"
    )
    assert (
        cond.words("en")
        == "lives alone and age is at least 80 years and (last visit was more than 7 days (tunable, 1 day to 30 days) ago or never or not (name contains “王”))"
    )


def test_every_kind_of_condition_has_words() -> None:
    for cond in (
        Everything(),
        Nothing(),
        age.one_of(1, 2),
        name.missing(),
        home.within("1201"),
        born.aged(60),
        visited < NOW,
        born >= date(2020, 1, 1),
    ):
        assert cond.words("zh") and cond.words("en")


def test_a_condition_names_the_columns_that_it_reads() -> None:
    assert {c.name for c in (alone & ((age > 1) | ~home.within("12"))).columns()} == {"alone", "age", "home"}


def test_a_key_of_a_closed_list_is_said_by_its_label() -> None:
    level = Column[str]("level", t("层级", "level"), kind="choice")
    level.words = {"district": t("区级", "district's own")}
    assert (level == "district").words("zh") == "「层级」是 区级"
    assert "district's own" in level.one_of("district", "city").words("en") and "city" in level.one_of("district", "city").words("en")
