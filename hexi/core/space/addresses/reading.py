"""What a written address says: names as they stand, and the numbers of house, stair and room in all their spellings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
"""As contracts and old door plates write them."""
_NUMERAL = "零〇一二两三四五六七八九十百"
_AHEAD = "号|栋|幢|座|单元|门|楼|层|室|户|梯|#"
_COUNTED = re.compile(rf"[{_NUMERAL}]+(?={_AHEAD})")
_COUNTED_FORMALLY = re.compile(rf"[壹贰叁肆伍陆柒捌玖拾佰]+(?={_AHEAD})")
_NOISE = re.compile(r"[\s·•\"'“”‘’《》()（）\[\]【】,，。、;；:：]+")
_DASH = re.compile(r"[—–－‐‑~～_/]+")
_ROAD = re.compile(r"([一-鿿]{1,7}?(?:大道|路|道|街|胡同|巷|条))(\d{1,4})号(?![楼院])")
_TRIPLE = re.compile(r"(\d{1,3})-(\d{1,2})-(\d{2,4})(?!\d)")
_PAIR = re.compile(r"(\d{1,3})-(\d{1,4})(?!\d)")
_QUAD = re.compile(r"(\d{1,3})-(\d{1,2})-(\d{1,2})-(\d{2,4})(?!\d)")
_HOUSE = re.compile(
    r"(底商|商铺)?([甲乙丙丁]?)(\d{1,3})([A-Za-z]?)(?:号楼|栋楼?|幢楼?|座|#楼?|号院楼|号(?=\d{1,2}号?(?:单元|门|梯)|[甲乙丙丁东西南北正A-H](?:单元|门)))"
)
_LETTER_HOUSE = re.compile(r"(?<![A-Za-z\d])([A-Za-z])(?:座|栋楼?|幢楼?|号楼)")
_SHOP = re.compile(r"(底商|商铺)(\d{1,3})号?")
_STAIR = re.compile(r"第?(\d{1,2})号?(?:单元(?:楼?门)?|门栋|门洞|楼门|门(?!诊|口|市|前|卫)|楼梯|梯)")
_NAMED_STAIR = re.compile(r"\|([甲乙丙丁东西南北中正A-Ha-h])(?:单元|门栋|门洞|楼门|门(?!诊|口|市|前|卫|外|里|内|侧))")
_GRID = re.compile(r"第?(\d{1,2})号?网格")
_STOREY = re.compile(r"第?(地下|负|[Bb])?(\d{1,2})(?:层|楼|[Ff](?![A-Za-z]))|(地下室|顶层|顶楼|首层)")
_ROOM = re.compile(r"(\d{2,4})(?:室|房|户|号)?(?!\d)$")
_BARE_HOUSE = re.compile(r"(\d{1,3})号?楼")


@dataclass(frozen=True, slots=True)
class Written:
    """A text taken apart. `names` is what is left of it; `house` is the key of a building (3, 甲3, 3A, A, 商3), `street` road and number.

    `door` is a stair that is called otherwise than by a number (甲, 东, A); `storey` is below 0 under the ground, None where only a word
    tells it or nothing does.
    """

    names: str
    house: str = ""
    stair: int | None = None
    room: str = ""
    street: str = ""
    grid: int | None = None
    door: str = ""
    storey: int | None = None


def half_width(text: str) -> str:
    """As it is compared: half-width digits, one kind of dash, no spaces, brackets or marks; counting words as digits."""
    kept = unicodedata.normalize("NFKC", text.replace("\x00", ""))
    kept = _COUNTED_FORMALLY.sub(lambda found: found[0].translate(_FORMAL), kept)
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
    found = replace(_numbers(rest), grid=int(grid[1]) if grid else None)
    return replace(found, street=f"{street[1]}{street[2]}号") if street else found


def _numbers(rest: str) -> Written:
    """House, stair, storey and room, dashed or in words."""
    rest, quad = _first(_QUAD, rest)
    if quad:
        return Written(rest, str(int(quad[1])), int(quad[2]), quad[4], storey=int(quad[3]))
    rest, triple = _first(_TRIPLE, rest)
    if triple:
        return Written(rest, str(int(triple[1])), int(triple[2]), triple[3])
    rest, house = _house(rest)
    rest, stair = _first(_STAIR, rest)
    rest, named = _first(_NAMED_STAIR, rest) if not stair else (rest, None)
    found = Written(rest, house, int(stair[1]) if stair else None, door=named[1].upper() if named else "")
    return _dashed(found) if _PAIR.search(rest) else _storey_and_room(found)


def _dashed(found: Written) -> Written:
    """Two numbers with a dash: house and stair, house and room, or behind a house its stair and room."""
    pair = _PAIR.search(found.names)
    assert pair is not None
    first, second = int(pair[1]), pair[2]
    rest = replace(found, names=found.names[: pair.start()] + "|" + found.names[pair.end() :])
    is_room = len(second) > 2 or found.stair is not None
    if not found.house:
        return replace(rest, house=str(first), stair=found.stair if is_room else int(second), room=second if is_room else "")
    if found.stair is None and not found.door and len(second) > 2:
        return _storey_and_room(replace(rest, stair=first, room=second))
    return _storey_and_room(replace(rest, room=f"{pair[1]}-{second}"))


def _storey_and_room(found: Written) -> Written:
    rest, room = _first(_ROOM, found.names) if not found.room else (found.names, None)
    rest, storey = _first(_STOREY, rest)
    level = int(storey[2]) * (-1 if storey[1] else 1) if storey and storey[2] else None
    return replace(found, names=rest, room=room[1] if room else found.room, storey=level)


def _house(rest: str) -> tuple[str, str]:
    rest, found = _first(_HOUSE, rest)
    if found:
        return rest, house_key(f"{'商' if found[1] else ''}{found[2]}{int(found[3])}{found[4]}")
    rest, shop = _first(_SHOP, rest)
    if shop:
        return rest, f"商{int(shop[2])}"
    rest, letter = _first(_LETTER_HOUSE, rest)
    if letter:
        return rest, letter[1].upper()
    rest, bare = _first(_BARE_HOUSE, rest)
    return rest, str(int(bare[1])) if bare else ""


def house_key(name: str) -> str:
    """One spelling for a building's number: 底商3 and 商铺3号 are 商3, 03号楼 is 3, 3a栋 is 3A; empty where a name has no number."""
    plain = half_width(name).upper().replace("底商", "商").replace("商铺", "商")
    if letter := re.fullmatch(r"([A-Z])(?:座|栋楼?|幢楼?|号楼)", plain):
        return letter[1]
    found = re.fullmatch(r"(商?)([甲乙丙丁]?)0*(\d{1,3})([A-Z]?)(?:号楼|栋楼?|幢楼?|座|#楼?|号院楼|号|楼|#)?", plain)
    return f"{found[1]}{found[2]}{found[3]}{found[4]}" if found else ""


def stair_key(name: str) -> int | None:
    """The number of a doorway's name: 2门, 2单元 and 二门 are 2."""
    found = re.fullmatch(r"第?0*(\d{1,2})号?(?:单元(?:楼?门)?|门栋|门洞|楼门|门|楼梯|梯)?", half_width(name))
    return int(found[1]) if found else None


def door_key(name: str) -> str:
    """A doorway that is called otherwise than by a number, without the word for doors: 东门 and 东单元 are 东."""
    found = re.fullmatch(r"([甲乙丙丁东西南北中正A-H])(?:单元|门栋|门洞|楼门|门)?", half_width(name).upper())
    return found[1] if found else ""


def _first(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without the first thing that fits, a bar in its place, and the thing."""
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]}|{text[found.end() :]}", found)
