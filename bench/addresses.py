"""Written addresses against the place tree of the reference district: how many lead to the right door, and how many to a wrong one.

    python -m bench.addresses [--doors 2000] [--real adcode_120103_2016.csv]

Two test sets. One is of REAL names: with `--real` (the statistics bureau's list of the district, columns code, parent, name, level; 142
communities of 2016) every community is written in the forms of `FORMS`, and every form in which the district's papers print a place stands
for the community that `districts/hexi/places.yaml` gives it, where a person has looked it up in that list (`certainty: sure` or `likely`,
each with the sentence and its source). No list of real doors is published, so there is none here.

The other test set is GENERATED, not collected: each of so many doorways, drawn with a fixed seed, is written in every way listed in `WAYS`
below. Streets and listed communities are real names, compounds are the generator's. So the figures say how the spellings fare that we
know of, not how a district's own forms would; a district measures that with its own list.

Misprints change a character at random among names that are all alike (400 stems): several names are one character away, and no sound
or shape of characters is known to us. What is right among three is what a person chooses from.

"Right" is the door itself, or the building where the text names no door. "Sure" is what an import takes without asking; a sure answer
that is wrong is the worst outcome, and the bar for it is nil.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.house import installation, verdict

SEED = 20261128
DISTRICT = Path(__file__).resolve().parents[1] / "districts" / "hexi"
CHINESE = "零一二三四五六七八九"
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
OTHERS = "安和康泰宁福顺源兴达林泉竹梅兰桂"


@dataclass(frozen=True, slots=True)
class Door:
    """One doorway and the names around it."""

    code: str
    street: str
    community: str
    compound: str
    house: int
    stair: int


Way = tuple[str, Callable[[Door, random.Random], str], bool]


def counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    return CHINESE[number] if not tens else f"{CHINESE[tens] if tens > 1 else ''}十{CHINESE[ones] if ones else ''}"


def formally(number: int) -> str:
    return counted(number).translate(str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾"))


def misprinted(name: str, dice: random.Random) -> str:
    """One character of the name, not the first two nor the last, is another; never so that it is another compound's name."""
    while True:
        at = dice.randrange(2, len(name) - 1)
        wrong = name[:at] + dice.choice([one for one in OTHERS if one != name[at]]) + name[at + 1 :]
        if wrong not in KNOWN:
            return wrong


KNOWN: set[str] = set()


def _short(community: str) -> str:
    return community.removesuffix("（示例）").removesuffix("社区")


def _other_street(door: Door) -> str:
    return "东海街道" if door.street != "东海街道" else "梅江街道"


WAYS: tuple[Way, ...] = (
    ("whole, as exported", lambda d, _: f"{d.compound}{d.house}号楼{d.stair}门", True),
    ("with city, district, street, community", lambda d, _: f"天津市河西区{d.street}{d.community}{d.compound}{d.house}号楼{d.stair}门", True),
    ("street short, 栋, 单元, room", lambda d, _: f"{d.street.removesuffix('街道')}街{d.compound}{d.house}栋{d.stair}单元{d.stair}01室", True),
    ("幢, full-width digits, spaces", lambda d, _: f"{d.compound} {str(d.house).translate(FULL)} 幢 {str(d.stair).translate(FULL)} 单元", True),
    ("counting words", lambda d, _: f"{d.compound}{counted(d.house)}号楼{counted(d.stair)}门", True),
    ("dashes: house-stair-room", lambda d, _: f"{d.compound}{d.house}-{d.stair}-502", True),
    ("小区 added, # for 号楼, 门洞", lambda d, _: f"{d.compound}小区{d.house}#楼{d.stair}门洞", True),
    ("with words around it", lambda d, _: f"位于河西区{d.compound}小区院内{d.house}号楼{d.stair}单元楼下附近", True),
    ("community beside it, without 社区", lambda d, _: f"{_short(d.community)}{d.compound}{d.house}号楼{d.stair}门", True),
    ("号 without 楼, storey in words", lambda d, _: f"{d.compound}{d.house}号{d.stair}门{counted(d.stair + 2)}楼{d.stair + 2}01", True),
    ("four numbers: house-stair-storey-room", lambda d, _: f"{d.compound}{d.house}-{d.stair}-{d.stair + 2}-{d.stair + 2}02", True),
    ("formal numbers, 第", lambda d, _: f"{d.compound}{formally(d.house)}号楼第{d.stair}单元", True),
    ("house, then stair-room", lambda d, _: f"{d.compound}{d.house}号楼{d.stair}-501", True),
    ("house only", lambda d, _: f"{d.street}{d.compound}{d.house}号楼", False),
    ("one character of the compound wrong", lambda d, dice: f"{d.street}{misprinted(d.compound, dice)}{d.house}号楼{d.stair}门", True),
    ("the street of another compound", lambda d, _: f"{_other_street(d)}{d.compound}{d.house}号楼{d.stair}门", True),
)
PROPOSED = {"one character of the compound wrong", "the street of another compound"}
"""Ways that must never be taken without asking; for them only the first three proposals count."""


def doors(number: int) -> list[Door]:
    from hexi.core.space.addresses.reading import house_key, stair_key
    from hexi.core.space.models import Place

    names = dict(Place.objects.values_list("code", "name"))
    every = [code for code, name in names.items() if len(code) == 22 and stair_key(name) and house_key(names[code[:20]]).isdecimal()]
    KNOWN.update(names.values())
    chosen = random.Random(SEED).sample(sorted(every), min(number, len(every)))
    return [
        Door(code, names[code[:9]], names[code[:12]], names[code[:17]], int(house_key(names[code[:20]])), stair_key(names[code]) or 0)
        for code in chosen
    ]


