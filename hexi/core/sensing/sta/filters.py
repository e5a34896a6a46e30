"""`$filter` of SensorThings (OData 4): from text to a tree, and what the tree says of one row.

A path over a navigation to many (`Datastreams/ObservedProperty/name`) has many values: a comparison holds where it holds for one of them.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

Values = list[Any]
Resolve = Callable[[str], Values]
TOKEN = re.compile(
    r"\s*(?:(?P<time>\d{4}-\d\d-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:?\d\d)?)?)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<text>'(?:[^']|'')*')|(?P<name>[@A-Za-z_$][\w.@]*(?:/[@A-Za-z_$][\w.@]*)*)|(?P<mark>[(),-]))"
)
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le,
}  # fmt: skip
COUNTED: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": lambda one, other: one / other, "mod": operator.mod,
}  # fmt: skip
DIVIDED = {"div", "mod"}
DEEPEST, LONGEST = 40, 300
"""Ours: so many levels and words; people write neither, and every level costs a piece of the stack."""


def _when(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value).partition("/")[0])


OF_ONE: dict[str, Callable[[Any], Any]] = {
    "length": lambda text: len(str(text)), "tolower": lambda text: str(text).lower(), "toupper": lambda text: str(text).upper(),
    "trim": lambda text: str(text).strip(), "round": lambda n: math.floor(n + 0.5), "floor": math.floor, "ceiling": math.ceil,
    "year": lambda at: _when(at).year, "month": lambda at: _when(at).month, "day": lambda at: _when(at).day,
    "hour": lambda at: _when(at).hour, "minute": lambda at: _when(at).minute, "second": lambda at: _when(at).second,
    "date": lambda at: _when(at).date().isoformat(),
}  # fmt: skip
OF_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "substringof": lambda part, whole: str(part) in str(whole), "contains": lambda whole, part: str(part) in str(whole),
    "startswith": lambda whole, part: str(whole).startswith(str(part)), "endswith": lambda whole, part: str(whole).endswith(str(part)),
    "indexof": lambda whole, part: str(whole).find(str(part)), "concat": lambda one, other: f"{one}{other}",
    "substring": lambda text, begin: str(text)[int(begin) :],
}  # fmt: skip
PARTS = {"now": 0, **dict.fromkeys(OF_ONE, 1), **dict.fromkeys(OF_TWO, 2)}


@dataclass(frozen=True, slots=True)
class Node:
    """One piece of a filter: `kind` is literal, path, call, or the operator itself."""

    kind: str
    value: Any = None
    parts: tuple[Node, ...] = ()

    def holds(self, resolve: Resolve) -> bool:
        """Is it true of the row whose paths `resolve` gives?"""
        return any(value is True for value in self.values(resolve))

    def values(self, resolve: Resolve) -> Values:
        """What it comes to."""
        if self.kind == "literal":
            return [self.value]
        if self.kind == "path":
            return resolve(self.value)
        if self.kind in {"and", "or", "not"}:
            return [self._logic(resolve)]
        return list(self._worked_out([part.values(resolve) for part in self.parts]))

    def _logic(self, resolve: Resolve) -> bool:
        if self.kind == "not":
            return not self.parts[0].holds(resolve)
        both = (part.holds(resolve) for part in self.parts)
        return all(both) if self.kind == "and" else any(both)

    def _worked_out(self, found: list[Values]) -> Iterable[Any]:
        if self.kind == "call":
            return self._called(found)
        left, right = found
        if self.kind in COMPARED:
            return [any(_compared(self.kind, one, other) for one in left for other in right)]
        return [
            COUNTED[self.kind](one, other)
            for one in left
            for other in right
            if _numbers(one, other) and (other or self.kind not in DIVIDED)
        ]

    def _called(self, found: list[Values]) -> Values:
        """What is missing gives nothing; so does what the function is not for, such as the year of a name."""
        try:
            if not found:
                return [datetime.now(UTC)]
            if len(found) == 1:
                return [OF_ONE[self.value](one) for one in found[0] if one is not None]
            return [OF_TWO[self.value](one, other) for one in found[0] for other in found[1] if None not in (one, other)]
        except (TypeError, ValueError, OverflowError):
            return []


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _compared(how: str, one: Any, other: Any) -> bool:
    if one is None or other is None:
        return (one is other) if how == "eq" else (one is not other) if how == "ne" else False
    if isinstance(one, datetime) or isinstance(other, datetime):
        try:
            one, other = _when(one), _when(other)
        except ValueError:
            return False
    elif not _numbers(one, other) and type(one) is not type(other):
        one, other = _alike(one, other)
    return COMPARED[how](one, other)


def _alike(one: Any, other: Any) -> tuple[Any, Any]:
    """A number and a text that says one are compared as numbers, as the standard's own tests do (`result gt '3'`)."""
    try:
        return float(one), float(other)
    except (TypeError, ValueError):
        return str(one), str(other)


