"""The population register: invented residents, their indicators, and who sees what."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hexi.kit import Context, rows_where
from hexi.scenarios.population.sample import residents
from hexi.scenarios.population.scenario import FRESH_FOR, INDICATORS, NEVER_CONFIRMED, Resident, scenario

TODAY = date(2026, 11, 21)
NOW = Context(datetime(2026, 11, 21, 4, tzinfo=UTC))
DOORS = ["1201030010010100100101", "1201030020010100100101"]
by_key = {indicator.key: indicator for indicator in INDICATORS}


def test_the_same_seed_invents_the_same_residents() -> None:
    assert list(residents(50, DOORS, TODAY)) == list(residents(50, DOORS, TODAY))


def test_everybody_in_the_sample_is_visibly_invented() -> None:
    for person in residents(200, DOORS, TODAY):
        assert any(word in person["name"] for word in ("示例", "样例", "虚拟"))
        assert person["identity_number"].startswith("示例") and person["phone"].startswith("000")


@pytest.mark.parametrize(("born", "old"), [(date(1966, 11, 21), True), (date(1966, 11, 22), False)])
def test_old_age_begins_on_the_sixtieth_birthday(born: date, old: bool) -> None:
    hit = by_key["aged_60_share"].hit
    assert hit is not None
    assert hit.holds({"born_on": born}, NOW) is old


def test_an_entry_never_confirmed_is_found_and_one_of_today_is_not() -> None:
    assert NEVER_CONFIRMED.when.holds({"confirmed_on": None}, NOW)
    assert not NEVER_CONFIRMED.when.holds({"confirmed_on": TODAY}, NOW)
    assert "365 天" in NEVER_CONFIRMED.when.words("zh") and FRESH_FOR.default.days == 365


@pytest.mark.django_db
def test_the_rule_finds_the_same_rows_in_the_database() -> None:
    Resident.objects.bulk_create(Resident(**person) for person in residents(300, DOORS, TODAY))
    found = set(rows_where(Resident, NEVER_CONFIRMED.when, NOW).values_list("pk", flat=True))
    assert found == {one.pk for one in Resident.objects.all() if NEVER_CONFIRMED.when.holds(one, NOW)}
    assert found


def test_identity_numbers_are_clear_to_no_post() -> None:
    assert all(grant.sees != "sensitive" for grant in scenario.grants)
