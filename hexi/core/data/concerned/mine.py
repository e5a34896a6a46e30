"""Which records are about whoever asks: by their account, or by a link that they were given."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from hexi.core.data.concerned.models import PersonLink
from hexi.core.data.entities import Description, registers
from hexi.core.trust.api import mark_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.concerned import Own

PURPOSE = "person link"
LASTS = timedelta(days=30)
"""Ours: so long a link opens the page. Whoever signs in with it keeps it."""
Rows = dict[str, dict[int, datetime]]
"""By register the numbers of records, with the moment from which on a look at one was a look at this person."""


def records_of(account: int | None, secret: str) -> Rows:
    """The records that are about whoever signed in, or holds this secret; those of an account do not show by a link of another."""
    found: Rows = {}
    for entity, own in (_by_secret(secret) if secret else _by_account(account) if account else ()):
        _keep(found, entity, own.record, own.since)
    return reached(found)


def _by_secret(secret: str) -> Iterator[tuple[str, Own]]:
    for on, people in catalogue.people.items():
        yield from ((on, own) for own in people.of_secret(secret))
    yield from _linked(Q(mark=mark_of(secret, PURPOSE)))


def _by_account(account: int) -> Iterator[tuple[str, Own]]:
    for on, people in catalogue.people.items():
        yield from ((on, own) for own in people.of_account(account))
    yield from _linked(Q(account_id=account))


def _linked(whose: Q) -> Iterable[tuple[str, Own]]:
    """Whoever is in a register of people is so from the first: looks before the link was given are theirs to see, too."""
    valid = PersonLink.objects.filter(whose, Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
    known = registers()
    for link in valid:
        row = known[link.entity].model._default_manager.filter(pk=link.object_id).first() if link.entity in known else None
        if row is not None:
            yield link.entity, Own(link.object_id, row.created_at)


def reached(people: Rows) -> Rows:
    """With the records of other registers that are about the same people."""
    found: Rows = {entity: dict(rows) for entity, rows in people.items()}
    for about in registers().values():
        for number, since in _about(about, people):
            _keep(found, about.key, number, since)
    return found


def _about(about: Description, people: Rows) -> Iterator[tuple[int, datetime]]:
    rows: Mapping[int, datetime] = people.get(about.person.people, {}) if about.person and about.person.people else {}
    if about.person and rows:
        way = about.person.lookup
        pairs = about.model._default_manager.filter(**{f"{way}__in": list(rows)}).values_list("pk", way)
        yield from ((number, rows[person]) for number, person in pairs)


def _keep(found: Rows, entity: str, number: int, since: datetime) -> None:
    own = found.setdefault(entity, {})
    own[number] = min(since, own.get(number, since))


def give_link(entity: str, number: int) -> str:
    """A secret that opens the page of whoever this record is about. Only its mark is kept."""
    secret, now = secrets.token_urlsafe(18), timezone.now()
    PersonLink.objects.create(entity=entity, object_id=number, mark=mark_of(secret, PURPOSE), at=now, ends_at=now + LASTS)
    return secret


def linked_by(secret: str) -> set[tuple[str, int]]:
    """The records of people that this link names: what an account could keep of it."""
    return {(entity, own.record) for entity, own in _linked(Q(mark=mark_of(secret, PURPOSE)))}


def keep_link(account: int, secret: str) -> list[PersonLink]:
    """From now on the account sees by itself what the link shows. The links that are new with that."""
    new = list[PersonLink]()
    for entity, number in sorted(linked_by(secret)):
        link, made = PersonLink.objects.get_or_create(entity=entity, object_id=number, account_id=account, defaults={"at": timezone.now()})
        new += [link] if made else []
    return new


def forget_links(entity: str, number: int) -> None:
    """Nobody is known as the person of this record any more."""
    PersonLink.objects.filter(entity=entity, object_id=number).delete()
