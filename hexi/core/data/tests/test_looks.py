"""The person concerned sees who looked, asks about it, and is answered; nobody sees looks at others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.concerned.mine import give_link
from hexi.core.data.concerned.models import LookQuestion, PersonLink
from hexi.core.data.tests.conftest import COMMUNITY
from hexi.core.data.tests.samples.models import Thing
from hexi.core.data.tests.test_changes import GOOD
from hexi.core.trust.models import Event

THINGS, LOOKS, ASK = "/api/records/samples.thing", "/api/looks", "/api/records/data.lookquestion/actions/ask"


@pytest.fixture
def worker(person: Any) -> Any:
    return person(("community_worker", COMMUNITY))


@pytest.fixture
def browser(person: Any) -> Any:
    """Somebody who did not sign in."""
    return person()


@pytest.fixture
def resident(person: Any, django_user_model: Any) -> Any:
    """Somebody with an account and no post."""
    found = person(("community_worker", COMMUNITY))
    found.account.posts.all().delete()
    return found


@pytest.fixture
def thing(steward: Any) -> int:
    answer = steward.post(THINGS, {"values": {**GOOD, "person": "王小明", "secret": "120103199001011234"}})
    return int(answer.json()["record"]["id"])


@pytest.fixture
def looked(thing: int, worker: Any) -> int:
    """A community worker looked at it; the number of that look."""
    answer = worker.post(f"{THINGS}/{thing}/reveal", {"fields": ["person", "secret"], "purpose": "visit"})
    assert answer.status_code == 200, answer.json()
    return Event.objects.get(action="reveal").pk


def _seen(browser: Any, secret: str = "") -> Any:
    return browser.client.get(LOOKS, headers={"X-Slip-Secret": secret} if secret else {})


def test_the_holder_of_the_link_sees_when_who_what_and_what_for(thing: int, looked: int, browser: Any) -> None:
    answer = _seen(browser, give_link("samples.thing", thing))
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    (row,) = answer.json()["rows"]
    assert row["look"] == looked and row["register"] == {"zh": "样品", "en": "sample"}
    assert [one["zh"] for one in row["fields"]] == ["联系人", "证件号码"]
    assert row["purpose"] == {"zh": "上门走访服务", "en": "a visit to the home"}
    assert row["post"]["zh"] == "社区工作者" and row["at"]


def test_the_name_of_who_looked_is_masked(thing: int, looked: int, browser: Any) -> None:
    (row,) = _seen(browser, give_link("samples.thing", thing)).json()["rows"]
    name = Event.objects.get(pk=looked).who
    assert row["who"] != name and "*" in row["who"] and row["who"][0] == name[0]
    assert name not in _seen(browser, give_link("samples.thing", thing)).content.decode()


def test_a_link_shows_only_looks_at_its_own_person(thing: int, looked: int, steward: Any, worker: Any, browser: Any) -> None:
    other = int(steward.post(THINGS, {"values": {**GOOD, "code": "T-2", "title": "别的", "person": "李四"}}).json()["record"]["id"])
    assert _seen(browser, give_link("samples.thing", other)).json()["rows"] == []


@pytest.mark.parametrize("secret", ["x" * 24, "", "%E9%93%BE"])
def test_nobody_and_a_forged_link_find_nothing(thing: int, looked: int, browser: Any, secret: str) -> None:
    assert _seen(browser, secret).status_code == 404


def test_a_link_ends(thing: int, looked: int, browser: Any) -> None:
    secret = give_link("samples.thing", thing)
    PersonLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert _seen(browser, secret).status_code == 404


def test_whoever_signs_in_with_the_link_keeps_it(thing: int, looked: int, resident: Any) -> None:
    assert _seen(resident).status_code == 404
    secret = give_link("samples.thing", thing)
    assert _seen(resident, secret).json()["may_keep"] is True
    assert resident.client.post(f"{LOOKS}/keep", headers={"X-Slip-Secret": secret}).status_code == 204
    assert [row["look"] for row in _seen(resident).json()["rows"]] == [looked]
    assert _seen(resident, secret).json()["may_keep"] is False
    assert Event.objects.filter(action="keep_look_link", object_id=thing).count() == 1


def test_a_staff_account_sees_no_looks_of_others_by_itself(thing: int, looked: int, steward: Any, worker: Any) -> None:
    assert _seen(steward).status_code == _seen(worker).status_code == 404


def test_the_person_asks_and_reads_the_answer_of_the_office(thing: int, looked: int, steward: Any, browser: Any) -> None:
    secret = give_link("samples.thing", thing)
    body = {"values": {"look": looked, "words": "那天没有人来访", "secret": secret}, "client_id": "a" * 36}
    assert browser.post(ASK, body).status_code == 201
    assert browser.post(ASK, body).status_code == 201 and LookQuestion.objects.count() == 1, "sent twice, kept once"
    question = LookQuestion.objects.get()
    assert (question.register, question.record, question.state) == ("samples.thing", thing, "asked")
    told = Event.objects.get(entity="data.lookquestion")
    assert told.action == "ask" and told.leaf
    listed = steward.get("/api/records/data.lookquestion").json()["rows"]
    assert [row["words"] for row in listed] == ["那天没有人来访"]
    answer = steward.post(
        f"/api/records/data.lookquestion/{question.pk}/actions/answer", {"values": {"answer": "当天电话核实"}, "version": 1}
    )
    assert answer.status_code == 200, answer.json()
    ((asked,),) = [row["questions"] for row in _seen(browser, secret).json()["rows"]]
    assert asked["answer"] == "当天电话核实" and asked["answered_at"]


def test_a_question_about_a_look_at_somebody_else_is_not_found(thing: int, looked: int, steward: Any, browser: Any) -> None:
    other = int(steward.post(THINGS, {"values": {**GOOD, "code": "T-2", "title": "别的"}}).json()["record"]["id"])
    secret = give_link("samples.thing", other)
    for look in (looked, looked + 1, 10**9):
        assert browser.post(ASK, {"values": {"look": look, "words": "为什么", "secret": secret}}).status_code == 404
    assert browser.post(ASK, {"values": {"look": looked, "words": "为什么"}}).status_code == 404
    assert not LookQuestion.objects.exists()


def test_questions_about_one_look_end_somewhere(thing: int, looked: int, browser: Any) -> None:
    secret = give_link("samples.thing", thing)
    answers = [browser.post(ASK, {"values": {"look": looked, "words": "为什么", "secret": secret}}).status_code for _ in range(6)]
    assert answers == [201] * 5 + [409]


def test_the_record_s_history_says_what_was_looked_at_and_that_it_was_asked_about(
    thing: int, looked: int, steward: Any, browser: Any
) -> None:  # fmt: skip
    def row() -> Any:
        return next(one for one in steward.get(f"{THINGS}/{thing}/history").json()["rows"] if one["id"] == looked)

    assert [one["en"] for one in row()["look"]["fields"]] == ["contact person", "identity number"]
    assert row()["look"]["purpose"]["en"] == "a visit to the home" and row()["look"]["asked"] is False
    browser.post(ASK, {"values": {"look": looked, "words": "为什么", "secret": give_link("samples.thing", thing)}})
    assert row()["look"]["asked"] is True


def test_looks_at_a_register_without_a_person_are_nobody_s() -> None:
    """What says person=None leads nowhere."""
    from hexi.core.data.entities import describe

    assert describe(LookQuestion).person is None and describe(Thing).person is not None
