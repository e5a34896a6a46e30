"""Who holds a role over a place today: whom to call there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from hexi.core.trust.models import Account, Post
from hexi.kernel.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class Holder:
    """One account with the role by which it was found; `place` is that post's area."""

    account: int
    username: str
    name: str
    role: str
    place: str
    language: str


COLUMNS = ("account_id", "account__username", "account__name", "role", "place", "account__language")


def holders(roles: Collection[str], place: str) -> list[Holder]:
    """Everybody who may sign in and holds one of the roles today over the place, each account once, smallest area first."""
    everywhere = [key for key in roles if key in catalogue.roles and catalogue.roles[key].reach == "everywhere"]
    around = [place[:width] for width in range(1, len(place) + 1)]
    rows = _posts(roles).filter(Q(place__in=around) | Q(role__in=everywhere))
    found = [Holder(*row) for row in rows.values_list(*COLUMNS)]
    found.sort(key=lambda one: (-len(one.place), one.account))
    return list({one.account: one for one in reversed(found)}.values())[::-1]


def holders_of(roles: Collection[str]) -> list[Holder]:
    """Every post of these roles that is held today over some place, in the order of the accounts."""
    return [Holder(*row) for row in _posts(roles).exclude(place="").order_by("account_id", "role", "place").values_list(*COLUMNS)]


def accounts_named(usernames: Collection[str]) -> dict[str, Holder]:
    """The accounts of these user names that may sign in, without a role."""
    rows = Account.objects.filter(username__in=usernames, is_active=True).values_list("pk", "username", "name", "language")
    return {username: Holder(pk, username, name, "", "", language or "zh") for pk, username, name, language in rows}


def holding(roles: Collection[str], usernames: Collection[str]) -> dict[tuple[str, str], Holder]:
    """Who of these user names holds which of the roles today, by user name and role."""
    found = [Holder(*row) for row in _posts(roles).filter(account__username__in=usernames).values_list(*COLUMNS)]
    return {(one.username, one.role): one for one in found}


def appointed(roles: Collection[str], usernames: Collection[str]) -> set[tuple[str, str]]:
    """Which of these user names, that may sign in, holds or is going to hold which of the roles: user name and role."""
    still = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    found = Post.objects.filter(still, role__in=roles, account__username__in=usernames, account__is_active=True)
    return set(found.values_list("account__username", "role"))


def _posts(roles: Collection[str]) -> QuerySet[Post]:
    return Post.objects.filter(Post.held_on(timezone.localdate()), role__in=roles, account__is_active=True).order_by()
