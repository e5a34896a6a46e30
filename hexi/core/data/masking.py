"""Which fields of a row this viewer reads in clear, masked, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from hexi.core.data.entities import Description
from hexi.core.data.parameters import tuned_context
from hexi.core.trust.api import Viewer, allowed, clear, masked
from hexi.kernel.condition import Cond, Everything, Nothing
from hexi.kernel.context import Context
from hexi.kernel.declare import Privacy

PARTLY: frozenset[Privacy] = frozenset({"personal", "sensitive"})  # classes whose shape is shown; the others are left out whole


@dataclass(frozen=True)
class Mask:
    """`rules`: per field, the rows of which it is clear; fields that are clear everywhere are not in it.

    `needs` are the columns that the rules read, `far` the ways to those behind references.
    """

    rules: dict[str, Cond]
    kinds: dict[str, tuple[str, Privacy]]
    needs: frozenset[str]
    far: frozenset[tuple[str, ...]]
    context: Context

    @cached_property
    def decided(self) -> bool:
        """Is it the same for every row, so that no row need be asked?"""
        return all(isinstance(cond, Nothing) for cond in self.rules.values())

    def hidden(self, row: Any) -> frozenset[str]:
        """The fields that are not clear in this row; few different answers, each one object, however many rows there are."""
        if self.decided:
            return self._all
        closed = tuple(not cond.holds(row, self.context) for cond, _ in self._by_rule)
        if closed not in self._answers:
            names = (own for (_, own), shut in zip(self._by_rule, closed, strict=True) if shut)
            self._answers[closed] = frozenset().union(*names)
        return self._answers[closed]

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self.rules)

    @cached_property
    def _by_rule(self) -> list[tuple[Cond, frozenset[str]]]:
        """Fields of one class share one condition, which is asked once of a row."""
        rules = {id(cond): cond for cond in self.rules.values()}
        return [(cond, frozenset(name for name, own in self.rules.items() if own is cond)) for cond in rules.values()]

    @cached_property
    def _answers(self) -> dict[tuple[bool, ...], frozenset[str]]:
        return {}

    def masked(self, name: str, value: Any) -> Any:
        """The value as far as it is shown: 张*, 138****1234; None where even its shape says too much."""
        kind, privacy = self.kinds[name]
        return _shape(value, kind, privacy) if privacy in PARTLY and kind != "document" else None


@lru_cache(maxsize=20_000)
def _shape(value: Any, kind: str, privacy: Privacy) -> Any:
    """The same pages are looked at again and again, and a text has to be looked at closely to know what it is."""
    return masked(value, kind, privacy)


def clearly(viewer: Viewer, about: Description, privacy: Privacy) -> Cond:
    """Of the rows that the viewer may read at all, those with this class in clear; everything when that is all of them."""
    found = clear(viewer, privacy, about.subject)
    return Everything() if repr(found) == repr(allowed(viewer, "read", about.subject)) else found


def mask_for(viewer: Viewer, about: Description, names: Iterable[str]) -> Mask:
    """The mask of these fields for this viewer, on rows that they may read."""
    by_class: dict[Privacy, Cond] = {}
    rules: dict[str, Cond] = {}
    for name in names:
        privacy: Privacy = about.fields[name].privacy
        if privacy not in by_class:
            by_class[privacy] = clearly(viewer, about, privacy)
        if not isinstance(by_class[privacy], Everything):
            rules[name] = by_class[privacy]
    paths = {column.path for cond in by_class.values() for column in cond.columns()}
    needs, far = frozenset(path[0] for path in paths if len(path) == 1), frozenset(path for path in paths if len(path) > 1)
    return Mask(rules, {name: (about.fields[name].kind, about.fields[name].privacy) for name in rules}, needs, far, tuned_context())


def reread_with(row: dict[str, Any], far: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    """The row with what stands behind its references nested, as conditions walk it: `team__rank` becomes `team: {rank: …}`."""
    found = dict(row)
    for path in far:
        inner = found
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        inner[path[-1]] = row["__".join(path)]
    return found
