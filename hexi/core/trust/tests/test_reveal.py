"""Masked fields shown in clear leave a trace."""

from __future__ import annotations

import pytest

from hexi.core.trust.api import PUBLIC, PURPOSES, PostRecord, Viewer, record_reveal
from hexi.core.trust.models import Event, Notice
from hexi.kernel.errors import Invalid, SignInNeeded

LI = Viewer(5, "示例·李", (PostRecord(1, "community_worker", "120103008001", "tianta"),))


def test_it_says_who_saw_which_fields_for_what(db: None) -> None:
    record_reveal(LI, "population.resident", 7, ["phone", "name", "phone"], "visit", place="120103008001")
    event = Event.objects.get()
    assert (event.action, event.who, event.role, event.entity, event.object_id, event.place) == (
        "reveal", "示例·李", "community_worker", "population.resident", 7, "120103008001",
    )  # fmt: skip
    assert event.after == {"fields": ["name", "phone"], "purpose": "visit", "office": "tianta"} and event.why == "上门走访服务"
    assert not Notice.objects.exists()


def test_a_purpose_may_be_in_ones_own_words(db: None) -> None:
    record_reveal(LI, "population.resident", 7, ["phone"], " 通知停水改造 ")
    event = Event.objects.get()
    assert event.after["purpose"] == "other" and event.why == "通知停水改造"


@pytest.mark.parametrize("purpose", ["", "  ", "abc", "........", "x" * 201])
def test_a_purpose_that_says_nothing_is_refused(db: None, purpose: str) -> None:
    with pytest.raises(Invalid):
        record_reveal(LI, "population.resident", 7, ["phone"], purpose)
    assert not Event.objects.exists()


def test_no_fields_and_no_name_reveal_nothing(db: None) -> None:
    with pytest.raises(Invalid):
        record_reveal(LI, "population.resident", 7, [], "visit")
    with pytest.raises(SignInNeeded):
        record_reveal(PUBLIC, "population.resident", 7, ["phone"], "visit")


def test_every_purpose_is_said_in_both_languages() -> None:
    assert all(label.zh and label.en for label in PURPOSES.values()) and len(PURPOSES) >= 5
