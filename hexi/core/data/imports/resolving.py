"""Words in cells that mean something elsewhere: places, organisations, records. A batch of rows at a time, not cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from hexi.core.data.entities import describe
from hexi.core.data.imports.areas import shared_beginning
from hexi.core.data.records import readable
from hexi.core.data.values import LARGEST_ID, no_place, no_record, offices
from hexi.core.space.api import certain, codes_by_full_name, codes_named, labels_for, match_address, plain_name
from hexi.core.trust.api import Viewer
from hexi.kernel.label import Label, t

WORTH_SAYING = 0.7
"""A place of which less speaks in an address is no help to whoever wrote it."""
Meanings = dict[str, Any]  # what a written word means, or a Label that says why it means nothing
Resolver = Callable[[set[str]], Meanings]


def resolver_of(viewer: Viewer, field: Any) -> Resolver | None:
    """What finds the meaning of this field's words; None for fields whose cells speak for themselves."""
    makers: dict[str, Callable[[], Resolver]] = {
        "place": lambda: Places(viewer).resolve, "office": lambda: _office_keys, "reference": lambda: Records(viewer, field).resolve,
    }  # fmt: skip
    return makers[field.kind]() if field.kind in makers else None


def _office_keys(words: set[str]) -> Meanings:
    known = offices()
    lost = t("没有名为 {name} 的单位", "There is no organisation called {name}")
    return {text: known.get(text) or lost.filled(name=text[:60]) for text in words}


class Places:
    """Codes, names and known other names, then whole addresses as our own exports write them."""

    def __init__(self, viewer: Viewer) -> None:
        areas = [post.place for post in viewer.posts if post.place]
        self.areas, self.within = areas, shared_beginning(areas)
        self.addresses: dict[str, str] | None = None

    def resolve(self, words: set[str]) -> Meanings:
        known = labels_for([text for text in words if text.isascii() and text.isdecimal()])
        rest = words - set(known)
        named = codes_named(rest) if rest else {}
        return {text: text if text in known else self._meant(text, named.get(text, [])) for text in words}

    def _meant(self, text: str, codes: list[str]) -> str | Label:
        near = [code for code in codes if any(code.startswith(area) for area in self.areas)]
        if len(near or codes) == 1:
            return (near or codes)[0]
        if codes:
            said = t("有 {count} 个地点叫“{name}”，请填写编码", "{count} places are called {name}: give the code")
            return said.filled(count=len(codes), name=text[:60])
        return self._full_name(text) or self._address(text)

    def _full_name(self, text: str) -> str | None:
        if self.addresses is None:
            self.addresses = codes_by_full_name(self.within)
        return self.addresses.get(plain_name(text))

    def _address(self, text: str) -> str | Label:
        """A whole address as people write it; where it is not sure, the likeliest is proposed and nothing is taken."""
        matches = [] if text.isdecimal() else match_address(text, within=self.within)
        if (place := certain(matches)) is not None:
            return place.code
        if not matches or (matches[0].score < WORTH_SAYING and not matches[0].by_likeness):
            return _unknown(text)
        said = t("地址“{name}”不能确定，最接近的是 {place}（{code}）", "The address {name} is not certain; nearest is {place} ({code})")
        return said.filled(name=text[:60], place=matches[0].place.label, code=matches[0].place.code)


def _unknown(text: str) -> Label:
    return no_place(text) if text.isdecimal() else t("没有名为“{name}”的地点", "There is no place called {name}").filled(name=text[:60])


class Records:
    """Records by number, by unique key, or by title; only those that the viewer may read."""

    def __init__(self, viewer: Viewer, field: Any) -> None:
        self.viewer, self.about = viewer, describe(field.related_model)
        keys = [name for name, each in self.about.fields.items() if each.unique and each.kind == "text"]
        self.names = list(dict.fromkeys([*(n for n in self.about.unique if len(self.about.unique) == 1), *keys, *self._title()]))

    def _title(self) -> list[str]:
        field = self.about.fields[self.about.title]
        return [field.name] if field.kind == "text" and field.privacy not in {"personal", "sensitive"} else []

    def resolve(self, words: set[str]) -> Meanings:
        numbers = [int(text) for text in words if text.isascii() and text.isdecimal() and len(text) < 19 and int(text) <= LARGEST_ID]
        asked = Q(pk__in=numbers)
        for name in self.names:
            asked |= Q(**{f"{name}__in": list(words)})
        rows = list(readable(self.viewer, self.about.model).filter(asked).values("id", *self.names))
        by_word = [self._index(rows, name) for name in (*self.names, "id")]
        return {text: self._meant(text, by_word) for text in words}

    def _index(self, rows: list[dict[str, Any]], name: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in rows:
            found.setdefault(str(row[name]), []).append(row["id"])
        return found

    def _meant(self, text: str, by_word: list[dict[str, list[int]]]) -> int | Label:
        """Keys before titles before numbers: a register's own code may consist of digits."""
        for index in by_word:
            numbers = index.get(text, [])
            if len(numbers) == 1:
                return numbers[0]
            if numbers:
                said = t("有 {count} 条{what}叫“{name}”，请填写编号", "{count} records of {what} are called {name}: give the number")
                return said.filled(count=len(numbers), what=self.about.label, name=text[:60])
        return no_record()
