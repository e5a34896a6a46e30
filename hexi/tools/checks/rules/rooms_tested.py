"""Every room has tests of its own, in its folder `tests`."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree


def faults(tree: Tree) -> Iterator[Fault]:
    for folder in tree.rooms("core", "modules", "scenarios"):
        if not list((tree.root / folder).rglob("tests/test_*.py")):
            yield Fault(folder / "tests", 1, f"The room {folder.name} has no tests/test_*.py.")
