"""One cell on its way into one field: what it means, written as files write it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from hexi.core.data.imports.dates import DATED, in_our_order
from hexi.core.data.values import Refused, parsed, read_number
from hexi.kernel.arrival import Arrival

IDENTIFIER = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d0-9A-Za-z-]+")


def cell_value(field: Any, raw: Any, arrival: Arrival | None = None, order: str = "") -> Any:
    """The value to store; `order` is that of days and months where the column writes them the other way. Raises Refused."""
    if raw == "" and arrival and field.name not in arrival.required:
        return field.get_default() if field.has_default() else "" if field.blank_is_text else None
    if isinstance(raw, str):
        if field.kind == "text":
            raw = _halved(raw)
        elif field.kind in DATED:
            raw = in_our_order(raw, order)
    if arrival and field.name in arrival.rounded and raw != "":
        places: int = field.decimals
        raw = round(read_number(raw), places)
    return parsed(field, raw)


def could_be(field: Any, raw: Any, arrival: Arrival | None = None) -> bool:
    """Would the field take the cell, in one order of days or the other?"""
    for order in ("month", "day") if field.kind in DATED else ("",):
        try:
            cell_value(field, raw, arrival, order)
        except Refused:
            continue
        return True
    return False


def _halved(text: str) -> str:
    """１３８０００ as 138000: full-width letters and digits of a number or code, where nothing else stands in the cell."""
    return unicodedata.normalize("NFKC", text) if not text.isascii() and IDENTIFIER.fullmatch(text) else text
