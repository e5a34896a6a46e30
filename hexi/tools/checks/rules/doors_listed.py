"""A door (api.py, the kit) lists in `__all__` what it offers, and offers what it lists."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Source, Tree


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if module.path.name == "api.py" or module.path.as_posix() == "hexi/kit/__init__.py":
            yield from _faults(module) if module.text.strip() else ()


def _faults(module: Source) -> Iterator[Fault]:
    listed = _listed(module.syntax)
    if listed is None:
        yield module.fault(1, "A door without __all__: list what may be used from outside.")
        return
    for name in sorted(listed - _defined(module.syntax)):
        yield module.fault(1, f"__all__ lists {name}, which is not there.")


def _listed(syntax: ast.Module) -> set[str] | None:
    for node in syntax.body:
        if isinstance(node, ast.Assign) and any(isinstance(each, ast.Name) and each.id == "__all__" for each in node.targets):
            return set(ast.literal_eval(node.value))
    return None


def _defined(syntax: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in syntax.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {each.id for each in node.targets if isinstance(each, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found
