"""The list of 2025: every group, task and number of the published text, nothing added."""

import re
from collections import Counter
from decimal import Decimal

CATEGORIES = {"works", "subsidy", "service"}
COMPARATORS = {"at_least", "about", "exactly", "more_than", "done"}
WORDS = {"不少于": "at_least", "不低于": "at_least", "约": "about", "余": "more_than"}
STATES = {"done", "on_schedule", "by_procedure", "under_way", "unknown"}
STAGES = {"planned", "design", "finance_review", "tender", "site_entry", "building", "accepted", "struck_off"}
DIGITS = re.compile(r"\d+(?:\.\d+)?")


def test_all_twenty_groups_are_there_under_their_printed_headings(programme, printed_in):
    assert [group["number"] for group in programme["groups"]] == list(range(1, 21))
    assert all(printed_in(group["heading"], "S2") for group in programme["groups"])


def test_codes_are_unique_and_tell_the_group(programme, tasks):
    codes = [task["code"] for task in tasks] + [task["code"] for task in programme["city_tasks"]]
    assert len(set(codes)) == len(codes)
    for group in programme["groups"]:
        wanted = [f"2025-{group['number']:02d}-{n:02d}" for n in range(1, len(group["tasks"]) + 1)]
        assert [task["code"] for task in group["tasks"]] == wanted


def test_one_sentence_of_the_list_is_one_task(programme, tasks, list_of_2025):
    rebuilt = "".join(group["heading"] + "".join(task["source_sentence"] for task in group["tasks"]) for group in programme["groups"])
    plain = list_of_2025.replace("##", "")
    assert re.sub(r"\s", "", rebuilt) == plain
    assert plain.count("。") == len(tasks) == 46


def test_every_number_of_the_list_is_a_target_or_is_explained(tasks):
    for task in tasks:
        printed = [n for target in task["targets"] if target["printed"] for n in DIGITS.findall(target["printed"])]
        explained = [row["number"] for row in task.get("numbers_not_targets", [])]
        assert Counter(printed + explained) == Counter(DIGITS.findall(task["source_sentence"])), task["code"]


def test_a_quantity_is_the_printed_number(tasks):
    for task in tasks:
        for target in task["targets"]:
            if target["printed"] is None:
                assert target["quantity"] is None, target["key"]
                continue
            assert target["printed"] in task["source_sentence"], target["key"]
            scale = 10_000 if "万" in target["printed"] else 1
            assert Decimal(str(target["quantity"])) == Decimal(DIGITS.findall(target["printed"])[0]) * scale, target["key"]


def test_a_comparator_is_the_printed_word(tasks):
    for task in tasks:
        for target in task["targets"]:
            assert target["comparator"] in COMPARATORS
            assert (target["comparator"] == "done") == (target["quantity"] is None)
            words = [meaning for word, meaning in WORDS.items() if word in (target["printed"] or "")]
            if words:
                assert target["comparator"] == words[0], target["key"]


def test_targets_have_keys_of_their_own_and_known_units(programme, tasks):
    keys = [target["key"] for task in tasks for target in task["targets"]]
    assert len(set(keys)) == len(keys)
    used = {target["unit"] for task in tasks for target in task["targets"]} - {None}
    assert used == set(programme["units"])


def test_a_task_says_what_is_ours(tasks):
    for task in tasks:
        assert task["category"] in CATEGORIES
        assert task["category_basis"] in {"named", "by_elimination"}
        assert task["lead_basis"] == "ours"
        assert ("category_ours" in {mark["kind"] for mark in task["marks"]}) == (task["category_basis"] == "by_elimination")


def test_marks_name_known_kinds_and_their_own_targets(programme, tasks):
    for task in [*tasks, *programme["city_tasks"]]:
        keys = {target["key"] for target in task.get("targets", [])}
        for mark in task["marks"]:
            assert mark["kind"] in programme["mark_kinds"]
            assert set(mark.get("targets", [])) <= keys


def test_leads_are_organisations(programme, tasks, organisations):
    assert {task["lead"] for task in [*tasks, *programme["city_tasks"]]} <= set(organisations)
    assert programme["programme"]["office"] in organisations


def test_places_carry_only_known_codes(tasks, places):
    streets = {street["code"] for street in places["streets"]}
    known = {place["community"] for place in places["named_places"] if place["community"]}
    for task in tasks:
        for place in task["places"]:
            assert place["street"] is None or place["street"] in streets
            assert place["community"] is None or (place["community"] in known and place["basis"] == "ours")


def test_actuals_and_milestones_belong_to_targets_of_the_task(tasks, printed_in):
    for task in tasks:
        keys = {target["key"] for target in task["targets"]}
        for actual in task["status"]["actuals"]:
            assert actual["target"] in keys
            assert (actual["quantity"] is not None) == (actual["basis"] == "figure")
            assert printed_in(actual["sentence"], "S0")
        for milestone in task["status"]["milestones"]:
            assert set(milestone["targets"]) <= keys
            assert milestone["stage"] in STAGES
            assert printed_in(milestone["sentence"], "S0")


def test_an_actual_figure_is_printed_in_its_sentence(tasks):
    for task in tasks:
        for actual in task["status"]["actuals"]:
            if actual["basis"] == "figure":
                assert str(actual["quantity"]) in DIGITS.findall(actual["sentence"]), actual["target"]


def test_a_state_is_quoted_or_says_that_it_is_lost(programme, tasks, printed_in):
    for task in [*tasks, *programme["city_tasks"]]:
        status = task["status"]
        assert status["status"] in STATES
        if status["basis"] == "lost":
            assert (status["status"], status["source_sentence"]) == ("unknown", None)
            assert status["inferred"]["label"] == "ours"
        else:
            assert printed_in(status["source_sentence"], status["source"])
