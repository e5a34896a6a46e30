"""Which notices reach whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from hexi.core.trust.api import PLATFORM, PUBLIC, filter_of, session_alive, sessions_alive, stream_filter, viewer_of_account
from hexi.core.trust.models import Account, Organisation, Post
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Column
from hexi.kernel.declare import Grant, Role
from hexi.kernel.label import t

KIND = Column[str]("kind", t("类别", "kind"), kind="text")


class Placed(Organisation):
    """Stands for a register with a place and an organisation."""

    class Meta:
        proxy = True
        app_label = "trust"

    class Describe:
        place = "place"
        organisation = "key"


class Bare(Organisation):
    """Stands for a register without."""

    class Meta:
        proxy = True
        app_label = "trust"

    class Describe:
        pass


@dataclass
class Note:
    entity: str = "works.task"
    object_id: int = 1
    place: str = ""
    organisation: str = ""
    sequence: int | None = None
    at: str = ""


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    roles = (
        Role("public", t("公", "p"), "everywhere"),
        Role("hand", t("片", "a")),
        Role("office", t("办", "o"), "organisation"),
        Role("chief", t("长", "c"), "everywhere"),
    )
    grants = [
        Grant("public", "works.task", where=KIND == "open"), Grant("hand", "works.*"), Grant("office", "works.task"), Grant("chief", "*"),
        Grant("hand", "secret.note", ("create",)),
    ]  # fmt: skip
    monkeypatch.setattr(catalogue, "roles", {role.key: role for role in roles})
    monkeypatch.setattr(catalogue, "grants", grants)
    monkeypatch.setattr(catalogue, "entities", {"works.task": Placed, "works.term": Bare})


@pytest.fixture
def hears(person: Any) -> Any:
    """`hears(("hand", "120103008"))`: the filter of somebody with these posts."""
    return lambda *posts: filter_of(viewer_of_account(person("li", *posts)))


def test_an_area_hears_of_itself_alone(hears: Any) -> None:
    passes = hears(("hand", "120103008"))
    assert passes(Note(place="120103008001")) and passes(Note(place="120103008"))
    assert not passes(Note(place="120103009")) and not passes(Note(place="120103")) and not passes(Note(place=""))


def test_an_office_hears_of_its_own_rows(hears: Any, office: Any) -> None:
    top = office("housing")
    office("lifts", top)
    passes = hears(("office", "", top))
    assert passes(Note(organisation="lifts", place="120103009")) and not passes(Note(organisation="education")) and not passes(Note())


def test_what_has_no_area_is_heard_by_every_area(hears: Any) -> None:
    assert hears(("hand", "120103008"))(Note(entity="works.term"))


def test_a_grant_without_read_and_a_register_without_grant_tell_nothing(hears: Any) -> None:
    passes = hears(("hand", "120103008"))
    assert not passes(Note(entity="secret.note", place="120103008")) and not passes(Note(entity="trust.account"))


def test_a_chief_hears_everything_and_so_does_the_platform(hears: Any) -> None:
    assert hears(("chief", ""))(Note(entity="trust.account")) and filter_of(PLATFORM)(Note(entity="anything.else"))


def test_where_a_grant_looks_at_the_row_the_row_decides(office: Any, hears: Any) -> None:
    shown, hidden = office("a", kind="open"), office("b", kind="closed")
    public = stream_filter("")
    assert public and public(Note(object_id=shown.pk)) and not public(Note(object_id=hidden.pk))
    assert not public(Note(object_id=10**9)), "a row that is gone tells nothing"


def test_a_row_is_read_once_for_all_readers_of_a_notice(office: Any) -> None:
    from django.db import connection

    note = Note(object_id=office("a", kind="open").pk, sequence=4711, at="now")
    with CaptureQueriesContext(connection) as queries:
        assert all(passes(note) for passes in [stream_filter("") for _ in range(5)] if passes)
    assert len(queries) == 1


def test_a_row_that_is_addressed_to_an_account_is_told_to_it_and_to_nobody_else(office: Any, person: Any, monkeypatch: Any) -> None:
    me, other = (viewer_of_account(person(name, ("hand", "120103009"))) for name in ("li", "wu"))
    row = office("a", kind=str(me.account))
    monkeypatch.setattr(Placed.Describe, "addressee", "addressed", raising=False)
    monkeypatch.setattr(Placed, "addressed", property(lambda self: int(self.kind)), raising=False)
    note = Note(object_id=row.pk, place="120103008")
    assert filter_of(me)(note) and not filter_of(other)(note) and not filter_of(me)(Note(object_id=10**9, place="120103008"))


def test_a_notice_about_many_rows_reaches_whoever_could_read_some(hears: Any) -> None:
    passes = hears(("hand", "120103008"))
    many = {"object_id": 0}
    assert passes(Note(**many)) and passes(Note(**many, place="120103")) and passes(Note(**many, place="120103008002"))
    assert not passes(Note("secret.note", **many)) and not passes(Note("trust.account", **many))


def test_of_a_register_that_is_told_to_all_everybody_hears_that_something_changed_and_not_where(monkeypatch: Any) -> None:
    monkeypatch.setattr(Bare.Describe, "told_to_all", True, raising=False)
    public, nameless = filter_of(PUBLIC), Note("works.term", object_id=0)
    assert public(nameless) and not public(Note("works.term", object_id=7)) and not public(Note("works.term", object_id=0, place="120103008"))
    assert not public(Note("secret.note", object_id=0))


def test_a_notice_about_many_rows_elsewhere_is_kept_back(person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "grants", [Grant("hand", "works.*")])
    passes = filter_of(viewer_of_account(person("li", ("hand", "120103008"))))
    assert not passes(Note(object_id=0, place="120103009"))


def key_of(browser: Any) -> str:
    return browser.client.cookies["hexi_session"].value


def test_a_filter_is_that_of_the_sessions_holder(person: Any, browser: Any) -> None:
    person("li", ("hand", "120103008"))
    mine = browser()
    mine.sign_in()
    passes = stream_filter(key_of(mine))
    assert passes and passes(Note(place="120103008001"))
    Post.objects.all().delete()
    again = stream_filter(key_of(mine))
    assert again and not again(Note(place="120103008001")), "compiled anew it knows the posts of now"


ENDS = {
    "signed out": lambda mine: mine.send("DELETE", "/api/session"),
    "shut out": lambda mine: Account.objects.update(is_active=False),
    "password changed": lambda mine: Account.objects.update(password="!"),
    "account gone": lambda mine: Account.objects.all().delete(),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_a_session_that_ended_hears_nothing_more(person: Any, browser: Any, end: Any) -> None:
    person("li")
    person("wang")
    mine, theirs = browser(), browser()
    mine.sign_in()
    theirs.sign_in("wang")
    key = key_of(mine)
    assert session_alive(key) and sessions_alive([key, key_of(theirs), "", "made-up"]) == {key, key_of(theirs), ""}
    end(mine)
    assert not session_alive(key) and stream_filter(key) is None and key not in sessions_alive([key])


def test_a_session_that_expired_hears_nothing_more(person: Any, browser: Any, clock: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    clock.pass_by(timedelta(hours=12, seconds=1))
    assert not session_alive(key_of(mine)) and sessions_alive([key_of(mine)]) == set()


def test_the_public_is_always_there_and_a_made_up_key_never(db: None) -> None:
    assert session_alive("") and stream_filter("") is not None
    for forged in ("x", "a" * 32, "' OR 1=1 --"):
        assert not session_alive(forged) and stream_filter(forged) is None


def test_many_sessions_are_asked_in_two_queries(person: Any, browser: Any, django_assert_num_queries: Any) -> None:
    keys = set()
    for name in ("li", "wang", "zhao"):
        person(name)
        mine = browser()
        mine.sign_in(name)
        keys.add(key_of(mine))
    with django_assert_num_queries(2):
        assert sessions_alive(keys) == keys
