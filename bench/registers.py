"""Registers of any size, grown from the reference district's own rows, and people who may read them."""

from __future__ import annotations

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db import connection

from hexi.core.trust.api import create_account
from hexi.core.trust.sessions import SessionStore
from hexi.kernel.catalogue import catalogue

RESIDENT = "population.resident"


def load_district() -> None:
    """The reference district with its 20,000 invented residents."""
    for room in sorted(catalogue.rooms.values(), key=lambda one: one.demo_order):
        for loader in room.demo:
            loader(lambda *_: None)


def grow(entity: str, rows: int) -> int:
    """Copy the register's rows until it has that many; the number that it has."""
    model = catalogue.entities[entity]
    table = model._meta.db_table
    columns = ", ".join(f.column for f in model._meta.concrete_fields if not f.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        while (there := cursor.fetchone()[0]) < rows:
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} ORDER BY id LIMIT {rows - there}")
            cursor.execute(f"SELECT count(*) FROM {table}")
        cursor.execute(f"ANALYZE {table}")
    return there


def session(role: str, place: str = "120103", organisation: str = "") -> str:
    """The session key of somebody new who holds that post."""
    username = f"bench_{role}_{place}_{organisation}".rstrip("_")
    account = get_user_model().objects.get(pk=create_account(username, "示例", role, place, organisation))
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def load_places() -> list[str]:
    """The reference district's places and offices without its people; the codes of its grids."""
    from hexi.core.space.models import Place

    for room in sorted(catalogue.rooms.values(), key=lambda one: one.demo_order):
        if room.key in {"space", "trust"}:
            for loader in room.demo:
                loader(lambda *_: None)
    return list(Place.objects.filter(level="grid").order_by("code").values_list("code", flat=True))
