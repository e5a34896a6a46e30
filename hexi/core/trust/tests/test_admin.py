"""Django's admin: for administrators, and never without an event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.trust import attempts
from hexi.core.trust.models import Account, Attempt, Event, Organisation, Post, Session
from hexi.core.trust.tests.conftest import PASSWORD


@pytest.fixture
def desk(person: Any, browser: Any) -> Any:
    """The browser of an administrator."""
    person("admin", ("administrator", "120103"))
    mine = browser()
    mine.sign_in("admin")
    return mine


def post(browser: Any, path: str, **fields: Any) -> Any:
    """Send a form as the admin's pages do."""
    token = browser.client.cookies["csrftoken"].value
    return browser.client.post(path, {"csrfmiddlewaretoken": token, **fields})


def account_form(**more: Any) -> dict[str, Any]:
    counts = {"posts-TOTAL_FORMS": "0", "posts-INITIAL_FORMS": "0"}
    return {"username": "wang", "name": "王五", "language": "", "is_active": "on", "subject": "", "new_password": "", **counts, **more}


def said() -> list[tuple[str, str]]:
    return list(Event.objects.exclude(action__startswith="sign_").order_by("id").values_list("action", "entity"))


PAGES = ["/admin/", "/admin/trust/account/", "/admin/trust/account/add/", "/admin/trust/organisation/", "/admin/trust/event/"]


@pytest.mark.parametrize("path", PAGES)
def test_an_administrator_sees_its_pages(desk: Any, path: str) -> None:
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [None, "leader", "street_staff"])
def test_everybody_else_is_sent_to_the_desk(person: Any, browser: Any, role: str | None, path: str) -> None:
    person("li", *([(role, "120103")] if role else []))
    mine = browser()
    mine.sign_in()
    to_sign_in = mine.get(path)["Location"]
    assert to_sign_in.startswith("/admin/login/?next=") and mine.get(to_sign_in)["Location"].startswith("/work/?next=")


def test_a_stranger_is_sent_to_the_desk_and_djangos_own_sign_in_is_closed(person: Any, browser: Any) -> None:
    person("admin", ("administrator", "120103"))
    mine = browser()
    assert mine.get("/admin/")["Location"].startswith("/admin/login/")
    assert mine.get("/admin/login/?next=/admin/")["Location"] == "/work/?next=/admin/"
    post(mine, "/admin/login/", username="admin", password=PASSWORD)
    assert mine.who is None


def test_an_administrator_whose_post_ended_is_out(desk: Any) -> None:
    Post.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert desk.get("/admin/").status_code == 302


def test_a_new_account_is_an_event_without_its_password(desk: Any) -> None:
    answer = post(desk, "/admin/trust/account/add/", **account_form(username=" Wang ", new_password="hao-mi-ma-2025"))
    assert answer.status_code == 302
    made = Account.objects.get(username="wang")
    assert made.check_password("hao-mi-ma-2025")
    event = Event.objects.get(action="create", entity="trust.account")
    assert event.who == "示例admin" and event.after["username"] == "wang"
    assert "password" not in str(event.after) and "hao-mi-ma" not in str(event.after)


def test_a_weak_password_is_refused(desk: Any) -> None:
    answer = post(desk, "/admin/trust/account/add/", **account_form(new_password="12345"))
    assert answer.status_code == 200 and "密码太短" in answer.content.decode()
    assert not Account.objects.filter(username="wang").exists()


def test_a_change_tells_what_changed_alone(desk: Any, person: Any) -> None:
    account = person("wang")
    post(desk, f"/admin/trust/account/{account.pk}/change/", **account_form(name="王六"))
    event = Event.objects.get(action="revise")
    assert (event.before, event.after) == ({"name": "示例wang"}, {"name": "王六"})


@pytest.mark.parametrize("change", [{"new_password": "hao-mi-ma-2025"}, {"is_active": ""}])
def test_a_new_password_or_shutting_out_ends_the_persons_sessions(desk: Any, person: Any, browser: Any, change: dict[str, str]) -> None:
    account = person("wang")
    theirs = browser()
    theirs.sign_in("wang")
    form = {key: value for key, value in account_form(**change).items() if value or key != "is_active"}
    post(desk, f"/admin/trust/account/{account.pk}/change/", **form)
    assert theirs.who is None and not Session.objects.filter(account_id=account.pk).exists()
    assert Event.objects.filter(action__in=["set_password", "shut_out"], object_id=account.pk).count() == 1


