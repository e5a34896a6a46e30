"""Runs the rules: finds their files, collects the faults, tells them in one form."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from hexi.tools.checks import rules
from hexi.tools.checks.tree import Fault, Tree


class Rule(Protocol):
    """A file in `rules`: its docstring says the rule, `faults` finds what breaks it."""

    def faults(self, tree: Tree) -> Iterable[Fault]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """One rule with what breaks it."""

    name: str
    sentence: str
    faults: tuple[Fault, ...]


def known() -> list[str]:
    """The names of all rules."""
    return sorted(module.name for module in pkgutil.iter_modules(rules.__path__) if not module.ispkg)


def run(tree: Tree, names: Iterable[str] | None = None) -> Iterator[Found]:
    """Apply the rules, all by default, one after the other."""
    for name in names or known():
        rule = importlib.import_module(f"{rules.__name__}.{name}")
        sentence = (inspect.getdoc(rule) or name).split("\n\n")[0].replace("\n", " ")
        yield Found(name, sentence, tuple(cast(Rule, rule).faults(tree)))
