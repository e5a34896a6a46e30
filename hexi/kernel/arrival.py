"""How rows of a file differ from rows that people type: what a register says of its imports, and what a sender is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hexi.kernel.label import Label

Options = tuple[tuple[str, Label], ...]
Answers = Mapping[str, str]
Meanings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file does not say for certain. `proposed` is what its own content speaks for; only an answer counts."""

    key: str
    label: Label
    options: Options
    proposed: str = ""

    def answer(self, answers: Answers) -> str:
        """The option that was chosen, empty where none was."""
        given = answers.get(self.key, "")
        return given if given in dict(self.options) else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A field whose words in the file are another system's, so that the meaning of each is asked: the options, and what to propose."""

    options: Callable[[Answers], Options]
    proposed: Callable[[Answers, str], str]


@dataclass(slots=True)
class Arriving:
    """One row on its way in: values by column of the table, and the words for which no meaning was found, by field."""

    values: dict[str, Any]
    words: dict[str, str]
    faults: list[tuple[str, Label]] = field(default_factory=list[tuple[str, Label]])
    remarks: list[tuple[str, Label]] = field(default_factory=list[tuple[str, Label]])


def _alone(_rows: Sequence[Any]) -> Sequence[Any]:
    return ()


def _no_end(_import: int, _answers: Answers) -> None:
    pass


def _no_return(_import: int) -> None:
    pass


def _nothing(_mapped: frozenset[str], _answers: Answers) -> tuple[Question, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a sheet may bring into a register whose stamped fields no form changes.

    `settle` completes the rows of a batch and fills in the columns named in `sets`; it runs when every question has its answer.
    `lenient` fields stay empty, with a remark, where their word means nothing here; `rounded` numbers may have more decimals than we keep;
    `meanings` are a field's own way to find what words mean; `others` are heads that sound like a field of ours and are something else.
    `beside` gets each batch of rows just before they are written, may complete them, and gives the rows of other tables that come with
    them; `brings` names the relations of all rows that go when the import is undone. `changed` says which of the rows whose version is
    not the first somebody changed, where the platform itself may have done so. `once` names columns in which no two rows of one file
    agree. `after(import, answers)` runs when all rows are written, `undoing(import)` before they go again, both in their transaction.
    """

    fields: tuple[str, ...]
    settle: Callable[[Sequence[Arriving], Answers], None]
    sets: tuple[str, ...]
    required: tuple[str, ...] = ()
    asks: Callable[[frozenset[str], Answers], tuple[Question, ...]] = _nothing
    wordings: Mapping[str, Wording] = field(default_factory=dict[str, Wording])
    meanings: Mapping[str, Callable[[set[str]], Meanings]] = field(default_factory=dict[str, Callable[[set[str]], Meanings]])
    lenient: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    beside: Callable[[Sequence[Any]], Sequence[Any]] = _alone
    brings: tuple[str, ...] = ()
    changed: Callable[[Any], Any] | None = None
    once: tuple[str, ...] = ()
    after: Callable[[int, Answers], None] = _no_end
    undoing: Callable[[int], None] = _no_return
