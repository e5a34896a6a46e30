"""Which digits a new compound, building or doorway gets below its whole: its own number where that is free, so that a code can be read.

A number once given is never given again: places that have ended still hold theirs.
"""

from __future__ import annotations

from collections.abc import Collection

from hexi.core.space.addresses.reading import house_key, stair_key
from hexi.core.space.contracts import WIDTHS, Level
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t

UNDIVIDED, DOOR = "00", "楼门"
"""The door of a building whose stairs nobody tells apart."""
OUTSIDE, BESIDE = "000", "院落以外"
"""The buildings of a grid that stand in no compound."""
NAMED_DOORS, NAMED_HOUSES = 51, 901
"""From here on go doors and buildings that are called otherwise than by a number: 东门, 综合楼."""


def door_digits(name: str, taken: Collection[str]) -> str:
    """Two digits: the stair's own number, 00 for the one door of a building. Raises Conflict when none is left."""
    number = stair_key(name) or 0
    own = UNDIVIDED if name == DOOR else f"{number:02}" if 0 < number < NAMED_DOORS else ""
    return own if own and own not in taken else _free(NAMED_DOORS, 2, taken)


def house_digits(name: str, taken: Collection[str]) -> str:
    """Three digits: the building's own number where it is plain and free. Raises Conflict."""
    key = house_key(name)
    own = f"{int(key):03}" if key.isdecimal() and 0 < int(key) < NAMED_HOUSES else ""
    return own if own and own not in taken else _free(NAMED_HOUSES, 3, taken)


def compound_digits(name: str, taken: Collection[str]) -> str:
    """Three digits, the next free ones. Raises Conflict."""
    return OUTSIDE if name == BESIDE else _free(1 + max((int(each) for each in taken), default=0), 3, taken)


def _free(first: int, width: int, taken: Collection[str]) -> str:
    """The first free number from `first` on; where the rest is full, one that was left out before."""
    numbers = (*range(first, 10**width), *range(1, first))
    for number in numbers:
        if (digits := f"{number:0{width}}") not in taken:
            return digits
    said = t("编码已用完，无法再编号", "There are no numbers left for another place here")
    raise Conflict(said, which=f"{len(taken)}", do=t("请先撤并多余的地点", "Join or end some of the places first"))


DIGITS = {Level.COMPOUND: compound_digits, Level.BUILDING: house_digits, Level.DOORWAY: door_digits}
BELOW = {Level.GRID: Level.COMPOUND, Level.COMPOUND: Level.BUILDING, Level.BUILDING: Level.DOORWAY}


def code_below(level: Level, parent: str, name: str, taken: Collection[str]) -> str:
    """The code of a new place of this level in its whole. `taken`: codes that stand or stood there. Raises Conflict."""
    held = {code[len(parent) :] for code in taken if len(code) == WIDTHS[level]}
    return parent + DIGITS[level](name, held)


def proper_name(level: Level, said: str) -> tuple[str, str]:
    """How a new place is called in both languages: a bare number gets its word, other names stay as they are written."""
    plain = said.strip()
    if level is Level.COMPOUND or plain == DOOR:
        return plain, {BESIDE: "outside of compounds", DOOR: "Door"}.get(plain, "")
    number = house_key(plain) if level is Level.BUILDING else str(stair_key(plain) or "")
    word, word_en = ("号楼", "House") if level is Level.BUILDING else ("门", "Door")
    if plain.isdecimal():
        return f"{int(plain)}{word}", f"{word_en} {int(plain)}"
    return plain, f"{word_en} {number}" if number.isascii() and number else ""
