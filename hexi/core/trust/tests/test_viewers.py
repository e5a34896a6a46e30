"""From a session to a viewer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hexi.core.trust.api import PUBLIC, organisation_labels, subtree_keys, viewer_of, viewer_of_account
from hexi.core.trust.models import Account, Organisation, Post
from hexi.core.trust.sessions import SessionStore


def request_of(browser: Any, **headers: str) -> Any:
    """What a view gets from this browser, with the session not loaded yet."""
    from django.test import RequestFactory

    request = RequestFactory().get("/", headers=headers)
    request.COOKIES = {name: morsel.value for name, morsel in browser.client.cookies.items()}
    request.session = SessionStore(request.COOKIES.get("hexi_session"))
    return request


def roles(viewer: Any) -> list[str]:
    return [post.role for post in viewer.posts]


def test_a_viewer_costs_two_queries_with_the_session(person: Any, browser: Any, office: Any) -> None:
    housing = office("housing")
    person("li", ("department_staff", "120103", housing), ("street_staff", "120103008"), ("grid_worker", "12010300800101"))
    mine = browser()
    mine.sign_in()
    subtree_keys("housing")  # the tree of organisations is read once in a while, not per request
    request = request_of(mine)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        viewer = viewer_of(request)
        viewer_of(request)
    assert len(queries) == 2
    assert viewer.username == "li" and roles(viewer) == ["department_staff", "street_staff", "grid_worker", "public"]


def test_an_account_without_posts_costs_no_more_and_is_only_the_public(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    with CaptureQueriesContext(connection) as queries:
        viewer = viewer_of(request_of(mine))
    assert len(queries) == 2 and viewer.account and roles(viewer) == ["public"]


def test_a_stranger_costs_no_query(db: None) -> None:
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.session = SessionStore(None)
    with CaptureQueriesContext(connection) as queries:
        assert viewer_of(request).anonymous
    assert not queries.captured_queries


def test_posts_count_from_their_first_to_their_last_day(person: Any) -> None:
    today, day = timezone.localdate(), timedelta(days=1)
    account = person(
        "li",
        ("a", "1", None, today, today),
        ("b", "1", None, today + day, None),
        ("c", "1", None, None, today - day),
        ("d", "1", None, today - day, today + day),
    )
    assert roles(viewer_of_account(account)) == ["a", "d", "public"]


def test_the_day_of_a_post_is_the_districts_day(person: Any, clock: Any) -> None:
    from datetime import UTC, date, datetime

    clock.now = datetime(2025, 11, 20, 16, 30, tzinfo=UTC)  # already the 21st in the district
    account = person("li", ("a", "1", None, date(2025, 11, 21), None), ("b", "1", None, None, date(2025, 11, 20)))
    assert roles(viewer_of_account(account)) == ["a", "public"]


def test_an_office_post_carries_the_whole_subtree(person: Any, office: Any) -> None:
    top = office("housing")
    office("lifts", office("property_centre", top))
    (post, _) = viewer_of_account(person("li", ("department_staff", "", top))).posts
    assert post.organisation == "housing" and set(post.organisations) == {"housing", "property_centre", "lifts"}


def test_a_renamed_office_is_called_by_its_new_name_at_once(office: Any) -> None:
    one = office("housing")
    assert organisation_labels()["housing"].zh == "机构housing"
    Organisation(pk=one.pk, key="housing", name_zh="住建委", name_en="Housing").save()
    assert organisation_labels()["housing"].zh == "住建委"


def test_a_loop_in_the_tree_of_offices_ends(office: Any) -> None:
    top = office("a")
    below = office("b", top)
    top.parent = below
    top.save()
    assert set(subtree_keys("a")) == {"a", "b"}


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!"}])
def test_a_session_ends_with_the_account_or_its_password(person: Any, browser: Any, change: dict[str, Any]) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    Account.objects.update(**change)
    assert viewer_of(request_of(mine)).anonymous and mine.who is None


def test_somebody_who_is_gone_is_the_public(db: None, person: Any) -> None:
    assert viewer_of_account(99) is PUBLIC
    assert viewer_of_account(person("li", is_active=False)) is PUBLIC


@pytest.mark.parametrize("role", ["platform", "public"])
def test_nobody_can_be_made_the_platform(person: Any, role: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(account=person("li"), role=role)


def test_the_same_post_cannot_be_held_twice(person: Any) -> None:
    account = person("li", ("grid_worker", "1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(account=account, role="grid_worker", place="1", organisation=None)


@pytest.mark.parametrize(
    "cookie, preferred, expected", [("en", "zh", "en"), ("zh", "en-GB", "zh"), ("", "en-GB,zh", "en"), ("", "fr", "zh"), ("", "", "zh")]
)
def test_the_language_is_the_chosen_one_then_the_browsers_then_chinese(db: None, cookie: str, preferred: str, expected: str) -> None:
    from django.test import RequestFactory

    from hexi.core.trust.api import language_of

    request = RequestFactory().get("/", headers={"Accept-Language": preferred} if preferred else {})
    request.COOKIES = {"hexi_lang": cookie} if cookie else {}
    assert language_of(request) == expected
