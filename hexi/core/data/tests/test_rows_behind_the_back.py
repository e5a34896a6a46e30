"""What SQL did to rows, past the platform: each row is named, with its field and the time at which it last stood true."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from hexi.core.data.api import byte_faults, describe, hanging_faults, insert_sample, snapshot
from hexi.core.data.files import path_of, store
from hexi.core.data.models import FileUse, StoredFile
from hexi.core.data.parameters import Parameter, enter_parameters
from hexi.core.data.sharing import OfficeUse
from hexi.core.data.tests.conftest import COMMUNITY
from hexi.core.data.tests.samples.models import Errand, Thing
from hexi.core.data.tests.test_changes import GOOD
from hexi.core.trust.api import PLATFORM, Happening, coverage, create_account, people_faults, record, rows_against_leaves
from hexi.core.trust.models import Account, Organisation, Post
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged

pytestmark = pytest.mark.django_db
URL, TABLE = "/api/records/samples.thing", Thing._meta.db_table
codes = itertools.count(1)


@pytest.fixture
def made(steward: Any) -> Callable[..., int]:
    def make(**values: Any) -> int:
        answer = steward.post(URL, {"values": {**GOOD, "code": f"B{next(codes)}", "amount": "12.50", "count": 3, **values}})
        assert answer.status_code == 201, answer.json()
        return int(answer.json()["record"]["id"])

    return make


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found() -> list[tuple[str, int, str]]:
    """What is wrong, with which row and field; every fault has a time."""
    faults = list(rows_against_leaves())
    assert all(fault.at is not None for fault in faults)
    return sorted((fault.what.en, fault.object_id, fault.field) for fault in faults)


def copied(number: int) -> int:
    """A second row like that one, by SQL alone."""
    names = [field.column for field in Thing._meta.concrete_fields if field.column not in {"id", "code"}]
    columns = ", ".join(f'"{name}"' for name in names)
    sql(f"INSERT INTO {TABLE} ({columns}, code) SELECT {columns}, 'copied' FROM {TABLE} WHERE id = %s", number)
    return Thing.objects.latest("pk").pk


def test_a_row_that_was_added_by_sql_is_named(made: Callable[..., int]) -> None:
    copy = copied(made())
    assert found() == [("A row was added without an event", copy, "")]


def test_a_row_that_was_added_by_sql_stays_named_when_the_platform_goes_on_with_it(made: Callable[..., int], steward: Any) -> None:
    copy = copied(made())
    assert steward.patch(f"{URL}/{copy}", {"values": {"count": 9}, "version": 1, "why": "更正"}).status_code == 200
    assert found() == [("A row was added without an event", copy, "")]


def test_a_row_that_was_removed_by_sql_is_named_also_when_it_came_with_many(db: None) -> None:
    insert_sample(Thing, [{"code": f"S{n}", "title": f"样{n}", "home": COMMUNITY} for n in range(3)])
    assert found() == []
    number = Thing.objects.latest("pk").pk
    sql(f"DELETE FROM {TABLE} WHERE id = %s", number)
    assert found() == [("A row was removed without an event", number, "")]


def test_an_edit_of_one_of_many_rows_is_named_with_its_field(db: None) -> None:
    insert_sample(Thing, [{"code": f"S{n}", "title": f"样{n}", "home": COMMUNITY} for n in range(3)])
    number = Thing.objects.latest("pk").pk
    sql(f"UPDATE {TABLE} SET title = '改' WHERE id = %s", number)
    assert found() == [("A row does not hold what its last event says", number, "title")]


def test_what_was_empty_from_the_beginning_is_named_when_sql_fills_it(made: Callable[..., int]) -> None:
    number = made(count=None)
    assert found() == []
    sql(f"UPDATE {TABLE} SET count = 7 WHERE id = %s", number)
    assert found() == [("A row holds what no event has said", number, "count")]


def test_a_row_that_was_moved_to_another_place_and_office_is_named_with_both(made: Callable[..., int]) -> None:
    number, place, office = made(owner="housing"), "home", "owner"
    sql(f"UPDATE {TABLE} SET {place} = '120103999', {office} = 'elsewhere' WHERE id = %s", number)
    assert found() == [("A row does not hold what its last event says", number, name) for name in sorted((place, office))]


def test_two_rows_whose_numbers_were_swapped_are_both_named(made: Callable[..., int]) -> None:
    first, second = made(title="甲"), made(title="乙")
    for was, becomes in ((first, -1), (second, first), (-1, second)):
        sql(f"UPDATE {TABLE} SET id = %s WHERE id = %s", becomes, was)
    assert {(number, field) for _, number, field in found()} >= {(first, "title"), (second, "title")}


def test_a_reference_that_was_turned_to_another_row_is_named(made: Callable[..., int]) -> None:
    first, second = made(), made(title="乙")
    with transaction.atomic():
        errand = Errand.objects.create(thing_id=first, state="filed", title="事")
        record(PLATFORM, Happening("create", "samples.errand", errand.pk, after=snapshot(describe(Errand), errand), version=1))
    sql(f"UPDATE {Errand._meta.db_table} SET thing_id = %s WHERE id = %s", second, errand.pk)
    assert found() == [("A row does not hold what its last event says", errand.pk, "thing")]


def test_an_exception_is_passed_over_and_told(made: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    number = made()
    copy = copied(number)
    said = (Unlogged(t("随手登记", "noted in passing"), rows={"code": "copied"}, fields=("title",), removal=True),)
    monkeypatch.setattr(Thing.Describe, "unlogged", said, raising=False)
    sql(f"UPDATE {TABLE} SET title = '改' WHERE id = %s", number)
    assert found() == []
    assert "samples.thing title: noted in passing" in [one.en for one in coverage().exceptions]
    sql(f"DELETE FROM {TABLE} WHERE id IN (%s, %s)", number, copy)
    assert found() == []


def test_a_threshold_that_sql_moved_is_named(db: None) -> None:
    enter_parameters()
    first = Parameter.objects.earliest("pk")
    assert found() == []
    sql(f"UPDATE {Parameter._meta.db_table} SET value = value + 1 WHERE id = %s", first.pk)
    assert found() == [("A row is neither as it was declared nor as any event says", first.pk, "")]


def test_every_exception_names_fields_that_there_are() -> None:
    for key, model in catalogue.entities.items():
        names = {field.name for field in model._meta.concrete_fields}
        for one in getattr(model.Describe, "unlogged", ()):
            assert set(one.fields) <= names, key
            assert one.rows is None or model._default_manager.exclude(**one.rows).count() >= 0


def test_an_account_a_post_and_an_office_that_sql_made_or_changed_are_named() -> None:
    office = Organisation.objects.create(key="made_up", name_zh="虚构", name_en="made up")
    account = create_account("real", "示例·真", "auditor")
    assert [(one.entity, one.object_id) for one in people_faults()] == [("trust.organisation", office.pk)]
    office.delete()
    assert not list(people_faults())
    post = Post.objects.create(account_id=account, role="administrator")
    Post.objects.filter(role="auditor", account_id=account).update(place="12")
    Account.objects.filter(pk=account).update(is_active=False)
    named = {(one.entity, one.object_id, one.field) for one in people_faults()}
    auditor = Post.objects.get(role="auditor", account_id=account).pk
    assert named == {("trust.account", account, "is_active"), ("trust.post", post.pk, ""), ("trust.post", auditor, "place")}


def test_an_index_that_says_more_or_less_than_the_row_is_named(made: Callable[..., int]) -> None:
    keys = [key for key, model in catalogue.entities.items() if describe(model).shared]
    OfficeUse.objects.create(entity=keys[0], organisation="elsewhere", object_id=77)
    (fault,) = hanging_faults()
    assert (fault.entity, fault.object_id, fault.field) == (keys[0], 77, "elsewhere")


def test_a_file_behind_a_record_is_held_to_the_hash_that_its_event_says(steward: Any, made: Callable[..., int]) -> None:
    file = store(steward.viewer, "a.txt", "text/plain", [b"one"]).pk
    number = made(photo=file)
    assert not list(hanging_faults()) and not list(byte_faults())
    row = StoredFile.objects.get(pk=file)
    path_of(row.sha256).write_bytes(b"another")
    assert [(one.what.en, one.object_id) for one in byte_faults()] == [("The bytes of a file do not fit its hash", file)]
    StoredFile.objects.filter(pk=file).update(sha256="0" * 64)
    (fault,) = hanging_faults()
    assert (fault.object_id, fault.field) == (number, f"file {file}") and fault.at is not None
    assert FileUse.objects.count() == 0
