"""The report of October 2025 must follow from the tasks, and must not claim more than its page."""

from collections import Counter


def counted(tasks, category, status):
    return sum(1 for task in tasks if (task["category"], task["status"]["status"]) == (category, status))


def test_subsidies_are_three_done_and_seven_by_procedure(tasks):
    assert (counted(tasks, "subsidy", "done"), counted(tasks, "subsidy", "by_procedure")) == (3, 7)
    assert sum(task["category"] == "subsidy" for task in tasks) == 10


def test_services_are_sixteen_done_and_thirteen_on_schedule(tasks):
    assert (counted(tasks, "service", "done"), counted(tasks, "service", "on_schedule")) == (16, 13)
    assert sum(task["category"] == "service" for task in tasks) == 29


def test_works_are_six_done_of_which_two_are_not_named(tasks, statements):
    named, unidentified = counted(tasks, "works", "done"), statements["works_done"]["unidentified"]
    assert (named, unidentified, named + unidentified) == (4, 2, 6)
    assert statements["works_done"]["complete"] is False


def test_the_unnamed_works_are_kept_as_unknown(tasks, statements):
    unknown = [task["code"] for task in tasks if task["status"]["status"] == "unknown"]
    assert unknown == statements["works_done"]["candidates"]
    assert len(unknown) == statements["works_done"]["unidentified"]


def test_the_one_works_task_under_way_is_the_fitness_item(tasks):
    (task,) = [task for task in tasks if task["status"]["status"] == "under_way"]
    assert task["code"] == "2025-17-01"
    (actual,) = task["status"]["actuals"]
    assert (actual["target"], actual["quantity"], actual["met"]) == ("fitness_gardens", 4, False)
    tender = task["status"]["milestones"][-1]
    assert (tender["key"], tender["state"], tender["expected"]["month"]) == ("park_tender", "expected", "2025-11")


def test_city_tasks_are_three_done_and_three_on_schedule(programme):
    assert Counter(task["status"]["status"] for task in programme["city_tasks"]) == {"done": 3, "on_schedule": 3}
    assert {task["level"] for task in programme["city_tasks"]} == {"city"}


def test_every_count_is_made_by_tasks(programme, tasks, statements):
    states = {task["code"]: task["status"] for task in [*tasks, *programme["city_tasks"]]}
    for statement in statements.values():
        wanted = (statement["key"], statement["status"])
        made = [code for code, status in states.items() if (status["statement"], status["status"]) == wanted]
        assert made == sorted(statement["named"] + statement["counted"]), statement["key"]
        if statement["count"] is not None:
            assert statement["count"] == len(made) + statement["unidentified"], statement["key"]


def test_the_counts_are_the_published_ones(statements, figures):
    published = {figure["key"]: figure["value"] for figure in figures["figures"]}
    for key, statement in statements.items():
        if statement["count"] is not None:
            assert statement["count"] == published[f"livelihood_{key}"]
    assert published["livelihood_city_tasks"] == statements["city_done"]["count"] + statements["city_on_schedule"]["count"]


def test_statements_are_verbatim_and_hold_what_they_count(statements, printed_in):
    for statement in statements.values():
        assert printed_in(statement["sentence"], "S0")
        if statement["count"] is not None:
            assert statement["count_sentence"] in statement["sentence"]
            assert str(statement["count"]) in statement["count_sentence"]


def test_a_named_task_is_named_in_its_statement_in_the_order_of_the_list(programme, tasks, statements):
    said = {task["code"]: task["status"]["source_sentence"] for task in [*tasks, *programme["city_tasks"]]}
    for statement in statements.values():
        positions = [statement["sentence"].index(said[code]) for code in statement["named"]]
        assert positions == sorted(positions), statement["key"]


def test_a_task_that_is_counted_without_a_name_is_marked_as_our_inference(tasks):
    for task in tasks:
        kinds = {mark["kind"] for mark in task["marks"]}
        assert (task["status"]["basis"] == "counted") == ("counted_not_named" in kinds)
        assert (task["status"]["basis"] == "lost") == ("name_lost" in kinds)


def test_cutting_at_semicolons_would_break_the_published_total(tasks, statements):
    published = sum(row["count"] or len(row["named"]) for row in statements.values() if row["level"] == "district")
    assert published == len(tasks) == 46
    assert sum(task["source_sentence"].count(";") + 1 for task in tasks) == 49
