"""Coverage of the town: every figure here can be reckoned with a ruler."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from hexi.core.space.models import Place
from hexi.core.space.walking import profile
from hexi.core.trust.api import PLATFORM, PUBLIC
from hexi.kernel.errors import HexiError, Invalid
from hexi.scenarios.life_circle import counting, scene, sources, trying, whatif
from hexi.scenarios.life_circle.figures import evenness, figures
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import Circle, CircleCommunity, Computed
from hexi.scenarios.life_circle.rules import TABLE, table
from hexi.scenarios.life_circle.tests import town
from hexi.scenarios.population.models import Resident

pytestmark = pytest.mark.usefixtures("standing")


def rows(read: Any, **params: object) -> list[dict[str, Any]]:
    return list(read(PLATFORM, {key: str(value) for key, value in params.items()}).rows)


def share(rule: str, walker: str = "adult", band: str = "", code: str = "") -> float:
    found = figures()
    assert found is not None
    number = [each.id for each in found.rules].index(rule)
    return round(float(found.shares(found.inside([code]), walker, band)[number]), 2)


def changed(**params: object) -> dict[str, tuple[int, int]]:
    return {row["rule"]: (row["gained"], row["lost"]) for row in rows(trying.whatif, **params)}


def test_everybody_within_five_hundred_metres_of_the_shop_is_covered_and_nobody_else() -> None:
    # The shop stands at x = 460: doors from 50 to 950 are within 500 m, ten doors, and behind the first lives one more.
    assert share("convenience") == round(100 * 11 / 22, 2)
    assert share("convenience", code=town.COMMUNITIES[0]) == share("convenience", code=town.COMMUNITIES[1]) == 100
    assert share("convenience", code=town.COMMUNITIES[2]) == 0
    assert share("convenience", band="homes") == 50


def test_elders_walk_less_far_in_the_same_minutes_and_are_counted_by_themselves() -> None:
    reach = profile("elder", date(2025, 1, 1)).metres(profile("adult", date(2025, 1, 1)).minutes(500))
    doors = sum(abs(50 + 100 * number - 460) <= reach for number in range(20))
    assert share("convenience", "elder", "homes") == 100 * doors / 20
    assert share("convenience", "adult", "elders") == 100 and share("convenience", "adult", "children") == 0


def test_a_market_behind_a_locked_gate_is_as_far_as_the_way_round() -> None:
    # By the open streets door 1 walks 50 + 600 + 1,500 m; through the gate door 15 would walk 50 + 600.
    assert share("food") == 0
    ways = [row["way"] for row in rows(trying.around, lon=town.at(1500, 300)[0], lat=town.at(1500, 300)[1]) if row["what"] == "way"]
    gained = changed(change="gate", way=ways[0])
    # Within 1,000 m through the gate: doors at most 400 m from x = 1,500, that is from 1,150 to 1,850.
    assert gained["food"] == (8, 0)
    assert changed(change="gate", way=ways[0], walker="wheelchair") == {}


def test_opening_closing_and_moving_a_shop_tell_who_gains_and_who_loses() -> None:
    shop = Outlet.objects.get(kind="convenience")
    lon, lat = town.at(1460, 0)
    assert changed(change="open", kind="convenience", lon=lon, lat=lat)["convenience"] == (11, 0)
    assert changed(change="close", outlet=shop.pk)["convenience"] == (0, 11)
    assert changed(change="move", outlet=shop.pk, lon=lon, lat=lat)["convenience"] == (11, 11)
    assert Outlet.objects.get(pk=shop.pk).version == 1 and share("convenience") == 50


@pytest.mark.parametrize(
    "asked",
    [
        {"change": "burn"}, {"change": "open", "kind": "convenience"}, {"change": "open", "kind": "x", "lon": 117.2, "lat": 39.08},
        {"change": "open", "kind": "convenience", "lon": 10, "lat": 10}, {"change": "close", "outlet": 10**9}, {"change": "close"},
        {"change": "move"}, {"change": "gate"}, {"change": "gate", "way": 5},
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused_with_the_field_that_is_wrong(asked: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        whatif.tried(whatif.Tried(**asked))  # type: ignore[arg-type]
    assert refused.value.problems
    answer = trying.whatif(PLATFORM, {key: str(value) for key, value in asked.items()})
    assert (answer.rows, answer.empty) == ([], refused.value.problems[0].message)


def test_a_point_that_is_no_number_is_refused() -> None:
    with pytest.raises(Invalid):
        changed(change="open", kind="convenience", lon="east", lat=39)


def test_a_change_tried_out_says_the_same_as_the_job_after_it_was_made() -> None:
    before, (lon, _) = share("convenience"), town.at(1460, 0)
    [row] = [row for row in rows(trying.whatif, change="open", kind="convenience", lon=lon, lat=town.SOUTH) if row["rule"] == "convenience"]
    town.outlet("convenience", 1460)
    counting.count(frozenset({"life_circle.outlet"}))
    assert (row["before"], row["after"]) == (before, round(share("convenience"), 1)) == (50, 100)


def test_an_outlet_that_closed_for_good_or_bars_wheelchairs_counts_for_nobody_or_not_for_them() -> None:
    town.outlet("pharmacy", 450, closed_on=date(2026, 1, 1))
    town.outlet("bakery", 450, wheelchair="no")
    counting.count(frozenset({"life_circle.outlet"}))
    assert share("pharmacy") == 0
    assert share("bakery") > 0 and share("bakery", "wheelchair") == 0


def test_nothing_is_computed_again_when_nothing_changed() -> None:
    at = Computed.objects.get(key="coverage").at
    counting.count(frozenset({"life_circle.outlet"}))
    assert Computed.objects.get(key="coverage").at == at
    Outlet.objects.all().delete()
    counting.count(frozenset({"life_circle.outlet"}))
    assert figures() is None and rows(sources.summary) == [] and rows(sources.gaps) == []


def test_the_best_site_for_a_shop_is_where_the_what_if_says_so() -> None:
    [gap] = [row for row in rows(sources.gaps) if row["rule"] == "convenience" and row["step"] == 1]
    assert changed(change="open", kind="convenience", lon=gap["lon"], lat=gap["lat"])["convenience"] == (gap["people"], 0)
    assert gap["bound"] == 100 and gap["people"] == gap["total"]


def test_a_circle_is_told_its_own_gaps_by_its_own_people() -> None:
    east = Circle.objects.get(name="东圈")
    best = {row["rule"]: row["people"] for row in rows(sources.gaps, circle=east.pk)}
    assert best["convenience"] == 11 and best["school"] == 1 and "kindergarten" not in best  # the only child lives beside one
    west = {row["rule"] for row in rows(sources.gaps, circle=Circle.objects.get(name="西圈").pk)}
    assert "convenience" not in west


def test_circles_are_the_sum_of_their_communities_and_follow_a_move_at_once() -> None:
    found = {row["name"]["zh"]: (row["people"], row["outlets"]) for row in rows(sources.compared)}
    assert found == {"西圈": (11, 1), "东圈": (11, 2)}
    CircleCommunity.objects.filter(place=town.COMMUNITIES[2]).update(circle=Circle.objects.get(name="西圈"))
    assert {row["name"]["zh"]: row["people"] for row in rows(sources.compared)} == {"西圈": 16, "东圈": 6}


def test_what_a_circle_must_have_and_lacks_is_named() -> None:
    [west] = [row for row in rows(sources.compared) if row["name"]["zh"] == "西圈"]
    assert west["basic_kinds"] == 1 and "早餐店" in west["missing"]["zh"] and "便利店、" not in west["missing"]["zh"]


def test_every_source_and_layer_answers_for_a_place_and_says_how_it_was_computed() -> None:
    for source in sources.SOURCES:
        answer = source.read(PLATFORM, {"place": town.COMMUNITIES[0], "group": "public", "walker": "wheelchair", "by": "community"})
        assert (answer.rows and answer.note is None) or "步行" in (answer.note.zh if answer.note else "步行"), source.key
    for layer in sources.LAYERS:
        found = layer.read(PLATFORM, {"place": town.STREET})
        assert found["features"] and found["quality"] == "generated", layer.key


def test_those_without_an_account_may_see_figures_and_not_try_out_changes() -> None:
    assert sources.summary(PUBLIC, {}).rows
    assert trying.whatif(PUBLIC, {"change": "close", "outlet": "1"}).rows == []


def test_evenness_of_equal_shares_is_nothing_and_of_unequal_ones_is_reckoned() -> None:
    same = evenness(np.array([50.0, 50.0]), np.array([1.0, 9.0]))
    assert same is not None and (round(same.gini, 9), same.ratio, same.worst) == (0, 1, 50)
    uneven = evenness(np.array([0.0, 100.0]), np.array([50.0, 50.0]))
    assert uneven is not None and (uneven.worst, uneven.best, uneven.ratio, round(uneven.gini, 9)) == (0, 100, None, 0.5)
    tenth = evenness(np.array([10.0, 20.0, 30.0]), np.array([5.0, 5.0, 90.0]))
    assert tenth is not None and (round(tenth.worst, 9), tenth.best, tenth.middle) == (15, 30, 30)
    assert evenness(np.array([1.0]), np.array([0.0])) is None


def test_rules_are_dated_and_a_row_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert "convenience" in {rule.id for rule in table().on(date(2020, 1, 1))}
    assert "car_wash" not in {rule.id for rule in table().on(date(2025, 9, 18))}
    assert "car_wash" in {rule.id for rule in table().on(date(2025, 9, 19))}
    bad = tmp_path / "rules.yaml"
    bad.write_text(TABLE.read_text(encoding="utf-8").replace("kinds: [convenience], max_m: 500", "kinds: [shopx], max_m: 500"), encoding="utf-8")
    with pytest.raises(HexiError, match="convenience"):
        table(bad)


def test_people_whose_door_has_ended_leave_by_the_one_that_took_over_and_nobody_is_lost() -> None:
    first, second = (f"{town.COMMUNITIES[0]}01001{number:03}01" for number in (1, 2))
    before = scene.doors()
    Place.objects.filter(code=first).update(valid_to=timezone.localdate(), successor=second)
    after = scene.doors()
    assert (len(before.codes), len(after.codes)) == (20, 19)
    assert after.weights[after.codes.index(second), 0] == sum(before.weights[:2, 0])
    assert after.weights[:, 0].sum() == before.weights[:, 0].sum()


def test_people_of_a_building_without_a_known_door_leave_from_the_building_and_else_by_its_first_door() -> None:
    lon, lat = town.at(330, 0)
    house = f"{town.COMMUNITIES[0]}01001099"
    Place.objects.create(code=house, level="building", name="99号楼", parent=house[:17], lon=lon, lat=lat, origin="list", updated_at=timezone.now())
    town.resident(1, 40)
    Resident.objects.filter(home__endswith="00101").update(home=house)
    assert scene.doors().weights[scene.doors().codes.index(house), 0] == 3
    door = f"{house}01"
    Place.objects.create(
        code=door, level="doorway", name="1门", parent=house, lon=lon, lat=lat, homes=1, origin="list", updated_at=timezone.now()
    )
    assert house not in scene.doors().codes and scene.doors().weights[scene.doors().codes.index(door), 0] == 3
