"""What a written address says: names as they stand, and the numbers of house, stair and room in all their spellings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = "零〇一二两三四五六七八九十百"
_COUNTED = re.compile(rf"[{_NUMERAL}]+(?=号|栋|幢|座|单元|门|楼|层|室|#)")
_NOISE = re.compile(r"[\s·•\"'“”‘’《》()（）\[\]【】,，。、;；:：]+")
_DASH = re.compile(r"[—–－‐‑~～_/]+")
_ROAD = re.compile(r"([一-鿿]{1,7}?(?:大道|路|道|街|胡同|巷|条))(\d{1,4})号(?![楼院])")
_TRIPLE = re.compile(r"(\d{1,3})-(\d{1,2})-(\d{2,4})(?!\d)")
_PAIR = re.compile(r"(\d{1,3})-(\d{1,4})(?!\d)")
_HOUSE = re.compile(r"(底商|商铺)?([甲乙丙丁]?)(\d{1,3})([A-Za-z]?)(?:号楼|栋楼?|幢楼?|座|#楼?|号院楼)")
_SHOP = re.compile(r"(底商|商铺)(\d{1,3})号?")
_STAIR = re.compile(r"(\d{1,2})(?:单元|门栋|门洞|楼门|门(?!诊|口|市|前|卫)|梯)")
_GRID = re.compile(r"第?(\d{1,2})号?网格")
_STOREY = re.compile(r"(\d{1,2})(?:层|楼|[Ff](?![A-Za-z]))")
_ROOM = re.compile(r"(\d{2,4})(?:室|房|户|号)?(?!\d)$")
_BARE_HOUSE = re.compile(r"(\d{1,3})号?楼")


@dataclass(frozen=True, slots=True)
class Written:
    """A text taken apart. `names` is what is left of it; `house` is the key of a building (3, 甲3, 3A, 商3), `street` road and number."""

    names: str
    house: str = ""
    stair: int | None = None
    room: str = ""
    street: str = ""
    grid: int | None = None


def half_width(text: str) -> str:
    """As it is compared: half-width digits, one kind of dash, no spaces, brackets or marks; counting words as digits."""
    kept = unicodedata.normalize("NFKC", text.replace("\x00", ""))
    return _COUNTED.sub(lambda found: str(number_of(found[0])), _DASH.sub("-", _NOISE.sub("", kept)))


def number_of(words: str) -> int:
    """十二 as 12, 二十 as 20, 一〇三 as 103."""
    if not any(unit in words for unit in "十百"):
        return int("".join(str(DIGITS[word]) for word in words))
    hundreds, _, rest = words.rpartition("百")
    tens, has_tens, ones = rest.rpartition("十")
    total = (DIGITS.get(hundreds, 1) * 100) if "百" in words else 0
    total += DIGITS.get(tens.lstrip("零〇"), 1) * 10 if has_tens else 0
    return total + DIGITS.get(ones.lstrip("零〇"), 0)


def taken_apart(text: str) -> Written:
    """The address without its numbers, and what they mean. A number that fits two readings is read as the larger thing."""
    rest = half_width(text)
    rest, grid = _first(_GRID, rest)
    rest, street = _first(_ROAD, rest)
    rest, house, stair, room = _numbers(rest)
    return Written(rest, house, stair, room, f"{street[1]}{street[2]}号" if street else "", int(grid[1]) if grid else None)


def _numbers(rest: str) -> tuple[str, str, int | None, str]:
    rest, triple = _first(_TRIPLE, rest)
    if triple:
        return rest, str(int(triple[1])), int(triple[2]), triple[3]
    rest, house = _house(rest)
    rest, stair = _first(_STAIR, rest)
    if not house and (pair := _PAIR.search(rest)):
        is_room = len(pair[2]) > 2 or stair is not None
        rest = rest[: pair.start()] + rest[pair.end() :]
        return rest, str(int(pair[1])), int(stair[1]) if stair else None if is_room else int(pair[2]), pair[2] if is_room else ""
    rest, room = _first(_ROOM, rest)
    rest, _ = _first(_STOREY, rest)
    return rest, house, int(stair[1]) if stair else None, room[1] if room else ""


def _house(rest: str) -> tuple[str, str]:
    rest, found = _first(_HOUSE, rest)
    if found:
        return rest, house_key(f"{'商' if found[1] else ''}{found[2]}{int(found[3])}{found[4]}")
    rest, shop = _first(_SHOP, rest)
    if shop:
        return rest, f"商{int(shop[2])}"
    rest, bare = _first(_BARE_HOUSE, rest)
    return rest, str(int(bare[1])) if bare else ""


def house_key(name: str) -> str:
    """One spelling for a building's number: 底商3 and 商铺3号 are 商3, 03号楼 is 3, 3a栋 is 3A; empty where a name has no number."""
    plain = half_width(name).upper().replace("底商", "商").replace("商铺", "商")
    found = re.fullmatch(r"(商?)([甲乙丙丁]?)0*(\d{1,3})([A-Z]?)(?:号楼|栋楼?|幢楼?|座|#楼?|号|楼)?", plain)
    return f"{found[1]}{found[2]}{found[3]}{found[4]}" if found else ""


def stair_key(name: str) -> int | None:
    """The number of a doorway's name: 2门, 2单元 and 二门 are 2."""
    found = re.fullmatch(r"0*(\d{1,2})(?:单元|门栋|门洞|楼门|门|梯)?", half_width(name))
    return int(found[1]) if found else None


def _first(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without the first thing that fits, a bar in its place, and the thing."""
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]}|{text[found.end() :]}", found)
