"""From the button to the door: who is called in which order, what stops the ladder, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.core.data.tests.conftest import COMMUNITY, STREET, Person
from hexi.core.data.tests.samples.models import Thing
from hexi.core.notices.models import Delivery
from hexi.core.trust.models import Event, Notice
from hexi.kernel.errors import Conflict, Forbidden
from hexi.modules.alarms.answering import answer, arrive, decline
from hexi.modules.alarms.calling import escalate
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.raising import Raised, raise_alarm
from hexi.modules.alarms.rehearsing import rehearse
from hexi.modules.alarms.tests.conftest import call_of, calls, fresh
from hexi.modules.alarms.tests.samples.room import HOME
from hexi.modules.cases.models import Case, CaseClock
from tests.support.clock import Clock

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
STATEMENTS = 19
"""Each is a way to PostgreSQL and back while somebody lies on the floor."""
CLOSE, FAR = (HOME[0] + 0.001, HOME[1]), (HOME[0] + 0.01, HOME[1])


def test_the_nearest_on_duty_are_called_first_and_the_case_has_its_clocks(on_duty: Callable[..., Person], sos: Callable[..., Rescue]) -> None:
    far, near, third = on_duty(at=FAR), on_duty(at=CLOSE), on_duty(at=(HOME[0] + 0.005, HOME[1]))
    rescue = sos()
    assert [call.account for call in RescueCall.objects.order_by("pk")] == [near.account.pk, third.account.pk], "two at once, by their way"
    assert far.account is not None and not RescueCall.objects.filter(account=far.account.pk).exists()
    case = Case.objects.get()
    assert (rescue.case_id, case.kind, case.urgency, case.title) == (case.pk, "sos", "danger", "紧急呼叫 张**")
    assert (rescue.located, float(rescue.lon), rescue.place) == ("home", HOME[0], COMMUNITY)
    assert set(CaseClock.objects.values_list("key", flat=True)) == {"answering", "arriving"}
    assert set(Delivery.objects.values_list("channel", "state")) == {("inside", "sent")}


def test_from_the_press_to_the_call_few_questions_are_asked_of_the_database(
    on_duty: Callable[..., Person], sos: Callable[..., Rescue], lady: Thing
) -> None:
    on_duty(at=CLOSE)
    sos()
    other = Thing.objects.create(code="e2", title="y", person="李桂兰", home=COMMUNITY)
    with CaptureQueriesContext(connection) as asked:
        rescue = raise_alarm(Raised("sos", f"samples.thing:{other.pk}"))
    assert calls(rescue) == [("steward", "told")] and rescue.next_at == rescue.raised_at + 30 * SECOND
    assert len(asked) <= STATEMENTS, [one["sql"][:60] for one in asked]


def test_a_rehearsal_leaves_nothing_behind_and_tells_nobody(on_duty: Callable[..., Person], caplog: pytest.LogCaptureFixture) -> None:
    on_duty(at=CLOSE)
    with CaptureQueriesContext(connection) as asked:
        rehearse()
    assert any("INSERT" in one["sql"] and "alarms_rescuecall" in one["sql"] for one in asked), "it went the whole way"
    assert not any(table.objects.exists() for table in (Rescue, RescueCall, Case, CaseClock, Delivery, Event, Notice))


def test_nobody_answers_so_the_ladder_goes_up_to_its_last_rung_and_calls_there_again(
    on_duty: Callable[..., Person], person: Callable[..., Person], sos: Callable[..., Rescue], clock: Clock
) -> None:
    on_duty(), on_duty("community_worker"), person("street_staff", STREET)
    rescue = sos()
    steps = [(0, "steward"), (30, "family"), (60, "community"), (60, "centre"), (30, "centre")]
    for seconds, called in steps:
        clock.pass_by(SECOND * seconds)
        escalate()
        assert calls(rescue)[-1] == (called, "told"), f"after {seconds} s more"
    assert len(calls(rescue)) == 4, "the last rung is told again, not doubled"
    assert fresh(rescue).at_top_at is not None and rescue.next_at == clock.now + SECOND * 30
    assert escalate() == 0, "nothing is due before its time"
    assert Delivery.objects.filter(account=None, channel="sms").get().state == "off", "no provider is set up, and the row says so"
    assert Delivery.objects.filter(title__contains="120").count() == 2


def test_a_rung_without_anybody_is_passed_at_once_and_shown(person: Callable[..., Person], sos: Callable[..., Rescue]) -> None:
    rescue = sos()
    assert calls(rescue) == [("steward", "nobody"), ("family", "told")], "no steward is on the roster"


def test_whoever_answers_stops_the_ladder_until_help_was_promised(
    on_duty: Callable[..., Person], sos: Callable[..., Rescue], clock: Clock
) -> None:
    steward = on_duty(at=CLOSE)
    rescue = sos()
    clock.pass_by(SECOND * 20)
    answer(steward.viewer, call_of(rescue, steward).pk, minutes=6)
    fresh(rescue)
    assert (rescue.state, rescue.answered_at, rescue.coming_at) == ("coming", clock.now, clock.now + 6 * MINUTE)
    assert fresh(rescue.case).state == "coming"
    assert CaseClock.objects.get(key="answering").met_at == clock.now
    clock.pass_by(10 * MINUTE)
    assert escalate() == 0
    clock.pass_by(5 * MINUTE)
    assert escalate() == 1
    assert calls(rescue)[-1] == ("family", "told"), "nobody was there in fifteen minutes, so the next are called"


def test_who_comes_later_than_promised_does_not_stop_the_ladder(
    on_duty: Callable[..., Person], sos: Callable[..., Rescue], clock: Clock
) -> None:
    steward = on_duty(at=FAR)
    rescue = sos()
    answer(steward.viewer, call_of(rescue, steward).pk, minutes=40)
    clock.pass_by(SECOND * 30)
    assert escalate() == 1
    assert calls(rescue) == [("steward", "coming"), ("family", "told")]


def test_when_all_decline_the_next_are_called_at_once(on_duty: Callable[..., Person], sos: Callable[..., Rescue]) -> None:
    one, other = on_duty(), on_duty()
    rescue = sos()
    decline(one.viewer, call_of(rescue, one).pk, "在另一户")
    assert calls(rescue) == [("steward", "declined"), ("steward", "told")]
    decline(other.viewer, call_of(rescue, other).pk)
    assert calls(rescue)[-1] == ("family", "told")


def test_being_there_needs_the_code_at_the_door_or_a_position_near_it(
    on_duty: Callable[..., Person], sos: Callable[..., Rescue], clock: Clock
) -> None:
    one, other = on_duty(), on_duty()
    rescue = sos()
    first = call_of(rescue, one).pk
    with pytest.raises(Forbidden):
        arrive(one.viewer, first, "0000", FAR)
    assert fresh(rescue).state == "calling"
    clock.pass_by(9 * MINUTE)
    assert arrive(one.viewer, first, "7k3q").proof == "code"
    assert arrive(other.viewer, call_of(rescue, other).pk, at=(HOME[0] + 0.0003, HOME[1])).proof == "place"
    fresh(rescue)
    assert (rescue.state, rescue.there_at, rescue.next_at, fresh(rescue.case).state) == ("there", clock.now, None, "there")
    assert CaseClock.objects.get(key="arriving").breached_at is None


def test_the_same_button_again_joins_the_running_rescue(on_duty: Callable[..., Person], sos: Callable[..., Rescue]) -> None:
    on_duty()
    first, again = sos(), sos()
    assert (first.pk, again.presses) == (again.pk, 2)
    assert (Case.objects.count(), RescueCall.objects.count()) == (1, 1)


def test_what_it_was_is_named_by_one_and_looked_at_by_another(
    on_duty: Callable[..., Person], person: Callable[..., Person], sos: Callable[..., Rescue]
) -> None:
    on_duty()
    rescue, desk, other = sos(), person("alarm_operator", STREET), person("alarm_supervisor", STREET)

    def do(who: Person, action: str, **values: Any) -> int:
        fresh(rescue)
        return who.post(f"/api/records/alarms.rescue/{rescue.pk}/actions/{action}", {"values": values, "version": rescue.version}).status_code

    assert do(desk, "end", outcome="no_such_thing") == 422
    assert do(desk, "end", outcome="false_alarm", note="误触") == 200
    assert calls(rescue) == [("steward", "released")]
    assert do(desk, "review", opinion="情况属实") == 403, "not by whoever ended it"
    assert do(other, "review", opinion="实为跌倒", outcome="fall") == 200
    fresh(rescue)
    assert (rescue.state, rescue.outcome, fresh(rescue.case).state) == ("reviewed", "fall", "closed")
    with pytest.raises(Conflict):
        answer(desk.viewer, RescueCall.objects.get().pk)
    assert sos().pk != rescue.pk, "a new call is a new rescue"


def test_a_test_call_rings_the_first_rung_only_and_says_when_nobody_answered(
    on_duty: Callable[..., Person], sos: Callable[..., Rescue], clock: Clock
) -> None:
    on_duty()
    rescue = sos(is_test=True)
    assert rescue.title.startswith("【测试】")
    clock.pass_by(SECOND * 30)
    assert escalate() == 1
    fresh(rescue)
    assert (rescue.outcome, rescue.state, calls(rescue)) == ("test_call", "ended", [("steward", "released")])
    test = sos(is_test=True)
    real = sos()
    assert real.pk == test.pk and not real.is_test, "a real call during a test makes it real"
    titles = (fresh(real).title, real.case.title, real.case.title_en)
    assert titles == ("紧急呼叫 张**", "紧急呼叫 张**", "SOS 张**"), "and nobody reads that it is a test"


def test_the_family_sees_by_its_link_who_comes_and_says_that_it_comes(
    person: Callable[..., Person], sos: Callable[..., Rescue], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hexi.modules.alarms.telling.secrets.token_urlsafe", lambda _: "a-secret-of-the-daughter")
    rescue, family = sos(), person()

    def opened(secret: str) -> Any:
        return family.client.get("/api/slips/rescue", headers={"X-Slip-Secret": secret})

    page = opened("a-secret-of-the-daughter").json()
    assert "张秀英" in page["title"]["zh"] and page["facts"][0]["said"]["zh"] == "呼叫中"
    said = {"values": {"secret": "a-secret-of-the-daughter", "comes": True, "minutes": 12}}
    assert family.post("/api/records/alarms.rescuecall/actions/answer_by_link", said).status_code in {200, 201}
    assert fresh(rescue).state == "coming"
    assert opened("another-secret").status_code == 404
