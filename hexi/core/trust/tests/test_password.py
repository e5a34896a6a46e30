"""Changing one's password, and one's open sessions."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.core.trust.api import active_accounts, forget_expired_sessions
from hexi.core.trust.devices import device_name
from hexi.core.trust.models import Event, Session
from hexi.core.trust.tests.conftest import PASSWORD

NEW = "xin-mi-ma-2025"


def change(browser: Any, old: str = PASSWORD, new: str = NEW) -> Any:
    return browser.send("POST", "/api/session/password", {"old": old, "new": new})


def test_a_new_password_ends_every_other_session_but_not_this_one(person: Any, browser: Any) -> None:
    person("li")
    here, there, another = browser(), browser(), browser()
    for one in (here, there, another):
        one.sign_in()
    before = here.client.cookies["hexi_session"].value
    assert change(here).status_code == 200
    assert here.who == "li" and there.who is None and another.who is None
    assert here.client.cookies["hexi_session"].value != before and Session.objects.count() == 1
    assert browser().sign_in().status_code == 401 and browser().sign_in(password=NEW).status_code == 200


def test_it_leaves_an_event_without_either_password(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    change(mine)
    event = Event.objects.get(action="change_password")
    assert event.after == {"sessions_ended": 0} and event.who == "示例li"
    assert PASSWORD not in str(event.__dict__) and NEW not in str(event.__dict__)


def test_it_needs_the_present_one(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    answer = change(mine, "wrong")
    assert answer.status_code == 422 and answer.json()["code"] == "wrong_credentials"
    assert answer.json()["errors"][0]["field"] == "old"
    assert browser().sign_in().status_code == 200


def test_the_present_one_cannot_be_guessed_at_an_unlocked_desk(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    for _ in range(5):
        change(mine, "wrong")
    assert change(mine).json()["code"] == "locked"
    assert Event.objects.filter(action="password_check_failed").count() == 5


BAD = {
    "short": ("short", "10"),
    "common": ("password123", "common"),
    "the name": ("zhang-wei-tian-ta", "similar"),
    "the same": (PASSWORD, "same"),
}


@pytest.mark.parametrize("new, word", BAD.values(), ids=list(BAD))
def test_a_weak_one_is_refused_with_the_reason(person: Any, browser: Any, new: str, word: str) -> None:
    person("zhang-wei-tian-ta")
    mine = browser()
    mine.sign_in("zhang-wei-tian-ta")
    mine.client.cookies["hexi_lang"] = "en"
    answer = change(mine, new=new)
    assert answer.status_code == 422 and all(error["field"] == "new" for error in answer.json()["errors"])
    assert word in " ".join(error["message"] for error in answer.json()["errors"])


def test_the_reason_is_said_in_chinese_too(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    assert "密码" in change(mine, new="short").json()["errors"][0]["message"]


def test_strangers_have_no_password(browser: Any) -> None:
    assert change(browser()).status_code == 401


def test_open_sessions_are_listed_without_their_keys(person: Any, browser: Any) -> None:
    person("li")
    here, there = browser(), browser()
    there.sign_in(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"})
    here.sign_in()
    rows = here.get("/api/session/devices").json()["rows"]
    assert [(row["present"], row["device"]) for row in rows] == [(True, ""), (False, "Safari · iPhone")]
    assert all(row["started_at"] < row["expires_at"] for row in rows)
    keys = Session.objects.values_list("session_key", flat=True)
    assert not any(key in str(rows) for key in keys)


def test_one_session_can_be_ended_from_another(person: Any, browser: Any) -> None:
    person("li")
    here, there = browser(), browser()
    there.sign_in()
    here.sign_in()
    other = next(row["id"] for row in here.get("/api/session/devices").json()["rows"] if not row["present"])
    assert len(here.send("DELETE", f"/api/session/devices/{other}").json()["rows"]) == 1
    assert there.who is None and here.who == "li"
    assert Event.objects.filter(action="end_session").count() == 1


def test_nobody_ends_anothers_session(person: Any, browser: Any) -> None:
    person("li")
    person("wang")
    mine, theirs = browser(), browser()
    theirs.sign_in("wang")
    mine.sign_in("li")
    foreign = theirs.get("/api/session/devices").json()["rows"][0]["id"]
    for forged in (foreign, theirs.client.cookies["hexi_session"].value, "x"):
        assert mine.send("DELETE", f"/api/session/devices/{forged}").status_code == 404
    assert theirs.who == "wang"


def test_strangers_have_no_sessions(browser: Any) -> None:
    assert browser().get("/api/session/devices").status_code == 401


def test_a_session_keeps_its_start_however_often_it_is_written(person: Any, browser: Any, clock: Any) -> None:
    from datetime import timedelta

    person("li")
    mine = browser()
    mine.sign_in()
    started = Session.objects.get().started_at
    clock.pass_by(timedelta(minutes=5))
    mine.send("POST", "/api/session/otp", {"action": "enrol"})
    assert Session.objects.get().started_at == started == clock.now - timedelta(minutes=5)


def test_expired_sessions_are_forgotten(person: Any, browser: Any, clock: Any) -> None:
    from datetime import timedelta

    person("li")
    mine = browser()
    mine.sign_in()
    clock.pass_by(timedelta(hours=11))
    assert mine.who == "li" and forget_expired_sessions() == 0
    clock.pass_by(timedelta(hours=1, seconds=1))
    assert mine.who is None and forget_expired_sessions() == 1


@pytest.mark.parametrize(
    "agent, name",
    [
        ("", ""),
        ("curl/8", ""),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537 Edg/140", "Edge · Android"),
    ],
)
def test_a_device_is_called_as_far_as_it_tells(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_accounts_count_as_active_by_their_last_sign_in(person: Any, browser: Any, clock: Any) -> None:
    from datetime import timedelta

    person("li")
    person("wang")
    browser().sign_in("li")
    clock.pass_by(timedelta(days=29))
    assert active_accounts(days=30) == 1
    clock.pass_by(timedelta(days=2))
    assert active_accounts(days=30) == 0
