"""Runs the Python session of a page as one: `python -m tests.docs.session PAGE`. Says what came out otherwise than printed."""

from __future__ import annotations

import doctest
import sys
from pathlib import Path

from tests.docs.pages import Page


def main(path: str) -> int:
    """The number of examples that failed."""
    page = Page(Path(path).resolve())
    text = "\n".join(f"{block.text}\n" for block in page.of("pycon"))
    test = doctest.DocTestParser().get_doctest(text, {"__name__": "__main__"}, path, path, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    failed, tried = runner.run(test)
    print(f"{tried} examples, {failed} failed")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
