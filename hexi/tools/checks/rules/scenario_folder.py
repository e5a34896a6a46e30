"""A scenario is one folder with apps.py, scenario.py, migrations, a README and tests."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

PARTS = ("apps.py", "scenario.py", "README.md", "migrations/__init__.py")


def faults(tree: Tree) -> Iterator[Fault]:
    for folder in tree.rooms("scenarios"):
        for part in PARTS:
            if not (tree.root / folder / part).exists():
                yield Fault(folder / part, 1, f"The scenario {folder.name} has no {part}; `make new name=…` shows the shape.")
