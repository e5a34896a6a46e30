"""Accounts as the command line makes them, and those of the demonstration."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from hexi.core.trust import demo
from hexi.core.trust.api import create_account
from hexi.core.trust.models import Account, Event, Organisation, Post
from hexi.core.trust.tests.conftest import PASSWORD
from hexi.kernel.errors import Conflict, Invalid


def test_an_account_comes_with_its_post_and_events(office: Any) -> None:
    office("housing")
    number = create_account("  Li.Lei ", "李雷", "department_staff", "120103", "housing", PASSWORD)
    account = Account.objects.get(pk=number)
    assert account.username == "li.lei" and account.check_password(PASSWORD)
    post = account.posts.get()
    assert (post.role, post.place, post.organisation.key) == ("department_staff", "120103", "housing")
    made, given = Event.objects.order_by("id")
    assert (made.who, made.entity, made.object_id, given.entity, given.object_id) == (
        "platform",
        "trust.account",
        number,
        "trust.post",
        post.pk,
    )
    days = {"valid_from": None, "valid_to": None}
    assert given.after == {"account": number, "role": "department_staff", "place": "120103", "organisation": "housing", **days}
    assert PASSWORD not in str([event.after for event in (made, given)])


def test_without_a_password_nobody_can_sign_in_by_one(db: None) -> None:
    number = create_account("li", "李雷", "grid_worker", "12010300800101")
    assert not Account.objects.get(pk=number).has_usable_password()


def test_every_fault_is_told_at_once_and_nothing_is_made(db: None) -> None:
    with pytest.raises(Invalid) as refused:
        create_account("-", " ", "king", "天塔", "nowhere", "short")
    assert [problem.field for problem in refused.value.problems] == ["username", "name", "role", "place", "organisation", "password"]
    assert not Account.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize("role", ["platform", "public"])
def test_the_platforms_own_roles_are_not_given(db: None, role: str) -> None:
    with pytest.raises(Invalid):
        create_account("li", "李雷", role)


def test_a_taken_name_is_a_conflict(db: None) -> None:
    create_account("li", "李雷", "auditor")
    with pytest.raises(Conflict):
        create_account("LI", "李蕾", "auditor")


ROWS = [
    {"key": "lifts", "name": {"zh": "电梯办", "en": "Lifts"}, "kind": "office", "parent": "housing", "place": "120103"},
    {"key": "housing", "name": {"zh": "住建委", "en": "Housing"}, "kind": "department", "parent": None, "place": "120103"},
]


def test_organisations_are_loaded_whatever_their_order_and_once(db: None) -> None:
    demo.load_organisations(ROWS)
    demo.load_organisations(ROWS)
    assert Organisation.objects.get(key="lifts").parent.key == "housing" and Organisation.objects.count() == 2
    assert Event.objects.filter(entity="trust.organisation").count() == 2
    assert Event.objects.get(organisation="lifts").after["parent"] == "housing"


TWO = (demo.Invented("admin", "示例·赵管理", "administrator"), demo.Invented("leader", "示例·钱区长", "leader"))


@pytest.fixture
def own_var(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "demo_accounts.json"


def test_the_demonstration_makes_one_person_for_each_role_that_matters(db: None, own_var: Path, browser: Any) -> None:
    told = list[Any]()
    demo.load(lambda *said: told.append(said))
    assert told and Organisation.objects.filter(kind="street_office").count() == 14
    logins = json.loads(own_var.read_text())
    roles = {login["role"] for login in logins}
    assert {
        "administrator",
        "leader",
        "department_staff",
        "street_staff",
        "community_worker",
        "grid_worker",
        "auditor",
        "data_steward",
    } <= roles
    assert all(login["name"].startswith("示例·") for login in logins)
    assert len({login["password"] for login in logins}) == 1 and len(logins[0]["password"]) == 19
    assert Post.objects.get(account__username="street").place == "120103008"
    assert browser().sign_in("street", logins[0]["password"]).status_code == 200


def test_the_passphrase_is_readable_by_its_owner_only_and_another_in_every_installation(db: None, settings: Any, tmp_path: Path) -> None:
    phrases = set()
    for name in ("one", "two"):
        settings.VAR = tmp_path / name
        demo.load_people(TWO[:1])
        file = tmp_path / name / "demo_accounts.json"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        phrases.add(json.loads(file.read_text())[0]["password"])
        Account.objects.all().delete()
    assert len(phrases) == 2


def test_loading_again_changes_nothing(db: None, own_var: Path) -> None:
    demo.load(lambda *_: None)
    before, hashes, events = own_var.read_text(), set(Account.objects.values_list("password", flat=True)), Event.objects.count()
    demo.load(lambda *_: None)
    assert (
        own_var.read_text() == before
        and set(Account.objects.values_list("password", flat=True)) == hashes
        and Event.objects.count() == events
    )


def test_a_lost_file_gives_a_new_passphrase_to_the_same_people(db: None, own_var: Path, browser: Any) -> None:
    demo.load_people(TWO)
    old = json.loads(own_var.read_text())[0]["password"]
    own_var.unlink()
    demo.load_people(TWO)
    new = json.loads(own_var.read_text())[0]["password"]
    assert new != old and Account.objects.count() == 2 and browser().sign_in("admin", new).status_code == 200


def test_a_scenario_adds_people_with_the_passphrase_of_the_others(db: None, own_var: Path) -> None:
    demo.load_people(TWO)
    demo.load_people([demo.Invented("more", "示例·更多", "auditor"), demo.Invented("none", "示例·无", "no_such_role")])
    logins = json.loads(own_var.read_text())
    assert [login["username"] for login in logins] == [*(one.username for one in TWO), "more"]
    assert len({login["password"] for login in logins}) == 1


def test_a_real_person_of_that_user_name_is_left_alone(person: Any, own_var: Path) -> None:
    account = person("admin")
    demo.load_people(TWO)
    account.refresh_from_db()
    assert account.check_password(PASSWORD) and [login["username"] for login in json.loads(own_var.read_text())] == ["leader"]


def test_without_a_demonstration_there_are_no_accounts_to_offer(own_var: Path) -> None:
    assert demo.demo_accounts() == []
