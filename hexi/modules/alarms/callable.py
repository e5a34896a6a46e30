"""Who is to be called on a rung: on duty now over this place, the nearest first; or the people whom the register names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from hexi.core.space.api import Standpoint, Walk, nearest_helpers, points_of
from hexi.core.trust.api import Holder, holders, holding
from hexi.kernel.alarm import Call, Whom
from hexi.modules.alarms.models import Duty, Position
from hexi.modules.alarms.whom import Located

FRESH = timedelta(minutes=10)
"""Ours: a telephone's position counts for so long; after that its owner is taken to be at their base."""


@dataclass(frozen=True, slots=True)
class Called:
    """One person to call. `walk` is None where nobody knows where they are."""

    name: str
    account: int | None = None
    contact: str = ""
    relation: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh"
    walk: Walk | None = None

    @property
    def key(self) -> int | str:
        """The account, or the contact's own key."""
        return self.account if self.account is not None else self.contact


def to_call(call: Call, at: Located, whom: Whom | None, but: Collection[int | str]) -> list[Called]:
    """Whom this rung calls now, without those (accounts, or keys of contacts) who were called already."""
    if call.contacts:
        fresh = [one for one in (whom.contacts if whom else ()) if one.key not in but and one.account not in but]
        return [Called(one.name, one.account, one.key, one.relation.zh, one.phone, one.email) for one in fresh[: call.most]]
    free = [one for one in on_call(call, at.place) if one.account not in but]
    return nearest(free, at, call.most)


def on_call(call: Call, place: str) -> list[Holder]:
    """Everybody whom the rung could call now: on the roster, or simply in office."""
    return on_duty(call.roles, place, timezone.now()) if call.duty else holders(call.roles, place)


def on_duty(roles: Collection[str], place: str, now: datetime) -> list[Holder]:
    """Who is on the roster now over this place and still holds the role."""
    rows = Duty.objects.filter(role__in=roles, starts_at__lte=now, ends_at__gt=now, place__in=around(place))
    turns = {(row.account, row.role): row.base or row.place for row in rows}
    held = holding(roles, [account for account, _ in turns])
    return [replace(held[turn], place=base) for turn, base in turns.items() if turn in held]


def around(place: str) -> list[str]:
    """The place and all round it, down from the whole."""
    return [place[:width] for width in range(len(place) + 1)]


def nearest(free: Iterable[Holder], at: Located, most: int) -> list[Called]:
    """The nearest on foot, then those of whom nobody knows where they are."""
    people = {one.account: one for one in free}
    spots = positions(people.values())
    standing = [Standpoint(str(key), *spots[key]) for key in people if key in spots]
    near = {int(walk.key): walk for walk in (nearest_helpers(at.point, standing, most) if at.point else ())}
    order = [*near, *(key for key in people if key not in near and (key not in spots or not at.point))]
    return [_called(people[key], near.get(key)) for key in order[:most]]


def positions(people: Iterable[Holder]) -> dict[int, tuple[float, float]]:
    """Where they are: by their telephone, else at their base."""
    known = {one.account: one for one in people}
    told = Position.objects.filter(account__in=known, at__gte=timezone.now() - FRESH)
    phones = {row.account: (row.lon, row.lat) for row in told}
    bases = points_of({one.place for key, one in known.items() if key not in phones and one.place})
    return {**{key: bases[one.place] for key, one in known.items() if one.place in bases}, **phones}


def _called(one: Holder, walk: Walk | None) -> Called:
    return Called(one.name, one.account, language=one.language or "zh", walk=walk)


def stands(account: int | None, lon: float, lat: float, accuracy_m: float | None) -> None:
    """Their telephone says where they are."""
    values = {"lon": lon, "lat": lat, "accuracy_m": accuracy_m, "at": timezone.now()}
    Position.objects.update_or_create(account=account, defaults=values)
