"""A lock file pins what is installed and names no package index: every site uses its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Tree

NAMES_AN_INDEX = re.compile(
    r'"resolved":|--(extra-)?index-url|--find-links|https?://(?!(opencollective|github|tidelift|paulmillr|www\.patreon|feross|polar)\b)'
)
FUNDING = re.compile(r'"(url|funding)":')


def faults(tree: Tree) -> Iterator[Fault]:
    for source in tree.sources:
        if source.path.suffix != ".lock" and source.path.name != "package-lock.json":
            continue
        for number, line in enumerate(source.lines, 1):
            if NAMES_AN_INDEX.search(line) and not FUNDING.search(line):
                yield source.fault(number, "A lock file names where packages came from; `make lock` writes it without.")
