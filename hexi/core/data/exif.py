"""Where and when a photograph was taken, as its Exif says (CIPA DC-008-2023): read before it is stripped, told to its sender, never kept."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

from PIL import Image

from hexi.core.data.media import HEIC
from hexi.core.data.stripping import Damaged, exif_of_heic
from hexi.core.data.values import DISTRICT_ZONE

FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, ArithmeticError, EOFError, struct.error, Damaged, Warning,
              Image.DecompressionBombError)  # fmt: skip
"""What a decoder says of a picture that it cannot follow."""
EXIF, GPS, TAKEN, OFFSET = 0x8769, 0x8825, 0x9003, 0x9011
FIRST_YEAR = 2000  # a camera whose clock was never set says 1970 or 1980


@dataclass(frozen=True, slots=True)
class Taken:
    """When and where, each None where it is not told. Degrees in WGS-84, the datum of the satellites."""

    at: datetime | None = None
    point: tuple[float, float] | None = None


def taken_of(content: bytes, media_type: str, now: datetime) -> Taken:
    """What the picture tells of itself; nothing where it cannot be read: a hint is not worth a refusal."""
    try:
        tags = _tags(content, media_type)
        return Taken(_moment(tags.get_ifd(EXIF), now), _point(tags.get_ifd(GPS)))
    except UNREADABLE:
        return Taken()


def _tags(content: bytes, media_type: str) -> Image.Exif:
    if media_type != HEIC:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return picture.getexif()
    tags = Image.Exif()
    tags.load(exif_of_heic(content))
    return tags


def _moment(tags: Mapping[int, Any], now: datetime) -> datetime | None:
    """The moment; without an offset the camera's clock is taken for the district's."""
    if not tags.get(TAKEN):
        return None
    local = datetime.strptime(str(tags[TAKEN]).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  its zone follows
    at = local.replace(tzinfo=_zone(str(tags.get(OFFSET, ""))) or DISTRICT_ZONE)
    return at.astimezone(UTC) if at.year >= FIRST_YEAR and at <= now + timedelta(days=1) else None


def _zone(written: str) -> timezone | None:
    written = written.strip("\x00 ")
    if len(written) != len("+08:00") or written[0] not in "+-":
        return None
    span = timedelta(hours=int(written[1:3]), minutes=int(written[4:6]))
    return timezone(-span if written[0] == "-" else span)


def _point(tags: Mapping[int, Any]) -> tuple[float, float] | None:
    if not all(tag in tags for tag in (1, 2, 3, 4)):
        return None
    lat, lon = (_degrees(tags[value]) * (-1 if str(tags[side]).strip("\x00 ") in {"S", "W"} else 1) for side, value in ((1, 2), (3, 4)))
    known = -90 <= lat <= 90 and -180 <= lon <= 180 and (lon, lat) != (0, 0)  # some cameras write zeros until they know
    return (round(lon, 6), round(lat, 6)) if known else None


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in cast("tuple[Any, ...]", parts))
    return degrees + minutes / 60 + seconds / 3600
