"""Everything that each demonstration account is offered, asked of a furnished house in one process: what fails, leads nowhere, or lacks words.

    python -m tests.support.every_account FOLDER [username…]

The folder is a copy: what is read leaves traces. Who is named walks whole, in both languages. Without names everybody walks, in English, but
is not asked again what somebody of the same rights was asked, and the public and the first account in Chinese too. Every label of an answer
is looked at in both. Prints a line of JSON for each: who, and the faults.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from tests.support.houses import environment
from tests.support.words import faults_of, runs

if TYPE_CHECKING:
    from django.test import Client

    from hexi.core.trust.api import Viewer

Document = dict[str, Any]
GROUND = frozenset({"space.buildings", "space.roads", "space.green", "space.water"})
"""Layers of the ground: large, without words, and the same for everybody."""
ELSEWHERE = frozenset({"life_circle.whatif"})
"""Answered by the process of the walking network, which does not run here."""
PLAIN = frozenset({"revise", "create", "reveal", "export", "read", "import"})
"""What is allowed without a form of its own: the register's own form asks for it."""
OWN = (
    "/session", "/alarms/mine", "/tours", "/tours/mine", "/notices/mine", "/notices/choice", "/notices/ways", "/session/devices", "/imports",
    "/cases/figures",
)  # fmt: skip
ANYBODY = ("/map", "/nearby", "/cases", "/cases/kinds", "/session")


def typed(folder: Path) -> frozenset[str]:
    """Every run of Chinese that stands in the tables of the house: what people typed, and the names of things and places."""
    found = set[str]()
    with closing(sqlite3.connect(folder / "hexi.sqlite3")) as house:
        for (table,) in house.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [row[1] for row in house.execute(f"PRAGMA table_info('{table}')") if row[2].lower().startswith(("varchar", "text", "char"))]
            for column in columns:
                values = house.execute(f"SELECT DISTINCT \"{column}\" FROM \"{table}\" WHERE typeof(\"{column}\") = 'text'")
                found.update(run for (value,) in values for run in runs(_read(value)))
    return frozenset(found)


def _read(value: str) -> str:
    """A document is kept as JSON, with its letters written as numbers."""
    if value[:1] not in {"{", "["} or "\\u" not in value:
        return value
    try:
        return json.dumps(json.loads(value), ensure_ascii=False)
    except ValueError:
        return value


@dataclass
class Reader:
    """Somebody who reads in one language; `username` empty is the public. `known`: what need not be asked any more."""

    username: str
    language: str
    client: Client
    typed: frozenset[str]
    known: set[object]
    models: dict[str, Document]
    asked: set[str] = field(default_factory=set[str])
    faults: list[str] = field(default_factory=list[str])
    open_to: set[str] = field(default_factory=set[str])

    @cached_property
    def viewer(self) -> Viewer:
        from hexi.core.trust.api import PUBLIC, viewer_of_username

        return viewer_of_username(self.username) if self.username else PUBLIC

    def get(self, path: str, **query: Any) -> Document:
        """The answer; a fault and nothing where there is none."""
        said = f"{path} {json.dumps(query, ensure_ascii=False)}" if query else path
        if said in self.asked:
            return {}
        self.asked.add(said)
        response = self.client.get(f"/api{path}", query)
        if response.status_code >= 400:
            self.faults.append(f"{said} answers {response.status_code}: {response.content[:160].decode(errors='replace')}")
            return {}
        body = json.loads(response.content)
        if self._is_new("words", response.content):
            self.faults.extend(f"{said} {one}" for one in faults_of(body, self.language, self.typed))
        return body if isinstance(body, dict) else {"rows": body}

    def walk(self) -> list[str]:
        """Every register, page and address that this reader is offered. The faults."""
        for entity in self._registers():
            self._register(entity)
        for page in self.get("/pages")["rows"]:
            self._page(page["id"])
        for path in OWN if self.username else ANYBODY:
            self.get(path)
        return self.faults

    def _registers(self) -> list[str]:
        self.open_to = open_to = {one["name"] for one in self.get("/models")["rows"]}
        lines = [line["open"] for group in self.get("/menu")["groups"] for line in group["items"]]
        offered = {line["entity"] for line in lines if line.get("entity")}
        self.faults.extend(f"the menu leads to {one}, which is not open" for one in sorted(offered - open_to))
        return [one for one in sorted(open_to) if self._is_new("register", one, self._rights(one))]

    def _is_new(self, *what: object) -> bool:
        """Was nobody of the same rights asked yet?"""
        key = (self.language, *what)
        return not (key in self.known or self.known.add(key))

    def _rights(self, entity: str) -> tuple[object, ...]:
        """What the reader may do with the register and see of it, by which posts they act in it, and in how large an area."""
        from hexi.core.data.api import described
        from hexi.core.trust.permission import allowed, clear
        from hexi.kernel.condition import Nothing
        from hexi.kernel.declare import PRIVACY_ORDER, Verb

        subject = described(entity).subject
        reached = [allowed(self.viewer, verb, subject) for verb in get_args(Verb)]
        reached += [clear(self.viewer, one, subject) for one in PRIVACY_ORDER]
        return (*(not isinstance(one, Nothing) for one in reached), *self._acts_as(entity), *self._areas)

    def _acts_as(self, entity: str) -> list[str]:
        return sorted(_actors(entity) & self._roles)

    @cached_property
    def _areas(self) -> list[int]:
        return sorted({len(post.place) for post in self.viewer.posts})

    @cached_property
    def _roles(self) -> set[str]:
        return {post.role for post in self.viewer.posts}

    def _register(self, entity: str) -> None:
        if self._is_new("model", entity, *self._acts_as(entity)):
            self.models[entity] = self.get(f"/models/{entity}")
        model = self.models[entity]
        rows = self.get(f"/records/{entity}", limit=1, sort=model["ui"]["table"]["sort"] or "").get("rows")
        for row in rows or []:
            self._record(entity, row["id"], model)

    def _record(self, entity: str, number: int, model: Document) -> None:
        answer = self.get(f"/records/{entity}/{number}")
        if not answer:
            return
        if model["may"]["history"] and self._is_new("history", entity):
            self.get(f"/records/{entity}/{number}/history")
        strange = {*answer["allowed_actions"]} - PLAIN - {one["id"] for one in _actions(model)}
        self.faults.extend(f"/records/{entity}/{number} offers {one}, of which the model knows no form" for one in sorted(strange))
        for far in _links(model, answer["record"], self.open_to):
            self.get(far)

    def _page(self, key: str) -> None:
        from hexi.kernel.catalogue import catalogue

        if self._is_new("page", key):
            self.get(f"/pages/{key}")
        for kind, data in _data(catalogue.pages[key].model_dump(mode="json", by_alias=True, exclude_none=True)):
            source, given = data["source"], _given(data.get("params") or {})
            if source not in ELSEWHERE | GROUND and self._is_new(kind, source, str(given), self._sight(kind, source)):
                self.get(f"/{kind}/{source}", **given)

    def _sight(self, kind: str, source: str) -> object:
        """Which registers the reader may read, of those that the source is made of and those of its room; and of how large an area."""
        from hexi.kernel.catalogue import catalogue

        topics = (catalogue.layers if kind == "layers" else catalogue.sources)[source].topics
        room = source.partition(".")[0] + "."
        made_of = {one for one in self.open_to if one in topics or one.startswith(room)}
        return (*sorted(made_of), *self._areas)


