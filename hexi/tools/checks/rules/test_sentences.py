"""A test's name is a sentence: `test_a_case_cannot_close_without_a_photo`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

WORDS = 3


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.sources:
        if not (module.path.suffix == ".py" and module.path.name.startswith("test_") and module.is_test):
            continue
        for node in ast.walk(module.syntax):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and len(node.name.split("_")) <= WORDS:
                yield module.fault(node.lineno, f"{node.name}: say in a sentence what holds.")
