"""A tag to print and stick on the thing that a record stands for: words on the left, a square code on the right, as one SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from hexi.core.data.entities import Description
from hexi.core.data.records import readable, seen
from hexi.core.trust.api import Viewer, qr_picture
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.outside import Face, Fact

WIDTH, MARGIN, LINE, CODE, HEAD = 1000, 40, 46, 300, 120
"""Tenths of a millimetre: the tag is ten centimetres wide, and as high as its words ask."""
FIELD, VALUE = 30, 34
WIDE_WHOLE, WIDE_BESIDE = 52, 32
"""How many half-width characters a value has room for in a line: below the code, and beside it."""
FONT = "PingFang SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"


def tag_file(viewer: Viewer, about: Description, number: int, origin: str) -> bytes:
    """The record's tag; its code opens `origin` and the face's address. Raises NotFound where the register has no tags."""
    tag = catalogue.tags.get(about.key)
    if tag is None:
        raise NotFound(which=f"{about.key} tag")
    seen(viewer, about, number)
    face: Face = tag.face(viewer, readable(viewer, about.model).get(pk=number))
    return _drawn(viewer, face, origin.rstrip("/") + face.link).encode()


def paper_page(viewer: Viewer, about: Description, number: int, origin: str = "") -> str:
    """The record's paper as HTML, to be printed by whoever can. Raises NotFound where the register has none."""
    paper = catalogue.papers.get(about.key)
    if paper is None:
        raise NotFound(which=f"{about.key} paper")
    seen(viewer, about, number)
    return paper.page(viewer, readable(viewer, about.model).get(pk=number), origin.rstrip("/"))


def _drawn(viewer: Viewer, face: Face, address: str) -> str:
    y, lines = HEAD + LINE, list[str]()
    for fact in face.facts:
        for said in _lines_of(viewer, fact, WIDE_BESIDE if y < HEAD + CODE + LINE else WIDE_WHOLE):
            lines.append(said.format(y=y))
            y += LINE
    height = max(y, HEAD + CODE + LINE) + (LINE if face.foot else 0)
    foot = _text(MARGIN, height - MARGIN, face.foot.said(viewer.language), 24) if face.foot else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="100mm" height="{height / 10:g}mm" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{height}" fill="#fff" stroke="#000" stroke-width="4"/>'
        f'{_text(MARGIN, 78, face.title.said(viewer.language), 52, bold=True)}'
        f'<path d="M0 {HEAD}H{WIDTH}" stroke="#000" stroke-width="3"/>{"".join(lines)}'
        f'<image href="{qr_picture(address)}" x="{WIDTH - CODE - 10}" y="{HEAD + 10}" width="{CODE}" height="{CODE}"/>{foot}</svg>'
    )


def _lines_of(viewer: Viewer, fact: Fact, room: int) -> Iterator[str]:
    """The lines of one fact, each waiting for its height."""
    first, *more = list(_broken(fact.said.said(viewer.language), room)) or [""]
    yield _text(MARGIN, "{y}", fact.label.said(viewer.language), FIELD) + _text(260, "{y}", first, VALUE, bold=True)
    for said in more:
        yield _text(260, "{y}", said, VALUE, bold=True)


def _broken(said: str, room: int) -> Iterator[str]:
    line, used = "", 0
    for sign in said:
        wide = 1 if sign.isascii() else 2
        if used + wide > room:
            yield line
            line, used = "", 0
        line, used = line + sign, used + wide
    if line:
        yield line


def _text(x: int, y: int | str, said: str, size: int, *, bold: bool = False) -> str:
    words = escape(said).replace("{", "&#123;").replace("}", "&#125;")
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{600 if bold else 400}">{words}</text>'
