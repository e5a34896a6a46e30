"""The programme of 2025 as it is loaded for the reference district, once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from hexi.modules.projects.api import Programme
from hexi.scenarios.livelihood.importers import load


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Programme]:
    """Loaded in a transaction that is taken back when the module's tests are over."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda _: None)
        yield Programme.objects.get(code="livelihood_2025")
        transaction.set_rollback(True)
