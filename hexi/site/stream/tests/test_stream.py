"""What a client of the stream gets: every event that it may hear, once, in one order, also after it was away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY

from hexi.core.trust.api import create_account, newest_sequence
from hexi.core.trust.sessions import SessionStore
from hexi.site.stream import app
from hexi.site.stream.tests.conftest import Scene, happen

Play = Callable[..., Any]


def sign_in(role: str, username: str = "zhang") -> str:
    """A session key of somebody new who holds that post."""
    from django.contrib.auth import get_user_model

    account = get_user_model().objects.get(pk=create_account(username, "示例·张", role, "120103", password="河西-stream-test-1"))
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@pytest.fixture
def leader(transactional_db: None) -> str:
    return sign_in("leader")


def test_every_event_arrives_at_every_client_once_and_in_order(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        first, second = await stage.join(session=leader), await stage.join(session=leader)
        await stage.happen(11, 12)
        await stage.happen(13)
        assert first.ids == second.ids == [1, 2, 3]
        data = json.loads(first.text.split("data: ")[1].split("\n")[0])
        assert (data["topic"], data["entity"], data["id"], data["sequence"]) == ("projects.task", "projects.task", 11, 1)
        assert "organisation" not in data

    scene(play)


def test_a_client_gets_only_the_topics_that_it_asked_for(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        listener = await stage.join("projects.entry", session=leader)
        await stage.happen(1)
        assert listener.ids == []
        await stage.happen(2, entity="projects.entry")
        assert listener.ids == [2]

    scene(play)


def test_a_client_that_names_no_topic_gets_all_that_it_may_hear(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        signed_in, public = await stage.join("", session=leader), await stage.join("")
        await stage.happen(1)
        await stage.happen(2, entity="population.resident")
        assert signed_in.ids == [1, 2]
        assert 2 not in public.ids

    scene(play)


def test_a_client_that_was_away_gets_what_it_missed(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        first = await stage.join(session=leader)
        await stage.happen(1)
        first.gone.set()
        await stage.settle()
        assert first.ended
        await stage.happen(2, 3)
        again = await stage.join(session=leader, after=1)
        assert again.ids == [2, 3]

    scene(play)


def test_a_client_that_never_got_an_event_can_resume_too(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        await stage.happen(1)
        listener = await stage.join(session=leader)
        assert "retry: 2000" in listener.text
        assert "\n\nid: 1\n\n" in listener.text

    scene(play)


def test_a_restarted_stream_still_knows_what_was_missed(scene: Play, leader: str) -> None:
    happen(1, 2)

    async def play(stage: Scene) -> None:
        listener = await stage.join(session=leader, after=1)
        assert listener.ids == [2]

    scene(play)


def test_who_was_away_too_long_is_told_to_ask_for_everything(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        stage.stream.hub.memory.kept = -1990  # keep ten notices: the headroom is 2000
        for number in range(20):
            await stage.happen(number)
        listener = await stage.join(session=leader, after=2)
        assert "event: reset" in listener.text
        assert listener.ids == []
        await stage.happen(99)
        assert listener.ids == [21]

    scene(play)


def test_a_position_that_lies_ahead_means_that_the_database_was_set_back(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        listener = await stage.join(session=leader, after=500)
        assert "event: reset" in listener.text

    scene(play)


def test_the_public_hears_nothing_of_what_it_may_not_read(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        public, signed_in = await stage.join("population.resident"), await stage.join("population.resident", session=leader)
        await stage.happen(1, entity="population.resident", place="120103001")
        assert public.ids == []
        assert signed_in.ids == [1]

    scene(play)


def test_an_ended_session_ends_its_stream(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        listener = await stage.join(session=leader)
        await stage.stream.database.ask(lambda: SessionStore(leader).delete())
        await stage.stream.relay.drop_ended()
        await stage.settle()
        assert listener.ended
        again = await stage.join(session=leader)
        assert not again.ended
        await stage.happen(1, entity="population.resident")
        assert again.ids == []  # the public's share

    scene(play)


def test_a_forged_session_hears_what_the_public_hears(scene: Play) -> None:
    async def play(stage: Scene) -> None:
        listener = await stage.join("population.resident", session="a" * 32)
        await stage.happen(1, entity="population.resident")
        assert listener.status == 200
        assert listener.ids == []

    scene(play)


def test_rights_are_read_anew_while_the_stream_is_open(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        listener = await stage.join("population.resident", session=leader)

        def take_posts() -> None:
            from django.contrib.auth import get_user_model

            get_user_model().objects.get(username="zhang").posts.all().delete()

        await stage.stream.database.ask(take_posts)
        await stage.stream.relay.renew_rights()
        await stage.happen(1, entity="population.resident")
        assert listener.ids == []
        assert not listener.ended

    scene(play)


def test_a_client_that_takes_nothing_is_closed_and_holds_nobody_up(scene: Play, leader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "SLOW_S", 0.05)

    async def play(stage: Scene) -> None:
        slow, quick = await stage.join(session=leader, slow=True), await stage.join(session=leader)
        await stage.happen(1)
        assert quick.ids == [1]
        assert slow.task is not None
        await asyncio.wait_for(slow.task, 5)
        assert len(stage.stream.hub.clients) == 1

    scene(play)


def test_a_quiet_stream_shows_that_it_is_alive(scene: Play, leader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "HEARTBEAT_S", 0.01)

    async def play(stage: Scene) -> None:
        listener = await stage.join(session=leader)
        for _ in range(500):
            await asyncio.sleep(0.01)
            if "event: beat" in listener.text:
                return
        raise AssertionError("no sign of life")

    scene(play)


def test_a_full_stream_says_so(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        await stage.join(session=leader)
        turned_away = await stage.join(session=leader)
        assert turned_away.status == 503
        assert turned_away.headers["retry-after"] == "10"

    scene(play, limit=1)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:8000", 200),
        ("http://localhost:8001", 200),
        ("http://localhost:9999", 403),
        ("https://evil.example.org", 403),
        ("null", 403),
    ],
)
def test_only_our_own_pages_may_read_the_stream(scene: Play, origin: str, status: int) -> None:
    async def play(stage: Scene) -> None:
        listener = await stage.join(origin=origin)
        assert listener.status == status
        assert listener.headers.get("access-control-allow-origin") == (origin if status == 200 else None)

    scene(play)


def test_a_tab_that_takes_over_from_another_says_in_the_address_where_it_stands(scene: Play, leader: str) -> None:
    async def play(stage: Scene) -> None:
        await stage.happen(1, 2)
        listener = await stage.join("projects.task&last_event_id=1", session=leader)
        assert listener.ids == [2]

    scene(play)


@pytest.mark.parametrize("topics", ["..", "a" * 300, "projects.task;drop", ",".join(f"a.b{number}" for number in range(65))])
def test_topics_that_cannot_be_are_refused(scene: Play, topics: str) -> None:
    async def play(stage: Scene) -> None:
        refused = await stage.join(topics, origin="http://localhost:8000")
        assert refused.status == 400
        assert refused.headers["access-control-allow-origin"] == "http://localhost:8000"

    scene(play)


def test_a_host_that_is_not_ours_is_refused(scene: Play) -> None:
    async def play(stage: Scene) -> None:
        assert (await stage.join(host="rebound.example.org:8001")).status == 400

    scene(play)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_numbered_when_nothing_happened() -> None:
    assert newest_sequence() == 0