def tried(way: Way, found: list[Door]) -> tuple[float, float, float, float]:
    """Shares in per cent: first right, among three, sure and right, sure and wrong."""
    from hexi.core.space.api import certain, match_address

    _, written, has_door = way
    dice = random.Random(SEED)
    first = three = sure = wrong = 0
    for door in found:
        right = door.code if has_door else door.code[:20]
        matches = match_address(written(door, dice))
        codes = [each.place.code for each in matches[:3]]
        taken = certain(matches)
        first += codes[:1] == [right]
        three += right in codes
        sure += taken is not None and taken.code == right
        wrong += taken is not None and taken.code != right
    return tuple(100 * count / len(found) for count in (first, three, sure, wrong))  # type: ignore[return-value]


FORMS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("as listed, street before it", lambda street, name: f"{street}{name}"),
    ("without 居委会", lambda street, name: f"{street}{stem(name)}社区"),
    ("without 社区", lambda street, name: f"{street}{stem(name)}"),
    ("street short, city and district before it", lambda street, name: f"天津市河西区{street.removesuffix('街道')}街{stem(name)}社区居民委员会"),
    ("alone", lambda _, name: f"{stem(name)}社区"),
    ("with a house and door behind it", lambda street, name: f"{street}{stem(name)}社区3号楼2门501室"),
)


def stem(name: str) -> str:
    return name.removesuffix("居委会").removesuffix("社区")


def real_tree(file: Path) -> dict[str, str]:
    """The district of the list into an empty tree, with the forms that print has of its places; names by code."""
    from django.utils import timezone

    from hexi.core.space.contracts import level_of, parent_of
    from hexi.core.space.facts import district_facts
    from hexi.core.space.ground.boundaries import short_code
    from hexi.core.space.models import Place, PlaceAlias

    Place.objects.all().delete()
    with file.open(encoding="utf-8", newline="") as lines:
        names = {short_code(row[0]): row[2] for row in csv.reader(lines) if row and row[0].isdecimal()}
    now = timezone.now()
    rows = [
        Place(code=code, level=level_of(code), parent=parent_of(code), name=name.removesuffix("居委会"), origin="fact", updated_at=now)
        for code, name in names.items()
    ]
    Place.objects.bulk_create(rows)
    ids = dict(Place.objects.values_list("code", "pk"))
    printed = district_facts(DISTRICT).printed
    PlaceAlias.objects.bulk_create(
        [PlaceAlias(place_id=ids[each.code], name=each.name, kind=each.kind, source=each.source) for each in printed if each.code in ids]
    )
    return names


def real(file: Path) -> tuple[float, float, int]:
    """Hit rate and wrong answers on real names in per cent, and how many texts were tried; printed by form."""
    from hexi.core.space.api import certain, match_address
    from hexi.core.space.facts import district_facts

    names = real_tree(file)
    texts = [(form, say(names[code[:9]], name), code) for form, say in FORMS for code, name in names.items() if len(code) == 12]
    texts += [("as the papers print it", each.name, each.code) for each in district_facts(DISTRICT).printed if each.code in names]
    results: dict[str, list[int]] = {}
    for form, text, code in texts:
        taken = certain(match_address(text))
        own = results.setdefault(form, [0, 0, 0])
        own[0] += 1
        # A house that the list of communities cannot know leads to its community, and is not certain.
        found = taken.code if taken else next((each.place.code for each in match_address(text)[:1] if "behind" in form), "")
        own[1] += found == code
        own[2] += taken is not None and taken.code != code
    for form, (count, right, wrong) in results.items():
        print(f"  {form:42} {count:4} texts  right {100 * right / count:5.1f} %  sure and wrong {wrong}")
    whole = [sum(own[number] for own in results.values()) for number in range(3)]
    return 100 * whole[1] / whole[0], 100 * whole[2] / whole[0], whole[0]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--doors", type=int, default=2000)
    parser.add_argument("--real", type=Path, help="the statistics bureau's list of the district's communities")
    options = parser.parse_args()
    with installation():
        from hexi.core.space.api import load_district

        load_district()
        found = doors(options.doors)
        print(f"generated test set: {len(found):,} doorways, {len(WAYS)} ways of writing, seed {SEED}")
        start = time.perf_counter()
        results = {way[0]: tried(way, found) for way in WAYS}
        each_ms = (time.perf_counter() - start) * 1000 / (len(found) * len(WAYS))
        of_real = real(options.real) if options.real else None
    for name, (first, three, sure, wrong) in results.items():
        print(f"  {name:42} first {first:5.1f} %  among three {three:5.1f} %  sure {sure:5.1f} %  sure and wrong {wrong:4.2f} %")
    usual = [result for name, result in results.items() if name not in PROPOSED]
    bars = [
        verdict("right door first, usual spellings", sum(one[0] for one in usual) / len(usual), "%", 95, at_most=False),
        verdict("taken without asking, usual spellings", sum(one[2] for one in usual) / len(usual), "%", 95, at_most=False),
        verdict("misprints: right among three", results["one character of the compound wrong"][1], "%", 90, at_most=False),
        verdict("sure and wrong, all", sum(one[3] for one in results.values()) / len(results), "%", 0.1, at_most=True),
        verdict("one address", each_ms, "ms", 5, at_most=True),
    ]
    if of_real is not None:
        right, wrong, count = of_real
        bars += [
            verdict(f"real names, {count} texts: right", right, "%", 95, at_most=False),
            verdict("real names: sure and wrong", wrong, "%", 0.1, at_most=True),
        ]
    return 0 if all(bars) else 1


if __name__ == "__main__":
    sys.exit(main())
