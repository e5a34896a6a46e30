"""From a planner's choice to rounds: stops with their hours and loads, people with their shift, and what came of it in plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hexi.core.space.api import ANY_TIME, DAY_S, Manner, Planned, TourPerson, TourStop, plan_rounds, time_rounds
from hexi.kernel.errors import Forbidden, Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.outside import Stop
from hexi.kernel.tour import Demand, Terms
from hexi.modules.tours.asking import Day, Goer, chosen, own_of

MOST_STOPS, MOST_PEOPLE = 200, 20
NOTHING = Demand()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the planner chose: numbers of records and of accounts (None: all), who must make which stop, and perhaps an order by hand."""

    stops: Sequence[int] | None = None
    people: Sequence[int] | None = None
    locks: Mapping[int, int] = field(default_factory=dict[int, int])
    order: Mapping[int, Sequence[int]] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with what it was made of."""

    of: Day
    stops: tuple[Stop, ...]
    people: tuple[Goer, ...]
    planned: Planned
    locks: Mapping[int, int]

    def stop(self, number: int) -> Stop:
        """The stop with this number among those that were planned."""
        record = int(self.planned.errands.stops[number].key)
        return next(stop for stop in self.stops if stop.record == record)


def made(of: Day, choice: Choice) -> Made:
    """The plan, searched for, or in the order by hand. Raises Invalid, Unavailable."""
    stops, people = chosen(of.stops, choice.stops), _people(of, choice)
    if not people or len(people) > MOST_PEOPLE or len(stops) > MOST_STOPS:
        message = t("请选一至{people}人、至多{stops}处", "Choose one to {people} people and at most {stops} stops")
        raise Invalid([Problem("people", message.filled(people=MOST_PEOPLE, stops=MOST_STOPS), value=f"{len(people)}, {len(stops)}")])
    own = {goer.account: own_of(of.tour, goer.account) for goer in people}
    errands = [_stop(of, own, stop, choice.locks.get(stop.record)) for stop in stops]
    goers = [_person(goer, of.terms) for goer in people]
    manner = Manner(of.terms.walker, midday(of.day), of.terms.returns)
    if choice.order is None:
        planned = plan_rounds(errands, goers, manner)
    else:
        _must_be_theirs(people, own, choice.order)
        by_hand = {str(account): [str(record) for record in records] for account, records in choice.order.items()}
        planned = time_rounds(errands, goers, by_hand, manner)
    return Made(of, tuple(stops), tuple(people), planned, choice.locks)


def _must_be_theirs(people: Sequence[Goer], own: Mapping[int, frozenset[int]], order: Mapping[int, Sequence[int]]) -> None:
    """Raises Forbidden where somebody is sent to what their own rights do not show them."""
    for goer in people:
        if strange := [record for record in order.get(goer.account, ()) if record not in own[goer.account]]:
            what = t("这一处不归{name}管，请派给别人", "This stop is not {name}'s to make: give it to somebody else")
            raise Forbidden(what.filled(name=goer.name), which=str(strange[0]))


def midday(day: date) -> datetime:
    """Gates are asked about at this moment, or now when the day is today."""
    now = timezone.now()
    return now if timezone.localdate(now) == day else moment(day, 12 * 3600)


def moment(day: date, second: int) -> datetime:
    """That second of the day."""
    return timezone.make_aware(datetime.combine(day, time())) + timedelta(seconds=second)


def second_of(at: time) -> int:
    """A time of the day in seconds."""
    return at.hour * 3600 + at.minute * 60 + at.second


def windows_of(demand: Demand) -> tuple[tuple[int, int], ...]:
    """When it may begin, in seconds of the day; what is open past midnight is open to its end."""
    if demand.spans is None:
        return ANY_TIME
    return tuple((begin * 60, min(end * 60, DAY_S)) for begin, end in demand.spans if begin * 60 < DAY_S)


def _people(of: Day, choice: Choice) -> list[Goer]:
    wanted = None if choice.people is None else set(choice.people)
    return [goer for goer in of.goers if goer.start and (wanted is None or goer.account in wanted)]


def _stop(of: Day, own: Mapping[int, frozenset[int]], stop: Stop, locked: int | None) -> TourStop:
    demand = of.demands.get(stop.record, NOTHING)
    owner = demand.owner if locked is None else locked
    only = tuple(str(account) for account, records in own.items() if stop.record in records and owner in (None, account))
    stay = of.terms.stay if demand.stay is None else demand.stay
    return TourStop(str(stop.record), stop.at, round(stay.total_seconds()), windows_of(demand), demand.load, only)


def _person(goer: Goer, terms: Terms) -> TourPerson:
    assert goer.start is not None
    return TourPerson(str(goer.account), goer.start, second_of(terms.begins), second_of(terms.ends), terms.capacity)