def parsed(text: str) -> Node:
    """The filter as a tree. Raises Invalid with the place where it cannot be read."""
    tokens = _tokens(text)
    if len(tokens) > LONGEST:
        raise _refused(text, tokens[LONGEST][2])
    parser = _Parser(tokens, text)
    found = parser.either()
    parser.end()
    return found


def _refused(text: str, at: int) -> Invalid:
    said = t("筛选条件无法理解", "The filter cannot be understood")
    return Invalid([Problem("$filter", said, where=str(at), value=text[at : at + 40])], said, code="filter")


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, at = list[tuple[str, str, int]](), 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None:
            raise _refused(text, at)
        kind = str(match.lastgroup)
        found.append((kind, match[kind], match.start(kind)))
        at = match.end()
    return found


class _Parser:
    """By descent: or, and, not, comparison, sum, product, one."""

    def __init__(self, tokens: list[tuple[str, str, int]], text: str) -> None:
        self.tokens, self.text, self.at, self.depth = tokens, text, 0, 0

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise self.refused()

    def refused(self) -> Invalid:
        place = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        return _refused(self.text, place)

    def taken(self, *words: str) -> str | None:
        """The next word, if it is one of these."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] != "text" and self.tokens[self.at][1] in words:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def either(self) -> Node:
        return self._chain(("or",), lambda: self._chain(("and",), self.negated))

    def _chain(self, words: tuple[str, ...], lower: Callable[[], Node]) -> Node:
        found = lower()
        while word := self.taken(*words):
            found = Node(word, parts=(found, lower()))
        return found

    def _deeper(self, lower: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refused()
        found = lower()
        self.depth -= 1
        return found

    def negated(self) -> Node:
        if self.taken("not"):
            return Node("not", parts=(self._deeper(self.negated),))
        found = self.counted()
        if word := self.taken(*COMPARED):
            return Node(word, parts=(found, self.counted()))
        return found

    def counted(self) -> Node:
        return self._chain(("add", "sub"), lambda: self._chain(("mul", "div", "mod"), self.one))

    def one(self) -> Node:
        if self.at >= len(self.tokens):
            raise self.refused()
        if self.taken("("):
            found = self._deeper(self.either)
            if not self.taken(")"):
                raise self.refused()
            return found
        if self.taken("-"):
            return Node("mul", parts=(Node("literal", -1), self._deeper(self.one)))
        kind, word, _ = self.tokens[self.at]
        self.at += 1
        return self._named(word) if kind == "name" else self._literal(kind, word)

    def _literal(self, kind: str, word: str) -> Node:
        if kind == "number":
            return Node("literal", float(word) if set(word) & set(".eE") else int(word))
        if kind == "text":
            return Node("literal", word[1:-1].replace("''", "'"))
        if kind == "time":
            try:
                found = datetime.fromisoformat(word)
                return Node("literal", found if found.tzinfo else found.replace(tzinfo=UTC))
            except ValueError:
                pass
        self.at -= 1
        raise self.refused()

    def _named(self, word: str) -> Node:
        if word in {"true", "false", "null"}:
            return Node("literal", {"true": True, "false": False, "null": None}[word])
        if word not in PARTS or not self.taken("("):
            return Node("path", word)
        parts = list[Node]()
        while not self.taken(")"):
            parts.append(self._deeper(self.either))
            if not self.taken(",") and (self.at >= len(self.tokens) or self.tokens[self.at][1] != ")"):
                raise self.refused()
        if len(parts) != PARTS[word]:
            self.at -= 1
            raise self.refused()
        return Node("call", word, tuple(parts))
