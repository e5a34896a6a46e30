"""A line of Python has at most 140 characters; a Chinese character counts as one."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

CHARACTERS = 140


def faults(tree: Tree) -> Iterator[Fault]:
    for source in tree.sources:
        if source.path.suffix == ".py" and not source.is_migration:
            for number, line in enumerate(source.lines, 1):
                if len(line) > CHARACTERS:
                    yield source.fault(number, f"{len(line)} characters, at most {CHARACTERS}.")
