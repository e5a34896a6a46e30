"""Every rate against a small example that was counted by hand, and against the cases behind it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from hexi.core.trust.api import PLATFORM
from hexi.kit import Case, CaseClock, Limit, NewCase, PastCase, Period, Replay, Tally, ranked, score, tallies
from hexi.modules.cases.clocks import reading
from hexi.modules.cases.rates import behind
from hexi.modules.cases.tests.conftest import COMMUNITY
from hexi.scenarios.urban.sample import simulated
from hexi.scenarios.urban.scoring import sources, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)  # nine o'clock in the district
PERIOD = Period(MONDAY - timedelta(days=1), NOW)
BY_HAND = {
    "reported_well": (7, 8), "filed_in_time": (5, 6), "sent_right": (4, 5), "handled": (3, 4), "handled_in_time": (2, 4),
    "overdue_open": (1, 4), "closed": (3, 4), "rework": (1, 4), "extended": (1, 5),
}  # fmt: skip


def at(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


class Scene:
    """Nine cases of litter, which has one working day for handling and eight for closing."""

    def __init__(self) -> None:
        self.replay = Replay("urban", NOW, random.Random(1), "test")

    def reported(self) -> PastCase:
        return self.replay.open(MONDAY, NewCase("urban", "暴露垃圾", category="event.look.litter", source="grid", place=COMMUNITY))

    def sent(self, filed: float = 0.2, office: str = "city_management") -> PastCase:
        one = self.reported()
        self.replay.take(one, "file_at_once", at(filed))
        self.replay.send(one, "send_out", at(filed + 0.1), office)
        self.replay.accept(one, at(filed + 0.2), "示例")
        return one

    def handled(self, one: PastCase, hours: float) -> None:
        self.replay.finish(one, at(hours), "示例")

    def passed(self, one: PastCase, hours: float) -> None:
        self.replay.verify(one, "pass_check", at(hours), "passed", way="visit", by="示例")

    def play(self) -> None:
        quick = self.sent()
        self.handled(quick, 3)
        self.passed(quick, 4)
        late = self.sent(filed=24)
        self.handled(late, 96)
        self.replay.verify(late, "fail_check", at(97), "failed", way="visit", by="示例")
        self.handled(late, 98)
        self.passed(late, 99)
        returned = self.sent(office="civil")
        self.replay.give_back(returned, at(1), "不属")
        self.replay.send(returned, "send_out", at(2), "city_management")
        self.replay.accept(returned, at(2.1), "示例")
        self.replay.extend(returned, "handling", Limit(1, "working_days"), "示例", "示例甲", "示例乙")
        self.handled(returned, 30)
        self.passed(returned, 31)
        self.sent()  # never handled
        self.replay.take(self.reported(), "refuse_filing", at(0.5), "未发现")
        self.replay.take(self.reported(), "do_there", at(0.5))
        self.replay.take(self.sent(), "put_off", at(2), "等待")
        void = self.reported()
        self.replay.take(void, "file_at_once", at(0.2))
        self.replay.take(void, "void", at(0.3), "重复")
        self.reported()
        self.replay.write()


@pytest.fixture
def scene(tree: None) -> None:
    Scene().play()


def test_every_rate_is_what_was_counted_by_hand(scene: None) -> None:
    found = tallies(table, Case.objects.all(), PERIOD)[""]
    assert {key: (tally.hits, tally.of) for key, tally in found.items()} == BY_HAND
    assert score(table, found) == pytest.approx(30 * 0.75 + 20 * 0.5 + 20 * 0.75 + 20 * 0.75 + 10 * 0.8)


def test_nothing_has_no_share_and_no_score(tree: None) -> None:
    found = tallies(table, Case.objects.all(), PERIOD)[""]
    assert all(tally.share is None and tally.interval is None for tally in found.values())
    assert score(table, found) is None


@pytest.mark.parametrize("rate", table.rates, ids=lambda rate: rate.key)
def test_the_cases_behind_a_figure_are_as_many_as_it_says(scene: None, rate: object) -> None:
    key = rate.key  # type: ignore[attr-defined]
    found = [behind(table, table.rate(key), Case.objects.all(), PERIOD, part).count() for part in ("numerator", "denominator")]
    assert tuple(found) == BY_HAND[key]


def test_a_period_before_has_no_cases_to_handle(scene: None) -> None:
    earlier = Period(MONDAY - timedelta(days=30), MONDAY)
    assert tallies(table, Case.objects.all(), earlier)[""]["handled"] == Tally(0, 0)


def test_every_rate_says_its_formula_parts_exclusions_and_source() -> None:
    for rate in table.rates:
        assert rate.formula.zh and rate.numerator.label.zh and rate.denominator.label.zh and rate.dated_by
        assert rate.basis == "ours" or rate.source


def test_no_group_has_a_rank_where_intervals_overlap_or_cases_are_few() -> None:
    found = {"a": Tally(99, 100), "b": Tally(50, 100), "c": Tally(49, 100), "d": Tally(3, 3)}
    assert ranked(found) == {"a": 1, "b": None, "c": None, "d": None}
    assert ranked({"a": Tally(1, 100), "b": Tally(50, 100)}, better="down") == {"a": 1, "b": 2}


@pytest.fixture
def sample(tree: None) -> Replay:
    replay = simulated(NOW, 160, [COMMUNITY])
    replay.write()
    return replay


@pytest.mark.parametrize("by", ["office", "street", "category"])
def test_groups_add_up_to_the_whole(sample: Replay, by: str) -> None:
    whole = tallies(table, Case.objects.all(), None)[""]
    groups = tallies(table, Case.objects.all(), None, by)
    for key, tally in whole.items():
        parts = [found.get(key, Tally(0, 0)) for found in groups.values()]
        assert (sum(one.hits for one in parts), sum(one.of for one in parts)) == (tally.hits, tally.of)
        assert 0 <= tally.hits <= tally.of


def test_simulated_cases_agree_with_their_clocks_and_events(sample: Replay) -> None:
    for one in sample.past:
        case = Case.objects.get(pk=one.case.pk)
        newest = list({clock.key: clock for clock in CaseClock.objects.filter(case=case).order_by("started_at", "pk")}.values())
        assert reading(newest).values() == {name: getattr(case, name) for name in ("due_at", "clock", "breached", "paused")}
        assert (case.version, case.state) == (len(one.told), one.told[-1][2])
        assert case.answers["simulated"] is True
        assert all(moment <= NOW for _, moment, _, _ in one.told)


def test_the_sample_holds_every_outcome(sample: Replay) -> None:
    states = {one.case.state for one in sample.past}
    assert {"closed", "done_there", "in_hand", "not_filed"} <= states
    assert any(one.case.rework for one in sample.past) and any(one.case.extensions for one in sample.past)


def test_in_time_means_the_same_in_sql_and_in_python(sample: Replay) -> None:
    found = {case.pk for case in behind(table, table.rate("handled_in_time"), Case.objects.all(), None, "numerator")}
    runs: dict[int, list[CaseClock]] = {}
    for clock in CaseClock.objects.filter(key="handling").select_related("case"):
        if clock.case.state not in {"put_off", "voided", "joined"}:
            runs.setdefault(clock.case.pk, []).append(clock)
    assert found == {pk for pk, known in runs.items() if all(run.met_at and not run.breached_at for run in known)}
    assert found


def test_every_source_answers_the_public_and_labels_what_is_simulated(sample: Replay, client: Client) -> None:
    for source in sources:
        answer = source.read(PLATFORM, {"rate": "closed", "by": "street"})
        assert answer.quality == "sample" and answer.as_of
        assert client.get(f"/api/data/{source.key}").status_code == 200
    (row,) = client.get("/api/data/urban.summary").json()["rows"]
    assert row["open"] > 0
    assert client.get("/api/layers/urban.open").json()["type"] == "FeatureCollection"
