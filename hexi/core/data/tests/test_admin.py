"""Django's admin shows every register to administrators, masked as at the desk, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from hexi.core.data.tests.conftest import COMMUNITY
from hexi.core.data.tests.samples.models import Thing
from hexi.core.trust.models import Event
from hexi.kernel.catalogue import catalogue


@pytest.fixture
def chief(person: Any) -> Any:
    return person("administrator")


def address(entity: type, what: str, *args: Any) -> str:
    return reverse(f"admin:{entity._meta.app_label}_{entity._meta.model_name}_{what}", args=args)


def test_every_register_has_a_page(chief: Any) -> None:
    for entity in catalogue.entities.values():
        assert admin.site.is_registered(entity)
        answer = chief.get(address(entity, "changelist"))
        assert answer.status_code == 200, entity


def test_the_list_is_masked_and_searched_as_at_the_desk(chief: Any, thing: Any) -> None:
    thing(title="找得到的", person="欧阳示例", home=COMMUNITY)
    thing(title="另一个")
    text = chief.get(address(Thing, "changelist"), q="找得到").content.decode()
    assert "找得到的" in text and "另一个" not in text
    assert "欧***" in text and "欧阳示例" not in text
    assert "甲社区" in text
    assert "找得到的" not in chief.get(address(Thing, "changelist"), q="欧阳").content.decode()


def test_a_record_is_shown_masked_and_cannot_be_changed(chief: Any, thing: Any) -> None:
    row = thing(person="欧阳示例", secret="120103199001011234", note="内部备注")
    page = address(Thing, "change", row.pk)
    text = chief.get(page).content.decode()
    assert "内部备注" in text and "欧阳示例" not in text and "120103199001011234" not in text
    assert chief.client.post(page, {"title": "改"}).status_code == 403
    assert chief.client.post(address(Thing, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert chief.client.get(address(Thing, "add")).status_code == 403
    assert chief.client.post(address(Thing, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk]}).status_code in (200, 302, 403)
    row.refresh_from_db()
    assert row.version == 1


def test_nobody_else_comes_in(person: Any, thing: Any) -> None:
    for who in (person("data_steward", "120103"), person("leader"), person()):
        assert who.get(address(Thing, "changelist")).status_code == 302


def test_the_list_costs_few_statements(chief: Any, thing: Any, team: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        thing(team=team(), home=COMMUNITY, owner="housing")
    chief.get(address(Thing, "changelist"))
    with django_assert_max_num_queries(12):
        chief.get(address(Thing, "changelist"))


@pytest.mark.parametrize("query", [{"person__startswith": "欧"}, {"secret__contains": "1990"}, {"team__name__startswith": "队"}, {"id__gt": "0"}])
def test_the_address_bar_filters_by_no_field(chief: Any, thing: Any, query: dict[str, str]) -> None:
    thing(title="找得到的", person="欧阳示例", secret="120103199001011234")
    answer = chief.get(address(Thing, "changelist"), **query)
    assert answer.status_code == 400
    assert "找得到的" not in answer.content.decode()


def test_the_table_of_events_shows_no_more_than_the_record_itself(chief: Any, steward: Any) -> None:
    values = {"code": "EV1", "title": "留痕样品", "person": "欧阳示例", "home": COMMUNITY}
    assert steward.post("/api/records/samples.thing", {"values": values}).status_code == 201
    event = Event.objects.get(entity="samples.thing", action="create")
    text = chief.get(address(Event, "change", event.pk)).content.decode()
    assert "留痕样品" in text and "欧阳示例" not in text
    assert chief.get(address(Event, "changelist"), after__contains="欧阳示例").status_code == 400
