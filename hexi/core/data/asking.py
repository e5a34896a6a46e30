"""A list's question as it stands in an address."""

from __future__ import annotations

from ninja import Query as FromQuery
from ninja import Schema
from pydantic import Field

from hexi.core.data.filters import Query


class Asked(Schema):
    """A list's question. `where` repeats: `field:op:value`, op one of eq ne lt le gt ge in has within missing."""

    q: str = ""
    where: list[str] = Field(default_factory=list)
    set: str = Field("", description="rows of an indicator: `key.hit`, `key.where` or `key.miss`")
    sort: str = ""
    after: str = Field("", description="cursor of the page before")
    limit: int = Field(50, ge=1, le=500)
    columns: str = Field("", description="comma-separated fields; all when empty")

    def query(self) -> Query:
        return Query(self.q, tuple(self.where), self.set, self.sort, self.after, self.limit, tuple(filter(None, self.columns.split(","))))


List = FromQuery[Asked]
