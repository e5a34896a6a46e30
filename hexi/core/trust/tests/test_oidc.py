"""Signing in by an identity provider, with a real one on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import LazySettings

from hexi.core.trust.models import Account, Event
from hexi.core.trust.tests.provider import CLIENT, Provider, running

START, REFUSED = "/api/oidc/authenticate/", "/work/?sign_in=refused"


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server: Provider, settings: LazySettings) -> Provider:
    fresh = Provider(address=server.address)
    server.__dict__.update(fresh.__dict__)
    for name, value in server.settings().items():
        setattr(settings, name, value)
    return server


def through(browser: Any, provider: Provider, start: str = START) -> Any:
    """The whole way: to the provider, consent, and back. The last answer."""
    there = browser.get(start)
    assert there.status_code == 302 and there["Location"].startswith(f"{provider.address}/authorize?")
    return browser.get(provider.consent(there["Location"]))


def test_somebody_known_comes_in_by_the_provider(person: Any, browser: Any, provider: Provider) -> None:
    account = person("li", ("street_staff", "120103008"))
    mine = browser()
    back = through(mine, provider, f"{START}?next=/work/projects")
    assert (back.status_code, back["Location"]) == (302, "/work/projects")
    session = mine.get("/api/session").json()
    assert session["oidc"] is True and session["account"]["username"] == "li" and session["account"]["posts"][0]["role"] == "street_staff"
    assert list(Event.objects.order_by("id").values_list("action", "object_id")) == [("tie_subject", account.pk), ("sign_in", account.pk)]
    assert Event.objects.get(action="sign_in").after["how"] == "oidc"


def test_the_way_there_carries_state_nonce_and_a_code_challenge(browser: Any, provider: Provider) -> None:
    asked = parse_qs(urlsplit(browser().get(START)["Location"]).query)
    assert asked["client_id"] == [CLIENT] and asked["scope"] == ["openid profile"] and asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 32 for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://testserver/api/oidc/callback/"]


def test_after_the_first_time_the_subject_counts_and_not_the_name(person: Any, browser: Any, provider: Provider) -> None:
    person("li")
    person("wang")
    through(browser(), provider)
    assert Account.objects.get(username="li").subject == "subject-1"
    provider.username = "wang"
    mine = browser()
    through(mine, provider)
    assert mine.who == "li", "a changed name at the provider opens nobody else's account"
    provider.sub, provider.username = "subject-2", "li"
    mine = browser()
    assert through(mine, provider)["Location"] == REFUSED and mine.who is None, "nor does a reused name"


def test_somebody_unknown_gets_no_account(browser: Any, provider: Provider) -> None:
    mine = browser()
    assert through(mine, provider)["Location"] == REFUSED
    assert mine.who is None and not Account.objects.exists()
    assert Event.objects.get().action == "sign_in_failed"


def test_somebody_shut_out_stays_out(person: Any, browser: Any, provider: Provider) -> None:
    person("li", is_active=False)
    assert through(browser(), provider)["Location"] == REFUSED
    assert Account.objects.get().subject == ""


BENT = {
    "for another client": {"token": {"aud": "another"}},
    "from another issuer": {"token": {"iss": "https://evil.example"}},
    "with another nonce": {"token": {"nonce": "x"}},
    "out of date": {"token": {"exp": 1_000_000_000}},
    "signed by somebody else": {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    "with the information of somebody else": {"info": {"sub": "subject-9"}},
    "without a subject": {"info": {"sub": ""}},
    "from a provider that fails": {"broken": True},
}


@pytest.mark.parametrize("bent", BENT.values(), ids=list(BENT))
def test_a_token_that_does_not_hold_is_refused(person: Any, browser: Any, provider: Provider, bent: dict[str, Any], caplog: Any) -> None:
    person("li")
    provider.__dict__.update(bent)
    mine = browser()
    assert through(mine, provider)["Location"] == REFUSED
    assert mine.who is None and "access" not in caplog.text and "eyJ" not in caplog.text


def test_an_answer_that_nobody_asked_for_is_refused(person: Any, browser: Any, provider: Provider) -> None:
    person("li")
    theirs, mine = browser(), browser()
    back = provider.consent(theirs.get(START)["Location"])
    assert mine.get(back)["Location"] == REFUSED and mine.who is None, "one browser's answer opens no session in another"
    mine.get(START)
    assert mine.get("/api/oidc/callback/?code=code-0&state=made-up")["Location"] == REFUSED
    assert mine.get("/api/oidc/callback/?error=access_denied&state=x")["Location"] == REFUSED
    assert mine.get("/api/oidc/callback/")["Location"] == REFUSED


def test_an_answer_counts_once(person: Any, browser: Any, provider: Provider) -> None:
    person("li")
    mine = browser()
    back = provider.consent(mine.get(START)["Location"])
    assert mine.get(back)["Location"] == "/work/"
    mine.send("DELETE", "/api/session")
    assert mine.get(back)["Location"] == REFUSED and mine.who is None


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(person: Any, browser: Any, provider: Provider, target: str) -> None:
    person("li")
    assert through(browser(), provider, f"{START}?next={target}")["Location"] == "/work/"


def test_without_settings_there_is_no_such_way(browser: Any) -> None:
    mine = browser()
    assert mine.get(START).status_code == 404 and mine.get("/api/oidc/callback/?code=x&state=y").status_code == 404
