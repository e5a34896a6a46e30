"""Rule tables: limits are dated, permits cover codes and categories, the catalogue is whole."""

from datetime import date

from hexi.scenarios.waste.rules import catalogue, category_of, covers, row_of, storage_days, storage_kg, table, tolerance_pct


def test_every_limit_says_where_it_stands_and_from_when() -> None:
    for part, rows in table().items():
        for row in rows:
            assert row["basis"] in {"law", "ours"}, part
            assert isinstance(row["valid_from"], date), part
            assert row["basis"] == "ours" or (row["source"] and row["clause"] and row["checked"] is False), part


def test_a_limit_counts_from_its_first_day_only() -> None:
    assert storage_days("hazardous", date(2020, 8, 31)) is None
    assert storage_days("hazardous", date(2020, 9, 1)) == 365
    assert tolerance_pct("hazardous", date(2024, 12, 31)) is None
    assert storage_kg("kitchen", date(2026, 1, 1)) is None
    assert row_of("national_number", date(2021, 12, 31)) is None


def test_the_later_of_two_limits_wins(monkeypatch) -> None:
    rows = [{"stream": "x", "days": n, "valid_from": date(2020 + n, 1, 1)} for n in (1, 3, 2)]
    monkeypatch.setattr("hexi.scenarios.waste.rules.table", lambda: {"storage_days": rows})
    assert storage_days("x", date(2030, 1, 1)) == 3
    assert storage_days("x", date(2022, 6, 1)) == 2


def test_the_catalogue_has_467_codes_in_46_categories() -> None:
    assert len(catalogue()) == 467
    assert len({one.category for one in catalogue().values()}) == 46
    assert all(one.category == f"HW{one.code[-2:]}" for one in catalogue().values())


def test_a_permit_covers_a_code_its_category_or_everything() -> None:
    assert covers("HW08\nHW49", "900-214-08")
    assert covers("900-214-08", "900-214-08")
    assert not covers("HW49", "900-214-08")
    assert not covers("", "SW17")
    assert covers("*", "SW17")
    assert category_of("SW17") == ""
