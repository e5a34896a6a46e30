"""A stream rule that cannot be fails when it is written, with a sentence; one that can be is told in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from math import nan
from typing import Any

import pytest

from hexi.kernel.catalogue import Catalogue
from hexi.kernel.context import Context, Param
from hexi.kernel.declare import Room, StreamRule, Suspect
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t
from hexi.kernel.reading import Reading, ReadingKind, datetime_of, moment_of
from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Unusual
from hexi.kernel.stream.seen import Circle, Fence, Seen
from hexi.kernel.stream.stepping import Found, advanced, after, machine_of, passed
from hexi.kernel.stream.words import pattern_words

HEART = ReadingKind("heart_rate", t("心率", "heart rate"), "per_minute")
MOVED = ReadingKind("movement", t("活动", "movement"), wait=timedelta(seconds=5))
PRIVATE = ReadingKind("pressure", t("血压", "blood pressure"), privacy="sensitive")
LIMIT = Param("heart_limit", t("心率上限", "highest heart rate"), default=150.0, low=100.0, high=220.0)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FAST = Seen(HEART, above=LIMIT)
ANY: Any = "heart_rate"
ANY_THEN = Suspect(ANY, "{it.name} {key}")


def rule(when: Any, **more: Any) -> StreamRule:
    return StreamRule(**{"key": "racing", "label": t("心率过快", "racing heart"), "when": when, "because": "a test", **more})


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a kind that is a text": (lambda: Seen(ANY, above=1), "name the kind of reading that is declared"),
    "a pattern that is a condition": (lambda: rule(FAST), "StreamRule racing: when= is Held, Absent"),
    "a rule without a reason": (lambda: rule(Held(FAST), because=""), "say why it exists"),
    "a title with a gap that nothing fills": (lambda: rule(Held(FAST), then=ANY_THEN), "its title says .'it.name'.; known: key"),
    "a title that says a heart rate": (lambda: rule(Held(Seen(PRIVATE)), then=Suspect(ANY, "{value}")), "its title says the value of .'pressure'"),
    "a span of nothing": (lambda: Absent(Seen(MOVED), timedelta(0)), "Absent: lasting= must be a length of time above 0"),
    "a span that is a number": (lambda: Counted(FAST, 3, 60), "Counted: within= must be a length of time"),  # type: ignore[arg-type]
    "a count of one": (lambda: Counted(FAST, 1, MINUTE), "between 2 and 100, got 1.*write Held"),
    "a day that ends as it begins": (lambda: Absent(Seen(MOVED), HOUR, by_day=(time(6), time(6))), "two different times of the day"),
    "no steps": (lambda: InOrder((), MINUTE), "from 1 to 8 steps, got 0"),
    "steps that are no tuple": (lambda: InOrder(FAST, MINUTE), "must be a tuple.*comma"),  # type: ignore[arg-type]
    "a quiet that nothing breaks": (lambda: InOrder((FAST,), MINUTE, quiet=MINUTE), "quiet= and unless= go together"),
    "two kinds that wait differently": (lambda: rule(InOrder((FAST, Seen(MOVED)), MINUTE)), "waits? 2 different times: heart_rate 0:00:00, movement"),
    "less learnt than nothing": (lambda: Unusual(FAST, learnt=1), "2 <= learnt <= memory"),
    "a side that there is not": (lambda: Unusual(FAST, side="left"), "left.*Choose from above, below, both"),  # type: ignore[arg-type]
    "a fence of two points": (lambda: Fence(t("院", "yard"), ((1, 1), (2, 2))), "three points at least, got 2"),
    "a circle of no size": (lambda: Circle(t("院", "yard"), 117, 39, 0), "radius in metres above 0"),
    "a kind in no unit": (lambda: ReadingKind("x", t("某", "x"), "furlongs"), "There is no unit 'furlongs'"),
    "a kind that waits longer than it remembers": (lambda: ReadingKind("x", t("某", "x"), wait=HOUR, back=MINUTE), "must be shorter than back"),
    "a range upside down": (lambda: ReadingKind("x", t("某", "x"), low=2, high=1), "low=2 must lie below high=1"),
    "a class of privacy that there is not": (lambda: ReadingKind("x", t("某", "x"), privacy="secret"), "secret.*Choose from"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_declaration_fails_with_a_sentence(wrong: str) -> None:
    make, said = WRONG[wrong]
    with pytest.raises(DeclarationError, match=said):
        make()


def closed(**more: Any) -> None:
    catalogue = Catalogue()
    catalogue.register(Room("sample", t("样例", "sample"), **more))
    catalogue.close()


def test_a_catalogue_refuses_rules_on_what_is_not_declared() -> None:
    with pytest.raises(DeclarationError, match="stream rule racing reads 'heart_rate': list that kind"):
        closed(stream_rules=(rule(Held(FAST)),), params=(LIMIT,))
    with pytest.raises(DeclarationError, match="is tuned by 'heart_limit': list that parameter"):
        closed(stream_rules=(rule(Held(FAST)),), reading_kinds=(HEART,))
    with pytest.raises(DeclarationError, match="which is no entity"):
        closed(stream_rules=(rule(Held(FAST), on=int),), reading_kinds=(HEART,), params=(LIMIT,))
    closed(stream_rules=(rule(Held(FAST)),), reading_kinds=(HEART,), params=(LIMIT,))


SAID = {
    "held": (
        Held(FAST, timedelta(minutes=5), silence=timedelta(seconds=90)),
        "「心率」高于 150.0 次/分（可调 100.0 次/分 至 220.0 次/分），持续 5 分钟（中断超过 90 秒 重新计时）",
        "heart rate above 150.0 per min (tunable, 100.0 per min to 220.0 per min) for 5 minutes, anew after a silence of 90 seconds",
    ),
    "absent": (
        Absent(Seen(MOVED, above=0), timedelta(hours=4), by_day=(time(6), time(22))),
        "4 小时内没有「活动」高于 0（只计每日 06:00 至 22:00）", "no movement above 0 for 4 hours, counting 06:00 to 22:00 of each day",
    ),
    "fence": (
        Held(Seen(HEART, outside=Circle(t("小区", "the compound"), 117, 39, 300)), HOUR),
        "「心率」在小区以外，持续 1 小时", "heart rate outside the compound for 1 hour",
    ),
    "fall": (
        InOrder((Seen(HEART, above=3),), MINUTE, quiet=HOUR, unless=Seen(MOVED)),
        "1 分钟内先后出现：「心率」高于 3 次/分；其后 1 小时内没有「活动」", "within 1 minute: heart rate above 3 per min; then no movement for 1 hour",
    ),
    "unusual": (
        Unusual(Seen(HEART), 3, times=2, side="above", least=20),
        "「心率」连续 2 次高出本人（本设备）平时水平 3 个标准差以上，且相差超过 20 次/分",
        "heart rate 2 times in a row above what is usual for it by more than 3 standard deviations and by more than 20 per min",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", SAID)
def test_a_rule_is_told_in_both_languages(which: str) -> None:
    pattern, zh, en = SAID[which]
    assert pattern_words(pattern) == zh
    assert pattern_words(pattern, "en") == en


def test_the_hours_that_do_not_count_stand_still() -> None:
    pattern = Absent(Seen(MOVED), timedelta(hours=4), by_day=(time(6), time(22)))
    machine = machine_of(pattern, Context(datetime(2026, 3, 1, tzinfo=UTC)))
    seen = datetime.fromisoformat("2026-03-01T20:30:00+08:00")  # an hour and a half of that day is left
    state, found = advanced(machine, machine.start, Reading("d", "movement", moment_of(seen), 1.0, 0))
    assert found == []
    assert datetime_of(int(state[0])) == datetime.fromisoformat("2026-03-02T08:30:00+08:00")
    assert passed(machine, state, state[0] - 1)[1] == []
    assert passed(machine, state, state[0])[1] == [Found(int(state[0]), moment_of(seen), 1.0)]


@pytest.mark.parametrize("begin, end", [(time(6), time(22)), (time(22), time(6)), (time(0), time(23, 59))])
def test_counting_by_day_agrees_with_counting_minute_by_minute(begin: time, end: time) -> None:
    pattern = Absent(Seen(MOVED), timedelta(minutes=500), by_day=(begin, end))
    machine = machine_of(pattern, Context(datetime(2026, 3, 1, tzinfo=UTC)))
    for hour in range(0, 48, 5):
        now = datetime(2026, 3, 1, 3, 17, tzinfo=UTC) + timedelta(hours=hour)
        counted, left = now, 500
        while left:
            local = (counted + timedelta(hours=8)).time()
            left -= begin <= local < end if begin < end else local >= begin or local < end
            counted += timedelta(minutes=1)
        assert datetime_of(int(after(float(moment_of(now)), machine.spans[0], machine.day))) == counted


def test_a_fence_holds_what_lies_inside_it() -> None:
    notched = Fence(t("院", "yard"), ((0, 0), (4, 0), (4, 4), (2, 1), (0, 4)))
    inside = [(x, y) for x in range(-1, 6) for y in range(-1, 6) if notched.holds(x + 0.25, y + 0.25)]
    assert inside == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]
    near = Circle(t("院", "yard"), 117.2, 39.1, 100)
    away = Seen(HEART, outside=near)
    assert away.holds(118.0, 39.1)
    assert not away.holds(117.2, 39.1)
    assert not away.holds(118.0, nan), "half a place lies nowhere"
    assert near.holds(117.2, 39.1 + 0.00089)
    assert not near.holds(117.2, 39.1 + 0.00091)
    assert near.holds(117.2 + 0.00115, 39.1)
    assert not near.holds(117.2 + 0.00117, 39.1)
