"""Which words of an answer are missing, or in the wrong language. What people typed stays as they typed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CHINESE = re.compile(r"[\u3400-\u9fff]+")
SENTENCE = re.compile(r"[A-Za-z]{3,}(?: [a-z]{2,}){2,}")
MASKED = re.compile(r"[\u3400-\u9fff]\*+")
"""A name of which the first letter is shown."""
VERBATIM = frozenset({"printed", "because"})
"""Keys of what is shown as it was printed, and of what a rule rests on: the law, in its own words."""
LONGEST = 80


def runs(text: str) -> list[str]:
    """The Chinese in a text, cut where anything else stands."""
    return CHINESE.findall(text)


def faults_of(answer: Any, language: str, typed: frozenset[str]) -> Iterator[str]:
    """What a reader of this language would find wrong, each with its place in the answer."""
    for path, text in _texts(answer, ""):
        if isinstance(text, dict):
            yield from (f"{path}: {one}" for one in _label_faults(text, typed))
        elif language == "en" and _is_foreign(text, typed):
            yield f"{path}: Chinese in an English answer: {text[:LONGEST]}"


def _label_faults(label: dict[str, str], typed: frozenset[str]) -> Iterator[str]:
    zh, en = label["zh"], label["en"]
    if not zh or not en:
        yield f"one language is missing: {label}"
    if _is_foreign(en, typed):
        yield f"Chinese in an English label: {en[:LONGEST]}"
    if SENTENCE.search(zh) and not CHINESE.search(zh):
        yield f"English in a Chinese label: {zh[:LONGEST]}"


def _is_foreign(text: str, typed: frozenset[str]) -> bool:
    return not text.isascii() and any(run not in typed for run in runs(MASKED.sub("", text)))


def _texts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield path, value
        else:
            for key, one in value.items():
                if key not in VERBATIM:
                    yield from _texts(one, f"{path}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, f"{path}[]")
    elif isinstance(value, str):
        yield path, value
