"""Closures, hours, gates and grades in the town: every figure can be reckoned with a ruler."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db.models import F
from django.utils import timezone

from hexi.core.trust.api import PLATFORM
from hexi.kernel.errors import Unavailable
from hexi.kernel.ground import Barred
from hexi.scenarios.life_circle import closing, counting, paper, sources, trying
from hexi.scenarios.life_circle.covering import covered
from hexi.scenarios.life_circle.figures import figures
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import Circle
from hexi.scenarios.life_circle.rules import table
from hexi.scenarios.life_circle.standing import KEPT
from hexi.scenarios.life_circle.stock import stock_by_community
from hexi.scenarios.life_circle.tests import town
from hexi.scenarios.life_circle.times import times
from hexi.scenarios.passage.models import Closure

pytestmark = pytest.mark.usefixtures("standing")
GATE = (1500, 300)


def rows(read: Any, **params: object) -> list[dict[str, Any]]:
    return list(read(PLATFORM, {key: str(value) for key, value in params.items()}).rows)


def share(rule: str, walker: str = "adult", time: str = "any") -> float:
    found = figures(time)
    assert found is not None
    number = [each.id for each in found.rules].index(rule)
    return round(float(found.shares(found.inside([""]), walker)[number]), 2)


def closure(kind: str, x: float, y: float = 0, radius_m: float = 0) -> Closure:
    (lon, lat), now = town.at(x, y), timezone.now()
    return Closure.objects.create(
        kind=kind, place=town.STREET, gate="示例南门", lon=Decimal(str(lon)), lat=Decimal(str(lat)), radius_m=radius_m,
        begins_at=now - timedelta(hours=1), ends_at=now + timedelta(days=30), reason="测试",
    )  # fmt: skip


def test_a_fence_counts_at_once_with_those_whom_it_cuts_off_and_no_more_once_it_is_lifted() -> None:
    # The street from 0 to 1,500 is cut in its middle: doors 850 and 950 cannot come to the shop at 460 any more.
    fence = closure("works", 700, radius_m=20)
    assert share("convenience") == round(100 * 9 / 22, 2)
    [row] = rows(closing.closures)
    assert (row["lost"], row["gained"], row["effect"]["zh"], row["closure"]["zh"]) == (2, 0, "−2 人", "示例南门：施工围挡")
    elsewhere = closing.closures(PLATFORM, {"place": town.COMMUNITIES[0]})
    assert (elsewhere.rows, elsewhere.empty) == ([], closing.NOBODY_HERE)
    answer = sources.summary(PLATFORM, {})
    assert answer.note is not None and "1 处通行管制" in answer.note.zh
    Closure.objects.filter(pk=fence.pk).update(lifted_at=timezone.now() - timedelta(seconds=1))
    assert share("convenience") == 50 and closing.closures(PLATFORM, {}).empty == closing.NOTHING_CLOSED


def test_a_shut_gate_that_opens_for_a_time_helps_those_who_can_take_its_steps() -> None:
    before = share("food")
    closure("opened", *GATE)
    assert (before, share("food"), share("food", "wheelchair")) == (0, round(100 * 8 / 22, 2), 0)
    assert rows(closing.closures)[0]["gained"] == 8


def test_what_is_answered_anew_is_what_a_whole_computation_says() -> None:
    draw = np.random.default_rng(7)
    for _ in range(4):
        barred = [Barred(*town.at(float(draw.uniform(0, 2000)), float(draw.choice([0, 600]))), 30.0), Barred(*town.at(*GATE), opens=True)]
        for some in (barred[:1], barred):
            known = KEPT.of("adult")
            after = known.walks.under(known.scene, some)
            assert np.array_equal(known.under(some), covered(known.scene, after, after.reached(known.scene)))


def test_an_outlet_that_is_closed_at_the_hour_does_not_count_and_one_of_unknown_hours_does() -> None:
    shop = Outlet.objects.filter(kind="convenience")
    for hours, evening in (("Mo-Fr 08:00-18:00", 0.0), ("周一至周日 8:00-22:00", 50.0), ("", 50.0), ("by appointment", 50.0)):
        shop.update(opening_hours=hours, version=F("version") + 1)
        counting.count(frozenset())
        assert (share("convenience", time="evening"), share("convenience")) == (evening, 50), hours
    shop.update(opening_hours="Mo-Fr 08:00-18:00", version=F("version") + 1)
    counting.count(frozenset())
    answer = sources.summary(PLATFORM, {"time": "sunday"})
    assert answer.note is not None and "周日" in answer.note.zh and "2 家按营业算" in answer.note.zh
    changed = rows(trying.whatif, change="close", outlet=shop.get().pk, time="night")
    assert changed == [], "nobody loses at night what was closed at night"


def test_an_hour_is_the_next_that_comes_so_that_a_closure_of_that_day_counts() -> None:
    now = datetime(2026, 11, 28, 21, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Saturday
    said = {key: hour.next(now) for key, hour in times().items()}
    assert {key: f"{moment:%m-%d %H:%M}" for key, moment in said.items() if moment} == {
        "morning": "11-30 07:30", "evening": "11-30 20:00", "night": "11-28 23:30", "sunday": "11-29 10:00",
    }  # fmt: skip
    assert said["any"] is None


def test_while_nobody_answers_for_the_network_the_stored_figures_say_that_closures_are_left_out(settings: Any, tmp_path: Any) -> None:
    closure("works", 710, radius_m=20)  # nobody has asked for that one before
    settings.WALKS = tmp_path / "nobody.sock"
    found = figures()
    assert found is not None and (found.left_out, found.closures) == (1, 0) and share("convenience") == 50
    with pytest.raises(Unavailable):
        figures("evening")


def test_the_gate_that_would_help_most_is_found_and_the_trial_says_the_same() -> None:
    counting.rank_gates(frozenset())
    [gate] = rows(closing.gates)
    tried = {row["rule"]: row["gained"] for row in rows(trying.whatif, change="gate", way=gate["way"])}
    assert gate["people"] == tried["food"] == 8
    east = Circle.objects.get(name="东圈")
    assert [row["people"] for row in rows(closing.gates, circle=east.pk)] == [8]
    assert rows(closing.gates, circle=Circle.objects.get(name="西圈").pk) == []
    assert "至多惠及8人**，没有漏算" in rows(closing.gate_bound)[0]["text"]["zh"]


@pytest.mark.parametrize(("bound", "said"), [(7, "上限是7人，不会超过它"), (1200, "上限是1,200人：可能有一处惠及更多")])
def test_what_was_not_tried_is_bounded_in_plain_words(bound: int, said: str) -> None:
    counting.keep(counting.GATES, "now", {"ways": [{"people": 8}, {"people": 3}], "bound": bound, "shut": 90})
    assert said in rows(closing.gate_bound)[0]["text"]["zh"]


def test_where_no_gate_would_help_anybody_that_is_said() -> None:
    counting.keep(counting.GATES, "now", {"ways": [], "bound": 0, "shut": 0})
    assert closing.gate_bound(PLATFORM, {}).empty is not None


def test_a_circle_has_a_grade_when_it_meets_every_criterion_and_says_what_it_lacks() -> None:
    [west, _] = sorted(rows(sources.compared), key=lambda row: row["name"]["zh"], reverse=True)
    assert (west["name"]["zh"], west["grade"]) == ("西圈", "")
    judged = {row["key"]: row for row in rows(closing.grade, circle=west["key"])}
    assert judged["fifteen_kinds"]["now"]["zh"] == "1" and judged["fifteen_kinds"]["met"] == "breach"
    assert judged["satisfaction"]["met"] == "none" and judged["basic_good"]["basis"] == "ours"
    assert "chains" not in {row.id for row in table().criteria_on(date(2025, 9, 18))}
    everything = [kind for row in table().required for kind in row.kinds[:1]] + [kind for rule in table().rules for kind in rule.kinds]
    for kind in dict.fromkeys(everything):
        town.outlet(kind, 460, chain=True)
    counting.count(frozenset())
    [west] = [row for row in rows(sources.compared) if row["name"]["zh"] == "西圈"]
    assert (west["grade"], west["chain"], west["basic"]) == ("raised", 100, 100)


def test_chains_are_counted_among_outlets_in_trade_of_which_it_is_known() -> None:
    Outlet.objects.filter(kind="convenience").update(chain=True)
    town.outlet("bakery", 100, chain=False)
    town.outlet("bakery", 200, chain=None)
    town.outlet("school", 300, chain=False)
    assert stock_by_community()[town.COMMUNITIES[0]].chain == 50


def test_the_paper_of_a_circle_tells_its_grade_and_what_closures_cost() -> None:
    closure("works", 700, radius_m=20)
    written = paper.page(PLATFORM, Circle.objects.get(name="西圈"), "http://hexi.test")
    assert "等级: 未达标" in written and "连锁化率" in written and "示例南门：施工围挡: −2 人" in written