@cache
def _actors(entity: str) -> frozenset[str]:
    """The posts that some step or action of the register asks for."""
    from hexi.kernel.catalogue import catalogue

    lives = catalogue.all_lives(entity) if entity in catalogue.lifecycles or entity in catalogue.lives else ()
    steps = [step for life in lives for step in life.steps]
    return frozenset(role for act in (*catalogue.actions.get(entity, {}).values(), *steps) for role in act.by)


def _actions(model: Document) -> Iterator[Document]:
    yield from model["actions"]
    for life in ((model.get("lives") or {}).get("by_kind") or {}).values():
        yield from life["actions"]


def _links(model: Document, record: Document, open_to: Collection[str]) -> Iterator[str]:
    """What the page of a record draws as a link."""
    for one in model["fields"]:
        told = record.get(f"{one['key']}__label")
        if one["kind"] == "reference" and one["reference"] in open_to and record.get(one["key"]) is not None and told is not None:
            yield f"/records/{one['reference']}/{record[one['key']]}"


def _data(page: Mapping[str, Any]) -> Iterator[tuple[str, Document]]:
    """What the page asks for, by the kind of address."""
    parts = [*page.get("panels", ()), *filter(None, [page.get("ticker")])]
    yield from (("data", part["data"]) for part in parts if part.get("data") and part.get("kind") != "records")
    yield from (("data", {"source": one["source"]}) for one in page.get("scope", {}).values() if one.get("source"))
    yield from (("layers", layer["data"]) for layer in (page.get("map") or {}).get("layers", ()))


def _given(params: Mapping[str, Any]) -> Document:
    """A page that was just opened has nothing in its scope yet."""
    return {key: value for key, value in params.items() if not str(value).startswith("$")}


def main(folder: Path, *usernames: str) -> None:
    told = environment(folder, demo=True, DJANGO_SETTINGS_MODULE="hexi.site.settings")
    os.environ.clear()
    os.environ.update(told)
    import django

    django.setup()
    from hexi.core.trust.demo import demo_accounts

    words, known, models = typed(folder), set[object](), dict[str, Document]()
    everybody = ("", *(one.username for one in demo_accounts()))
    for username in usernames or everybody:
        languages = ("en", "zh") if usernames or username in everybody[:2] else ("en",)
        if usernames:
            known.clear()
        faults = [f"{language} {one}" for language in languages for one in Reader(username, language, _client(username, language), words, known, models).walk()]
        print(json.dumps([username, faults], ensure_ascii=False), flush=True)


def _client(username: str, language: str) -> Client:
    from django.conf import settings
    from django.test import Client

    from hexi.core.trust.models import Account

    settings.ALLOWED_HOSTS, settings.WHITENOISE_AUTOREFRESH = ["*"], True
    client = Client(headers={"accept-language": language})
    if username:
        client.force_login(Account.objects.get(username=username), backend="hexi.core.trust.backends.PostBackend")
    return client


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
