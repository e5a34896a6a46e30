"""The pages of the documentation as the tests read them: fenced blocks, links, commands, words in code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=mark)[ ]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block. After the language its fence may name a file, and `+` when the block continues that file."""

    language: str
    file: str
    continues: bool
    text: str
    line: int


@dataclass(frozen=True)
class Page:
    """One Markdown page."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def blocks(self) -> list[Block]:
        return [self._block(found) for found in FENCE.finditer(self.text)]

    def _block(self, found: re.Match[str]) -> Block:
        language, file, more = (*found["info"].split(), "", "", "")[:3]
        return Block(language, file, more == "+", found["text"], self.text.count("\n", 0, found.start()) + 1)

    @cached_property
    def prose(self) -> str:
        """The page without its fenced blocks."""
        return FENCE.sub("", self.text)

    @property
    def links(self) -> list[str]:
        return LINK.findall(CODE.sub("", self.prose))

    @property
    def code(self) -> list[str]:
        """What stands between single backticks."""
        return CODE.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """What `#…` may point to, spelled as forges spell headings."""
        words = (re.sub(r"[^\w\- ]", "", head.replace("`", "").lower()) for head in HEADING.findall(self.prose))
        return {word.replace(" ", "-") for word in words}

    def of(self, language: str) -> Iterator[Block]:
        return (block for block in self.blocks if block.language == language)

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


def pages() -> list[Page]:
    """Every page of the repository that people read."""
    own = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md"), *(ROOT / "districts").rglob("*.md")]
    return [Page(path) for path in sorted([*own, *(ROOT / "hexi").rglob("*.md")])]


def table(page: Page, heading: str = "") -> list[list[str]]:
    """The rows of the page's tables below the heading (all when none is given), cells without the bars, heads and rules left out."""
    start = page.text.index(f"\n{heading}\n") if heading else 0
    level = len(heading) - len(heading.lstrip("#"))
    end = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(page.text, start + len(heading) + 2) if heading else None
    lines = page.text[start : end.start() if end else len(page.text)].splitlines()
    rules = {i for i, line in enumerate(lines) if re.fullmatch(r"\|[\s:|-]+\|", line)}
    rows = (line for i, line in enumerate(lines) if line.startswith("|") and i not in rules and i + 1 not in rules)
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in rows]
