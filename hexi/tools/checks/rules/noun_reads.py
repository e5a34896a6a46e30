"""A function that reads is named by a noun: `open_cases_in`, not `get_open_cases`.

Methods are free: frameworks ask for some names that begin with `get_`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        for node in module.syntax.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.lstrip("_").startswith("get_"):
                yield module.fault(node.lineno, f"{node.name}: a read is named by a noun, without get_.")
