"""What the sender of a file is asked before it goes in: orders of days, meanings of another system's words, what holds for all rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hexi.core.data.entities import Description
from hexi.core.data.imports.dates import DATED, ORDERS, evidence_of
from hexi.core.data.imports.heads import said
from hexi.core.data.imports.readers import Row
from hexi.kernel.arrival import Answers, Question, Wording
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import Label, t

MOST_WORDS = 60
"""More different words than this are no states of anything: the column is another."""

MOST_CHOICES = 8
"""So many answers are told where none was given; the desk shows all of them."""


def order_key(index: int) -> str:
    return f"order:{index}"


def word_key(index: int, word: str) -> str:
    return f"word:{index}:{word}"


def questions_of(about: Description, fields: Mapping[int, Any], rows: Iterable[Row], answers: Answers) -> list[Question]:
    """Every question that this file gives rise to. Raises Invalid for a column of words that has too many of them."""
    arrival = about.arrival
    asked = list(arrival.asks(frozenset(field.name for field in fields.values()), answers)) if arrival else []
    wordings: Mapping[str, Wording] = arrival.wordings if arrival else {}
    told = [index for index, field in fields.items() if field.kind in DATED or field.name in wordings]
    cells = _distinct(rows, told)
    for index in told:
        field = fields[index]
        asked += _words(index, field, cells[index], answers, about) if field.name in wordings else _orders(index, field, cells[index])
    return asked


def open_questions(asked: Iterable[Question], answers: Answers) -> list[Question]:
    """Those that wait for an answer."""
    return [one for one in asked if not one.answer(answers)]


def must_be_answered(asked: Iterable[Question], answers: Answers) -> None:
    """Raises Invalid with every question that has no answer."""
    if waiting := open_questions(asked, answers):
        problems = [Problem(one.key, _with_choices(one), value=answers.get(one.key, "")[:80]) for one in waiting]
        raise Invalid(problems, t("还有问题没有回答", "Some questions have no answer yet"))


def _with_choices(one: Question) -> Label:
    if not one.options:
        return one.label
    told, more = one.options[:MOST_CHOICES], "……" if len(one.options) > MOST_CHOICES else ""
    choices = ", ".join(key for key, _ in told) + more
    return t("{question}可答：{choices}", "{question} One of: {choices}").filled(question=one.label, choices=choices)


def _distinct(rows: Iterable[Row], columns: list[int]) -> dict[int, dict[Any, None]]:
    found: dict[int, dict[Any, None]] = {index: {} for index in columns}
    if columns:
        for _, cells in rows:
            for index in columns:
                if index < len(cells) and cells[index] != "":
                    found[index].setdefault(cells[index])
    return found


def _orders(index: int, field: Any, cells: Iterable[Any]) -> list[Question]:
    evidence = evidence_of(cells)
    if evidence is None:
        return []
    label = t("“{field}”一列的日期次序？{why}", "In which order does the column “{field}” write its days? {why}")
    return [Question(order_key(index), label.filled(field=field.label, why=evidence.words), ORDERS, evidence.proposed)]


def _words(index: int, field: Any, cells: Iterable[Any], answers: Answers, about: Description) -> list[Question]:
    assert about.arrival is not None
    wording = about.arrival.wordings[field.name]
    words = [said(cell) for cell in cells]
    if len(words) > MOST_WORDS:
        many = t(
            "“{field}”一列有 {count} 种写法，请核对列的对应关系",
            "The column of “{field}” has {count} different words: is it the right one?",
        )
        raise Invalid([Problem("mapping", many.filled(field=field.label, count=len(words)), value=field.name)])
    options = wording.options(answers)
    return [
        Question(word_key(index, word), _meaning(field, word), options, wording.proposed(answers, word) if options else "")
        for word in words
    ]


def _meaning(field: Any, word: str) -> Label:
    return t("文件里的“{word}”是哪个{field}？", "Which {field} is “{word}” of the file?").filled(word=word, field=field.label)
