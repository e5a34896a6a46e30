"""Every row of a sheet against its register: what each cell means, and for what stays out the cell and the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from django.db.models import UniqueConstraint

from hexi.core.data.entities import Description
from hexi.core.data.imports.asking import order_key, questions_of, word_key
from hexi.core.data.imports.cells import cell_value
from hexi.core.data.imports.completing import all_names, arriving, settled
from hexi.core.data.imports.guards import letters_of
from hexi.core.data.imports.heads import said
from hexi.core.data.imports.matching import needed, sheet_fields
from hexi.core.data.imports.readers import Reading, Row
from hexi.core.data.imports.resolving import Resolver, resolver_of
from hexi.core.data.parameters import tuned_context
from hexi.core.data.values import Refused, word
from hexi.core.trust.api import Viewer, allowed
from hexi.kernel.arrival import Answers, Arrival, Arriving, Question
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Everything
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import Label, t

BATCH = 2000
REMEMBERED = 50_000  # values of one column: most columns repeat a few
ERROR_CELL = t(
    "单元格是错误值（如 #N/A），或公式没有计算结果：请用 Excel 打开、改正并保存后再上传",
    "The cell holds an error such as #N/A, or a formula without a result: open the file in Excel, correct it, save it and send it again",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell, or a whole row (`column` -1), stays out."""

    row: int
    column: int
    field: str
    message: Label
    value: str = ""

    @property
    def cell(self) -> str:
        return f"{letters_of(self.column + 1)}{self.row}" if self.column >= 0 else str(self.row)

    def problem(self) -> Problem:
        return Problem(self.field, self.message, self.cell, self.value)


