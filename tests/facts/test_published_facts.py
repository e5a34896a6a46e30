"""Figures, contradictions, indicators and places: quoted as printed, and every reference leads somewhere."""

import re
from datetime import timedelta
from decimal import Decimal

import yaml

from hexi.kernel.units import UNITS

DIGITS = re.compile(r"\d+(?:\.\d+)?")
PERIOD = re.compile(r"\d{4}(-\d{2}|-Q[1-4])?")
COMPUTED = {
    "hotline_response_share",
    "hotline_solved_share",
    "hotline_satisfied_share",
    "hotline_repeat_share",
    "urban_cases_on_time_share",
    "urban_rework_share",
    "grid_patrol_coverage", "waste_transfers_closed_share", "rescue_in_15_share",
    "tasks_done_share", "tasks_on_schedule_share", "tasks_at_risk", "works_done_share", "service_done_share", "targets_met_share",
    "progress_evidence_share", "residents_registered", "aged_60_share", "aged_80_alone", "children_share", "register_fresh_share",
    "communities_with_grid_share", "buildings_registered", "accounts_active", "rows_imported_ok_share",
}  # fmt: skip


def amount(printed):
    """The number in a printed figure, 万 written out; none where it stands in Chinese numerals."""
    digits = DIGITS.findall(printed)
    scale = 10_000 if "万" in printed and not printed.endswith("万元") else 1
    return Decimal(digits[0]) * scale if digits else None


def test_every_figure_stands_in_its_page_as_printed(figures, printed_in):
    for figure in figures["figures"]:
        assert printed_in(figure["sentence"], figure["source"]), figure["key"]
        assert figure["printed"] in figure["sentence"], figure["key"]


def test_a_figure_has_the_value_that_is_printed(figures):
    for figure in figures["figures"]:
        value = amount(figure["printed"])
        assert value is None or value == Decimal(str(figure["value"])), figure["key"]


def test_figures_have_keys_periods_units_and_known_qualifiers(figures):
    rows = figures["figures"]
    assert len({row["key"] for row in rows}) == len(rows)
    assert {row["unit"] for row in rows} == set(figures["units"])
    assert all(PERIOD.fullmatch(row["period"]) for row in rows)
    assert {row["qualifier"] for row in rows} <= {"exact", "about", "more_than", "nearly", "at_least"}
    assert {row["span"] for row in rows} <= {"period", "year_to_date", "to_date", "plan", "expected"}


def test_a_qualifier_is_the_printed_word(figures):
    words = {"约": "about", "近": "nearly", "[余多超]|突破": "more_than", "以上": "at_least"}
    for figure in figures["figures"]:
        expected = next((meaning for word, meaning in words.items() if re.search(word, figure["printed"])), "exact")
        assert figure["qualifier"] == expected, figure["key"]


def test_both_sides_of_a_contradiction_are_printed(contradictions, printed_in):
    assert len({row["key"] for row in contradictions}) == len(contradictions)
    for row in contradictions:
        assert row["label"] == "ours"
        assert all(printed_in(said["text"], said["source"]) for said in row["statements"]), row["key"]


def test_only_a_misprint_may_stand_alone(contradictions):
    assert all(len(row["statements"]) > 1 or row["kind"] == "misprint" for row in contradictions)


def test_contradictions_point_at_figures_or_targets(contradictions, figures, tasks):
    known = {row["key"] for row in figures["figures"]} | {f"{task['code']}/{target['key']}" for task in tasks for target in task["targets"]}
    named = {said["figure"] for row in contradictions for said in row["statements"]} - {None}
    assert named <= known


def test_there_are_exactly_59_indicators_and_they_are_called_ours(indicators, figures):
    rows = indicators["indicators"]
    published = {row["key"]: row["value"] for row in figures["figures"]}
    assert len(rows) == indicators["proposal"]["count"] == published[indicators["proposal"]["count_figure"]] == 59
    assert "我方建议" in indicators["proposal"]["label"]["zh"]
    assert len({row["key"] for row in rows}) == len({row["code"] for row in rows}) == 59
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", row["key"]) for row in rows)


