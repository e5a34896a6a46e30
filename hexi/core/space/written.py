"""From the names that sheets carry to codes, for thousands of names at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hexi.core.space.contracts import Level
from hexi.core.space.models import PlaceAlias
from hexi.core.space.places import inside, names, standing
from hexi.core.space.search import _CITY, _spellings, plain  # pyright: ignore[reportPrivateUsage]

plain_name = plain
FINE = (Level.GRID, Level.COMPOUND, Level.BUILDING, Level.DOORWAY)


def codes_named(written: Iterable[str], at: date | None = None) -> dict[str, list[str]]:
    """The codes that each written name may mean, by name, alias or as the code itself. Two statements for up to some thousand names.

    Several codes are a real ambiguity; a name that means nothing is missing. Likeness of characters is never taken for a match.
    """
    # As it stands, too: names that hold full-width brackets are stored with them.
    forms = {name: {name.strip(), *_spellings(_CITY.sub("", plain(name)) or plain(name))} for name in written}
    wanted = {form for spellings in forms.values() for form in spellings}
    found: dict[str, set[str]] = {}
    places = standing(at)
    for code, name in [
        *places.filter(name__in=wanted).values_list("code", "name"),
        *places.filter(code__in=wanted).values_list("code", "code"),
    ]:
        found.setdefault(name, set()).add(code)
    for code, name in PlaceAlias.objects.filter(name__in=wanted, place__in=places).values_list("place__code", "name"):
        found.setdefault(name, set()).add(code)
    codes = {name: {code for form in spellings for code in found.get(form, ())} for name, spellings in forms.items()}
    return {name: sorted(each) for name, each in codes.items() if each}


def codes_by_full_name(within: str = "", at: date | None = None) -> dict[str, str]:
    """Grids, compounds, buildings and doors by the names under which `names` shows them, in both languages; shared names are left out."""
    codes = list(inside(standing(at).filter(level__in=FINE), within).values_list("code", flat=True))
    found: dict[str, str] = {}
    shared: set[str] = set()
    for start in range(0, len(codes), 5000):
        for code, label in names(codes[start : start + 5000]).items():
            for said in {plain(label.zh), plain(label.en)}:
                shared |= {said} if found.setdefault(said, code) != code else set()
    return {said: code for said, code in found.items() if said not in shared}
