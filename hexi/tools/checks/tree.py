"""The source tree as the rules see it: its files, parsed once."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

NOT_OURS = {".git", ".venv", ".setup", "node_modules", "dist", "var", "__pycache__", "test-results", "coverage"}
TEXT = {".py", ".ts", ".tsx", ".css", ".html", ".md", ".yaml", ".yml", ".toml", ".json", ".sh", ".ini", ".txt", ".lock", ".cfg", ""}
LARGEST_READ = 4_000_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks a rule: where, and what to do about it."""

    path: Path
    line: int
    sentence: str


@dataclass(frozen=True)
class Source:
    """One file of the tree; `path` is relative to its root."""

    root: Path
    path: Path

    @cached_property
    def text(self) -> str:
        return (self.root / self.path).read_text(encoding="utf-8", errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    def fault(self, line: int, sentence: str) -> Fault:
        return Fault(self.path, line, sentence)


class Tree:
    """The files below a folder, without what is built, installed or kept by tools."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def sources(self) -> list[Source]:
        found: list[Source] = []
        for folder, names, files in os.walk(self.root):
            names[:] = sorted(name for name in names if name not in NOT_OURS and not (name.startswith(".") and name != ".ci"))
            paths = [Path(folder) / name for name in sorted(files)]
            found += [Source(self.root, path.relative_to(self.root)) for path in paths if _readable(path)]
        return found

    @property
    def modules(self) -> Iterator[Source]:
        """The Python modules of the server, without migrations."""
        return (one for one in self.sources if one.path.suffix == ".py" and one.path.parts[0] == "hexi" and not one.is_migration)

    def under(self, *parts: str) -> Iterator[Source]:
        """The files below a folder."""
        return (one for one in self.sources if one.path.parts[: len(parts)] == parts)

    def rooms(self, *floors: str) -> Iterator[Path]:
        """The folders of the rooms of these floors, relative to the root: `hexi/core/trust`."""
        for floor in floors:
            start = self.root / "hexi" / floor
            for folder in sorted(start.iterdir()) if start.is_dir() else ():
                if (folder / "__init__.py").exists() and folder.name not in {"tests", "testing"}:
                    yield folder.relative_to(self.root)


def _readable(path: Path) -> bool:
    """A named pipe or a socket is not: whoever opens one waits for somebody at its other end."""
    return path.suffix in TEXT and not path.is_symlink() and path.is_file() and path.stat().st_size < LARGEST_READ
