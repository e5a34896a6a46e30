"""Pictures without what they tell beside the picture: where, when and by whose telephone they were taken.

JPEG: ITU-T T.81 annex B and Exif 2.32; PNG: ISO/IEC 15948; WebP: RFC 9649; HEIC: ISO/IEC 14496-12 and 23008-12. The way up is kept:
without it a picture lies on its side. Anything that can't be followed to its end is refused, since a rest might tell.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

from hexi.core.data.media import HEIC, JPEG, PNG, WEBP


class Damaged(Exception):
    """The picture does not follow its format."""


def stripped(content: bytes, media_type: str) -> bytes:
    """The picture without its metadata. Raises Damaged."""
    try:
        return STRIPPERS[media_type](content)
    except (struct.error, IndexError, ValueError) as error:
        raise Damaged(media_type) from error


KEPT_MARKERS = frozenset({0xE0, 0xEE})  # JFIF and Adobe's colour transform; APP2 only as a colour profile
NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
END, SCAN, APP1, APP2, COMMENT = 0xD9, 0xDA, 0xE1, 0xE2, 0xFE


def _jpeg(content: bytes) -> bytes:
    """Everything up to the end of the picture: what some telephones hang behind it is a film with sound."""
    out, turned = [b"\xff\xd8"], 0
    for marker, body, scan in _segments(content):
        if marker == APP1 and body.startswith(b"Exif\x00\x00") and not turned:
            turned = _orientation(body[6:])
            if turned > 1:
                out.append(_turned(turned))
        if _kept(marker, body):
            out += [struct.pack(">BBH", 0xFF, marker, len(body) + 2), body, scan]
    return b"".join([*out, b"\xff\xd9"])


def _kept(marker: int, body: bytes) -> bool:
    if marker == APP2:
        return body.startswith(b"ICC_PROFILE\x00")
    return marker != COMMENT and (marker in KEPT_MARKERS or not 0xE0 <= marker <= 0xEF)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, body and, behind a start of scan, the coded picture up to the next marker."""
    at = 2
    while True:
        found = NEXT_MARKER.match(content, at)
        if not found:
            raise Damaged(JPEG)
        marker = found[1][0]
        if marker == END:
            return
        start = found.end()
        (length,) = struct.unpack_from(">H", content, start)
        at = start + length
        body = content[start + 2 : at]
        if length < 2 or at > len(content):
            raise Damaged(JPEG)
        scan = b""
        if marker == SCAN:
            behind = NEXT_MARKER.search(content, at)
            if not behind:
                raise Damaged(JPEG)
            scan, at = content[at : behind.start()], behind.start()
        yield marker, body, scan


def _orientation(tiff: bytes) -> int:
    """The way up, 1 to 8; 1 where the header says nothing readable."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for index in range(min(count, 200)):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * index)
        if tag == 0x0112 and kind == 3:
            return value if 1 <= value <= 8 else 1
    return 1


def _turned(way: int) -> bytes:
    """An Exif segment that says the way up and nothing else."""
    tiff = b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, way, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return struct.pack(">BBH", 0xFF, APP1, len(body) + 2) + body


PNG_KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"cICP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
        b"acTL",
        b"fcTL",
        b"fdAT",
    }
)


def _png(content: bytes) -> bytes:
    out, at = [content[:8]], 8
    while True:
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise Damaged(PNG)
        if kind in PNG_KEPT:
            out.append(content[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end


WEBP_LOST = frozenset({b"EXIF", b"XMP "})
WEBP_SAYS = 0x08 | 0x04  # the flags of Exif and XMP in the extended header


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    end, at, out = 8 + size, 12, list[bytes]()
    if end > len(content):
        raise Damaged(WEBP)
    while at < end:
        kind = content[at : at + 4]
        (length,) = struct.unpack_from("<I", content, at + 4)
        chunk = content[at : at + 8 + length + length % 2]
        at += len(chunk)
        if len(chunk) < 8 + length:
            raise Damaged(WEBP)
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_SAYS]) + chunk[9:]
        if kind not in WEBP_LOST:
            out.append(chunk)
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _heic(content: bytes) -> bytes:
    """The same bytes with the metadata items blanked where they lie: moving them would break every offset. Their way up is a property."""
    blank = bytearray(content)
    meta = next((box for box in _boxes(content, 0, len(content)) if box[0] == b"meta"), None)
    if meta is None:
        raise Damaged(HEIC)
    inner = {kind: (start, end) for kind, start, end in _boxes(content, meta[1] + 4, meta[2])}
    if b"iinf" not in inner or b"iloc" not in inner:
        raise Damaged(HEIC)
    told = set(_telling_items(content, *inner[b"iinf"]))
    base = inner.get(b"idat", (0, 0))[0]
    for item, method, offset, length in _extents(content, inner[b"iloc"][0]):
        if item in told:
            start = offset + (base if method == 1 else 0)
            if method > 1 or start + length > len(content):
                raise Damaged(HEIC)
            blank[start : start + length] = bytes(length)
    return bytes(blank)


def exif_of_heic(content: bytes) -> bytes:
    """The first Exif item, for a reader of Exif. Raises Damaged where there is none."""
    meta = next((box for box in _boxes(content, 0, len(content)) if box[0] == b"meta"), None)
    inner = {kind: (start, end) for kind, start, end in _boxes(content, meta[1] + 4, meta[2])} if meta else {}
    if b"iinf" not in inner or b"iloc" not in inner:
        raise Damaged(HEIC)
    told = set(_telling_items(content, *inner[b"iinf"]))
    for item, method, offset, length in _extents(content, inner[b"iloc"][0]):
        start = offset + (inner.get(b"idat", (0, 0))[0] if method == 1 else 0)
        body = content[start : start + length]
        head = body.find(b"Exif\x00\x00")
        if item in told and head >= 0:
            return body[head:]
    raise Damaged(HEIC)


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first byte of the body, end, of each box."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", content, at + 8), 16
        size = size or end - at
        if size < head or at + size > end:
            raise Damaged(HEIC)
        yield kind, at + head, at + size
        at += size


def _telling_items(content: bytes, start: int, end: int) -> Iterator[int]:
    """The numbers of the items that are Exif or XMP."""
    wide = content[start] > 0
    for kind, at, _ in _boxes(content, start + (8 if wide else 6), end):
        version = content[at]
        if kind != b"infe" or version < 2:
            raise Damaged(HEIC)
        number, form = ">H", at + 8
        if version > 2:
            number, form = ">I", at + 10
        if content[form : form + 4] in {b"Exif", b"mime"}:
            yield struct.unpack_from(number, content, at + 4)[0]


def _extents(content: bytes, start: int) -> Iterator[tuple[int, int, int, int]]:
    """Item, construction method, offset and length of every piece that the location box names."""
    version, sizes = content[start], struct.unpack_from(">H", content, start + 4)[0]
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    reader = _Reader(content, start + 6)
    for _ in range(reader.number(4 if version == 2 else 2)):
        item = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base = reader.number(base_size)
        for _ in range(reader.number(2)):
            if version and index_size:
                reader.number(index_size)
            offset = reader.number(offset_size)
            yield item, method, base + offset, reader.number(length_size)


class _Reader:
    """Numbers of any width, one behind the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def number(self, size: int) -> int:
        if self.at + size > len(self.content):
            raise Damaged(HEIC)
        self.at += size
        return int.from_bytes(self.content[self.at - size : self.at], "big")


STRIPPERS: dict[str, Callable[[bytes], bytes]] = {JPEG: _jpeg, PNG: _png, WEBP: _webp, HEIC: _heic}
