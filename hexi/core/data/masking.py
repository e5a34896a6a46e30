"""Which fields of a row this viewer reads in clear, masked, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hexi.core.data.entities import Description
from hexi.core.trust.api import Viewer, clear, masked
from hexi.kernel.condition import Cond, Everything
from hexi.kernel.context import Context, now_context
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

    @property
    def names(self) -> set[str]:
        return set(self.rules)

    def hidden(self, row: Any) -> set[str]:
        """The fields that are not clear in this row."""
        told: dict[int, bool] = {}  # fields of one class share one condition
        return {name for name, cond in self.rules.items() if not self._holds(cond, row, told)}

    def _holds(self, cond: Cond, row: Any, told: dict[int, bool]) -> bool:
        if id(cond) not in told:
            told[id(cond)] = cond.holds(row, self.context)
        return told[id(cond)]

    def masked(self, name: str, value: Any) -> Any:
        """The value as far as it is shown: 张*, 138****1234; None where even its shape says too much."""
        kind, privacy = self.kinds[name]
        return masked(value, kind, privacy) if privacy in PARTLY and value is not None else None


def mask_for(viewer: Viewer, about: Description, names: Iterable[str]) -> Mask:
    """The mask of these fields for this viewer."""
    by_class: dict[Privacy, Cond] = {}
    rules: dict[str, Cond] = {}
    for name in names:
        privacy: Privacy = about.fields[name].privacy
        if privacy not in by_class:
            by_class[privacy] = clear(viewer, privacy, about.subject)
        if not isinstance(by_class[privacy], Everything):
            rules[name] = by_class[privacy]
    paths = {column.path for cond in by_class.values() for column in cond.columns()}
    needs, far = frozenset(path[0] for path in paths if len(path) == 1), frozenset(path for path in paths if len(path) > 1)
    return Mask(rules, {name: (about.fields[name].kind, about.fields[name].privacy) for name in rules}, needs, far, now_context())


def reread_with(row: dict[str, Any], far: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    """The row with what stands behind its references nested, as conditions walk it: `team__rank` becomes `team: {rank: …}`."""
    found = dict(row)
    for path in far:
        inner = found
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        inner[path[-1]] = row["__".join(path)]
    return found
