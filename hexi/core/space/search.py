"""Find places by what people type and what papers print."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from hexi.core.space.addresses.matching import match_address
from hexi.core.space.contracts import Candidate, Level, PlaceRecord, level_of
from hexi.core.space.models import PlaceAlias
from hexi.core.space.places import inside, records, standing

# What people add to or leave off a name without meaning another place.
_ENDINGS: dict[Level, tuple[str, ...]] = {
    Level.DISTRICT: ("区",),
    Level.STREET: ("街道办事处", "街道办", "街道", "街"),
    Level.COMMUNITY: ("社区居委会", "社区居民委员会", "居民委员会", "居委会", "社区"),
}
_PROPER = {Level.DISTRICT: "区", Level.STREET: "街道", Level.COMMUNITY: "社区"}
_CITY = re.compile(r"^(天津市?)?")
HALF = 0.5
SEARCHED = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID, Level.COMPOUND)
_ORDER = {level: number for number, level in enumerate(Level)}


def plain(text: str) -> str:
    """Text as it is compared: half-width, no spaces, no middle dots, no marks of quotation."""
    return re.sub(r"[\s·•\"'“”‘’《》]+", "", unicodedata.normalize("NFKC", _kept(text)))


def _kept(text: str) -> str:
    """Without NUL: to SQLite the text ends there and everything matches, and PostgreSQL refuses it."""
    return text.replace("\x00", "")


def find_places(
    text: str, *, within: str = "", levels: Sequence[Level] = SEARCHED, limit: int = 20, at: date | None = None
) -> list[Candidate]:
    """Places for a search box, best first: by name (Chinese or English), alias, code, or a whole address down to the door."""
    wanted = plain(text)
    if not wanted:
        return []
    places = inside(standing(at).filter(level__in=list(levels)), within)
    named = Q(name__contains=wanted) | Q(name_en__icontains=_kept(text).strip())
    if wanted.isdigit():
        named |= Q(code__startswith=wanted)
    # Cheap cut before ranking: places come in the order of their levels, the large ones first.
    found = [_ranked(place, wanted, _kept(text).strip()) for place in records(places.filter(named).order_by("code")[: 40 * limit])]
    found += _by_alias(Q(name__contains=wanted), wanted, within, at)
    if not found:
        found = [each for each in resolve(text, within=within, at=at) if each.score > 0.5]
    return _best(found)[:limit]


def resolve(name: str, *, within: str = "", level: Level | None = None, at: date | None = None) -> list[Candidate]:
    """What a written name or address may mean, likeliest first; score 1 is certain, and two candidates with 1 are a real ambiguity.

    Names, known aliases and addresses only: likeness of characters is never taken for a match (景观村 is not 景观花园).
    """
    wanted = _CITY.sub("", plain(name))
    if not wanted:
        return []
    spellings = _spellings(wanted)
    places = inside(standing(at), within)
    found = [Candidate(place, "name", 1.0, name) for place in records(places.filter(name__in=spellings))]
    found += _by_alias(Q(name__in=spellings), wanted, within, at)
    found += _by_code(wanted, within, at)
    if not found:
        found = _by_address(wanted, within, at)
    if level is not None:
        found = [each for each in found if each.place.level is level]
    return _best(found)


def _spellings(text: str) -> list[str]:
    """The text and the forms that mean the same: 天塔, 天塔街, 天塔街道办 are all 天塔街道."""
    found = {text}
    for level, endings in _ENDINGS.items():
        stem = next((text.removesuffix(ending) for ending in endings if text.endswith(ending) and len(text) > len(ending) + 1), text)
        found |= {stem, stem + _PROPER[level]}
    return sorted(found)


def _ranked(place: PlaceRecord, wanted: str, typed: str) -> Candidate:
    names = (place.name, place.name_en.lower())
    if wanted in names or typed.lower() in names or place.code == wanted:
        return Candidate(place, "name", 1.0, wanted)
    is_start = place.name.startswith(wanted) or place.name_en.lower().startswith(typed.lower()) or place.code.startswith(wanted)
    return Candidate(place, "part", 0.9 if is_start else 0.7, wanted)


def _by_alias(named: Q, wanted: str, within: str, at: date | None) -> list[Candidate]:
    aliases = PlaceAlias.objects.filter(named).values_list("place__code", "name", "kind", "source")
    if not aliases:
        return []
    places = {place.code: place for place in records(inside(standing(at).filter(code__in=[code for code, *_ in aliases]), within))}
    return [
        Candidate(places[code], "alias", 1.0 if name in _spellings(wanted) else 0.8, name, source)
        for code, name, _, source in aliases
        if code in places
    ]


def _by_code(wanted: str, within: str, at: date | None) -> list[Candidate]:
    if level_of(wanted) is None:
        return []
    return [Candidate(place, "name", 1.0, wanted) for place in records(inside(standing(at).filter(code=wanted), within))]


def _by_address(text: str, within: str, at: date | None) -> list[Candidate]:
    """A whole address; what is left unread or does not agree lowers the score. Misprints are for `match_address` to propose."""
    matches = [each for each in match_address(text, within=within, at=at) if not each.by_likeness and each.score >= HALF]
    return [Candidate(each.place, "address", round(0.95 * each.score, 3), text) for each in matches]


def _best(found: list[Candidate]) -> list[Candidate]:
    """Each place once, by its best tie; the larger place first among equals."""
    by_code: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda each: -each.score):
        by_code.setdefault(each.place.code, each)
    return sorted(by_code.values(), key=lambda each: (-each.score, _ORDER[each.place.level], each.place.code))
