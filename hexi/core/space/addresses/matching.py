"""From a written address to doorway, building, compound or community: ranked candidates, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hexi.core.space.addresses.index import Index, Named, index_of, without_one
from hexi.core.space.addresses.reading import Written, taken_apart
from hexi.core.space.contracts import LEVEL_LABELS, Level, PlaceRecord
from hexi.core.space.places import records, standing
from hexi.kernel.label import Label, t

LIKENESS, DISAGREES, NO_HOUSE, NO_STAIR, MANY_HOUSES, PLATE = 0.55, 0.6, 0.7, 0.88, 0.8, 0.9
"""What each weakness leaves of a mark of 1; ours, and measured by `bench/addresses.py`."""
UNREAD_COSTS = 0.6
SURE, LEAD = 0.85, 0.1
FILLERS = re.compile(r"天津市?|小区|院内|院|附近|旁边|对面|门口|楼下|地下室|平房|[左右]手|[东西南北中][户侧]|号|室|第|层|\||-")
_HOW = {
    "name": t("{level}：{said}", "{level}: {said}"), "short": t("{level}（简称）：{said}", "{level} (short): {said}"),
    "alias": t("{level}（别名）：{said}", "{level} (another name): {said}"),
    "likeness": t("{level}疑似误写：{said}", "{level}, perhaps misprinted: {said}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """A place that an address may mean. `score` 1 is best; `reasons` say what speaks for and against it, `unread` what fitted nothing.

    `by_likeness`: a name was read as a misprint of another. Such a match is a proposal, never an answer.
    """

    place: PlaceRecord
    score: float
    reasons: tuple[Label, ...]
    unread: str
    by_likeness: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    said: str
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """A place that may be meant. `score` is 1 where all that was named agrees with it."""

    code: str
    score: float
    reasons: tuple[Label, ...]
    by_likeness: bool = False


def match_address(text: str, *, within: str = "", limit: int = 5, at: date | None = None) -> list[AddressMatch]:
    """The places that the text may mean, best first; empty where nothing in it is known. `within`: only places in that one."""
    index, written = index_of(at), taken_apart(text)
    mentions, unread = _mentions(index, written.names)
    areas = list(_areas(mentions)) or ([Guess(within, 1.0, ())] if within and written.house else [])
    guesses = [_descend(index, written, guess) for guess in areas]
    found = [each for several in guesses for each in several] + list(_by_plate(index, written))
    share = 1 - UNREAD_COSTS * len(unread) / max(len(written.names), 1)
    best: dict[str, Guess] = {}
    for guess in sorted(found, key=lambda each: (-each.score, each.code)):
        if guess.code.startswith(within):
            best.setdefault(guess.code, guess)
    return _matches(list(best.values())[:limit], share, unread, at)


def areas_in(index: Index, names: str) -> tuple[list[Guess], str]:
    """The communities, compounds and larger places that a text without numbers may mean, and what of it fitted nothing."""
    mentions, unread = _mentions(index, names)
    return sorted(_areas(mentions), key=lambda each: (-each.score, each.code)), unread


def look_alikes(index: Index, said: str, within: str) -> set[str]:
    """Names known in this place that differ from the text in one character; none where it is itself a name."""
    if said in index.names:
        return set()
    near = {name for less in without_one(said) for name in index.near.get(less, ()) if _one_apart(name, said)}
    return {name for name in near if any(each.code.startswith(within) for each in index.names[name])}


def certain(matches: Sequence[AddressMatch]) -> PlaceRecord | None:
    """The place that the address means, None where it is not sure: no misprint was assumed, and nothing else comes near."""
    if not matches or matches[0].by_likeness or matches[0].score < SURE:
        return None
    return None if len(matches) > 1 and matches[1].score > matches[0].score - LEAD else matches[0].place


def _mentions(index: Index, names: str) -> tuple[list[_Mention], str]:
    """Every known name in the text, the longest first where two overlap; misprints in what is left; and what fitted nothing."""
    found: list[_Mention] = []
    rest = names
    for length in range(min(index.longest, len(names)), 1, -1):
        start = 0
        while start + length <= len(rest):
            said = rest[start : start + length]
            if "|" not in said and said in index.names:
                found.append(_Mention(said, tuple(index.names[said])))
                rest = f"{rest[:start]}|{rest[start + length :]}"
            start += 1
    rest, guessed = _misprints(index, rest, found)
    return [*found, *guessed], FILLERS.sub("", rest)


def _misprints(index: Index, rest: str, found: Sequence[_Mention]) -> tuple[str, list[_Mention]]:
    """Where no community and no compound was named: names that differ from a piece of the text in one character."""
    if any(each.level in (Level.COMMUNITY, Level.COMPOUND) for mention in found for each in mention.named):
        return rest, []
    for piece in sorted(rest.split("|"), key=len, reverse=True):
        for window in _windows(piece, index.longest):
            said = {name for less in without_one(window) for name in index.near.get(less, ()) if _one_apart(name, window)}
            if said:
                named = tuple(replace(each, how="likeness") for name in sorted(said) for each in index.names[name])
                return rest.replace(window, "|", 1), [_Mention(window, named)]
    return rest, []


def _windows(piece: str, longest: int) -> Iterator[str]:
    """Parts of at least three characters, the longest first."""
    for length in range(min(len(piece), longest + 1), 2, -1):
        yield from (piece[start : start + length] for start in range(len(piece) - length + 1))


def _one_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and len(short) >= 3 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _areas(mentions: Sequence[_Mention]) -> Iterator[Guess]:
    """Each place that was named, judged by whether the other names agree with it; the whole of another named place is no guess."""
    codes = {each.code: each for mention in mentions for each in sorted(mention.named, key=lambda named: named.how != "likeness")}
    for code, named in codes.items():
        if any(other != code and other.startswith(code) for other in codes):
            continue
        score, reasons = 1.0, list[Label]()
        for mention in mentions:
            of_it = next((each for each in mention.named if code.startswith(each.code)), None)
            score *= 1.0 if of_it and of_it.how != "likeness" else LIKENESS if of_it else DISAGREES
            reasons.append(_reason(of_it, mention))
        yield Guess(code, score, tuple(reasons), named.how == "likeness")


def _reason(named: Named | None, mention: _Mention) -> Label:
    if named is None:
        return t("与“{said}”不符", "does not lie in {said}").filled(said=mention.said)
    return _HOW[named.how].filled(level=LEVEL_LABELS[named.level], said=mention.said)


def _descend(index: Index, written: Written, guess: Guess) -> list[Guess]:
    """From an area to its building and door by their numbers."""
    if not written.house:
        return [guess]
    houses = index.houses_in(guess.code, written.house)
    if not houses:
        said = t("其中没有 {house} 号楼", "it has no building {house}").filled(house=written.house)
        return [replace(guess, score=guess.score * NO_HOUSE, reasons=(*guess.reasons, said))]
    factor, told = 1.0, t("楼栋：{house}", "building: {house}").filled(house=written.house)
    if len(houses) > 1:
        factor, told = MANY_HOUSES, t("同号楼栋有 {count} 处", "{count} buildings have this number").filled(count=len(houses))
    found = [Guess(house, guess.score * factor, (*guess.reasons, told), guess.by_likeness) for house in houses[:20]]
    return [_to_door(index, written, each) for each in found]


def _to_door(index: Index, written: Written, guess: Guess) -> Guess:
    stair = written.door if written.stair is None else str(written.stair)
    if not stair:
        return guess
    by_number = None if written.stair is None else index.doors.get((guess.code, written.stair))
    door = by_number or index.named_doors.get((guess.code, stair))
    if door is None:
        said = t("该楼没有 {stair} 门", "it has no door {stair}").filled(stair=stair)
        return replace(guess, score=guess.score * NO_STAIR, reasons=(*guess.reasons, said))
    said = t("楼门：{stair}", "door: {stair}").filled(stair=stair)
    return replace(guess, code=door, reasons=(*guess.reasons, said))


def _by_plate(index: Index, written: Written) -> Iterator[Guess]:
    """By street and house number of the map."""
    for code in index.plates.get(written.street, ()) if written.street else ():
        told = t("地图门牌：{street}", "house number on the map: {street}").filled(street=written.street)
        guess = Guess(code, PLATE, (told,))
        yield _to_door(index, written, guess)


def _matches(guesses: Sequence[Guess], share: float, unread: str, at: date | None) -> list[AddressMatch]:
    places = {place.code: place for place in records(standing(at).filter(code__in=[each.code for each in guesses]))}
    return [
        AddressMatch(places[each.code], round(each.score * share, 3), each.reasons, unread, each.by_likeness)
        for each in guesses
        if each.code in places
    ]
