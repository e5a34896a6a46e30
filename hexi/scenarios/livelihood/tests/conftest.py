"""The programme of 2025 as it is loaded for the reference district, once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hexi.scenarios.livelihood.importers import load

Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded in a transaction that is taken back when the module's tests are over."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda _: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def rows(loaded: None, client: Client) -> Rows:
    """The rows of a source as a reader who has not signed in gets them."""
    return lambda source, **params: client.get(f"/api/data/{source}", params).json()["rows"]