@dataclass(slots=True)
class Checked:
    """One row: its values by column of the table, in the order of the checker's `names`; or its faults."""

    row: int
    values: tuple[Any, ...]
    faults: list[Fault]
    remarks: list[Fault] = field(default_factory=list[Fault])


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of the file: how many columns were offered for matching, and its cells without a value, such as #N/A."""

    width: int
    errors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What the sender said of the file: which column (by index) is which field, and the answers to what they were asked."""

    mapping: Mapping[int, str]
    answers: Answers = field(default_factory=dict[str, str])


class Checker:
    """Checks the rows of one file, batch by batch, with as many statements per batch as there are kinds of questions to the database.

    Raises Invalid for a mapping that cannot give a record.
    """

    def __init__(self, viewer: Viewer, about: Description, told: Told, shape: Shape) -> None:
        self.viewer, self.about, self.errors, self.answers = viewer, about, shape.errors, told.answers
        self.fields = checked_mapping(about, told.mapping, shape.width)
        self.columns = [self._column(index, one) for index, one in self.fields.items()]
        self.read_names = tuple(column.field.attname for column in self.columns)
        self.names = all_names(about, self.read_names)
        self.keys = [_Key(about, self.columns, names) for names in unique_sets(about) if set(names) <= {c.field.name for c in self.columns}]
        self.firsts: dict[tuple[Any, ...], int] = {}
        self.rights = allowed(viewer, "import", about.subject)
        self.far = {path[0] for column in self.rights.columns() if len(path := column.path) > 1}

    def _column(self, index: int, one: Any) -> _Column:
        arrival = self.about.arrival
        if arrival and one.name in arrival.meanings:
            return _Column(index, one, arrival.meanings[one.name], _Reads(arrival))
        if arrival and one.name in arrival.wordings:
            return _Column(index, one, self._chosen(index), _Reads(arrival))
        return _Column(index, one, resolver_of(self.viewer, one), _Reads(arrival, self.answers.get(order_key(index), "")))

    def _chosen(self, index: int) -> Resolver:
        """Words of another system mean what the sender said."""
        unsaid = t("请先说明这个词的意思", "Say first what this word means")
        return lambda words: {word: self.answers.get(word_key(index, word)) or unsaid for word in words}

    def questions(self, rows: Iterable[Row]) -> list[Question]:
        """What the sender has to say of this file."""
        return questions_of(self.about, self.fields, rows, self.answers)

    def check(self, rows: Iterable[Row]) -> Iterator[list[Checked]]:
        """The rows in their order, a batch at a time."""
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            yield self._batch(batch)

    def _batch(self, rows: list[Row]) -> list[Checked]:
        faults: list[list[Fault]] = [[] for _ in rows]
        words: list[dict[str, str]] = [{} for _ in rows]
        read = [column.read(rows, faults, self.errors, words) for column in self.columns]
        found = [Checked(number, values, own) for (number, _), values, own in zip(rows, zip(*read, strict=True), faults, strict=True)]
        self._complete(found, words)
        self._check_sound(found)
        for key in self.keys:
            key.check(found)
        self._check_once(found)
        self._check_rights(found)
        return found

    def _complete(self, found: list[Checked], words: list[dict[str, str]]) -> None:
        """Where the register completes its imports: its faults and remarks with their cells."""
        if self.about.arrival is None:
            return
        rows = [arriving(self.about, self.read_names, one.values, said_words) for one, said_words in zip(found, words, strict=True)]
        sound = [row for one, row in zip(found, rows, strict=True) if not one.faults]
        settled(self.about, sound, self.answers)
        for one, row in zip(found, rows, strict=True):
            one.values = tuple(row.values[name] for name in self.names)
            one.faults += [self._at(one.row, *said_of, _written(row, said_of[0])) for said_of in row.faults]
            one.remarks += [self._at(one.row, *said_of, row.words.get(said_of[0], "")) for said_of in row.remarks]

    def _check_sound(self, found: list[Checked]) -> None:
        """What the register refuses in a form it refuses in a sheet."""
        if self.about.check is None:
            return
        sound = [one for one in found if not one.faults]
        for index, problem in self.about.unsound([self.row_of(one) for one in sound]).items():
            sound[index].faults.append(self._at(sound[index].row, problem.field, problem.message, problem.value))

    def _check_once(self, found: list[Checked]) -> None:
        """Where the register says that rows of one file differ: the second one stays out, and says which was the first."""
        names = self.about.arrival.once if self.about.arrival else ()
        at = [self.names.index(name) for name in names]
        same = t("与第 {row} 行说的是同一处；请删去其中一行", "It says the same as row {row}; take one of the two out")
        for one in found if names else ():
            key = tuple(one.values[index] for index in at)
            first = one.row if one.faults else self.firsts.setdefault(key, one.row)
            if first != one.row:
                one.faults.append(Fault(one.row, -1, "", same.filled(row=first)))

    def _at(self, row: int, name: str, message: Label, value: str = "") -> Fault:
        column = next((one.index for one in self.columns if one.field.name == name), -1)
        return Fault(row, column, name, message, value[:80])

    def row_of(self, checked: Checked) -> Any:
        """The record that the row would become, not saved."""
        row = self.about.model(**dict(zip(self.names, checked.values, strict=True)))
        if self.about.arrival is None and (life := catalogue.life_of(self.about.key, row)) is not None:
            setattr(row, life.field, life.start)
        return row

    def _check_rights(self, found: list[Checked]) -> None:
        if isinstance(self.rights, Everything):
            return
        sound = [one for one in found if not one.faults]
        rows = [self.row_of(one) for one in sound]
        self._fetch_far(rows)
        context, place = tuned_context(), next((c for c in self.columns if c.field.name == self.about.place), None)
        outside = t("不在您可以导入的范围内", "This lies outside of what you may import")
        for one, row in zip(sound, rows, strict=True):
            if not self.rights.holds(row, context):
                value = getattr(row, self.about.place) if self.about.place else ""
                one.faults.append(Fault(one.row, place.index if place else -1, self.about.place or "", outside, str(value or "")))

    def _fetch_far(self, rows: list[Any]) -> None:
        """What stands behind references that the rights ask about, for all rows at once."""
        for name in self.far:
            field = self.about.fields[name]
            there = field.related_model._default_manager.in_bulk({number for row in rows if (number := getattr(row, field.attname))})
            for row in rows:
                setattr(row, name, there.get(getattr(row, field.attname)))


def checked_mapping(about: Description, mapping: Mapping[int, str], width: int) -> dict[int, Any]:
    """Fields by column. Raises Invalid: columns that the file has not, unknown or doubled fields, required ones without a column."""
    known = {field.name: field for field in sheet_fields(about)}
    beyond = t("文件里没有这一列，请重新选择", "The file has no such column: choose another one")
    problems = [Problem("mapping", beyond, value=str(index)) for index in mapping if not 0 <= index < width]
    if not mapping:
        problems.append(Problem("mapping", t("请至少对应一列", "Match one column at least")))
    problems += [
        Problem("mapping", t("没有这一栏，或不能导入", "There is no such field, or it is not imported"), value=str(name)[:80])
        for name in mapping.values()
        if name not in known
    ]
    names = list(mapping.values())
    problems += [Problem("mapping", t("“{name}”对应了两列", "Two columns are matched with {name}").filled(name=known[name].label), value=name)
                 for name in sorted(set(names)) if names.count(name) > 1 and name in known]  # fmt: skip
    missing = t("缺少必填的列“{name}”", "The required column {name} is missing")
    lacking = [name for name, each in known.items() if needed(about, each) and name not in names]
    problems += [Problem(name, missing.filled(name=known[name].label), value=name) for name in lacking]
    if problems:
        raise Invalid(problems, t("列的对应关系有误", "The columns are not matched well"))
    return {index: known[name] for index, name in sorted(mapping.items())}


def unique_sets(about: Description) -> list[tuple[str, ...]]:
    """The sets of fields of which no two records may have the same values."""
    meta: Any = about.model._meta
    sets = [about.unique, *((name,) for name, field in about.fields.items() if field.unique)]
    sets += [tuple(c.fields) for c in meta.constraints if isinstance(c, UniqueConstraint) and c.condition is None and c.fields]
    return [names for names in dict.fromkeys(sets) if names]


Typed = tuple[type[Any], Any]


def _written(row: Arriving, name: str) -> str:
    """The words of a cell, as far as they are words: numbers and days have been read by then."""
    value = row.words.get(name) or row.values.get(name)
    return value if isinstance(value, str) else ""


def _typed(raw: Any) -> Typed:
    """A cell with its type: True, 1 and 1.0 are one key without it."""
    return cast("type[Any]", type(raw)), raw


@dataclass(frozen=True, slots=True)
class _Reads:
    """How a column's cells are to be read: what the register says of its imports, and the order of days and months."""

    arrival: Arrival | None = None
    order: str = ""


