"""Signing in and out over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.core.trust.models import Account, Event, Notice, Session
from hexi.core.trust.tests.conftest import PASSWORD

ACTIONS = ("action", "account_id", "object_id")


def told() -> list[str]:
    return list(Event.objects.filter(entity="trust.account").order_by("id").values_list("action", flat=True))


def test_a_stranger_is_nobody_and_gets_the_csrf_cookie(browser: Any) -> None:
    mine = browser()
    found = mine.get("/api/session").json()
    assert found["account"] is None and found["csrf"] and mine.client.cookies["csrftoken"].value
    assert found["district"]["code"] == "120103" and found["district"]["name"]["zh"] == "河西区"
    assert found["stream_url"].endswith("/api/stream") and found["oidc"] is False
    assert "hexi_session" not in mine.client.cookies, "looking around opens no session"


def test_signing_in_answers_who_one_is(person: Any, browser: Any, office: Any) -> None:
    person("li", ("department_staff", "120103", office("housing")), ("street_staff", "120103008"))
    mine = browser()
    found = mine.sign_in()
    assert found.status_code == 200
    account = found.json()["account"]
    assert (account["username"], account["name"], account["otp_enabled"]) == ("li", "示例li", False)
    assert [post["role"] for post in account["posts"]] == ["department_staff", "street_staff"]
    assert account["posts"][0]["role_label"] == {"zh": "部门工作人员", "en": "department staff"}
    assert account["posts"][0]["organisation"] == "housing" and account["posts"][1]["organisation"] is None
    assert mine.who == "li"


def test_the_name_is_taken_without_blanks_and_capitals(person: Any, browser: Any) -> None:
    person("li")
    assert browser().sign_in(" ＬＩ ").status_code == 200


def test_places_of_posts_are_named_by_the_house(person: Any, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hexi.core.trust.house import house

    monkeypatch.setattr(house, "place_names", lambda codes: {"120103008": "天塔街道"})
    person("li", ("street_staff", "120103008"))
    (post,) = browser().sign_in().json()["account"]["posts"]
    assert (post["place"], post["place_name"]) == ("120103008", "天塔街道")


WRONG = {
    "password": ("li", "wrong"),
    "nobody": ("nobody", PASSWORD),
    "shut out": ("shut", PASSWORD),
    "without a password": ("outer", PASSWORD),
}


@pytest.mark.parametrize("username, password", WRONG.values(), ids=list(WRONG))
def test_every_wrong_sign_in_gets_the_same_answer(person: Any, browser: Any, username: str, password: str) -> None:
    person("li")
    person("shut", is_active=False)
    Account.objects.create(username="outer", name="外", password=make_password(None))
    mine = browser()
    answer = mine.sign_in(username, password)
    assert answer.status_code == 401 and answer["Content-Type"].startswith("application/problem+json")
    assert {key: answer.json()[key] for key in ("code", "status", "title")} == {
        "code": "wrong_credentials",
        "status": 401,
        "title": "用户名或密码不对",
    }
    assert mine.who is None and not Session.objects.exists()


def test_a_wrong_sign_in_costs_the_same_work_whoever_is_named(person: Any, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    person("li")
    person("shut", is_active=False)
    hashed = list[str]()
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(password) or encode(self, password, salt))
    work = list[tuple[int, int]]()
    for username in ("li", "shut", "nobody"):
        mine = browser()
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            mine.sign_in(username, "wrong", REMOTE_ADDR=f"10.0.0.{len(work)}")
        work.append((len(queries), len(hashed)))
    assert len(set(work)) == 1 and work[0][1] == 1


def test_the_answer_is_in_the_readers_language(person: Any, browser: Any) -> None:
    assert browser().sign_in("li", "x", headers={"Accept-Language": "en"}).json()["title"] == "The user name or the password is wrong"


def test_a_session_gets_a_new_key_when_somebody_signs_in(person: Any, browser: Any) -> None:
    person("li")
    person("wang")
    mine = browser()
    mine.sign_in("li")
    first = mine.client.cookies["hexi_session"].value
    mine.sign_in("li")
    second = mine.client.cookies["hexi_session"].value
    mine.sign_in("wang")
    third = mine.client.cookies["hexi_session"].value
    assert len({first, second, third}) == 3
    assert list(Session.objects.values_list("session_key", flat=True)) == [third], "the earlier ones are gone"
    assert mine.who == "wang"


def test_the_csrf_token_changes_at_sign_in(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    before = mine.client.cookies["csrftoken"].value
    mine.sign_in()
    assert mine.client.cookies["csrftoken"].value != before


def test_signing_out_ends_the_session_for_good(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    key = mine.client.cookies["hexi_session"].value
    answer = mine.send("DELETE", "/api/session")
    assert answer.status_code == 200 and answer.json()["account"] is None
    mine.client.cookies["hexi_session"] = key
    assert mine.who is None and not Session.objects.exists()


def test_signing_out_twice_is_harmless(browser: Any) -> None:
    mine = browser()
    assert mine.send("DELETE", "/api/session").status_code == 200 and told() == []


def test_every_sign_in_and_out_leaves_an_event_without_the_password_and_no_notice(person: Any, browser: Any) -> None:
    account = person("li")
    mine = browser()
    mine.sign_in("li", "geheim-geheim")
    mine.sign_in("nobody", "geheim-geheim")
    mine.sign_in(REMOTE_ADDR="10.1.2.3", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"})
    mine.send("DELETE", "/api/session")
    rows = list(Event.objects.order_by("id"))
    assert [row.action for row in rows] == ["sign_in_failed", "sign_in_failed", "sign_in", "sign_out"]
    assert [row.object_id for row in rows] == [account.pk, 0, account.pk, account.pk]
    assert [row.account_id for row in rows] == [None, None, account.pk, account.pk]
    assert rows[2].after == {"how": "password", "address": "10.1.2.3", "device": "Chrome · Windows"}
    assert "geheim" not in str([(row.before, row.after, row.why) for row in rows]) and "nobody" not in str([row.after for row in rows])
    assert not Notice.objects.exists()


def test_a_change_without_the_token_is_refused(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    answer = mine.sign_in(headers={"X-CSRFToken": "x" * 32})
    assert answer.status_code == 403 and answer.json()["code"] == "csrf"
    assert mine.who is None


@pytest.mark.parametrize(
    "method, path",
    [
        ("POST", "/api/session"),
        ("DELETE", "/api/session"),
        ("POST", "/api/session/password"),
        ("POST", "/api/session/otp"),
        ("DELETE", "/api/session/devices/x"),
    ],
)
def test_no_change_of_the_session_goes_without_the_token(browser: Any, method: str, path: str) -> None:
    assert browser().send(method, path, {}, headers={"X-CSRFToken": ""}).status_code == 403


def test_a_foreign_page_cannot_sign_anybody_in(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    answer = mine.sign_in(headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "li"},
        {"username": "li", "password": ""},
        {"username": "l" * 61, "password": "x"},
        {"username": "li", "password": "x" * 201},
        {"username": ["li"], "password": "x"},
        [],
    ],
)
def test_a_malformed_sign_in_is_told_so(browser: Any, body: Any) -> None:
    assert browser().send("POST", "/api/session", body).status_code == 422


def test_an_old_hash_is_renewed_at_sign_in(person: Any, browser: Any, settings: Any) -> None:
    person("li", ("grid_worker", "1"))
    Account.objects.update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    mine = browser()
    mine.sign_in()
    assert Account.objects.get().password.startswith("md5$") and mine.who == "li", "and the session goes by the new hash"


def test_the_site_hashes_with_argon2(settings: Any) -> None:
    _, sites_own, *_ = settings.PASSWORD_HASHERS
    assert sites_own.endswith("Argon2PasswordHasher")


def test_the_demonstrations_accounts_are_told_in_a_demonstration_only(browser: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hexi.core.trust import http
    from hexi.core.trust.demo import DemoLogin

    monkeypatch.setattr(http, "demo_accounts", lambda: [DemoLogin("street", "示例·孙街道", "street_staff", "aaaa-bbbb")])
    settings.DEMO = True
    told = browser().get("/api/session").json()
    assert told["demo"] and told["demo_accounts"] == [
        {"username": "street", "name": "示例·孙街道", "password": "aaaa-bbbb", "role": {"zh": "街道工作人员", "en": "street office staff"}}
    ]
    settings.DEMO = False
    told = browser().get("/api/session").json()
    assert not told["demo"] and told["demo_accounts"] == []
