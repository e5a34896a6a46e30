"""Map tiles in the Mapbox Vector Tile format, version 2: what the map's library reads fastest.

An encoder of our own: the kept library (mapbox-vector-tile) brings protobuf and pyclipper, and takes three times as long (15 ms against
5 ms for a thousand points, and more for areas). The suite reads our tiles back with that library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

EXTENT = 4096  # units across a tile
VERSION, POINT, MOVE_TO_ONE = 2, 1, 9
Tag = str | int | bool


@dataclass(frozen=True, slots=True)
class TilePoint:
    """One point: where it lies in the tile (0 to EXTENT, from its upper left corner), its number, and what is said of it."""

    x: int
    y: int
    number: int
    tags: Mapping[str, Tag]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One feature whose geometry is written already: its number, what is said of it, its kind (1 point, 2 line, 3 area), its commands."""

    number: int
    tags: Mapping[str, Tag]
    kind: int
    geometry: bytes


def point_tile(layers: Mapping[str, Sequence[TilePoint]]) -> bytes:
    """A tile of these layers; those without a point are left out."""
    return b"".join(tile_layer(name, [_of_point(point) for point in points]) for name, points in layers.items() if points)


def tile_layer(name: str, features: Sequence[Encoded]) -> bytes:
    """One layer of a tile; a tile is its layers one behind the other."""
    return _field(3, _layer(name, features))


def only(tile: bytes, names: Collection[str]) -> bytes:
    """The layers of these names out of a tile of ours, which is nothing but layers that begin with their name."""
    kept, at = list[bytes](), 0
    while at < len(tile):
        length, begin = _read_varint(tile, at + 1)
        name_length, name_at = _read_varint(tile, begin + 1)
        if tile[name_at : name_at + name_length].decode() in names:
            kept.append(tile[at : begin + length])
        at = begin + length
    return b"".join(kept)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The number there, and where it ends."""
    number = shift = 0
    while data[at] & 0x80:
        number |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
    return number | data[at] << shift, at + 1


def _of_point(point: TilePoint) -> Encoded:
    return Encoded(point.number, point.tags, POINT, _varints((MOVE_TO_ONE, _zigzag(point.x), _zigzag(point.y))))


def _layer(name: str, features: Sequence[Encoded]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Tag], int] = {}
    pairs: dict[tuple[str, type, Tag], bytes] = {}
    parts = [_field(1, name.encode())]
    for feature in features:
        tags = bytearray()
        for key, value in feature.tags.items():
            known = pairs.get((key, type(value), value))
            if known is None:
                known = _varint(keys.setdefault(key, len(keys))) + _varint(values.setdefault((type(value), value), len(values)))
                pairs[(key, type(value), value)] = known
            tags += known
        parts.append(_field(2, _feature(feature, bytes(tags))))
    parts += [_field(3, key.encode()) for key in keys]
    parts += [_field(4, _value(value)) for _, value in values]
    return b"".join((*parts, b"\x28", _varint(EXTENT), b"\x78", _varint(VERSION)))


def _feature(feature: Encoded, tags: bytes) -> bytes:
    """Written out: a tile has thousands of them."""
    number = b"\x08" + _varint(feature.number) if feature.number > 0 else b""
    geometry = feature.geometry
    return b"".join((number, b"\x12", _varint(len(tags)), tags, b"\x18", _SHORT[feature.kind], b"\x22", _varint(len(geometry)), geometry))


def _value(value: Tag) -> bytes:
    if isinstance(value, bool):
        return b"\x38" + _varint(int(value))
    if isinstance(value, int):
        return b"\x30" + _varint(_zigzag(value))
    return _field(1, value.encode())


def _field(number: int, body: bytes) -> bytes:
    """A length-delimited field of a protocol buffer."""
    return bytes((number << 3 | 2,)) + _varint(len(body)) + body


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _varints(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_varint, numbers))


def _varint(number: int) -> bytes:
    if number < ONE_OR_TWO:
        return _SHORT[number]
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


ONE_OR_TWO = 1 << 14
"""Numbers below take one byte or two: lengths, and which of the tile's words is meant."""
_SHORT = tuple(bytes((number,)) if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7)) for number in range(ONE_OR_TWO))
