"""Does a register hold it already? By its declared label, its aliases, and words of one meaning; every match says how it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from hexi.kit import Description, Label, t
from hexi.scenarios.grid.words import MATCHES, RESIDENTS

FILE = Path(__file__).with_name("meanings.yaml")
NOISE = re.compile(r"[\s（）()：:、,，。.\-_/“”\"'*]+")
ORDER = [key for key, _ in MATCHES]


@dataclass(frozen=True, slots=True)
class Match:
    """The register's field that is the same as what is wanted, and how that was seen."""

    register: str
    field: str
    how: str
    words: Label


@dataclass(frozen=True, slots=True)
class Meanings:
    """Groups of words by meaning, and words too general to match alone; both as they are compared."""

    groups: tuple[frozenset[str], ...]
    general: frozenset[str]

    def alike(self, one: str, other: str) -> bool:
        """Do both stand in one group?"""
        return any(one in group and other in group for group in self.groups)


@cache
def meanings() -> Meanings:
    """The table of meanings, read once."""
    said = cast("dict[str, list[Any]]", yaml.safe_load(FILE.read_text(encoding="utf-8")))
    groups = tuple(frozenset(bare(word) for word in group) for group in said["same"])
    return Meanings(groups, frozenset(bare(word) for word in said["general"]))


def bare(text: str) -> str:
    """A word as it is compared: small letters, no spaces or marks."""
    return NOISE.sub("", text).lower()


def held(wanted: str, registers: Mapping[str, Description]) -> Match | None:
    """The closest match among the registers that are kept as registers (filled by people, with a place); None where nothing holds it."""
    kept = [one for one in registers.values() if one.importable and one.place]
    kept.sort(key=lambda one: (one.key != RESIDENTS, one.key))
    found = [match for about in kept for match in _in_register(bare(wanted), about)]
    return min(found, key=lambda one: ORDER.index(one.how), default=None)


def _in_register(wanted: str, about: Description) -> Iterable[Match]:
    for name, field in about.fields.items():
        if how := _how(wanted, about, field):
            yield Match(about.key, name, how, _said(about, field, how))


def _how(wanted: str, about: Description, field: Any) -> str:
    labels = {bare(field.label.zh), bare(field.label.en)}
    whole = {bare(about.label.zh) + label for label in labels} | {f"{label}ofthe{bare(about.label.en)}" for label in labels}
    if wanted in whole or wanted in labels - meanings().general:
        return "label"
    if wanted in {bare(alias) for alias in field.aliases} - meanings().general:
        return "alias"
    return "meaning" if any(meanings().alike(wanted, label) for label in labels | whole) else ""


def _said(about: Description, field: Any, how: str) -> Label:
    said = t("“{register}”已有“{field}”（{how}）", "“{register}” holds “{field}” ({how})")
    return said.filled(register=about.label, field=field.label, how=dict(MATCHES)[how])
