"""The kinds of rows that the log speaks of: every register, and who may do what; what it says of each, and what it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from hexi.core.trust.accounts import ACCOUNT, ORGANISATION, POST, said
from hexi.core.trust.models import Account, Organisation, Post
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.kernel.logged import Unlogged

OWN_TABLES = "trust_"
PEOPLE = {ORGANISATION: Organisation, ACCOUNT: Account, POST: Post}
OWN = {key: frozenset(said(model())) for key, model in PEOPLE.items()}
SECRETS = Unlogged(t("口令与动态验证码的密钥不写入留痕", "Passwords and the secrets of one-time codes are kept out of events"), fields=(
    "password", "otp_secret", "otp_used_step", "last_login"))  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """Rows of one kind. `held` is what a row holds by the names that events use; `own` are those of which some event must have spoken."""

    key: str
    model: Any
    held: Callable[[Any], Mapping[str, Any]]
    own: frozenset[str]
    unlogged: tuple[Unlogged, ...] = ()

    @property
    def goes_untold(self) -> bool:
        """May rows go without an event?"""
        return any(one.removal for one in self.unlogged)

    @property
    def some_untold(self) -> bool:
        """Are there rows that no event has to begin?"""
        return any(one.rows is not None for one in self.unlogged)

    def rows(self) -> models.QuerySet[Any]:
        """Every row."""
        return self.model._default_manager.all()

    def to_be_told(self) -> models.QuerySet[Any]:
        """The rows that an event must have begun."""
        found = self.rows()
        for one in self.unlogged:
            if one.rows is not None:
                found = found.exclude(**one.rows) if one.rows else found.none()
        return found


def registers() -> list[Kind]:
    """Every register, by key."""
    return [_register(key, model) for key, model in sorted(catalogue.entities.items())]


def people() -> list[Kind]:
    """Organisations, accounts and posts."""
    return [Kind(key, model, said, OWN[key], (SECRETS,) if model is Account else ()) for key, model in PEOPLE.items()]


def _register(key: str, model: Any) -> Kind:
    describe = getattr(model, "Describe", None)
    unlogged: tuple[Unlogged, ...] = getattr(describe, "unlogged", ())
    passed = {*getattr(describe, "derived", ()), *(name for one in unlogged for name in one.fields)}
    fields = {field.name: field.attname for field in model._meta.concrete_fields if field.name not in passed}

    def held(row: Any) -> Mapping[str, Any]:
        return {name: getattr(row, attname) for name, attname in fields.items()}

    own = frozenset(field.name for field in model._meta.concrete_fields if hasattr(field, "privacy") and field.name in fields)
    return Kind(key, model, held, own, unlogged)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows of how many kinds the log speaks of, and what it does not: exceptions by kind, tables without any events."""

    kinds: int
    rows: int
    exceptions: tuple[Label, ...]
    tables: tuple[str, ...]


def coverage() -> Coverage:
    """What `row_faults` compares, counted."""
    every = [*people(), *registers()]
    return Coverage(len(every), sum(one.to_be_told().count() for one in every), tuple(_exceptions(every)), tuple(_tables(every)))


def _exceptions(every: list[Kind]) -> Iterator[Label]:
    for kind in every:
        for one in kind.unlogged:
            of = f"{kind.key} {', '.join(one.fields)}".strip()
            yield Label(f"{of}：{one.why.zh}", f"{of}: {one.why.en}")
        if derived := sorted(getattr(getattr(kind.model, "Describe", None), "derived", ())):
            of = f"{kind.key} {', '.join(derived)}"
            yield Label(f"{of}：由其他数据算出", f"{of}: worked out from other rows")


def _tables(every: list[Kind]) -> list[str]:
    """Tables of the platform that are neither of a kind nor the log's own, and do not follow from rows either (`follows_from_rows`)."""
    compared = {one.model._meta.db_table for one in every}
    ours = (one for one in apps.get_models() if one.__module__.startswith("hexi.") and not getattr(one, "follows_from_rows", False))
    return sorted(name for one in ours if (name := one._meta.db_table) not in compared and not name.startswith(OWN_TABLES))
