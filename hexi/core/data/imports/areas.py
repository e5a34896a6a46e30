"""What many place codes share."""

from __future__ import annotations

from collections.abc import Iterable


def shared_beginning(codes: Iterable[str]) -> str:
    """The area that holds them all: the longest beginning that they share, empty when one is empty or there is none."""
    least = most = None
    for code in codes:
        least = code if least is None or code < least else least
        most = code if most is None or code > most else most
    if not least or not most:
        return ""
    return least[: next((i for i, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), min(len(least), len(most)))]
