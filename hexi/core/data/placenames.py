"""Names of places for lists, held for a while: fifty doorways a page cost more to name than to find."""

from __future__ import annotations

import time
from collections.abc import Iterable

from hexi.core.space.api import labels_for
from hexi.kernel.label import Language

SECONDS = 30.0  # how long a list may show an old name
MOST = 50_000  # names held at a time

_held: dict[tuple[str, str], str] = {}
_since: list[float] = [0.0]


def place_names(codes: Iterable[str], language: Language) -> dict[str, str]:
    """What the codes are called; an unknown one is called by itself. At most one statement."""
    now = time.monotonic()
    if now - _since[0] > SECONDS or len(_held) > MOST:
        forget()
        _since[0] = now
    wanted = set(codes)
    if lost := [code for code in wanted if (code, language) not in _held]:
        found = labels_for(lost, language)
        _held.update({(code, language): found.get(code, code) for code in lost})
    return {code: _held[code, language] for code in wanted}


def forget() -> None:
    """Ask anew at the next list."""
    _held.clear()