def test_posts_are_given_revised_and_taken_with_events(desk: Any, person: Any) -> None:
    account = person("wang")
    row = {
        "posts-0-role": "street_staff",
        "posts-0-place": "120103008",
        "posts-0-organisation": "",
        "posts-0-valid_from": "",
        "posts-0-valid_to": "",
    }
    path = f"/admin/trust/account/{account.pk}/change/"
    post(desk, path, **account_form(**row, **{"posts-TOTAL_FORMS": "1", "posts-0-account": account.pk}))
    given = Post.objects.get(account=account)
    known = {"posts-TOTAL_FORMS": "1", "posts-INITIAL_FORMS": "1", "posts-0-id": given.pk, "posts-0-account": account.pk}
    post(desk, path, **account_form(**{**row, **known, "posts-0-place": "120103009"}))
    post(desk, path, **account_form(**{**row, **known, "posts-0-DELETE": "on"}))
    assert not account.posts.exists()
    events = list(Event.objects.filter(entity="trust.post").order_by("id"))
    assert [event.action for event in events] == ["create", "revise", "delete"] and {event.object_id for event in events} == {given.pk}
    assert (events[1].before, events[1].after) == ({"place": "120103008"}, {"place": "120103009"})
    assert events[2].before["role"] == "street_staff"


@pytest.mark.parametrize("row", [{"posts-0-role": "platform"}, {"posts-0-role": "king"}, {"posts-0-place": "天塔"}])
def test_a_post_that_cannot_be_is_refused(desk: Any, person: Any, row: dict[str, str]) -> None:
    account = person("wang")
    base = {"posts-0-role": "street_staff", "posts-0-place": "120103008", "posts-TOTAL_FORMS": "1", "posts-0-account": account.pk}
    assert post(desk, f"/admin/trust/account/{account.pk}/change/", **account_form(**{**base, **row})).status_code == 200
    assert not account.posts.exists()


def test_an_organisation_is_made_and_renamed_with_events(desk: Any) -> None:
    fields = {"key": "housing", "name_zh": "住建委", "name_en": "Housing", "kind": "department", "place": "120103", "parent": ""}
    post(desk, "/admin/trust/organisation/add/", **fields)
    made = Organisation.objects.get()
    post(desk, f"/admin/trust/organisation/{made.pk}/change/", **{**fields, "key": "other", "name_zh": "区住建委"})
    made.refresh_from_db()
    assert (made.key, made.name_zh) == ("housing", "区住建委"), "a key is never changed"
    assert said() == [("create", "trust.organisation"), ("revise", "trust.organisation")]


def test_nothing_can_be_deleted_and_events_cannot_be_touched(desk: Any, person: Any, office: Any) -> None:
    account, housing, event = person("wang"), office("housing"), Event.objects.first()
    assert event
    for path in (f"account/{account.pk}/delete/", f"organisation/{housing.pk}/delete/", f"event/{event.pk}/delete/", "event/add/"):
        assert post(desk, f"/admin/trust/{path}", post="yes").status_code == 403
    assert post(desk, f"/admin/trust/event/{event.pk}/change/", who="x").status_code == 403


def test_an_administrator_opens_a_locked_name_and_ends_sessions(desk: Any, person: Any, browser: Any) -> None:
    account = person("wang", otp_secret="sealed")
    theirs = browser()
    for _ in range(5):
        theirs.sign_in("wang", "wrong")
    assert theirs.sign_in("wang").json()["code"] == "locked"
    for action in ("unlock", "switch_off_code", "sign_out_everywhere"):
        post(desk, "/admin/trust/account/", action=action, _selected_action=account.pk)
    assert Attempt.objects.filter(locked_until=None).exists() and theirs.sign_in("wang").status_code == 200
    assert [action for action, _ in said()][-3:] == ["unlock", "switch_off_otp", "end_sessions"]


@pytest.mark.parametrize(
    "query", ["password__startswith=argon", "otp_secret__gt=a", "posts__account__password__startswith=a", "subject__contains=1"]
)
def test_secrets_cannot_be_guessed_by_filtering_in_the_address_bar(desk: Any, query: str) -> None:
    assert desk.get(f"/admin/trust/account/?{query}").status_code == 400


def test_what_the_pages_offer_as_filters_works(desk: Any) -> None:
    for page in (
        "account/?is_active__exact=1&posts__role=administrator",
        "event/?action=sign_in&entity=trust.account",
        "organisation/?kind=x",
    ):
        assert desk.get(f"/admin/trust/{page}").status_code == 200


@pytest.mark.parametrize("action", ["unlock", "switch_off_code", "sign_out_everywhere"])
def test_without_its_event_no_action_of_the_page_happens(desk: Any, person: Any, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    account = person("li")
    Account.objects.filter(pk=account.pk).update(otp_secret="sealed")
    attempts.book("li", "10.0.0.1")
    Session.objects.create(
        session_key="s" * 32, session_data="", expire_date=timezone.now(), account_id=account.pk, started_at=timezone.now()
    )
    before = _state(account.pk)

    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("hexi.core.trust.admin.record", fail)
    with pytest.raises(RuntimeError):
        post(desk, "/admin/trust/account/", action=action, _selected_action=str(account.pk))
    assert _state(account.pk) == before


def _state(account: int) -> Any:
    counts = sorted(Attempt.objects.values_list("failures", flat=True))
    return Account.objects.get(pk=account).otp_secret, counts, Session.objects.filter(account_id=account).exists()
