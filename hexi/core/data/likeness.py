"""Is it the same picture? A difference hash: what a smaller size, another compression or a slight change of light leave as it is.

The picture in grey is shrunk to nine columns and eight rows; each of 64 bits says whether a field is darker than the one to its
right (N. Krawetz, "Kind of Like That", 2013). Two that differ in d bits agree in at least 8 - d of eight bytes, so for d up to 7 an
index of bytes finds every one of them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import pi_heif
from PIL import Image, ImageOps

from hexi.core.data.exif import FORMATS, UNREADABLE
from hexi.core.data.media import HEIC_BRANDS
from hexi.core.data.models import Picture, PictureBand, StoredFile

COLUMNS, ROWS, BYTES = 9, 8, 8
HEIC_HEADS = tuple(b"ftyp" + brand for brand in HEIC_BRANDS)
FARTHEST = BYTES - 1
PIXELS = 64_000_000  # ours: larger ones are kept, but not looked at
FLAT = 8  # steps of grey; a wall or a night sky is like every other
MANY = 5000  # ours: of so many newest candidates; 100,000 photographs have some 3,000 that share a byte with one


@dataclass(frozen=True, slots=True)
class Twin:
    """Two files that show nearly the same, and in how many of 64 bits they differ."""

    file: int
    other: int
    bits: int


def likeness_of(content: bytes) -> int | None:
    """The 64 bits as a signed number. None for what shows too little, is too large, or can't be read."""
    try:
        small = _small_heic(content) if content[4:12] in HEIC_HEADS else _small(content)
    except UNREADABLE:
        return None
    if small is None:
        return None
    grey = small.tobytes()
    if max(grey) - min(grey) < FLAT:
        return None
    bits = 0
    for row in range(ROWS):
        for column in range(COLUMNS - 1):
            bits = bits << 1 | (grey[row * COLUMNS + column] < grey[row * COLUMNS + column + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def _small(content: bytes) -> Image.Image | None:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS:
            return None
        picture.draft("L", (COLUMNS * 16, ROWS * 16))  # a JPEG is decoded small at once
        return _shrunk(ImageOps.exif_transpose(picture))


def _small_heic(content: bytes) -> Image.Image | None:
    """Turned as its own boxes say, which the decoder follows; nothing is decoded before its size is known."""
    found = pi_heif.open_heif(content, convert_hdr_to_8bit=True)  # pyright: ignore[reportUnknownMemberType]
    width, height = found.size
    return None if width * height > PIXELS else _shrunk(found.to_pillow())


def _shrunk(picture: Image.Image) -> Image.Image:
    return picture.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX)


def keep_likeness(file: StoredFile, content: bytes) -> None:
    """Keep what the picture looks like beside its file."""
    likeness = likeness_of(content)
    if likeness is not None:
        picture = Picture.objects.create(file=file, likeness=likeness)
        PictureBand.objects.bulk_create(PictureBand(picture=picture, band=band) for band in bands(likeness))


def bands(likeness: int) -> list[int]:
    """Each of its bytes, with its place in front."""
    return [place << 8 | (likeness >> (8 * place)) & 0xFF for place in range(BYTES)]


def twins_of(files: Iterable[int], within: int) -> list[Twin]:
    """Other files that look like one of these, in at most `within` bits (up to 7), the likest first."""
    own = dict(Picture.objects.filter(file__in=set(files)).values_list("file", "likeness"))
    return sorted((twin for file, likeness in own.items() for twin in _twins(file, likeness, within)), key=lambda twin: twin.bits)


def _twins(file: int, likeness: int, within: int) -> Iterable[Twin]:
    near = PictureBand.objects.filter(band__in=bands(likeness)).values("picture")
    rows: Any = Picture.objects.filter(pk__in=near).exclude(file=file).order_by("-pk").values_list("file", "likeness")[:MANY]
    for other, there in cast("Iterable[tuple[int, int]]", rows):
        bits = ((likeness ^ there) & (1 << 64) - 1).bit_count()
        if bits <= within:
            yield Twin(file, other, bits)