class _Column:
    """One column of the sheet on its way into one field."""

    def __init__(self, index: int, field: Any, resolve: Resolver | None, reads: _Reads) -> None:
        self.index, self.field, self.resolve, self.letters, self.reads = index, field, resolve, letters_of(index + 1), reads
        self.lenient = reads.arrival is not None and field.name in reads.arrival.lenient
        self.memory: dict[Typed, Any] = {}

    def read(self, rows: list[Row], faults: list[list[Fault]], errors: frozenset[str], words: list[dict[str, str]]) -> list[Any]:
        """The column's values; nothing where a fault was added instead, or where the field is lenient: then the word is kept."""
        raws = [cells[self.index] if self.index < len(cells) else "" for _, cells in rows]
        if self.resolve is not None:
            self._look_up(raws)
        out: list[Any] = []
        for (number, _), raw, own, kept in zip(rows, raws, faults, words, strict=True):
            broken = bool(errors) and f"{self.letters}{number}" in errors
            value = ERROR_CELL if broken else self._value(raw)
            if isinstance(value, Label) and self.lenient and not broken:
                kept[self.field.name] = said(raw)
                value = "" if self.field.blank_is_text else None
            elif isinstance(value, Label):
                own.append(Fault(number, self.index, self.field.name, value, said(raw)[:80]))
                value = None
            out.append(value)
        return out

    def _value(self, raw: Any) -> Any:
        key = _typed(raw)
        if (value := self.memory.get(key, NEW)) is NEW:
            value = self._parsed(raw)
            if len(self.memory) < REMEMBERED:
                self.memory[key] = value
        return value

    def _parsed(self, raw: Any) -> Any:
        """The value, or a Label that says what is wrong."""
        try:
            return cell_value(self.field, raw, self.reads.arrival, self.reads.order)
        except Refused as refused:
            return refused.message

    def _look_up(self, raws: list[Any]) -> None:
        """Put the meaning of every new word of the batch into the memory. A blank speaks for itself."""
        assert self.resolve is not None
        if len(self.memory) > REMEMBERED:
            self.memory.clear()
        words: dict[Typed, str] = {}
        for raw in set(raws) - {""}:
            key = _typed(raw)
            if key not in self.memory:
                try:
                    words[key] = word(raw)
                except Refused as refused:
                    self.memory[key] = refused.message
        meanings = self.resolve(set(words.values())) if words else {}
        self.memory.update({key: meanings[text] for key, text in words.items()})

    def word_of(self, value: Any) -> str:
        """The word of the sheet that was read as this value."""
        return next((said(raw) for (_, raw), meaning in self.memory.items() if meaning == value), str(value))