def test_an_indicator_is_fed_from_one_known_source(indicators, figures):
    published = {row["key"] for row in figures["figures"]}
    for row in indicators["indicators"]:
        kind, key = next(iter(row["source"].items()))
        if kind == "awaiting":
            assert set(row["source"]["note"]) == {"zh", "en"}
            continue
        assert len(row["source"]) == 1
        assert key in {"computed": COMPUTED, "published": published}[kind], row["code"]


def test_everything_the_platform_computes_has_its_indicator(indicators):
    assert {row["source"]["computed"] for row in indicators["indicators"] if "computed" in row["source"]} == COMPUTED


def test_indicators_have_owners_domains_and_units(indicators, organisations, figures):
    domains = {row["key"]: row["code"] for row in indicators["domains"]}
    assert 6 <= len(domains) <= 8
    for row in indicators["indicators"]:
        assert row["owner"] in organisations
        assert row["code"].startswith(domains[row["domain"]] + "-")
        assert row["unit"] in {*UNITS, *figures["units"]}
        assert row["better"] in {"up", "down", "band", "none"}


def test_limits_lie_on_the_right_side_and_are_called_ours(indicators):
    for row in indicators["indicators"]:
        limits = row["thresholds"]
        if limits is None:
            continue
        assert limits["basis"] == "ours"
        if row["better"] != "band":
            assert (limits["watch"] > limits["breach"]) == (row["better"] == "up"), row["code"]


def test_organisations_are_one_tree_per_root(organisations, places):
    assert all(row["parent"] is None or row["parent"] in organisations for row in organisations.values())
    assert [key for key, row in organisations.items() if row["parent"] is None] == ["district_government", "district_committee"]
    offices = {row["place"] for row in organisations.values() if row["kind"] == "street_office"}
    assert offices == {street["code"] for street in places["streets"]}


def test_a_body_said_to_be_printed_is_printed(organisations, printed_in):
    printed = {"party_organisation": "组织部", "culture_tourism": "文化和旅游局", "culture_centre": "文化馆", "youth_league": "团区委",
               "property_centre": "区物业中心", "property_party_committee": "物业行业党委"}  # fmt: skip
    assert {key for key, row in organisations.items() if row["basis"] != "ours"} == set(printed)
    assert all(printed_in(text, organisations[key]["basis"]) for key, text in printed.items())


def test_the_streets_are_the_fourteen_with_nested_codes(places):
    codes = [street["code"] for street in places["streets"]]
    assert codes == [f"120103{n:03d}" for n in range(1, 15)]


def test_named_places_and_their_aliases_are_printed(places, printed_in):
    for place in places["named_places"]:
        for alias in place["aliases"]:
            assert alias["text"] in alias["sentence"]
            assert printed_in(alias["sentence"], alias["source"]), place["key"]
        if place["community"]:
            assert re.fullmatch(r"\d{12}", place["community"])
            assert place["community"].startswith(place["street"])


def test_yijingcun_is_known_under_its_three_printed_names(places):
    (place,) = [place for place in places["named_places"] if place["key"] == "yijingcun"]
    assert {alias["text"] for alias in place["aliases"]} == {"景村社区", "景观村", "宜景村"}


def test_make_up_days_are_weekends_and_no_holidays(calendar):
    for year in calendar:
        free = {row["from"] + timedelta(days=n) for row in year["holidays"] for n in range((row["to"] - row["from"]).days + 1)}
        assert all(day.weekday() >= 5 and day not in free for day in year["workdays"])
        assert {day.year for day in free} == {year["year"]}


def test_a_year_frees_as_many_working_days_as_the_law_gives(calendar):
    """13 statutory days since 2025: those on weekends are made up, the rest of a long holiday only shifts weekends about."""
    for year in calendar:
        free = {row["from"] + timedelta(days=n) for row in year["holidays"] for n in range((row["to"] - row["from"]).days + 1)}
        assert sum(day.weekday() < 5 for day in free) - len(year["workdays"]) == 13


def test_every_file_says_what_it_is_and_where_it_comes_from(district_folder):
    for path in district_folder.glob("*.yaml"):
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        assert "What it is:" in " ".join(head), path.name
        assert re.search("[Ll]icence", " ".join(head)), path.name
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
