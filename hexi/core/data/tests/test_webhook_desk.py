"""The desk of webhooks: how each stands, a test letter, every call that failed, sending again, and the end of one."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import pytest

from hexi.core.data.tests.conftest import STREET, Person
from hexi.core.data.tests.test_webhooks import Make, People, administrator, change, later, receiver, revise, subscribed, tell
from hexi.core.data.webhooks.line import line_up, wanted_from
from hexi.core.data.webhooks.models import Attempt, Delivery, Subscription
from hexi.core.trust.api import give_sequence

__all__ = ["administrator", "receiver"]
pytestmark = pytest.mark.django_db


def acted(who: Person, path: str, action: str, **more: Any) -> Any:
    version = who.get(path).json()["version"]
    return who.post(f"{path}/actions/{action}", {"version": version, "why": "核对", **more})


def test_the_page_of_webhooks_says_what_waits_what_was_given_up_and_the_last_answer(
    administrator: Person, steward: Person, receiver: Make, settings: Any
) -> None:
    settings.WEBHOOK_ATTEMPTS = 1
    there = receiver(answer=lambda event: 503 if event["data"]["version"] == 1 else 204)
    subscribed(administrator, steward, there.address)
    number = change(steward)
    tell()
    revise(steward, number, title="改过")
    give_sequence()
    row = administrator.get("/api/webhooks").json()["rows"][0]
    assert (row["waiting"], row["dead"], row["behind"], row["status"], row["fault"]) == (0, 1, 1, 503, "refused")
    assert row["fault_label"]["zh"]
    assert row["tried_at"]
    assert "replay_dead" in row["allowed_actions"]
    tell()
    row = administrator.get("/api/webhooks").json()["rows"][0]
    assert (row["waiting"], row["dead"], row["behind"], row["status"], row["fault"]) == (0, 1, 0, 204, "")


def test_who_may_not_read_webhooks_sees_none_and_tests_none(administrator: Person, steward: Person, person: People, receiver: Make) -> None:
    there, worker = receiver(), person("community_worker", STREET)
    number = subscribed(administrator, steward, there.address)["record"]["id"]
    assert worker.get("/api/webhooks").json() == {"rows": []}
    assert worker.post(f"/api/webhooks/{number}/test", {}).status_code == 404
    assert there.calls == []


def test_a_test_is_signed_sent_at_once_and_kept_also_where_nothing_is_sent(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    said = [204]
    there = receiver(answer=lambda _event: said[0])
    answer = subscribed(administrator, steward, there.address)
    path = f"/api/records/data.subscription/{answer['record']['id']}"
    assert acted(administrator, path, "stop_subscription").status_code == 200
    test = f"/api/webhooks/{answer['record']['id']}/test"
    assert administrator.post(test, {}).json() == {"status": 204, "fault": "", "fault_label": None}
    headers, body, event = (there.got[0][name] for name in ("headers", "body", "event"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.digest(base64.b64decode(answer["once"]["secret"].removeprefix("whsec_")), signed, hashlib.sha256)
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert (event["type"], event["data"]) == ("hexi.test", {"test": True})
    said[0] = 500
    assert administrator.post(test, {}).json()["fault"] == "refused"
    there.down()
    assert administrator.post(test, {}).json()["fault"] == "closed"
    assert list(Attempt.objects.order_by("pk").values_list("status", "fault")) == [(204, ""), (500, "refused"), (0, "closed")]
    told = [row["action_label"]["zh"] for row in administrator.get(f"{path}/history").json()["rows"]]
    assert told[:3] == ["发送测试"] * 3
    assert Delivery.objects.count() == 0, "a test stands in no line and is not tried again"


def test_every_call_that_failed_is_kept_with_its_answer_and_not_those_that_were_only_put_off(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    said = [500]
    there = receiver(answer=lambda _event: said[0])
    subscribed(administrator, steward, there.address)
    first = change(steward)
    tell()
    there.down()
    change(steward)
    tell(later(1))
    there.up()
    said[0] = 204
    tell(later(10))
    delivery = Delivery.objects.get(object_id=first)
    rows = administrator.get(f"/api/records/data.attempt?where=delivery:eq:{delivery.pk}&sort=at").json()["rows"]
    assert [(row["status"], row["fault"]) for row in rows] == [(500, "refused"), (0, "closed")]
    assert (delivery.state, delivery.attempts) == ("sent", 3)
    other = Delivery.objects.exclude(pk=delivery.pk).get()
    assert (other.attempts, Attempt.objects.filter(delivery=other).count()) == (2, 0)


def test_all_that_was_given_up_is_sent_again_at_once(administrator: Person, steward: Person, receiver: Make, settings: Any) -> None:
    settings.WEBHOOK_ATTEMPTS = 1
    ok: list[bool] = []
    there, other = receiver(answer=lambda _event: 204 if ok else 503), receiver(answer=lambda _event: 503)
    path = f"/api/records/data.subscription/{subscribed(administrator, steward, there.address)['record']['id']}"
    subscribed(administrator, steward, other.address)
    numbers = [change(steward) for _ in range(3)]
    tell()
    assert Delivery.objects.filter(state="dead").count() == 6
    ok.append(True)
    assert acted(administrator, path, "replay_dead").status_code == 200
    tell()
    assert there.numbers() == numbers
    assert Delivery.objects.filter(state="dead").count() == 3, "those of another receiver are left alone"


def test_a_removed_webhook_is_called_no_more_keeps_its_history_and_can_not_be_started(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    there = receiver()
    number = subscribed(administrator, steward, there.address)["record"]["id"]
    path = f"/api/records/data.subscription/{number}"
    change(steward)
    line_up()
    assert acted(administrator, path, "remove_subscription", why="").status_code == 422
    assert acted(administrator, path, "remove_subscription").status_code == 200
    change(steward)
    tell()
    assert (there.calls, Delivery.objects.count(), wanted_from()) == ([], 0, None)
    assert bytes(Subscription.objects.get().sealed) == b""
    assert administrator.get("/api/webhooks").json() == {"rows": []}
    assert acted(administrator, path, "start_subscription").status_code == 403
    assert administrator.post(f"/api/webhooks/{number}/test", {}).status_code == 403
    assert administrator.get(f"{path}/history").json()["rows"][0]["why"] == "核对"
