"""The roster takes only turns that would be called: by form and by sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, STREET, Person
from hexi.core.data.tests.test_imports import book, mapping_of, send
from hexi.core.trust.models import Post
from hexi.modules.alarms.models import Duty

pytestmark = pytest.mark.django_db
DUTIES = "/api/records/alarms.duty"


def turn(who: Any, role: str = "grid_worker", **more: Any) -> dict[str, Any]:
    begin = timezone.now()
    hours = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=12)).isoformat()}
    return {"account": who if isinstance(who, str) else who.account.username, "role": role, "place": COMMUNITY, **hours, **more}


@pytest.fixture
def desk(person: Callable[..., Person]) -> Person:
    return person("alarm_operator", STREET)


@pytest.fixture
def helper(person: Callable[..., Person]) -> Person:
    return person("grid_worker", COMMUNITY)


def refused(answer: Any) -> tuple[str, str]:
    """The field and the words of the one fault."""
    assert answer.status_code == 422, answer.content.decode()
    (fault,) = answer.json()["errors"]
    return fault["field"], fault["message"]


def test_a_turn_of_somebody_who_is_not_there_or_whom_no_alarm_calls_is_refused_at_the_field(desk: Person, helper: Person) -> None:
    field, said = refused(desk.post(DUTIES, {"values": turn("nobody-of-that-name")}))
    assert (field, "nobody-of-that-name" in said) == ("account", True)
    field, said = refused(desk.post(DUTIES, {"values": turn(desk)}))
    assert field == "account" and "没有任" in said
    answer = desk.post(DUTIES, {"values": turn(helper)})
    assert answer.status_code == 201, answer.content.decode()
    row = Duty.objects.get()
    assert refused(desk.patch(f"{DUTIES}/{row.pk}", {"values": {"account": "gone"}, "version": row.version}))[0] == "account"
    assert Duty.objects.get().account == helper.account.username, "what was refused left nothing behind"  # type: ignore[union-attr]


def test_a_turn_may_be_written_before_the_post_begins_and_not_after_it_ended(desk: Person, helper: Person) -> None:
    today = timezone.localdate()
    post = Post.objects.filter(account=helper.account)
    post.update(valid_from=today + timedelta(days=3))
    assert desk.post(DUTIES, {"values": turn(helper)}).status_code == 201
    post.update(valid_from=None, valid_to=today - timedelta(days=1))
    refused(desk.post(DUTIES, {"values": turn(helper, role="grid_worker", place=STREET)}))


def test_a_sheet_says_which_of_its_rows_would_cover_nothing(desk: Person, helper: Person) -> None:
    heads = ["账号", "岗位", "值守范围", "开始", "结束"]
    rows = [[turn(who)["account"], "grid_worker", COMMUNITY, "2026-12-01 08:00", "2026-12-01 20:00"] for who in (helper, "ghost", desk)]
    upload = send(desk, book(heads, *rows), entity="alarms.duty").json()
    errors = desk.post(f"/api/imports/{upload['id']}/preview", {"mapping": mapping_of(upload)}).json()["errors"]
    assert [(fault["cell"], "ghost" in fault["message"], "没有任" in fault["message"]) for fault in errors] == [
        ("A3", True, False), ("A4", False, True),
    ]  # fmt: skip


def test_the_form_offers_those_of_the_area_who_may_be_called_with_what_they_are(
    desk: Person, helper: Person, person: Callable[..., Person]
) -> None:
    elsewhere = person("grid_worker", DISTRICT)
    fields = {field["key"]: field for field in desk.get("/api/models/alarms.duty").json()["fields"]}
    assert fields["account"]["picks"] == "alarms.answerers"

    def offered(**asked: str) -> list[tuple[str, str, str]]:
        return [(one["value"], one["label"], one["about"]) for one in desk.get("/api/data/alarms.answerers", **asked).json()["rows"]]

    assert helper.account is not None and elsewhere.account is not None
    who, name = helper.account.username, helper.account.name
    assert offered() == [(who, name, f"{who} · 网格员")]
    assert offered(q=name[:2]) == offered(q="网格") == offered()
    assert offered(q="查无此人") == []
