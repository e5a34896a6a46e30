"""What a declaration checks about its own words, when it is written and long before anybody meets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label


def checked_name(what: str, key: str, label: Label, *, dots: bool = False) -> None:
    """Raise DeclarationError unless the key can be a URL, a table name and a permission, and the label has both languages."""
    parts = key.split(".") if dots else [key]
    if not all(part.isidentifier() and part == part.lower() and part.isascii() for part in parts):
        raise DeclarationError(f"{what} key {key!r} must be lower_snake_case: it becomes a URL, a table name and a permission.")
    checked_label(f"{what} {key}", label)


def checked_label(what: str, label: object) -> None:
    """Raise DeclarationError for a text in one language."""
    if not isinstance(label, Label):
        raise DeclarationError(f"{what}: the label {label!r} has one language only. Write t('中文', 'English').")


def checked_words(what: str, given: object, known: Iterable[str]) -> None:
    """Raise DeclarationError unless everything given is among the known words."""
    words = (given,) if isinstance(given, str) else cast("tuple[str, ...]", given)
    choice = sorted(known)
    if unknown := [word for word in words if word not in choice]:
        raise DeclarationError(f"{what} {', '.join(map(repr, unknown))} means nothing here. Choose from {', '.join(choice)}.")


def checked_tuple(what: str, given: object) -> None:
    """Raise DeclarationError for ("x"), which is a text and not the tuple ("x",) that was meant."""
    if not isinstance(given, tuple):
        raise DeclarationError(f"{what} must be a tuple, got {given!r}: a single one is written (…,) with its comma.")


def twice(words: Iterable[str]) -> list[str]:
    """What stands there more than once."""
    return sorted(word for word, count in Counter(words).items() if count > 1)
