"""Nothing that is committed names a folder of the machine on which it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

HOME = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work/(?:main|shared|\.\w+))(?:/|\b)")


def faults(tree: Tree) -> Iterator[Fault]:
    for source in tree.sources:
        if source.path.as_posix().startswith(("hexi/tools/checks/", "hexi/tools/tests/")) or source.path.suffix == ".lock":
            continue
        for number, line in enumerate(source.lines, 1):
            if found := HOME.search(line):
                yield source.fault(number, f"{found.group()} is a folder of one machine: use a path relative to the repository.")
