"""One-time codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pyotp.totp import TOTP

from hexi.core.trust import otp
from hexi.core.trust.models import Account, Attempt, Event
from hexi.kernel.errors import Unavailable

STEP = timedelta(seconds=30)


def code(secret: str, clock: Any) -> str:
    return TOTP(secret).at(int(clock.now.timestamp()))


@pytest.fixture
def enrolled(person: Any, browser: Any, clock: Any) -> tuple[Any, str]:
    """A browser of somebody who has just switched the code on, and the secret."""
    person("li")
    mine = browser()
    mine.sign_in()
    secret = mine.send("POST", "/api/session/otp", {"action": "enrol"}).json()["secret"]
    assert mine.send("POST", "/api/session/otp", {"action": "confirm", "otp": code(secret, clock)}).status_code == 200
    clock.pass_by(STEP)
    return mine, secret


def test_enrolling_gives_a_secret_an_address_and_a_picture_and_changes_nothing_yet(person: Any, browser: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    new = mine.send("POST", "/api/session/otp", {"action": "enrol"}).json()
    assert len(new["secret"]) == 32 and new["uri"].startswith("otpauth://totp/") and f"secret={new['secret']}" in new["uri"]
    assert new["qr"].startswith("data:image/svg+xml")
    assert mine.get("/api/session").json()["account"]["otp_enabled"] is False
    assert browser().sign_in().status_code == 200


def test_only_a_right_code_switches_it_on(person: Any, browser: Any, clock: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    assert mine.send("POST", "/api/session/otp", {"action": "confirm", "otp": "000000"}).status_code == 409
    secret = mine.send("POST", "/api/session/otp", {"action": "enrol"}).json()["secret"]
    assert mine.send("POST", "/api/session/otp", {"action": "confirm", "otp": "12"}).json()["code"] == "wrong_otp"
    answer = mine.send("POST", "/api/session/otp", {"action": "confirm", "otp": code(secret, clock)})
    assert answer.json()["otp_enabled"] is True and mine.get("/api/session").json()["account"]["otp_enabled"] is True
    assert mine.send("POST", "/api/session/otp", {"action": "enrol"}).status_code == 409


def test_signing_in_then_needs_password_and_code(enrolled: Any, browser: Any, clock: Any) -> None:
    _, secret = enrolled
    mine = browser()
    assert mine.sign_in().json()["code"] == "otp_needed"
    assert mine.sign_in(otp="000000").json()["code"] == "wrong_credentials"
    assert mine.sign_in(otp=code(secret, clock)).status_code == 200
    assert Event.objects.filter(action="sign_in").last().after["how"] == "password+code"


def test_a_wrong_password_is_never_asked_for_a_code(enrolled: Any, browser: Any) -> None:
    assert browser().sign_in(password="wrong").json()["code"] == "wrong_credentials"


def test_a_code_opens_once(enrolled: Any, browser: Any, clock: Any) -> None:
    _, secret = enrolled
    used = code(secret, clock)
    assert browser().sign_in(otp=used).status_code == 200
    assert browser().sign_in(otp=used).json()["code"] == "wrong_credentials"
    clock.pass_by(STEP)
    assert browser().sign_in(otp=used).json()["code"] == "wrong_credentials", "nor within the drift"
    assert browser().sign_in(otp=code(secret, clock)).status_code == 200


def test_the_code_that_switched_it_on_does_not_open(person: Any, browser: Any, clock: Any) -> None:
    person("li")
    mine = browser()
    mine.sign_in()
    secret = mine.send("POST", "/api/session/otp", {"action": "enrol"}).json()["secret"]
    mine.send("POST", "/api/session/otp", {"action": "confirm", "otp": code(secret, clock)})
    assert browser().sign_in(otp=code(secret, clock)).status_code == 401


@pytest.mark.parametrize("drift, opens", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_one_step_off(enrolled: Any, browser: Any, clock: Any, drift: int, opens: bool) -> None:
    _, secret = enrolled
    clock.pass_by(10 * STEP)
    theirs = TOTP(secret).at(int((clock.now + drift * STEP).timestamp()))
    assert (browser().sign_in(otp=theirs).status_code == 200) is opens


def test_codes_cannot_be_guessed_by_asking_without_one_in_between(enrolled: Any, browser: Any) -> None:
    mine = browser()
    for _ in range(5):
        mine.sign_in()  # password right, no code: must not forgive the guesses
        last = mine.sign_in(otp="000000")
    assert last.json()["code"] == "wrong_credentials" and mine.sign_in(otp="000000").json()["code"] == "locked"


def test_asking_without_a_code_is_no_failure(enrolled: Any, browser: Any) -> None:
    mine = browser()
    for _ in range(7):
        assert mine.sign_in().json()["code"] == "otp_needed"
    assert not Attempt.objects.exclude(failures=0).exists()


def test_switching_it_off_needs_a_code(enrolled: Any, browser: Any, clock: Any) -> None:
    mine, secret = enrolled
    assert mine.send("POST", "/api/session/otp", {"action": "remove", "otp": "000000"}).json()["code"] == "wrong_otp"
    assert mine.send("POST", "/api/session/otp", {"action": "remove", "otp": code(secret, clock)}).json()["otp_enabled"] is False
    assert browser().sign_in().status_code == 200
    assert list(Event.objects.filter(action__contains="otp").order_by("id").values_list("action", flat=True)) == [
        "switch_on_otp",
        "switch_off_otp",
    ]


def test_the_secret_lies_sealed(enrolled: Any) -> None:
    _, secret = enrolled
    kept = Account.objects.get().otp_secret
    assert secret not in kept and otp.opened(kept) == secret
    assert secret not in str(list(Event.objects.values_list("after", flat=True)))


def test_a_changed_signing_key_is_said_and_an_old_one_still_opens(enrolled: Any, settings: Any) -> None:
    _, secret = enrolled
    kept = Account.objects.get().otp_secret
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(Unavailable):
        otp.opened(kept)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert otp.opened(kept) == secret


def test_an_account_of_the_identity_provider_has_its_codes_there(person: Any, browser: Any) -> None:
    account = person("li")
    mine = browser()
    mine.client.force_login(account, backend="hexi.core.trust.backends.PostBackend")
    account.set_unusable_password()
    account.save()
    mine.client.force_login(account, backend="hexi.core.trust.backends.PostBackend")
    assert mine.send("POST", "/api/session/otp", {"action": "enrol"}).status_code == 409


def test_strangers_have_no_codes(browser: Any) -> None:
    for action in ("enrol", "confirm", "remove"):
        assert browser().send("POST", "/api/session/otp", {"action": action}).status_code == 401
