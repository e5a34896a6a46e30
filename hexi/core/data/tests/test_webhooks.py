"""Webhooks: everything arrives once and in order, signed, with what the subscriber's account may read and nothing more."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, OTHER_STREET, STREET, Person
from hexi.core.data.tests.receiver import Receiver
from hexi.core.data.tests.samples.models import Thing
from hexi.core.data.webhooks import post
from hexi.core.data.webhooks.addresses import AddressRefused, reachable_ip, target_of
from hexi.core.data.webhooks.line import forget_deliveries, line_up, wanted_from
from hexi.core.data.webhooks.models import Delivery, Subscription
from hexi.core.data.webhooks.sending import LONGEST_PAUSE, Sender, pause_after, serve
from hexi.core.trust.api import forget_told
from hexi.core.trust.models import Event, Post

pytestmark = pytest.mark.django_db
People = Callable[..., Person]
Make = Callable[..., Receiver]
SUBSCRIBE = "/api/records/data.subscription/actions/subscribe"


@pytest.fixture
def administrator(person: People) -> Person:
    return person("administrator", DISTRICT)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Make]:
    settings.WEBHOOK_PRIVATE = True
    made: list[Receiver] = []

    def make(**how: Any) -> Receiver:
        made.append(Receiver(**how).up())
        return made[-1]

    yield make
    for one in made:
        one.down()


def subscribed(administrator: Person, reader: Person, address: str, topics: tuple[str, ...] = ("samples.thing",)) -> dict[str, Any]:
    assert reader.account is not None
    values = {"name": "示例·上级平台", "address": address, "topics": list(topics), "account": reader.account.username}
    answer = administrator.post(SUBSCRIBE, {"values": values, "why": "区级共享"})
    assert answer.status_code == 201, answer.content
    return answer.json()


def change(steward: Person, **values: Any) -> int:
    fresh = {"code": f"w{Thing.objects.count()}", "title": "样品", "home": COMMUNITY, **values}
    answer = steward.post("/api/records/samples.thing", {"values": fresh})
    assert answer.status_code == 201, answer.content
    return answer.json()["record"]["id"]


def revise(steward: Person, number: int, **values: Any) -> None:
    version = Thing.objects.get(pk=number).version
    answer = steward.patch(f"/api/records/samples.thing/{number}", {"values": values, "version": version})
    assert answer.status_code == 200, answer.content


def tell(at: datetime | None = None) -> None:
    """Line up and send, here and now (or as if it were later)."""
    line_up()
    for pk in Subscription.objects.filter(active=True).values_list("pk", flat=True):
        serve(pk, lambda: at or timezone.now())


def later(minutes: float) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def test_what_changed_arrives_once_and_in_order_as_a_cloud_event(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver()
    subscribed(administrator, steward, there.address)
    number = change(steward)
    revise(steward, number, title="改过的样品")
    tell()
    tell()
    first, second = (one["event"] for one in there.got)
    assert (first["specversion"], first["type"], first["subject"]) == ("1.0", "hexi.samples.thing.create", f"samples.thing/{number}")
    assert (second["type"], second["data"]["version"], second["data"]["record"]["title"]) == ("hexi.samples.thing.revise", 2, "改过的样品")
    assert first["source"] == second["source"] == f"urn:hexi:{DISTRICT}"
    assert first["sequence"] < second["sequence"]
    assert there.got[0]["headers"]["content-type"].startswith("application/cloudevents+json")
    assert list(Delivery.objects.values_list("state", "attempts", "status")) == [("sent", 1, 204)] * 2


def test_the_signature_is_that_of_standard_webhooks_and_the_secret_is_shown_once(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    there = receiver()
    answer = subscribed(administrator, steward, there.address)
    secret = answer["once"]["secret"]
    assert secret.startswith("whsec_")
    shown_again = administrator.get(f"/api/records/data.subscription/{answer['record']['id']}")
    assert secret not in shown_again.content.decode()
    assert secret not in str(list(Event.objects.values_list("before", "after"))), "no event tells it"
    change(steward)
    tell()
    headers, body = there.got[0]["headers"], there.got[0]["body"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60


def test_a_new_secret_signs_from_now_on(administrator: Person, steward: Person, receiver: Make) -> None:
    answer = subscribed(administrator, steward, receiver().address)
    path = f"/api/records/data.subscription/{answer['record']['id']}/actions/renew_secret"
    again = administrator.post(path, {"version": answer["version"], "why": "疑似泄露"}).json()
    assert again["once"]["secret"] != answer["once"]["secret"]
    assert Event.objects.filter(entity="data.subscription", action="renew_secret", why="疑似泄露").exists()


def test_a_receiver_is_told_what_its_account_may_read_and_masks_hold(
    administrator: Person, steward: Person, person: People, receiver: Make
) -> None:
    there, worker = receiver(), person("community_worker", STREET)
    subscribed(administrator, worker, there.address)
    here = change(steward, person="王小明", secret="120103195001011234")
    change(steward, home=OTHER_STREET)
    tell()
    assert there.numbers() == [here]
    sent = there.got[0]["event"]["data"]["record"]
    seen = worker.get(f"/api/records/samples.thing/{here}").json()["record"]
    assert sent == seen
    assert not {"王小明", "120103195001011234"} & {str(value) for value in sent.values()}
    assert "王小明" not in there.got[0]["body"].decode()


def test_a_record_that_the_account_lost_before_it_was_sent_is_withheld(
    administrator: Person, steward: Person, person: People, receiver: Make
) -> None:
    there, worker = receiver(), person("community_worker", STREET)
    subscribed(administrator, worker, there.address)
    change(steward)
    line_up()
    Post.objects.filter(account=worker.account).update(place=OTHER_STREET)
    tell()
    assert there.calls == []
    assert Delivery.objects.get().state == "withheld"


def test_an_account_that_may_no_longer_sign_in_is_told_nothing(
    administrator: Person, steward: Person, person: People, receiver: Make
) -> None:
    there, worker = receiver(), person("data_steward", DISTRICT)
    subscribed(administrator, worker, there.address)
    assert worker.account is not None
    worker.account.is_active = False
    worker.account.save()
    change(steward, stage="shown")
    tell()
    assert (there.calls, Delivery.objects.count()) == ([], 0)


def test_a_receiver_that_was_down_gets_everything_once_and_in_order_when_it_is_up(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    there = receiver()
    subscribed(administrator, steward, there.address)
    there.down()
    numbers = [change(steward) for _ in range(3)]
    for number in numbers * 2:
        revise(steward, number, title=f"改 {Event.objects.count()}")
    tell()
    assert set(Delivery.objects.values_list("state", "status").filter(attempts__gt=0)) == {("waiting", 0)}
    there.up()
    tell(later(1))
    assert len(there.got) == 9
    assert len(set(there.sequences())) == 9
    for number in numbers:
        mine = [one["event"]["data"]["version"] for one in there.got if one["event"]["data"]["id"] == number]
        assert mine == [1, 2, 3], "the changes of one record keep their order"


def test_one_that_is_answered_with_500_is_tried_again_and_holds_up_only_its_own_record(
    administrator: Person, steward: Person, receiver: Make
) -> None:
    bad: set[int] = set()
    there = receiver(answer=lambda event: 500 if event["data"]["id"] in bad else 204)
    subscribed(administrator, steward, there.address)
    first, second = change(steward), change(steward)
    bad.add(first)
    revise(steward, first, title="再改")
    revise(steward, second, title="也改")
    tell()
    assert there.numbers() == [second, second]
    waiting = Delivery.objects.filter(state="waiting", object_id=first).order_by("sequence")
    assert [(one.attempts, one.status) for one in waiting] == [(1, 500), (0, None)], "the later change waits behind the earlier"
    bad.clear()
    tell(later(1))
    assert there.numbers() == [second, second, first, first]
    assert there.got[2]["headers"]["webhook-id"] == next(c for c in there.calls if c["event"]["data"]["id"] == first)["headers"]["webhook-id"]


def test_after_the_declared_attempts_it_is_given_up_and_an_administrator_sends_it_again(
    administrator: Person, steward: Person, receiver: Make, settings: Any
) -> None:
    settings.WEBHOOK_ATTEMPTS = 3
    ok: list[bool] = []
    there = receiver(answer=lambda _event: 204 if ok else 503)
    subscribed(administrator, steward, there.address)
    change(steward)
    for minutes in (0, 10, 20, 30):
        tell(later(minutes))
    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.attempts, len(there.calls)) == ("dead", 3, 3)
    path = f"/api/records/data.delivery/{given_up.pk}/actions/replay"
    assert steward.post(path, {"version": given_up.version}).status_code in {403, 404}
    ok.append(True)
    assert administrator.post(path, {"version": given_up.version}).status_code == 200
    tell()
    assert len(there.got) == 1
    assert Event.objects.filter(entity="data.delivery", action="replay").exists()


def test_a_replay_from_a_sequence_sends_everything_from_there_again(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver()
    answer = subscribed(administrator, steward, there.address)
    numbers = [change(steward) for _ in range(4)]
    tell()
    second = there.sequences()[1]
    Delivery.objects.filter(sequence=there.sequences()[2]).delete()  # one whose row is gone is lined up anew
    path = f"/api/records/data.subscription/{answer['record']['id']}/actions/replay_from"
    assert administrator.post(path, {"values": {"sequence": second}, "version": 1, "why": "对方丢失"}).status_code == 200
    tell()
    assert there.numbers() == [*numbers, *numbers[1:]]


def test_a_replay_of_what_is_kept_no_longer_is_refused_with_what_to_do(administrator: Person, steward: Person, receiver: Make) -> None:
    answer = subscribed(administrator, steward, receiver().address)
    for _ in range(4):
        change(steward)
    tell()
    assert forget_told(timedelta(seconds=-1), wanted_from()) == 4
    path = f"/api/records/data.subscription/{answer['record']['id']}/actions/replay_from"
    refused = administrator.post(path, {"values": {"sequence": 1}, "version": 1, "why": "对方丢失"})
    assert refused.status_code == 409
    assert "5" in refused.json()["do"]


def test_the_outbox_keeps_what_a_receiver_has_not_got(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver()
    subscribed(administrator, steward, there.address)
    there.down()
    change(steward)
    change(steward)
    tell()
    waiting = Delivery.objects.order_by("sequence").values_list("sequence", flat=True)[0]
    assert wanted_from() == waiting
    forget_told(timedelta(seconds=-1), wanted_from())
    there.up()
    tell(later(1))
    assert len(there.got) == 2
    assert forget_deliveries(timedelta(seconds=-3600)) == 2


def test_tellings_are_not_told_of_themselves(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver()
    subscribed(administrator, administrator, there.address, topics=())
    change(steward)
    tell()
    tell()
    assert {one["event"]["data"]["entity"] for one in there.got} == {"samples.thing"}


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/hook", "https://127.0.0.1/hook", "https://10.1.2.3/", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/", "https://169.254.169.254/latest/meta-data", "https://0.0.0.0/", "https://localhost/hook",
        "ftp://example.org/", "https://name:word@example.org/", "https://", "https://exa mple.org/", "https://example.org:99999/",
    ],
)  # fmt: skip
def test_no_webhook_goes_to_an_address_inside(address: str, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE = False
    with pytest.raises(AddressRefused):
        target_of(address)


def test_a_name_that_means_an_inner_address_is_refused_when_it_is_looked_up(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WEBHOOK_PRIVATE = False
    found = ["93.184.216.34"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (ip, 443)) for ip in found])
    assert reachable_ip(target_of("https://example.org/")) == "93.184.216.34"
    found.append("192.168.1.1")  # one good answer beside a bad one does not help
    with pytest.raises(AddressRefused):
        reachable_ip(target_of("https://example.org/"))


def test_the_intranet_is_open_by_a_setting_but_never_what_is_link_local(settings: Any) -> None:
    settings.WEBHOOK_PRIVATE = True
    assert target_of("http://10.1.2.3:8080/hook?a=1").path == "/hook?a=1"
    with pytest.raises(AddressRefused):
        target_of("http://169.254.169.254/")


def test_a_subscription_to_an_inner_address_is_refused_with_the_field(administrator: Person, steward: Person, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE = False
    values = {"name": "内网", "address": "https://10.0.0.1/", "topics": ["no.such"], "account": "nobody"}
    refused = administrator.post(SUBSCRIBE, {"values": values, "why": "试"})
    assert refused.status_code == 422
    assert {one["field"] for one in refused.json()["errors"]} == {"address", "topics", "account"}
    assert steward.post(SUBSCRIBE, {"values": values, "why": "试"}).status_code == 403


def test_a_redirect_is_not_followed(administrator: Person, steward: Person, receiver: Make) -> None:
    there = receiver(answer=lambda _event: 302)
    subscribed(administrator, steward, there.address)
    change(steward)
    tell()
    assert (len(there.calls), Delivery.objects.get().status) == (1, 302)


def test_pauses_grow_differ_and_have_an_end() -> None:
    assert 1.5 <= pause_after(1).total_seconds() <= 2.5
    assert len({pause_after(5) for _ in range(20)}) > 10
    assert all(pause_after(n) <= LONGEST_PAUSE * 1.25 for n in (20, 1000))


@pytest.mark.django_db(transaction=True)
def test_a_slow_and_a_dead_receiver_hold_up_nobody_else(
    administrator: Person, steward: Person, receiver: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "PAUSE_S", 1.0)
    slow, dead, quick = receiver(delay_s=0.3), receiver(), receiver()
    for there in (slow, dead, quick):
        subscribed(administrator, steward, there.address)
    dead.down()
    numbers = [change(steward) for _ in range(8)]
    sender = Sender()
    started, end = time.monotonic(), time.monotonic() + 20
    quick_at = 0.0
    while time.monotonic() < end and len(slow.got) < 8:
        sender.look()
        quick_at = quick_at or (time.monotonic() - started if len(quick.got) == 8 else 0.0)
        time.sleep(0.05)
    sender.pool.shutdown()
    assert (quick.numbers(), slow.numbers()) == (numbers, numbers)
    assert 0 < quick_at < time.monotonic() - started - 0.5, "the quick one was served while the slow one was still at it"
    assert set(Delivery.objects.filter(subscription__address=dead.address).values_list("state", flat=True)) == {"waiting"}
    assert threading.active_count() < 20


def test_an_answer_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE = True
    monkeypatch.setattr(post, "WHOLE_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        def drip() -> None:
            plug, _ = server.accept()
            with plug:
                for _ in range(100):
                    try:
                        plug.sendall(b"H")
                    except OSError:
                        return
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        started = time.monotonic()
        told = post.posted(f"http://127.0.0.1:{server.getsockname()[1]}/", {}, b"{}")
    assert told.status == 0
    assert told.fault
    assert time.monotonic() - started < 4.5, "the whole of it would take five seconds"
