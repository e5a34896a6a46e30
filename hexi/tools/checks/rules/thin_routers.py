"""A room's http.py only translates between HTTP and the room's doors: it touches no table."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if module.path.name != "http.py":
            continue
        for node in ast.walk(module.syntax):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                yield module.fault(node.lineno, "A table in http.py: move the read to queries.py or the change to actions.py.")
