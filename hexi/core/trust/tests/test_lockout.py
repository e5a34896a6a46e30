"""The brakes on guessing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hexi.core.trust import attempts
from hexi.core.trust.api import forget_old_attempts
from hexi.core.trust.attempts import Locked
from hexi.core.trust.models import Attempt, Event
from hexi.kernel.errors import TooMany

MINUTE = timedelta(minutes=1)


def fail(browser: Any, times: int = 1, username: str = "li") -> Any:
    for _ in range(times):
        answer = browser.sign_in(username, "wrong")
    return answer


@pytest.mark.parametrize("username", ["li", "nobody"])
def test_five_wrong_passwords_lock_a_name_whether_or_not_it_exists(person: Any, browser: Any, clock: Any, username: str) -> None:
    person("li")
    mine = browser()
    assert fail(mine, 5, username).json()["code"] == "wrong_credentials"
    answer = mine.sign_in(username)
    assert answer.status_code == 401 and answer.json()["code"] == "locked"
    assert answer.json()["retry_after"] == 61 or answer.json()["retry_after"] == 60
    assert mine.who is None, "the right password does not open a locked name"


def test_a_lock_ends_by_itself_and_the_right_password_starts_anew(person: Any, browser: Any, clock: Any) -> None:
    person("li")
    mine = browser()
    fail(mine, 5)
    clock.pass_by(MINUTE + timedelta(seconds=1))
    assert mine.sign_in().status_code == 200
    assert fail(mine, 4).json()["code"] == "wrong_credentials"
    assert mine.sign_in().status_code == 200


def test_each_further_failure_locks_longer_up_to_an_hour(clock: Any, db: None) -> None:
    waits = list[int]()
    for _ in range(10):
        try:
            attempts.book("li", "10.0.0.1")
        except Locked as locked:
            waits.append(round((locked.retry_after - 1) / 60))
            clock.pass_by(timedelta(seconds=locked.retry_after))
            attempts.book("li", "10.0.0.1")
    assert waits == [1, 5, 15, 60, 60]


def test_asking_while_locked_does_not_lengthen_the_lock(clock: Any, db: None) -> None:
    for _ in range(5):
        attempts.book("li", "10.0.0.1")
    for _ in range(20):
        with pytest.raises(Locked):
            attempts.book("li", "10.0.0.1")
    clock.pass_by(MINUTE)
    attempts.book("li", "10.0.0.1")


def test_a_name_that_rested_for_a_day_starts_anew(clock: Any, db: None) -> None:
    for _ in range(4):
        attempts.book("li", "10.0.0.1")
    clock.pass_by(timedelta(days=1, seconds=1))
    for _ in range(4):
        attempts.book("li", "10.0.0.1")
    assert not attempts.is_locked("li")


def test_one_name_locks_no_other(person: Any, browser: Any) -> None:
    person("li")
    person("wang")
    mine = browser()
    fail(mine, 6, "li")
    assert mine.sign_in("wang").status_code == 200


def test_attempts_count_before_their_outcome_is_known(clock: Any, db: None) -> None:
    """Guesses sent at once are booked one by one: the sixth finds the lock although none of the five has been judged."""
    for _ in range(5):
        attempts.book("li", "10.0.0.1")
    with pytest.raises(Locked):
        attempts.book("li", "10.0.0.1")


def test_an_address_that_tries_many_names_is_slowed_down(clock: Any, db: None) -> None:
    for number in range(attempts.ADDRESS_FAILURES):
        attempts.book(f"name{number}", "10.0.0.1")
    with pytest.raises(TooMany) as refused:
        attempts.book("one more", "10.0.0.1")
    assert 0 < refused.value.retry_after <= 601
    attempts.book("one more", "10.0.0.2")
    clock.pass_by(attempts.ADDRESS_WINDOW + timedelta(seconds=1))
    attempts.book("one more", "10.0.0.1")


def test_an_address_that_is_slowed_down_hears_when_to_come_back(person: Any, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    person("li")
    monkeypatch.setattr(attempts, "ADDRESS_FAILURES", 2)
    mine = browser()
    fail(mine, 2)
    answer = mine.sign_in()
    assert answer.status_code == 429 and answer.json()["code"] == "too_many" and int(answer["Retry-After"]) > 0


def test_people_who_sign_in_rightly_do_not_use_up_their_address(clock: Any, db: None) -> None:
    for number in range(attempts.ADDRESS_FAILURES + 5):
        attempts.book(f"name{number}", "10.0.0.1")
        attempts.forgive(f"name{number}", "10.0.0.1")


def test_failures_and_locks_are_recorded_once(person: Any, browser: Any) -> None:
    account = person("li")
    fail(browser(), 8)
    actions = list(Event.objects.order_by("id").values_list("action", "object_id"))
    assert actions == [("sign_in_failed", account.pk)] * 5 + [("locked", account.pk)]


def test_no_name_and_no_address_can_be_read_from_the_counts(browser: Any) -> None:
    fail(browser(), 1, "my-password-typed-here")
    assert all(len(key.split(":")[1]) == 64 for key in Attempt.objects.values_list("key", flat=True))


def test_old_counts_are_forgotten(clock: Any, db: None) -> None:
    attempts.book("li", "10.0.0.1")
    assert forget_old_attempts() == 0
    clock.pass_by(timedelta(days=1, seconds=1))
    assert forget_old_attempts() == 2


PROXIED = [
    (0, "10.9.9.9", "1.2.3.4", "10.9.9.9"), (1, "10.9.9.9", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
    (2, "10.9.9.9", "6.6.6.6, 1.2.3.4, 10.8.8.8", "1.2.3.4"),
    (1, "10.9.9.9", "", "10.9.9.9"), (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"), (1, "10.9.9.9", "nonsense", ""),
]  # fmt: skip


@pytest.mark.parametrize("proxies, remote, forwarded, expected", PROXIED)
def test_the_address_is_the_one_that_our_own_proxy_saw(
    rf: Any, settings: Any, proxies: int, remote: str, forwarded: str, expected: str
) -> None:
    settings.PROXIES = proxies
    assert attempts.origin(rf.get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded} if forwarded else {})) == expected
