"""A webhook is changed like any record, and its secret is renewed without a gap for who receives."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.parameters import Parameter
from hexi.core.data.tests.conftest import Person
from hexi.core.data.tests.test_webhook_desk import acted
from hexi.core.data.tests.test_webhooks import Make, administrator, change, later, receiver, subscribed, tell
from hexi.core.data.webhooks.acts import OVERLAP, forget_old_secrets
from hexi.core.data.webhooks.models import Subscription
from hexi.core.trust.api import forget_told, give_sequence

__all__ = ["administrator", "receiver"]
pytestmark = pytest.mark.django_db


def path_of(answer: dict[str, Any]) -> str:
    return f"/api/records/data.subscription/{answer['record']['id']}"


def changed(who: Person, path: str, version: int | None = None, **values: Any) -> Any:
    """The change of these values alone; the others stay as they are."""
    now = who.get(path).json()
    row = now["record"]
    before = {"name": row["name"], "address": row["address"], "topics": [one for one in row["topics"].split(",") if one], "active": row["active"]}
    sent = {"values": {**before, **values}, "version": version or now["version"], "why": "对方迁移"}
    return who.post(f"{path}/actions/change_subscription", sent)


def signed_by(secret: str, call: dict[str, Any]) -> bool:
    """As its receiver judges it: one of the signatures is by this secret."""
    headers = call["headers"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + call["body"]
    mac = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(mac).decode()}" in headers["webhook-signature"].split(" ")


def test_what_waits_goes_to_the_new_address_at_once_and_the_old_answer_is_forgotten(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    old, new = receiver(answer=lambda _event: 503), receiver()
    path = path_of(subscribed(administrator, steward, old.address))
    number = change(steward)
    tell()
    answer = changed(administrator, path, address=new.address, name="示例·市级平台")
    assert answer.status_code == 200, answer.content
    row = administrator.get("/api/webhooks").json()["rows"][0]
    assert (row["name"], row["address"], row["status"], row["fault"], row["tried_at"]) == ("示例·市级平台", new.address, None, "", None)
    tell()
    assert (new.numbers(), len(old.calls)) == ([number], 1)
    before_after = administrator.get(f"{path}/history").json()["rows"][0]["changes"]
    assert {one["field"] for one in before_after} >= {"name", "address"}


def test_from_the_change_on_only_the_new_topics_are_told(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver()
    path = path_of(subscribed(administrator, steward, there.address))
    assert changed(administrator, path, topics=["data.parameter"]).status_code == 200
    change(steward)
    tell()
    assert there.calls == []
    assert changed(administrator, path, topics=[]).status_code == 200
    number = change(steward)
    tell()
    assert there.numbers() == [number]


def test_whoever_saw_an_older_version_gets_the_present_one_and_changes_nothing(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    answer = subscribed(administrator, steward, receiver().address)
    path = path_of(answer)
    assert changed(administrator, path, name="先改的人").status_code == 200
    late = changed(administrator, path, version=answer["version"], name="后改的人")
    assert late.status_code == 409
    assert late.json()["present"]["values"]["name"] == "先改的人"
    assert Subscription.objects.get().name == "先改的人"


@pytest.mark.parametrize(("values", "field"), [({"address": "ftp://example.org/x"}, "address"), ({"topics": ["no.such"]}, "topics")])
def test_a_change_is_judged_as_a_new_one_is(
    administrator: Person, steward: Person, receiver: Make, values: dict[str, Any], field: str
) -> None:
    path = path_of(subscribed(administrator, steward, receiver().address))
    answer = changed(administrator, path, **values)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_one_that_was_stopped_too_long_is_not_started_by_a_change_either(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    path = path_of(subscribed(administrator, steward, receiver().address))
    assert changed(administrator, path, active=False).status_code == 200
    change(steward)
    change(steward)
    give_sequence()
    forget_told(timedelta(0))
    assert changed(administrator, path, active=True).status_code == 409
    assert not Subscription.objects.get().active


def test_who_may_not_subscribe_changes_nothing(administrator: Person, steward: Person, receiver: Make) -> None:
    path = path_of(subscribed(administrator, steward, receiver().address))
    answer = steward.post(f"{path}/actions/change_subscription", {"values": {}, "version": 1, "why": "试试"})
    assert answer.status_code in {403, 404}


def test_the_old_secret_counts_beside_the_new_one_for_the_tuned_time(administrator: Person, steward: Person, receiver: Make) -> None:
    tuned = Parameter.objects.get(key=OVERLAP.key)
    tuned.value = Decimal(1)
    tuned.save()
    there = receiver()
    answer = subscribed(administrator, steward, there.address)
    old, path = answer["once"]["secret"], path_of(answer)
    new = acted(administrator, path, "renew_secret", values={"at_once": False}).json()["once"]["secret"]
    assert administrator.get("/api/webhooks").json()["rows"][0]["old_secret_until"]
    change(steward)
    tell()
    assert (signed_by(old, there.got[0]), signed_by(new, there.got[0])) == (True, True)
    change(steward)
    tell(later(24 * 60 + 5))
    assert (signed_by(old, there.got[1]), signed_by(new, there.got[1])) == (False, True)


def test_a_secret_that_leaked_ends_at_once(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver()
    answer = subscribed(administrator, steward, there.address)
    assert acted(administrator, path_of(answer), "renew_secret", values={"at_once": True}).status_code == 200
    change(steward)
    tell()
    assert not signed_by(answer["once"]["secret"], there.got[0])
    assert bytes(Subscription.objects.get().sealed_before) == b""


def test_an_old_secret_is_not_kept_when_its_time_is_over(administrator: Person, steward: Person, receiver: Make) -> None:
    path = path_of(subscribed(administrator, steward, receiver().address))
    acted(administrator, path, "renew_secret", values={})
    assert forget_old_secrets() == 0
    Subscription.objects.update(old_secret_until=timezone.now() - timedelta(seconds=1))
    assert forget_old_secrets() == 1
    row = Subscription.objects.get()
    assert (bytes(row.sealed_before), row.old_secret_until) == (b"", None)
    assert bytes(row.sealed) != b""
