"""The site's own addresses: pages, sources, layers, errors, headers, rendering."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hexi.core.data.api import readable
from hexi.core.trust.accounts import create_account
from hexi.core.trust.api import PLATFORM
from hexi.core.trust.models import Account
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Column
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t
from hexi.scenarios.population.scenario import Resident
from hexi.site import chromium
from hexi.site.chromium import pdf_of, program
from hexi.site.middleware import policy

pytestmark = pytest.mark.django_db
HAS_CHROMIUM = any(shutil.which(name) for name in chromium.NAMES)


@pytest.fixture
def signed_in() -> Client:
    create_account("somebody", "示例·某人", "leader", "120103", "", "a long passphrase of ours")
    client = Client()
    client.force_login(Account.objects.get(username="somebody"), backend="hexi.core.trust.backends.PostBackend")
    return client


def test_the_public_sees_screens_and_no_desk_pages(client: Client, signed_in: Client) -> None:
    public = {page["id"]: page["kind"] for page in client.get("/api/pages").json()}
    staff = {page["id"] for page in signed_in.get("/api/pages").json()}
    assert {"overview", "livelihood", "near"} <= set(public)
    assert set(public.values()) <= {"screen", "mobile"}
    boards = {page.id for page in catalogue.pages.values() if page.kind == "board"}
    assert boards and boards <= staff
    assert client.get(f"/api/pages/{min(boards)}").status_code == 404


def test_every_page_is_a_document_whose_sources_answer(signed_in: Client, settings: Any) -> None:
    settings.WALKS = None  # questions about walks are answered here
    for page_id in catalogue.pages:
        page = signed_in.get(f"/api/pages/{page_id}").json()
        assert page["spec"] == "hexi.ui/1"
        for panel in page["panels"]:
            if panel.get("data"):
                params = {k: v for k, v in panel["data"]["params"].items() if not str(v).startswith("$")}
                answer = signed_in.get(f"/api/data/{panel['data']['source']}", params)
                assert answer.status_code in {200, 404}, (page_id, panel["id"], answer.content[:200])
                assert answer.status_code == 200 or answer.json()["code"] == "not_found"


def test_a_menu_offers_only_what_opens(client: Client, signed_in: Client) -> None:
    assert client.get("/api/menu").json() == {"groups": []}
    items = [item for group in signed_in.get("/api/menu").json()["groups"] for item in group["items"]]
    assert items
    for item in items:
        target = item["open"]
        address = f"/api/pages/{target['page']}" if "page" in target else f"/api/models/{target['entity']}"
        assert signed_in.get(address).status_code == 200


def test_each_day_starts_on_the_page_of_the_post_and_homes_name_roles_that_exist(client: Client, signed_in: Client) -> None:
    items = [item for group in signed_in.get("/api/menu").json()["groups"] for item in group["items"]]
    assert [item["key"] for item in items if item.get("home")] == ["livelihood_desk"]
    named = {role for room in catalogue.rooms.values() for item in room.menu for role in item.home}
    assert named and named <= set(catalogue.roles)


@pytest.mark.parametrize(
    "address", ["/api/nothing", "/api/pages/nothing", "/api/data/nothing", "/api/layers/nothing", "/api/records/no.thing"]
)
def test_what_is_not_there_is_a_problem_document_in_the_readers_language(client: Client, address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"].isascii()
    assert not client.get(address).json()["title"].isascii()


def test_an_unchanged_layer_is_not_sent_twice(client: Client) -> None:
    first = client.get("/api/layers/space.streets")
    again = client.get("/api/layers/space.streets", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("params", [{"box": "1,2,3"}, {"box": "a,b,c,d"}, {"zoom": "near"}])
def test_a_faulty_box_or_zoom_is_told(client: Client, params: dict[str, str]) -> None:
    answer = client.get("/api/layers/space.streets", params)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in params


def test_an_unforeseen_error_tells_a_mark_and_no_inner_detail(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    source = catalogue.sources["space.scope"]
    broken = type(source)(source.key, source.label, lambda viewer, params: 1 / 0)
    monkeypatch.setitem(catalogue.sources, "space.scope", broken)
    answer = client.get("/api/data/space.scope")
    assert answer.status_code == 500
    assert "division" not in answer.content.decode()
    assert answer.json()["detail"]


def test_an_answer_says_whether_it_was_made_for_somebody_who_is_signed_in(client: Client, signed_in: Client) -> None:
    for path in ("/api/session", "/api/menu"):
        assert signed_in.get(path)["X-Hexi-Reader"] == "account"
        assert client.get(path)["X-Hexi-Reader"] == "public"
    signed_in.session.flush()
    assert signed_in.get("/api/menu")["X-Hexi-Reader"] == "public"


def test_every_answer_carries_a_policy_without_eval_or_foreign_hosts(client: Client) -> None:
    for address in ("/", "/work/", "/m/", "/api/session"):
        said = client.get(address).headers["Content-Security-Policy"]
        assert "script-src 'self';" in said and "unsafe-eval" not in said and "default-src 'none'" in said
    assert "http" not in policy("")


def test_the_openapi_document_says_every_record_address() -> None:
    from hexi.site.http import api

    paths = json.loads(json.dumps(api.get_openapi_schema()))["paths"]
    assert {"/api/records/{entity}", "/api/records/{entity}/{number}/actions/{action}", "/api/pages/{page_id}"} <= set(paths)


def test_without_a_browser_pictures_are_refused_with_what_to_install(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHROMIUM = ""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Unavailable) as raised:
        program()
    assert "chromium" in raised.value.document("en")["do"]


@pytest.mark.skipif(not HAS_CHROMIUM, reason="no Chromium on this machine")
def test_a_document_becomes_a_pdf_and_fetches_nothing() -> None:
    made = pdf_of("<meta charset=utf-8><title>月报</title><h1>民心工程</h1><img src='http://127.0.0.1:9/x.png'>")
    assert made.startswith(b"%PDF-") and len(made) > 1000


def test_an_unknown_page_is_not_rendered(client: Client) -> None:
    assert client.get("/api/render/nothing.png").status_code == 404
    assert client.get("/api/render/overview.png", {"width": "99999"}).status_code == 422


def test_a_rule_says_what_it_finds_and_leads_to_the_rows(signed_in: Client) -> None:
    Resident.objects.bulk_create(
        Resident(name="示例", sex="female", born_on=date(1950, 1, 1), home="120103001001", residence="registered", confirmed_on=day)
        for day in (None, date(2020, 1, 1), timezone.localdate())
    )
    row = next(row for row in signed_in.get("/api/data/site.rules").json()["rows"] if row["key"] == "resident_unconfirmed")
    assert (row["count"], row["status"]) == (2, "ok")
    assert "上次核实" in row["sentence"]["zh"] and row["because"]
    assert len(signed_in.get(f"/api/records/{row['entity']}", {"set": row["set"]}).json()["rows"]) == 2


def test_a_failing_rule_shows_as_failing(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = catalogue.rules["resident_unconfirmed"]
    monkeypatch.setitem(catalogue.rules, rule.key, replace(rule, when=Column("nowhere", t("无", "nowhere"), kind="number") == 1))
    with pytest.raises(Exception, match="nowhere"):
        readable(PLATFORM, Resident, catalogue.rules[rule.key].when).count()
    row = next(row for row in signed_in.get("/api/data/site.rules").json()["rows"] if row["key"] == rule.key)
    assert (row["count"], row["status"]) == (None, "breach")