NEW: Any = object()


class _Key:
    """One set of fields that must be unique, in the file and against the register."""

    def __init__(self, about: Description, columns: list[_Column], names: tuple[str, ...]) -> None:
        self.about, self.names = about, [about.fields[name].attname for name in names]
        by_name = {column.field.name: i for i, column in enumerate(columns)}
        self.at = [by_name[name] for name in names]
        self.column = columns[self.at[-1] if len(self.at) > 1 else self.at[0]]
        self.first: dict[tuple[Any, ...], int] = {}
        self.label: Label = about.fields[names[-1]].label if len(names) == 1 else about.label

    def check(self, found: list[Checked]) -> None:
        wanted = [(one, key) for one in found if not one.faults and (key := self._key(one)) is not None]
        there = self._in_register({key for _, key in wanted})
        for one, key in wanted:
            if key in there:
                self._fault(one, key, t("登记中已有相同的{what}", "The register has the same {what} already").filled(what=self.label))
            elif key in self.first:
                same = t("与第 {row} 行的{what}相同", "The same {what} as in row {row}")
                self._fault(one, key, same.filled(row=self.first[key], what=self.label))
            else:
                self.first[key] = one.row

    def _key(self, one: Checked) -> tuple[Any, ...] | None:
        """The values; None where one is missing, as databases count such rows as different."""
        key = tuple(one.values[at] for at in self.at)
        return None if None in key else key

    def _in_register(self, keys: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
        """Those that the register has: one statement, a little wide for sets of several fields."""
        if not keys:
            return set()
        asked = {f"{name}__in": {key[i] for key in keys} for i, name in enumerate(self.names)}
        return set(self.about.model._default_manager.filter(**asked).values_list(*self.names)) & keys

    def _fault(self, one: Checked, key: tuple[Any, ...], message: Label) -> None:
        one.faults.append(Fault(one.row, self.column.index, self.column.field.name, message, " ".join(str(part) for part in key)[:80]))


def checked_rows(checker: Checker, reading: Reading, header_row: int) -> Iterator[list[Checked]]:
    """The rows below the heads, checked."""
    return checker.check(row for row in reading.rows() if row[0] > header_row)


Progress = Callable[[int], None]
