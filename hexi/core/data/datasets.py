"""Registers out for programs, with the list's permission and masks: GeoJSON for maps (RFC 7946), Parquet for analysis."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from django.http import FileResponse, StreamingHttpResponse

from hexi.core.data.entities import Description
from hexi.core.data.filters import Query
from hexi.core.data.records import every
from hexi.core.data.sharing import keys_of
from hexi.core.data.sheets import checked_export, named, noted
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Invalid
from hexi.kernel.label import t

GEOJSON_TYPE, PARQUET_TYPE = "application/geo+json", "application/vnd.apache.parquet"
POINT = ("lon", "lat")
BATCH = 10_000


def export_geojson(viewer: Viewer, entity: str, query: Query) -> StreamingHttpResponse:
    """A streamed FeatureCollection, one feature a row; a row whose place is unknown, or not the reader's, has no geometry.

    Raises Forbidden, and Invalid for a register whose records have no points.
    """
    about, names = checked_export(viewer, entity, query)
    if any(name not in about.fields for name in POINT):
        said = t("“{what}”没有坐标，不能导出为 GeoJSON", "{what} have no points: there is no GeoJSON of them").filled(what=about.label)
        raise Invalid([], said, do=t("请导出为 CSV、XLSX 或 Parquet", "Export them as CSV, XLSX or Parquet"))
    noted(viewer, about, query, names)
    wanted = replace(query, columns=tuple(dict.fromkeys((*names, *POINT))))
    features = _features(names, every(viewer, entity, wanted))
    return named(StreamingHttpResponse(features, content_type=GEOJSON_TYPE), about, "geojson")


def _features(names: list[str], rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    between = b"\n"
    while batch := list(islice(rows, BATCH // 10)):
        yield between + b",\n".join(orjson.dumps(_feature(names, row)) for row in batch)
        between = b",\n"
    yield b"\n]}\n"


def _feature(names: list[str], row: dict[str, Any]) -> dict[str, Any]:
    clear = not set(POINT) & set(row.get("__masked", ())) and None not in (row["lon"], row["lat"])
    geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if clear else None
    properties = {name: row[name] for name in names if name not in POINT}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def export_parquet(viewer: Viewer, entity: str, query: Query) -> FileResponse:
    """A Parquet file, written in groups of rows so that its size costs no memory. What is masked and no text is null. Raises Forbidden."""
    about, names = checked_export(viewer, entity, query)
    noted(viewer, about, query, names)
    rows, columns = every(viewer, entity, query), [_Column(about, name) for name in names]
    schema = pa.schema([pa.field("id", pa.int64(), nullable=False), *(one.field for one in columns)])
    file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    with pq.ParquetWriter(file, schema, compression="zstd") as out:
        while batch := list(islice(rows, BATCH)):
            values = [[row["id"] for row in batch], *([one.value(row) for row in batch] for one in columns)]
            out.write_batch(pa.record_batch([pa.array(each, kind) for each, kind in zip(values, schema.types, strict=True)], schema=schema))
    file.seek(0)
    return named(FileResponse(file, content_type=PARQUET_TYPE), about, "parquet")


class _Column:
    """A field as a column: its type, label and unit, and its values out of presented rows."""

    def __init__(self, about: Description, name: str) -> None:
        spec = about.fields[name]
        kind = "whole" if spec.kind == "number" and not spec.decimals else spec.kind
        self.name, (self.type, self._read) = name, KINDS.get(kind, (pa.string(), str))
        told = {"label_zh": spec.label.zh, "label_en": spec.label.en, "unit": spec.unit}
        self.field = pa.field(name, self.type, metadata={key: value for key, value in told.items() if value})

    def value(self, row: dict[str, Any]) -> Any:
        given = row[self.name]
        if given is None or (self.name in row.get("__masked", ()) and self.type != pa.string()):
            return None
        return self._read(given)


KINDS: dict[str, tuple[pa.DataType, Callable[[Any], Any]]] = {
    "whole": (pa.int64(), int),
    "number": (pa.float64(), float),
    "money": (pa.decimal128(18, 2), lambda given: Decimal(str(given))),
    "flag": (pa.bool_(), bool),
    "moment": (pa.timestamp("us", tz="UTC"), datetime.fromisoformat),
    "day": (pa.date32(), date.fromisoformat),
    "reference": (pa.int64(), int),
    "file": (pa.int64(), int),
    "offices": (pa.list_(pa.string()), lambda given: list(keys_of(given))),
    "document": (pa.string(), lambda given: orjson.dumps(given).decode()),
}
"""By kind of field; every other kind is text."""
