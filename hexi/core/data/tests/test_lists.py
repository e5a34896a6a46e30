"""Lists over HTTP: every filter, every order, to the last page."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.core.data.records import COUNT_LIMIT
from hexi.core.data.tests.conftest import COMMUNITY, COMPOUND, GRID, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Thing

URL = "/api/records/samples.thing"


def codes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content.decode()
    return [row["code"] for row in answer.json()["rows"]]


@pytest.fixture
def few(thing: Any, team: Any) -> None:
    first = team(code="A", name="先锋队")
    thing(code="a", title="甲", count=1, amount=Decimal("10.50"), done=True, stage="shown", colour="red", due=date(2025, 1, 1), home=GRID, owner="housing", team=first,
          seen_at=datetime(2025, 1, 1, 16, 0, tzinfo=UTC), agreed=False)  # fmt: skip
    thing(
        code="b",
        title="乙 100%",
        count=2,
        amount=Decimal("0.3"),
        stage="draft",
        colour="blue",
        due=date(2025, 6, 1),
        home=STREET,
        owner="civil",
        agreed=True,
    )
    thing(code="c", title="丙_a", count=None, stage="ended", due=None, home=OTHER_STREET)


@pytest.mark.parametrize(("where", "found"), [
    ("code:eq:a", "a"), ("code:ne:a", "bc"), ("code:in:a,c", "ac"), ("title:has:0%", "b"), ("title:has:_", "c"), ("note:missing:true", "abc"),
    ("count:eq:1", "a"), ("count:ne:1", "bc"), ("count:lt:2", "a"), ("count:le:2", "ab"), ("count:gt:1", "b"), ("count:ge:1.5", "b"), ("count:missing:true", "c"),
    ("count:missing:false", "ab"), ("amount:eq:0.30", "b"), ("amount:ge:10.5", "a"), ("level:lt:1000", "abc"), ("done:eq:true", "a"), ("done:eq:是", "a"), ("done:eq:false", "bc"),
    ("agreed:eq:false", "a"), ("agreed:missing:true", "c"), ("stage:eq:shown", "a"), ("stage:in:shown,ended", "ac"), ("colour:missing:true", "c"), ("due:ge:2025-06-01", "b"),
    ("due:lt:2025年6月1日", "a"), ("seen_at:ge:2025-01-02 00:00", "a"), ("seen_at:gt:2025-01-02 00:00", ""), ("home:within:120103001", "ab"), ("home:within:120103002,12010300100302", "ac"),
    ("home:within:120103", "abc"), ("home:eq:120103002", "c"), ("home:within:9", ""), ("owner:eq:housing", "a"), ("owner:in:housing,civil", "ab"), ("team:missing:false", "a"),
    ("team:eq:9999999999", ""), ("photo:missing:true", "abc"), ("marks:missing:true", "abc"),
])  # fmt: skip
def test_a_filter_finds_its_rows(person: Any, few: None, where: str, found: str) -> None:
    chief = person("data_steward", "120103")
    assert "".join(sorted(codes(chief.get(URL, where=where)))) == found


def test_filters_and_words_narrow_together(steward: Any, few: None) -> None:
    assert codes(steward.get(URL, where=["stage:in:shown,draft", "count:ge:2"])) == ["b"]
    assert codes(steward.get(URL, q="乙 100")) == ["b"]
    assert codes(steward.get(URL, q="乙 甲")) == []


@pytest.mark.parametrize("where", [
    "", "x", "code", "code:eq", "code:eq:", "nothing:eq:1", "code:like:a", "count:eq:one", "count:lt:", "code:lt:a", "stage:eq:none", "stage:lt:draft", "home:within:abc",
    "home:within:", "code:within:1201", "due:eq:31.12.2025", "due:lt:0000-00-00", "seen_at:lt:0001-01-01T00:00:00+14:00", "seen_at:lt:yesterday", "done:eq:perhaps", "count:missing:maybe",
    "team:has:a", "team:lt:3", "team:eq:²", "team:eq:-1", "marks:eq:1", "marks:has:a", "count:eq:1e999", "count:eq:99999999999999999999", "count:in:1,99999999999999999999",
    "count:eq:NaN", "team:in:1,99999999999999999999999", "photo:has:a",
])  # fmt: skip
def test_a_faulty_filter_is_named(steward: Any, few: None, where: str) -> None:
    answer = steward.get(URL, where=where)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "where"


def test_characters_that_no_database_keeps_do_no_harm(steward: Any, few: None) -> None:
    assert codes(steward.get(URL, where="code:eq:a\x00")) == ["a"]
    assert codes(steward.get(URL, q="甲\x00")) == ["a"]
    assert steward.client.get(f"{URL}?q=%ED%A0%80&where=code:has:%ff").status_code == 200


def test_the_reader_is_answered_in_their_language(steward: Any, few: None) -> None:
    english = steward.client.get(URL, {"where": "x"}, headers={"Accept-Language": "en-GB"}).json()
    assert "not understood" in english["errors"][0]["message"]
    assert "无法理解" in steward.get(URL, where="x").json()["errors"][0]["message"]


@pytest.mark.parametrize(("path", "status"), [
    ("/api/records/samples.nothing", 404), ("/api/records/samples.nothing/1", 404), ("/api/records/samples.nothing/count", 404), ("/api/models/samples.nothing", 404),
    ("/api/records/samples.thing/99999999", 404), ("/api/records/samples.thing/99999999999999999999999", 404), ("/api/records/samples.thing/-1", 404),
    ("/api/records/samples.thing/one", 422), (f"{URL}?limit=0", 422), (f"{URL}?limit=501", 422), (f"{URL}?limit=ten", 422), (f"{URL}?sort=nothing", 422),
    (f"{URL}?sort=marks", 422), (f"{URL}?sort=secret", 422), (f"{URL}?set=nothing.hit", 422), (f"{URL}/facets?field=title", 422), (f"{URL}/facets", 422),
])  # fmt: skip
def test_what_cannot_be_is_a_problem_document(steward: Any, few: None, path: str, status: int) -> None:
    answer = steward.client.get(path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


SORTS = ("id", "-id", "code", "-code", "count", "-count", "amount", "-amount", "seen_at", "-seen_at", "due", "-due", "done", "-done", "agreed", "-agreed", "stage", "-stage",
         "home", "-home", "team", "-team", "owner", "share")  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
def test_pages_lose_and_repeat_nothing_while_others_write(steward: Any, thing: Any, team: Any, sort: str) -> None:
    rng = random.Random(sort)
    teams = [team().pk for _ in range(3)]

    def one() -> Thing:
        moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(microseconds=rng.choice((0, 1, 500_000)))
        return thing(
            count=rng.choice((None, 1, 2, 2)), amount=rng.choice((None, Decimal("0.10"), Decimal("0.1"), Decimal(7))), due=rng.choice((None, date(2025, 1, 1))),
            seen_at=rng.choice((None, moment)), done=rng.random() < 0.5, agreed=rng.choice((None, True, False)), stage=rng.choice(("draft", "shown")),
            home=rng.choice((STREET, COMMUNITY, COMPOUND)), team_id=rng.choice((None, *teams)), owner=rng.choice(("", "civil")), share=rng.choice((None, Decimal("0.1234"))),
        )  # fmt: skip

    before = {one().pk for _ in range(41)}
    doomed = one().pk
    seen: list[dict[str, Any]] = []
    after = ""
    while after is not None:
        answer = steward.get(URL, sort=sort, limit=5, after=after).json()
        seen += answer["rows"]
        after = answer["next"]
        one()
        if len(seen) == 10:
            Thing.objects.filter(pk=doomed).delete()
    ids = [row["id"] for row in seen]
    assert len(ids) == len(set(ids))
    assert before <= set(ids)
    name = sort.removeprefix("-")
    known = [row[name] for row in seen if row[name] is not None]
    assert known == sorted(known, reverse=sort.startswith("-"))
    assert [row[name] is None for row in seen] == sorted(row[name] is None for row in seen)


@pytest.mark.parametrize("after", ["x", "eyJ9", "W10=", "WzEsMl0=", "é", "a:b:c", "' or 1=1", "x" * 5000])
def test_a_forged_cursor_is_refused(steward: Any, few: None, after: str) -> None:
    for sort in ("", "-count", "due"):
        answer = steward.get(URL, sort=sort, after=after)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "after"


def test_a_cursor_of_another_order_is_refused(steward: Any, few: None) -> None:
    cursor = steward.get(URL, sort="-count", limit=1).json()["next"]
    assert steward.get(URL, sort="-count", limit=1, after=cursor).status_code == 200
    assert steward.get(URL, sort="count", limit=1, after=cursor).status_code == 422
    assert steward.get("/api/records/samples.team", sort="-count", after=cursor).status_code == 422


def test_the_count_ends_at_its_limit(steward: Any, thing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert COUNT_LIMIT == 10_000
    monkeypatch.setattr("hexi.core.data.records.COUNT_LIMIT", 3)
    for _ in range(3):
        thing()
    assert steward.get(f"{URL}/count").json() == {"count": 3, "capped": False}
    thing()
    assert steward.get(f"{URL}/count").json() == {"count": 3, "capped": True}


def test_facets_count_what_the_list_would_show(steward: Any, few: None) -> None:
    assert steward.get(f"{URL}/facets", field="stage").json()["rows"] == [
        {"value": "draft", "count": 1},
        {"value": "ended", "count": 1},
        {"value": "shown", "count": 1},
    ]
    assert steward.get(f"{URL}/facets", field="stage", where="count:ge:2").json()["rows"] == [{"value": "draft", "count": 1}]
    assert steward.get(f"{URL}/facets", field="owner").json()["rows"] == [{"value": "civil", "count": 1}, {"value": "housing", "count": 1}]


def test_a_list_with_places_offices_and_references_costs_four_statements(steward: Any, thing: Any, team: Any) -> None:
    for n in range(60):
        thing(team=team(name=f"队{n}"), home=COMPOUND, spot=STREET, owner="housing")
    steward.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        row = steward.get(URL, where="home:within:120103001", sort="-due").json()["rows"][0]
    assert len(captured) <= 4, [query["sql"][:90] for query in captured]
    assert row["home__label"] == "甲小区"
    assert row["team__label"].startswith("队")
    assert row["owner__label"] == {"zh": "区住建委", "en": "Housing Commission"}


def test_a_list_of_chosen_columns_carries_only_those(steward: Any, few: None) -> None:
    row = steward.get(URL, columns="code,home").json()["rows"][0]
    assert set(row) == {"id", "version", "updated_at", "code", "home", "home__label"}


def test_places_that_nobody_knows_keep_their_code(steward: Any, thing: Any) -> None:
    thing(home="120103099")
    assert steward.get(URL).json()["rows"][0]["home__label"] == "120103099"


def test_the_error_about_a_filter_does_not_repeat_its_value(steward: Any) -> None:
    text = steward.get(URL, where="person:after:13800001234").json()["errors"][0]["message"]
    assert "person:after" in text and "13800001234" not in text


@pytest.mark.parametrize("query, status", [({"q": [2**70]}, 422), ({"q": "a\ud800"}, 422), ({"q": "a\x00"}, 201)])
def test_a_view_keeps_only_what_can_be_read_again(steward: Any, query: dict[str, Any], status: int) -> None:
    assert steward.post("/api/views/samples.thing", {"name": "甲", "query": query}).status_code == status
    assert steward.get("/api/views/samples.thing").status_code == 200
