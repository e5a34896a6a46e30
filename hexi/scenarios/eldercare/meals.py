"""Lunch to the door: what was booked to be brought home today, on the telephone and as a planned round within the hours of lunch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from hexi.kit import (
    Demand,
    Fact,
    Label,
    Round,
    Stop,
    Tour,
    Viewer,
    names,
    on_duty,
    points_of,
    read_table,
    read_terms,
    readable,
    registers,
    shown_rows,
    t,
)
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.bookings import BOOKING
from hexi.scenarios.eldercare.models_services import Booking
from hexi.scenarios.eldercare.parties import CENTRE, PROVIDER, STEWARD
from hexi.scenarios.eldercare.rules import DATA
from hexi.scenarios.eldercare.today import today

BRINGERS = (PROVIDER, STEWARD, CENTRE)
FILE = DATA / "meal_round.yaml"
MOST_STOPS = 200
TO_BRING = (Booking.kind == "meal") & Booking.state.one_of("booked", "taken")


def stops(viewer: Viewer) -> list[Stop]:
    """Today's meals that are brought home and not there yet. Names as this viewer may see them."""
    if not viewer.holds(*BRINGERS):
        return []
    found = list(readable(viewer, Booking, TO_BRING).filter(on=today(), item__handed="delivered").order_by("pk")[:MOST_STOPS])
    doors = {one.place for one in found}
    called, points = names(doors), points_of(doors)
    shown = shown_rows(viewer, registers()[BOOKING], [one.pk for one in found], ("called", "phone"))
    return [
        Stop(
            one.pk, _same(str(shown.get(one.pk, {}).get("called") or "—")), called.get(one.place, _same(one.place)), one.on or today(),
            points.get(one.place), _facts(one, str(shown.get(one.pk, {}).get("phone") or "")), one.state, one.version,
        )
        for one in found
    ]  # fmt: skip


def _facts(one: Booking, phone: str) -> tuple[Fact, ...]:
    many = Fact(t("份数", "meals"), _same(str(one.number)))
    state = Fact(t("状态", "state"), words.label_of(words.BOOKING_STATES, one.state))
    return (many, state, *((Fact(t("电话", "telephone"), _same(phone)),) if phone else ()))


def _same(said: str) -> Label:
    return t(said, said)


def demands(_viewer: Viewer, due: Sequence[Stop], day: date) -> dict[int, Demand]:
    """Lunch is handed over within its hours; somebody carries as many meals as were booked."""
    lunch = _lunch(day)
    number = dict(Booking.objects.filter(pk__in=[stop.record for stop in due]).values_list("pk", "number"))
    return {stop.record: Demand(spans=(lunch,), load=number.get(stop.record, 1)) for stop in due}


def _lunch(day: date) -> tuple[int, int]:
    """Its minutes after midnight."""
    rows = [row for row in read_table(FILE)["hours"] if row["valid_from"] <= day]
    row = max(rows, key=lambda row: row["valid_from"])
    opens, closes = (time.fromisoformat(row[key]) for key in ("opens", "closes"))
    return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute


ROUND = Round("meals", t("送餐到家", "meals to the door"), BOOKING, stops, acts=("take", "finish"))
TOUR = Tour(
    ROUND, by=(CENTRE, PROVIDER), goes=(PROVIDER, STEWARD), terms=read_terms(FILE), demands=demands, on_duty=on_duty(STEWARD)
)
