"""Codes that nest: a part's code begins with the whole's."""

from __future__ import annotations

LONGEST_CODE = 40


def prefix_end(code: str) -> str:
    """The first code after all that start with `code`: `code <= x < prefix_end(code)` is the subtree; an empty code is everything.

    Digits only: how a database orders other characters depends on its locale.
    """
    return str(int(code) + 1).zfill(len(code)) if code.strip("9") else code + "9" * LONGEST_CODE
