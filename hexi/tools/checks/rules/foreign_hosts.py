"""Nothing is fetched from a foreign host at run time: districts run on intranets.

Names of formats (www.w3.org and the like) are no addresses. Documentation and tests may name hosts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hexi.tools.checks.tree import Fault, Source, Tree

ADDRESS = re.compile(r"https?://([\w-]+(?:\.[\w-]+)+)")
NAMES_ONLY = (
    "www.w3.org", "json-schema.org", "schemas.openxmlformats.org", "schemas.microsoft.com", "purl.org", "www.opengis.net",
    "wiki.open311.org",
)  # fmt: skip
OURS = ("localhost", "127.0.0.1", "0.0.0.0", "example.org", "example.com", "www.example.org", "testserver")  # noqa: S104 - looked for
CODE = {".py", ".ts", ".tsx", ".css", ".html"}


def faults(tree: Tree) -> Iterator[Fault]:
    for source in tree.sources:
        if _runs(source):
            for number, line in enumerate(source.lines, 1):
                for host in ADDRESS.findall(line):
                    if host not in NAMES_ONLY + OURS:
                        yield source.fault(number, f"{host}: ship what is needed; a district's network may not reach it.")


def _runs(source: Source) -> bool:
    """Facts cite their sources by address, and these are read by people; code must not."""
    path = source.path
    return path.suffix in CODE and path.parts[0] in {"hexi", "web"} and not source.is_test and ".test." not in path.name
