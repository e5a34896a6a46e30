"""Places, people with posts and their browsers for the data room's tests."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hexi.core.data import placenames
from hexi.core.data.tests.samples.models import Team, Thing
from hexi.core.space.models import Place
from hexi.core.trust.api import Viewer, viewer_of_account
from hexi.core.trust.models import Account, Organisation, Post

DISTRICT, STREET, OTHER_STREET = "120103", "120103001", "120103002"
COMMUNITY, GRID, COMPOUND = "120103001003", "12010300100302", "12010300100302005"
NAMES = {DISTRICT: "河西区", STREET: "甲街道", OTHER_STREET: "乙街道", COMMUNITY: "甲社区", GRID: "第02网格", COMPOUND: "甲小区"}
LEVELS = {6: "district", 9: "street", 12: "community", 14: "grid", 17: "compound"}
numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture(autouse=True)
def own_names() -> Iterator[None]:
    """Names of places are held for some seconds, which is longer than a test."""
    placenames.forget()
    yield
    placenames.forget()


@pytest.fixture
def places(db: None, django_user_model: Any) -> None:
    from django.utils import timezone

    Place.objects.bulk_create(
        Place(code=code, level=LEVELS[len(code)], name=name, parent=next((p for p in (code[:n] for n in (14, 12, 9, 6)) if len(p) < len(code)), ""),
              origin="fact", updated_at=timezone.now())
        for code, name in NAMES.items()
    )  # fmt: skip


@pytest.fixture
def offices(db: None) -> None:
    Organisation.objects.create(key="housing", name_zh="区住建委", name_en="Housing Commission")
    Organisation.objects.create(key="civil", name_zh="区民政局", name_en="Civil Affairs Bureau")


@dataclass
class Person:
    """Somebody with a post, their browser, and what the predicate sees of them."""

    account: Account | None
    client: Client

    @property
    def viewer(self) -> Viewer:
        from hexi.core.trust.api import PUBLIC

        return viewer_of_account(self.account) if self.account else PUBLIC

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, query)

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        return self.client.generic(method, path, self.client._encode_json(body, "application/json"), "application/json", **more)

    def post(self, path: str, body: Any = None) -> Any:
        return self.send("POST", path, body)

    def patch(self, path: str, body: Any) -> Any:
        return self.send("PATCH", path, body)


def do(who: Person, row: Any, action: str, why: str = "", **values: Any) -> Any:
    """An action or step on a row by the API; its answer. The row is read anew before and behind it."""
    row.refresh_from_db()
    path = f"/api/records/{row._meta.label_lower}/{row.pk}/actions/{action}"
    answer = who.post(path, {"values": values, "version": row.version, "why": why})
    row.refresh_from_db()
    return answer


def fine(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.content.decode()
    return answer.json()


@pytest.fixture
def person(places: None, offices: None) -> Callable[..., Person]:
    """`person("community_worker", STREET)` or `person(("a", "1201"), ("b", "", "housing"))`; nobody in particular is the public."""

    def make(*posts: Any) -> Person:
        client = Client()
        if not posts:
            return Person(None, client)
        held = [posts] if isinstance(posts[0], str) else posts
        name = f"p{next(numbers)}"
        account = Account.objects.create_user(name, "tian-ta-jie-dao", name=f"示例{name}")
        for role, *rest in held:
            place, office = [*rest, "", ""][:2]
            Post.objects.create(account=account, role=role, place=place, organisation=Organisation.objects.filter(key=office).first())
        client.force_login(account)
        return Person(account, client)

    return make


@pytest.fixture
def steward(person: Callable[..., Person]) -> Person:
    return person("data_steward", DISTRICT)


@pytest.fixture
def thing(places: None, offices: None) -> Callable[..., Thing]:
    """A sample with these values; the rest is ordinary."""

    def make(**values: Any) -> Thing:
        n = next(numbers)
        return Thing.objects.create(**{"code": f"c{n}", "title": f"样品{n}", "home": COMMUNITY, **values})

    return make


@pytest.fixture
def team(db: None) -> Callable[..., Team]:
    def make(**values: Any) -> Team:
        n = next(numbers)
        return Team.objects.create(**{"code": f"t{n}", "name": f"队伍{n}", "area": STREET, **values})

    return make
