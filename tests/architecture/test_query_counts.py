"""How many SQL statements an address costs, session and viewer included. The numbers are committed: a change of one is a decision."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hexi.core.trust.accounts import create_account
from hexi.core.trust.models import Account, Post
from hexi.scenarios.population.scenario import Resident

COMMITTED = Path(__file__).with_name("queries.json")
LIST_LIMIT = 4
ADDRESSES = (
    "/api/session",
    "/api/menu",
    "/api/pages/overview",
    "/api/models/population.resident",
    "/api/records/population.resident",
    "/api/records/population.resident?where=home:within:120103001&where=residence:eq:registered&q=示例",
    "/api/records/population.resident/count",
    "/api/records/population.resident/facets?field=residence",
    "/api/records/projects.task",
    "/api/records/projects.progress",
    "/api/records/indicators.value",
    "/api/cases?count=exact",
    "/api/cases/near?kind=lamp&category=light.out&lon=117.223&lat=39.096",
    "/api/open311/v2/requests.json",
    "/api/data/indicators.board",
    "/api/layers/space.streets",
    "/api/records/cases.case",
    "/api/records/cases.case?limit=100&where=phase:eq:working",
    "/api/records/cases.case/count",
    "/api/records/cases.case/facets?field=phase",
    "/api/records/cases.casetask",
    "/api/records/cases.category",
    "/api/records/cases.supervision",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Client:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)  # what is held for some seconds must not run out between warming and counting
    create_account("reader", "示例·读者", "leader", "120103", "", "a long passphrase of ours")
    Post.objects.create(account=Account.objects.get(username="reader"), role="case_dispatcher", place="120103")
    Resident.objects.bulk_create(
        Resident(name=f"示例{n}", sex="female", born_on=date(1950, 1, 1), home="120103001001", residence="registered") for n in range(60)
    )
    client = Client()
    client.force_login(Account.objects.get(username="reader"), backend="hexi.core.trust.backends.PostBackend")
    client.get("/api/session")
    return client


def counted(reader: Client) -> dict[str, int]:
    found: dict[str, int] = {}
    for address in ADDRESSES:
        reader.get(address)  # what is held in memory is warm
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert reader.get(address).status_code == 200, address
        found[address] = len([q for q in queries.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])
    return found


def test_no_address_costs_more_statements_than_committed(reader: Client) -> None:
    found = counted(reader)
    if os.environ.get("HEXI_RENEW_COUNTS"):
        COMMITTED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert set(found) == set(committed)
    assert {address: n for address, n in found.items() if n > committed[address]} == {}


def test_a_list_costs_at_most_four_statements(reader: Client) -> None:
    found = counted(reader)
    assert {address: n for address, n in found.items() if address.startswith("/api/records/") and n > LIST_LIMIT} == {}
