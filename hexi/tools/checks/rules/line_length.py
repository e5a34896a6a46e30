"""A line of Python has at most 140 characters, a Chinese one counting as one; rows of a test's table may be longer."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

CHARACTERS = 140
IN_TESTS = 240


def faults(tree: Tree) -> Iterator[Fault]:
    for source in tree.sources:
        if source.path.suffix == ".py" and not source.is_migration:
            limit = IN_TESTS if "tests" in source.path.parts else CHARACTERS
            for number, line in enumerate(source.lines, 1):
                if len(line) > limit:
                    yield source.fault(number, f"{len(line)} characters, at most {limit}.")
