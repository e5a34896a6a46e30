"""What would come of an import: the first rows, faults and remarks, how many there are, and what is still to be said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hexi.core.data.entities import Description
from hexi.core.data.imports.checking import Checked, Checker, Fault
from hexi.core.data.values import plain
from hexi.core.space.api import labels_for
from hexi.core.trust.api import Viewer
from hexi.kernel.arrival import Answers, Question

SHOWN_ROWS, SHOWN_ERRORS = 20, 200


def asked(viewer: Viewer, one: Question, answers: Answers) -> dict[str, Any]:
    """A question as it is put to its reader."""
    options = [{"value": value, "label": label.said(viewer.language)} for value, label in one.options]
    return {
        "key": one.key,
        "label": one.label.said(viewer.language),
        "options": options,
        "proposed": one.proposed,
        "answer": one.answer(answers),
    }


@dataclass
class Some:
    """The first few of many, and how many there were."""

    shown: list[Fault] = field(default_factory=list[Fault])
    count: int = 0

    def take(self, more: list[Fault]) -> None:
        self.shown += more[: max(SHOWN_ERRORS - len(self.shown), 0)]
        self.count += len(more)


@dataclass
class Preview:
    """The first rows, faults and remarks of a file, and how many there are."""

    checker: Checker
    good: int = 0
    bad: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    faults: Some = field(default_factory=Some)
    remarks: Some = field(default_factory=Some)

    def take(self, batch: list[Checked]) -> None:
        """Some more rows."""
        for one in batch:
            self.good, self.bad = self.good + (not one.faults), self.bad + bool(one.faults)
            if len(self.rows) < SHOWN_ROWS:
                self.rows.append(_shown(self.checker, one))
            self.faults.take(one.faults)
            self.remarks.take(one.remarks)

    def document(self, viewer: Viewer) -> dict[str, Any]:
        """As it is sent."""
        heads = {column.index: column.field.label.said(viewer.language) for column in self.checker.columns}
        said = {
            name: [_said(viewer, heads, one) for one in some.shown] for name, some in (("errors", self.faults), ("remarks", self.remarks))
        }
        counts = {"error_count": self.faults.count, "remark_count": self.remarks.count}
        return {"good": self.good, "bad": self.bad, "rows": self.rows, **said, **counts}


def _shown(checker: Checker, one: Checked) -> dict[str, Any]:
    """The row as it would be kept, with the words of the sheet beside the codes that they were read as."""
    found: dict[str, Any] = {}
    about, columns = checker.about, {column.field.attname: column for column in checker.columns}
    names = {each.attname: name for name, each in about.fields.items()}
    for attname, value in zip(checker.names, one.values, strict=True):
        if (name := names.get(attname)) is None:
            continue
        found[name] = plain(value)
        if value and (said := _words(about, columns.get(attname), name, value)):
            found[f"{name}__label"] = said
    return found


def _said(viewer: Viewer, heads: dict[int, str], fault: Fault) -> dict[str, Any]:
    return {
        "row": fault.row,
        "cell": fault.cell,
        "column": heads.get(fault.column, ""),
        "field": fault.field,
        "value": fault.value,
        "message": fault.message.said(viewer.language),
    }


def _words(about: Description, column: Any, name: str, value: Any) -> str:
    """What the sheet called it, or, where the register filled it in, what the place is called."""
    if about.arrival is None or about.fields[name].attname not in about.arrival.sets:
        return column.word_of(value) if column is not None and column.resolve is not None else ""
    return labels_for([value]).get(value, "") if about.fields[name].kind == "place" else ""
