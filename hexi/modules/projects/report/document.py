"""A report as a document: headings, paragraphs, a table and a signature, before it becomes HTML, DOCX or JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hexi.kernel.label import Language

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `href` leads to the records behind it, as a path on this site."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、) or 2 (（一）)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of runs; `kind` is body or note."""

    runs: tuple[Run, ...]
    kind: str = "body"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """The attached table: column heads and rows of cells, each cell a paragraph's runs. `widths` are shares of the page."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for the report and on which day; `state` says draft, published or revised."""

    issuer: str
    day: date
    state: str


Block = Heading | Paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """One report in one language."""

    language: Language
    title: str
    blocks: tuple[Block, ...]
    signature: Signature
    attachment: Table
    attachment_title: str

    @property
    def text(self) -> str:
        """The body without headings, notes and table: what a newspaper would print."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Paragraph) and block.kind == "body")

    def as_dict(self) -> dict[str, Any]:
        """The document as JSON; each block says its type."""
        found = asdict(self)
        found["blocks"] = [{"type": type(block).__name__.lower(), **asdict(block)} for block in self.blocks]
        found["signature"]["day"] = self.signature.day.isoformat()
        return found


def document_from(found: Mapping[str, Any]) -> Document:
    """The document that `as_dict` made."""
    blocks = tuple(_block(one) for one in found["blocks"])
    signature = Signature(found["signature"]["issuer"], date.fromisoformat(found["signature"]["day"]), found["signature"]["state"])
    kept = found["attachment"]
    rows = tuple(tuple(tuple(Run(**run) for run in cell) for cell in row) for row in kept["rows"])
    table = Table(kept["caption"], tuple(kept["columns"]), rows, tuple(kept["widths"]))
    return Document(found["language"], found["title"], blocks, signature, table, found["attachment_title"])


def _block(found: Mapping[str, Any]) -> Block:
    if found["type"] == "heading":
        return Heading(found["text"], found["level"])
    return Paragraph(tuple(Run(**run) for run in found["runs"]), found["kind"])


def linked_numbers(text: str, href: str) -> Iterator[Run]:
    """The text with every number in it as a link."""
    last = 0
    for found in NUMBER.finditer(text):
        if found.start() > last:
            yield Run(text[last : found.start()])
        yield Run(found.group(), href)
        last = found.end()
    if last < len(text):
        yield Run(text[last:])


def paragraph(runs: Iterable[Run], kind: str = "body") -> Paragraph:
    """A paragraph without empty runs."""
    return Paragraph(tuple(run for run in runs if run.text), kind)
