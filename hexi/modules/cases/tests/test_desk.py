"""What the desk asks beside the registers: the board, figures, clocks, people, cases like it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hexi.core.data.api import Query
from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, STREET, Person
from hexi.core.trust.api import PLATFORM, PUBLIC
from hexi.core.trust.models import Event
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Forbidden
from hexi.modules.cases import routing
from hexi.modules.cases.beside import people_revealed
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.figures import by_hour, closing, stock
from hexi.modules.cases.models import Case, CaseClock, Extension, Route
from hexi.modules.cases.tables import district_calendar
from hexi.modules.cases.tests.conftest import do, lead_task
from hexi.modules.cases.timers import fire

Report = Callable[..., Case]


@pytest.fixture
def mended(report: Report, desk: Person, person: Callable[..., Person]) -> tuple[Case, Person]:
    """A case in the hands of its office, and somebody of that office."""
    case, worker = report(), person(("department_staff", "", "housing"))
    do(desk, case, "accept")
    do(desk, case, "send_out")
    task = lead_task(case)
    assert do(worker, task, "accept_task").status_code == 200
    return case, worker


def test_the_board_has_a_column_for_each_state_of_the_kind(report: Report, desk: Person) -> None:
    first, second = report(), report()
    do(desk, second, "accept")
    found = desk.get("/api/cases/board/lamp").json()
    columns = {one["stage"]: one for one in found["columns"]}
    assert list(columns) == ["received", "accepted", "sent", "mending", "waiting", "mended", "closed", "refused", "merged"]
    assert [row["id"] for row in columns["received"]["rows"]] == [first.pk]
    assert (columns["accepted"]["count"], columns["closed"]["count"], columns["closed"]["final"]) == (1, 0, True)


def test_on_the_board_stands_first_what_is_due_first(report: Report, desk: Person) -> None:
    calm, danger = report(), report(urgency="danger")
    found = desk.get("/api/cases/board/lamp").json()["columns"][0]["rows"]
    assert [row["id"] for row in found] == [danger.pk, calm.pk]


def test_the_board_shows_only_what_its_reader_may_read(report: Report, person: Callable[..., Person]) -> None:
    report(place=COMMUNITY, category="noise")
    elsewhere = person(("case_dispatcher", OTHER_STREET))
    assert sum(one["count"] for one in elsewhere.get("/api/cases/board/lamp").json()["columns"]) == 0


@pytest.mark.parametrize("where, number", [("kind:eq:lamp", 1), ("kind:eq:alarm", 0)])
def test_the_board_answers_whatever_kind_its_filter_names(report: Report, desk: Person, where: str, number: int) -> None:
    report()
    columns = desk.get("/api/cases/board/lamp", where=where).json()["columns"]
    assert sum(column["count"] for column in columns) == number


def test_an_unknown_kind_has_no_board(desk: Person) -> None:
    assert desk.get("/api/cases/board/nothing").status_code == 404


def test_hours_are_those_of_the_district_and_every_pair_is_there(report: Report) -> None:
    case = report()
    Case.objects.filter(pk=case.pk).update(opened_at=datetime(2025, 11, 20, 23, 30, tzinfo=UTC))  # Friday, half past seven in the district
    rows = by_hour(PLATFORM, Query())
    assert len(rows) == 7 * 24
    assert [(row["weekday"], row["hour"]) for row in rows if row["count"]] == [("fri", "07")]


def test_stock_counts_by_stage_with_the_part_that_is_late(report: Report) -> None:
    report()
    Case.objects.filter(pk=report().pk).update(breached=True)
    (received,) = [row for row in stock(PLATFORM, Query(where=("kind:eq:lamp",))) if row["stage"] == "received"]
    assert (received["count"], received["overdue"], received["label"]["en"]) == (2, 1, "received")
    (new,) = [row for row in stock(PLATFORM, Query()) if row["stage"] == "new"]
    assert (new["count"], new["overdue"]) == (2, 1)


def test_the_time_to_close_is_counted_in_spans_that_leave_nothing_out(report: Report) -> None:
    start = datetime(2025, 11, 20, 1, tzinfo=UTC)
    for hours in (0.5, 1, 30, 30, 500):
        Case.objects.filter(pk=report().pk).update(phase="closed", opened_at=start, closed_at=start + timedelta(hours=hours))
    found = closing(PLATFORM, Query())
    assert [one["count"] for one in found["spans"]] == [1, 1, 0, 2, 0, 1]
    assert found["mean_h"] == pytest.approx(561.5 / 5)
    assert (found["count"], found["in_time"]) == (5, 5)


def test_figures_are_of_the_readers_rows_and_filters(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    report(place=COMMUNITY, category="noise")
    report(place=STREET, title="井盖松动", category="noise")
    whole = desk.get("/api/cases/figures").json()
    narrow = desk.get("/api/cases/figures", where=f"place:within:{COMMUNITY}").json()
    assert (sum(row["count"] for row in whole["hours"]), sum(row["count"] for row in narrow["stock"])) == (2, 1)
    elsewhere = person(("case_dispatcher", OTHER_STREET)).get("/api/cases/figures").json()
    assert sum(row["count"] for row in elsewhere["hours"]) == 0


def test_the_sources_for_pages_say_the_same(report: Report, desk: Person) -> None:
    report()
    heat = desk.get("/api/data/cases.hours", kind="lamp").json()
    pipeline = desk.get("/api/data/cases.stock", kind="lamp").json()
    assert sum(row["count"] for row in heat["rows"]) == 1
    assert [row["count"] for row in pipeline["rows"] if row["stage"] == "received"] == [1]
    assert sum(row["count"] for row in desk.get("/api/data/cases.closing", kind="lamp").json()["rows"]) == 0


def test_clocks_say_limit_source_and_where_they_stand(mended: tuple[Case, Person], desk: Person) -> None:
    case, _ = mended
    found = {one["key"]: one for one in desk.get(f"/api/cases/{case.pk}/clocks").json()["rows"]}
    assert (found["accepting"]["stands"], found["mending"]["stands"]) == ("met", "running")
    assert found["mending"]["limit"] == {"zh": "8 工作小时", "en": "8 working hours"}
    assert found["mending"]["basis"] == "ours"
    assert 0 < found["mending"]["left_s"] <= 8 * 3600


def test_a_clock_that_stands_still_says_since_when_and_why(mended: tuple[Case, Person], desk: Person) -> None:
    case, worker = mended
    assert do(worker, case, "wait", why="等待灯具到货").status_code == 200
    (clock,) = [one for one in desk.get(f"/api/cases/{case.pk}/clocks").json()["rows"] if one["key"] == "mending"]
    assert (clock["stands"], clock["why_paused"]) == ("paused", "等待灯具到货")
    assert clock["paused_at"]


def test_a_clock_that_ran_out_says_so_and_stands_first(mended: tuple[Case, Person], desk: Person) -> None:
    case, _ = mended
    past = datetime.now(UTC) - timedelta(hours=1)
    CaseClock.objects.filter(case=case, key="mending").update(started_at=past - timedelta(hours=9), due_at=past)
    first = desk.get(f"/api/cases/{case.pk}/clocks").json()["rows"][0]
    assert (first["key"], first["stands"], first["used"], first["left_s"]) == ("mending", "over", 1.0, 0)


def test_the_history_says_in_words_what_the_platform_did(mended: tuple[Case, Person], desk: Person) -> None:
    case, _ = mended
    past = datetime.now(UTC) - timedelta(hours=1)
    CaseClock.objects.filter(case=case, key="mending").update(due_at=past, next_at=past)
    fire()
    told = [row["action_label"]["zh"] for row in desk.get(f"/api/records/cases.case/{case.pk}/history").json()["rows"]]
    assert told[-1] == "上报"
    assert {"临期", "超时"} <= set(told)
    assert not [label for label in told if label.isascii()], "an office's step on its task moved the case, and has words too"


def test_who_reported_is_masked_until_somebody_says_what_for(report: Report, desk: Person) -> None:
    case = report(reporter=Reporter("王小明", "13800001234"))
    (person,) = desk.get(f"/api/cases/{case.pk}/beside").json()["people"]
    assert "小明" not in person["name"]
    assert "13800001234" not in person["phone"]
    assert desk.post(f"/api/cases/{case.pk}/people", {"purpose": "回访"}).status_code == 422
    shown = desk.post(f"/api/cases/{case.pk}/people", {"purpose": "电话回访反映人"}).json()["rows"]
    assert (shown[0]["name"], shown[0]["phone"]) == ("王小明", "13800001234")
    kept = Event.objects.get(action="reveal", object_id=case.pk)
    assert (kept.why, kept.after["fields"]) == ("电话回访反映人", ["reporter"])


def test_an_office_may_not_learn_who_reported(mended: tuple[Case, Person]) -> None:
    case, worker = mended
    with pytest.raises(Forbidden):
        people_revealed(worker.viewer, case.pk, "想知道是谁反映的")
    assert not Event.objects.filter(action="reveal").exists()


def test_routing_is_told_with_every_rule_that_was_asked(report: Report, desk: Person) -> None:
    case = report()
    found = desk.get(f"/api/cases/{case.pk}/beside").json()["routing"]
    assert found["found"]["office"] == "housing"
    assert [(rule["name"], bool(rule["misfit"])) for rule in found["rules"]] == [("噪声归民政", True)]


def test_a_rule_says_its_name_in_both_languages_as_the_reason(report: Report, desk: Person) -> None:
    Route.objects.update(name_en="noise to civil affairs")
    routing.forget()
    case = report(category="noise")
    assert ("noise to civil affairs" in case.routing["why"]["en"], "噪声归民政" in case.routing["why"]["zh"]) == (True, True)
    (rule,) = desk.get(f"/api/cases/{case.pk}/beside").json()["routing"]["rules"]
    assert rule["label"] == {"zh": "噪声归民政", "en": "noise to civil affairs"}


@pytest.mark.parametrize("register", ["cases.supervision", "cases.extension", "cases.case"])
def test_a_clock_is_named_in_words_in_every_register_that_has_one(desk: Person, register: str) -> None:
    (clock,) = (field for field in desk.get(f"/api/models/{register}").json()["fields"] if field["key"] == "clock")
    known = {clock.key: clock.label.as_dict() for kind in catalogue.case_types.values() for clock in kind.clocks}
    assert {option["value"]: option["label"] for option in clock["options"]}.keys() == known.keys()
    assert all(option["label"]["zh"] != option["value"] for option in clock["options"])


def test_the_dispatch_names_the_office_that_routing_suggests_and_why(report: Report, desk: Person) -> None:
    case = report()
    kinds = desk.get("/api/models/cases.case").json()["lives"]["by_kind"]
    (step,) = (action for action in kinds[case.kind]["actions"] if action["id"] == "send_out")
    document, key = step["fields_schema"]["properties"]["lead"]["x-hexi-suggested"].split(".")
    routing = desk.get(f"/api/records/cases.case/{case.pk}").json()["record"][document]
    assert routing[key] == case.routing["office"] != ""
    assert routing["why"]["zh"] and routing["why"]["en"]


def test_cases_like_it_are_the_nearest_of_the_same_kind_that_may_be_read(report: Report, desk: Person) -> None:
    case = report(point=(117.22, 39.07))
    far, near = report(point=(117.2225, 39.07)), report(point=(117.2201, 39.07))
    report(point=(117.3, 39.2))
    found = desk.get(f"/api/cases/{case.pk}/beside").json()["similar"]
    assert [one["id"] for one in found] == [near.pk, far.pk]
    assert found[0]["distance_m"] < found[1]["distance_m"] < 400


@pytest.mark.parametrize("part", ["clocks", "beside"])
def test_what_stands_beside_a_case_is_for_its_readers(report: Report, person: Callable[..., Person], part: str) -> None:
    public, internal = report(place=COMMUNITY), report(place=COMMUNITY, category="noise")
    elsewhere = person(("case_dispatcher", OTHER_STREET))
    assert elsewhere.get(f"/api/cases/{public.pk}/{part}").status_code == 403
    assert elsewhere.get(f"/api/cases/{internal.pk}/{part}").status_code == 404


def test_the_public_sees_nothing_of_who_reported(report: Report, client: Any) -> None:
    case = report()
    assert client.get(f"/api/cases/{case.pk}/beside").status_code == 401
    with pytest.raises(Forbidden):
        people_revealed(PUBLIC, case.pk, "我想知道是谁")


def test_cases_leave_as_points_for_a_map_with_their_codes(report: Report, desk: Person) -> None:
    there, nowhere = report(point=(117.2301, 39.0712)), report()
    answer = desk.get("/api/records/cases.case/export.geojson", columns="number,state")
    assert answer["Content-Type"] == "application/geo+json"
    collection = json.loads(b"".join(answer.streaming_content))
    found = {one["id"]: one for one in collection["features"]}
    assert found[there.pk] == {
        "type": "Feature", "id": there.pk, "geometry": {"type": "Point", "coordinates": [117.2301, 39.0712]},
        "properties": {"number": there.number, "state": "received"},
    }  # fmt: skip
    assert found[nowhere.pk]["geometry"] is None


def test_the_record_says_the_usual_next_step_and_who_takes_it(report: Callable[..., Case], desk: Person) -> None:
    told = desk.get(f"/api/records/cases.case/{report().pk}").json()["next_step"]
    assert told["label"]["zh"] and told["by"], told


def test_more_time_is_asked_for_on_a_limit_by_the_name_that_people_read(mended: tuple[Case, Person], desk: Person) -> None:
    case, staff = mended
    running = next(row for row in desk.get(f"/api/cases/{case.pk}/clocks").json()["rows"] if row["stands"] == "running")
    asked = do(staff, case, "ask_more_time", "等配件", clock=running["label"]["zh"], amount=1)
    assert asked.status_code == 200 and Extension.objects.get(case=case).clock == running["key"]


def test_left_working_time_comes_with_the_length_of_a_working_day(mended: tuple[Case, Person], desk: Person) -> None:
    case, _ = mended
    assert {row["day_s"] for row in desk.get(f"/api/cases/{case.pk}/clocks").json()["rows"]} == {district_calendar().day.total_seconds()}
