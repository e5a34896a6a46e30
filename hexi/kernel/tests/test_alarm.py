"""An alarm that could leave somebody alone does not start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hexi.kernel.alarm import Alarm, Call, Outcome, pressed
from hexi.kernel.case_type import CaseType, LimitRule
from hexi.kernel.catalogue import Catalogue
from hexi.kernel.clock import Limit
from hexi.kernel.context import Context
from hexi.kernel.declare import OpenCase, Role, Room, StreamRule
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.reading import Reading, ReadingKind
from hexi.kernel.stream.stepping import advanced, machine_of
from hexi.kernel.stream.words import pattern_words

WORD = t("测", "test")
BUTTON = ReadingKind("button", WORD)
STEPS = ("alarm_answered", "alarm_there", "alarm_ended", "alarm_reviewed")
CHAIN = ("calling", "coming", "there", "ended", "closed")


def life(*steps: str) -> Lifecycle:
    states = tuple(State(key, WORD, final=key == CHAIN[len(steps)], phase="new") for key in CHAIN[: len(steps) + 1])
    return Lifecycle(
        "sos", WORD, "state", "calling", states,
        tuple(Step(key, WORD, (CHAIN[n],), CHAIN[n + 1], by=("platform",)) for n, key in enumerate(steps)),
    )  # fmt: skip


CASE = CaseType("sos", WORD, life(*STEPS))
RULE = StreamRule("sos_pressed", WORD, pressed(BUTTON), "a test")
WAITS = (LimitRule("steward", Limit(30, "seconds"), "ours"), LimitRule("arrival", Limit(15, "minutes"), "ours"))
STEWARD = Call("steward", WORD, roles=("steward",))
SOS = Alarm("sos", WORD, CASE, (STEWARD,), WAITS, rules=(RULE,))


def catalogue(alarm: Alarm, **room: object) -> Catalogue:
    made = Catalogue()
    declared = {"case_types": (CASE,), "stream_rules": (RULE,), "roles": (Role("steward", WORD), Role("platform", WORD)), **room}
    made.register(Room("r", WORD, reading_kinds=(BUTTON,), alarms=(alarm,), **declared))  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ladder": ()}, "nobody would come"),
        ({"ladder": (STEWARD, STEWARD)}, "two of its calls"),
        ({"waits": WAITS[:1]}, "arrival"),
        ({"waits": (*WAITS[1:], LimitRule("steward", Limit(1, "working_hours"), "ours"))}, "rings at night"),
        ({"rules": (replace(RULE, then=OpenCase(CASE, "x")),)}, "already"),
        ({"case": CaseType("sos", WORD, life(*STEPS[:2]))}, "alarm_case"),
    ],
)  # fmt: skip
def test_a_faulty_alarm_is_refused_where_it_is_written(change: dict[str, object], said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        replace(SOS, **change)  # type: ignore[arg-type]


def test_a_call_names_roles_or_contacts_and_an_outcome_a_known_group() -> None:
    for wrong in ({}, {"roles": ("steward",), "contacts": True}):
        with pytest.raises(DeclarationError, match="one of the two"):
            Call("x", WORD, **wrong)  # type: ignore[arg-type]
    with pytest.raises(DeclarationError, match="group"):
        Outcome("x", WORD, "punished")


def test_the_start_finds_what_an_alarm_names_and_nobody_declares() -> None:
    catalogue(SOS).close()
    other = replace(SOS, key="other")
    for made, said in (
        (catalogue(SOS, roles=(Role("platform", WORD),)), "names the roles"),
        (catalogue(SOS, stream_rules=()), "list that rule"),
        (catalogue(SOS, case_types=()), "list that type"),
    ):
        with pytest.raises(DeclarationError, match=said):
            made.close()
    made = catalogue(SOS)
    made.register(Room("s", WORD, alarms=(other,)))
    with pytest.raises(DeclarationError, match="raises two alarms"):
        made.close()


def test_every_press_is_found_at_once_and_a_release_is_not() -> None:
    machine = machine_of(RULE.when, Context(datetime_of_begin()))
    state, found = machine.start, []
    for second, value in ((0, 1.0), (3, 0.0), (60, 1.0), (61, 1.0)):
        moment = second * 1_000_000
        state, more = advanced(machine, state, Reading("device:1", "button", moment, value, moment))
        found += [(one.moment, moment) for one in more]
    assert found == [(0, 0), (60_000_000, 60_000_000), (61_000_000, 61_000_000)], "found by the press itself, not by what follows"
    assert pattern_words(RULE.when)


def datetime_of_begin():
    from datetime import UTC, datetime

    return datetime(1970, 1, 1, tzinfo=UTC)


def test_the_last_rung_is_every_rung_above_and_a_wait_is_dated() -> None:
    assert SOS.call(7) is STEWARD
    dated = replace(SOS, waits=(*WAITS[1:], LimitRule("steward", Limit(30, "seconds"), "ours", valid_from=date(2026, 1, 1))))
    assert dated.wait("steward", date(2026, 5, 1)) == Limit(30, "seconds")
    with pytest.raises(DeclarationError, match="no wait for"):
        dated.wait("steward", date(2025, 5, 1))
