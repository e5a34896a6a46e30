"""Saved views: a question under a name, and never a way to learn or to spoil something."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.core.data.models import SavedView
from hexi.core.data.tests.conftest import STREET

THINGS, TEAMS = "/api/views/samples.thing", "/api/views/samples.team"


def test_a_register_that_one_may_not_read_has_no_views_for_one(person: Any, steward: Any) -> None:
    assert steward.post(TEAMS, {"name": "全部", "query": {}, "shared": True}).status_code == 201
    worker = person("grid_worker", STREET)
    assert worker.get(TEAMS).status_code == 404
    assert worker.post(TEAMS, {"name": "我的", "query": {}}).status_code == 404


def test_a_filter_on_personal_data_is_not_shared(steward: Any) -> None:
    query = {"where": ["stage:eq:shown", "person:has:欧阳"]}
    answer = steward.post(THINGS, {"name": "欧阳", "query": query, "shared": True})
    assert answer.status_code == 422
    assert "联系人" in answer.json()["errors"][0]["message"] and answer.json()["do"]
    assert not SavedView.objects.exists()
    assert steward.post(THINGS, {"name": "欧阳", "query": query}).json()["query"] == query


@pytest.mark.parametrize("query", [
    {"anything": 1}, {"where": "stage:eq:shown"}, {"where": ["x"] * 51}, {"q": "长" * 501}, {"columns": [{}]}, [], {"sort": 10**30},
])  # fmt: skip
def test_a_view_holds_a_lists_question_and_nothing_else(steward: Any, query: Any) -> None:
    assert steward.post(THINGS, {"name": "x", "query": query}).status_code == 422
    assert not SavedView.objects.exists()


def test_what_no_database_keeps_is_left_out_of_a_view(steward: Any) -> None:
    kept = steward.post(THINGS, {"name": "甲\x00", "query": {"q": "乙\x00", "columns": ["code\x00"]}}).json()
    assert (kept["name"], kept["query"]) == ("甲", {"q": "乙", "columns": ["code"]})
    assert steward.post(THINGS, {"name": "\x00", "query": {}}).status_code == 422
