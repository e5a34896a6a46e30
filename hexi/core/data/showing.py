"""Rows as people may see them: values as JSON, labels beside codes, what is not theirs masked and named in `__masked`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, Expression, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from hexi.core.data.entities import Description, describe
from hexi.core.data.masking import Mask, clearly, mask_for, reread_with
from hexi.core.data.paging import Order, keyed
from hexi.core.data.parameters import tuned_context
from hexi.core.data.placenames import place_names
from hexi.core.data.sharing import keys_of
from hexi.core.data.sql import to_q
from hexi.core.data.values import plain
from hexi.core.trust.api import Viewer, allowed, organisation_labels
from hexi.kernel.condition import Cond, Everything, Nothing, both
from hexi.kernel.label import Language

LINKED = {"reference", "file"}


@dataclass(frozen=True)
class Sight:
    """Which fields of a register a viewer asked for, and how much of them is theirs."""

    about: Description
    names: tuple[str, ...]
    mask: Mask
    labels: dict[str, Expression | F]
    language: Language

    def fetch(self, found: QuerySet[Any], order: Order) -> Any:
        """The rows with every column that showing them needs, in one statement."""
        columns = {self.about.fields[name].attname for name in self.names} | self.mask.needs | {"id", "version", "updated_at", order.name}
        far = ("__".join(path) for path in self.mask.far)
        labels = {f"{name}__label": expression for name, expression in self.labels.items()}
        return keyed(found, order).values(*sorted(columns), *((order.key,) if order.seen is not None else ()), *far, **labels)


def sight_of(viewer: Viewer, about: Description, names: Iterable[str]) -> Sight:
    """What the viewer sees of these fields."""
    known = tuple(name for name in names if name in about.fields)
    labels = {name: label for name in known if about.fields[name].kind in LINKED and (label := _label(viewer, about, name)) is not None}
    return Sight(about, known, mask_for(viewer, about, known), labels, viewer.language)


def _label(viewer: Viewer, about: Description, name: str) -> Expression | F | None:
    """The title of what a reference points to, where this viewer may read it there: a label is no way round a mask.

    Nothing where the record is not open to them, empty where it is and its title is masked: so a page knows which numbers lead somewhere.
    """
    target = about.fields[name].related_model
    if not hasattr(target, "Describe"):
        return F(f"{name}__name")
    there = describe(target)
    read = allowed(viewer, "read", there.subject)
    seen = both(read, clearly(viewer, there, there.fields[there.title].privacy))
    title = _title(there, name, viewer.language)
    if isinstance(seen, Everything):
        return title
    if isinstance(read, Nothing):
        return None
    masked = Value("") if isinstance(read, Everything) else Case(When(_there(read, name), then=Value("")), default=None)
    told = When(_there(seen, name), then=Cast(title, TextField()))  # some are titled by a number
    return masked if isinstance(seen, Nothing) else Case(told, default=masked, output_field=TextField())


def _there(cond: Cond, name: str) -> Q:
    return to_q(cond, tuned_context(), f"{name}__")


def _title(there: Description, name: str, language: Language) -> Expression | F:
    """The title, for English readers its English twin where it has one; of a choice the words and not the key."""
    field, twin = there.fields[there.title], f"{there.title}_en"
    way = f"{name}__{field.attname}"
    title = F(way)
    if field.kind == "choice":
        said = (When(**{way: key}, then=Value(words.said(language))) for key, words in field.options.items())
        return Case(*said, default=title, output_field=TextField())
    if language != "en" or twin not in there.fields:
        return title
    return Coalesce(NullIf(F(f"{name}__{twin}"), Value("")), title, output_field=TextField())  # one may be a long text


def shown(sight: Sight, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as JSON: reference numbers under the field's own name, labels beside them, masked values masked."""
    return [row for row, _ in shown_with_hidden(sight, rows)]


def shown_with_hidden(sight: Sight, rows: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], frozenset[str]]]:
    """The same, each with the names of the fields that are not clear in it."""
    mask = sight.mask
    hidden = (
        [mask.hidden(reread_with(row, mask.far) if mask.far else row) for row in rows] if mask.rules else [frozenset[str]()] * len(rows)
    )
    places = place_names(_codes(sight, rows, hidden), sight.language)
    names, columns = ("id", "version", *sight.names), [sight.about.fields[name].attname for name in sight.names]
    pick, ways = itemgetter("id", "version", *columns), {own: _way(sight, own) for own in set(hidden)}
    out = [(dict(zip(names, pick(row), strict=True)), own) for row, own in zip(rows, hidden, strict=True)]
    for row, (said, own) in zip(rows, out, strict=True):
        ways[own].write(said, row, places)
    return out


class _Way(NamedTuple):
    """What becomes of the values of rows in which the same fields are hidden."""

    mask: Mask
    hidden: tuple[str, ...]
    written_out: tuple[str, ...]
    labelled: tuple[tuple[str, Any], ...]

    def write(self, said: dict[str, Any], row: dict[str, Any], places: dict[str, str]) -> None:
        said["updated_at"] = plain(row["updated_at"])
        for name in self.hidden:
            said[name] = self.mask.masked(name, said[name])
        for name in self.written_out:
            said[name] = plain(said[name])
        for name, label in self.labelled:
            if (value := said[name]) is not None and value != "":
                said[f"{name}__label"] = label(name, value, row, places)
        if self.mask.rules:
            said["__masked"] = list(self.hidden)


def _way(sight: Sight, hidden: frozenset[str]) -> _Way:
    fields = [sight.about.fields[name] for name in sight.names if name not in hidden]
    return _Way(
        sight.mask, tuple(sorted(hidden)), tuple(field.name for field in fields if field.kind in WRITTEN_OUT),
        tuple((field.name, LABELS[field.kind]) for field in fields if field.kind in LABELS),
    )  # fmt: skip


def _codes(sight: Sight, rows: Sequence[dict[str, Any]], hidden: Sequence[frozenset[str]]) -> set[str]:
    names = [name for name in sight.names if sight.about.fields[name].kind == "place"]
    return {row[name] for row, own in zip(rows, hidden, strict=True) for name in names if row[name] and name not in own}


def _place_label(name: str, value: Any, row: dict[str, Any], places: dict[str, str]) -> Any:
    return places.get(value, value)


def _office_label(name: str, value: Any, row: dict[str, Any], places: dict[str, str]) -> Any:
    label = organisation_labels().get(value)
    return label.as_dict() if label else value


def _offices_label(name: str, value: Any, row: dict[str, Any], places: dict[str, str]) -> Any:
    known = organisation_labels()
    return [known[key].as_dict() if key in known else key for key in keys_of(value)]


def _link_label(name: str, value: Any, row: dict[str, Any], places: dict[str, str]) -> Any:
    return row.get(f"{name}__label")


WRITTEN_OUT = {"number", "money", "day", "moment"}
LABELS = {"place": _place_label, "office": _office_label, "offices": _offices_label, "reference": _link_label, "file": _link_label}
