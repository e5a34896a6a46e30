"""A module has at most 400 lines; about 100 is usual."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

LINES = 400


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if len(module.lines) > LINES:
            yield module.fault(LINES, f"{len(module.lines)} lines, at most {LINES}: split it by what its parts are for.")
