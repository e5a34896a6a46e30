"""A module begins with one sentence on what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if module.text.strip() and not module.is_test and not ast.get_docstring(module.syntax):
            yield module.fault(1, "No docstring: say in one sentence what the module is for.")
