"""The indexes behind every register's list: by area, by organisation, in its own order, by import."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, Func, Index, Q
from django.db.models.functions import Left

# Digits of a code down to street, community and grid: the areas that people watch and that hold many rows. A whole district is
# read by key, anything below a grid is few enough to be sorted.
AREA_WIDTHS = (9, 12, 14)


class AreaPart(Func):
    """The first digits of a place code, written as the index has them: with a bound parameter SQLite would not know its own index."""

    def __init__(self, path: str, width: int) -> None:
        super().__init__(F(path), width=str(width))

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return super().as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, %(width)s)", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return super().as_sql(compiler, connection, template="LEFT(%(expressions)s, %(width)s)", **more)


def indexed(meta: type | None, name: str, said: Any, fields: Mapping[str, Any]) -> type:
    """The class's Meta with these indexes beside its own. `said` is its Describe. Several organisations have a table as their index."""
    own = tuple(getattr(meta, "indexes", ()))
    return type("Meta", (meta,) if meta else (), {"indexes": [*own, *_indexes(name, said, fields)]})


def _indexes(name: str, said: Any, fields: Mapping[str, Any]) -> Iterator[Index]:
    mark = f"{name.rsplit('.', 1)[-1].lower()[:18]}_{hashlib.sha256(name.encode()).hexdigest()[:4]}"
    if place := getattr(said, "place", None):
        for width in AREA_WIDTHS:
            yield Index(Left(place, width), "id", name=f"{mark}_p{width}")
    organisation = getattr(said, "organisation", None)
    if organisation and getattr(fields.get(organisation), "kind", "") != "offices":
        yield Index(fields=[organisation, "id"], name=f"{mark}_org")
    if (sort := getattr(said, "sort", "-id").removeprefix("-")) != "id":
        yield Index(fields=[sort, "id"], name=f"{mark}_sort")
    yield Index(fields=["import_id"], name=f"{mark}_imp", condition=Q(import_id__isnull=False))
