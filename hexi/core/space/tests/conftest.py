"""The reference district, drawn once for all tests of the room and written once for each module that needs it in the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from hexi.core.space.facts import Facts, district_facts
from hexi.core.space.generate import store
from hexi.core.space.generator.district import Drawn, Table, draw

FACTS = Path(__file__).resolve().parents[4] / "districts" / "hexi"


@pytest.fixture(scope="session")
def facts() -> Facts:
    return district_facts(FACTS)


@pytest.fixture(scope="session")
def drawn(facts: Facts) -> Drawn:
    return draw(facts)


@pytest.fixture(scope="session")
def tables(drawn: Drawn) -> dict[str, Table]:
    return {table.level.value: table for table in drawn.tables}


@pytest.fixture(scope="module")
def stored(drawn: Drawn, facts: Facts, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The district in the tables, gone again after the module: each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        store(drawn, facts, timezone.now())
        yield
        transaction.set_rollback(True)
