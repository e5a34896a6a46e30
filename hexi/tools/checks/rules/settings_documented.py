"""Every setting that the code reads from the environment is explained in docs/reference/settings.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

SETTING = re.compile(r"""["'](HEXI_[A-Z_]+)["']""")
PAGE = "docs/reference/settings.md"


def faults(tree: Tree) -> Iterator[Fault]:
    page = tree.root / PAGE
    known = set(re.findall(r"HEXI_[A-Z_]+", page.read_text(encoding="utf-8"))) if page.exists() else set[str]()
    for module in tree.modules:
        if module.is_test:
            continue
        for number, line in enumerate(module.lines, 1):
            for name in SETTING.findall(line):
                if name not in known:
                    yield module.fault(number, f"{name} is not in {PAGE}: say there what it does and what its default is.")
