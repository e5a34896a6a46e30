"""A module is named for the thing it holds: no utils, helpers, managers, misc or base."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "base", "common", "stuff"}
BACKEND = "class DatabaseWrapper("
"""Django loads a database backend by this class in a module that must be called `base`."""


def faults(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules:
        if (module.path.stem in EMPTY_NAMES or module.path.parent.name in EMPTY_NAMES) and BACKEND not in module.text:
            yield module.fault(1, "The name says nothing: name the module for the thing it holds.")
