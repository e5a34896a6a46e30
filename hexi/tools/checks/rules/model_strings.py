"""Nobody fetches a table by its name as a string outside migrations: no linter would see the dependency."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if module.is_test:
            continue
        for node in ast.walk(module.syntax):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model" and node.args:
                yield module.fault(node.lineno, "get_model(…): ask the room's api.py, or read the declaration from the catalogue.")
