"""What the dispatcher's desk asks over HTTP beside the registers: tiles of the map, figures, and what stands around one case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query as FromQuery
from ninja import Router, Schema
from pydantic import Field

from hexi.core.data.answers import answer
from hexi.core.data.api import Query
from hexi.core.trust.api import viewer_of
from hexi.modules.cases.beside import beside, clocks_told, others, people_revealed
from hexi.modules.cases.board import board
from hexi.modules.cases.figures import WEEKDAYS, by_hour, closing, stock
from hexi.modules.cases.tiles import Tile, tile_of

router = Router(tags=["cases"])
TILE = "application/vnd.mapbox-vector-tile"
KEPT_S = 5  # a person who pans back and forth asks for the same tile again


class Narrowed(Schema):
    """A list's question, without order and page. `where` repeats: `field:op:value`."""

    q: str = ""
    where: list[str] = Field(default_factory=list)
    set: str = ""

    def query(self) -> Query:
        return Query(self.q, tuple(self.where), self.set)


class Purpose(Schema):
    purpose: str = Field(min_length=2, max_length=200)


Asked = FromQuery[Narrowed]


@router.get("/tiles/cases/{int:z}/{int:x}/{int:y}.mvt", response=bytes)
def case_tile(request: HttpRequest, z: int, x: int, y: int, asked: Asked) -> HttpResponse:
    """A vector tile of the cases of a list: layer `cases` has single ones, layer `clusters` counts. Unchanged ones are not sent twice."""
    found = tile_of(viewer_of(request), Tile(z, x, y), asked.query())
    seal = f'"{found.seal}"'
    same = request.headers.get("If-None-Match") == seal
    response = HttpResponse(status=304) if same else HttpResponse(found.body(), content_type=TILE)
    response["ETag"], response["Cache-Control"], response["Vary"] = seal, f"private, max-age={KEPT_S}", "Cookie"
    return response


@router.get("/cases/figures", response=dict[str, Any])
def case_figures(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Of the cases of a list: how many by weekday and hour, the stock by stage with its overdue part, how long the closed ones took."""
    viewer, query = viewer_of(request), asked.query()
    words = {"weekday": {key: label.as_dict() for key, label in WEEKDAYS.items()}}
    found = {"hours": by_hour(viewer, query), "stock": stock(viewer, query), "closing": closing(viewer, query)}
    return answer({**found, "dict": words})


@router.get("/cases/board/{kind}", response=dict[str, Any])
def case_board(request: HttpRequest, kind: str, asked: Asked) -> HttpResponse:
    """The columns of the board: the states of this kind's life, each with its count and the cases whose time ends first."""
    return answer(board(viewer_of(request), kind, asked.query()))


@router.get("/cases/{int:number}/clocks", response=dict[str, Any])
def clocks_of_case(request: HttpRequest, number: int) -> HttpResponse:
    """The clocks of one case with limit, source, what is left, pauses and whether they were met."""
    return answer({"rows": clocks_told(viewer_of(request), number)})


@router.get("/cases/{int:number}/beside", response=dict[str, Any])
def beside_case(request: HttpRequest, number: int) -> HttpResponse:
    """Why it was sent there, who reported it (masked), and cases like it."""
    return answer(beside(viewer_of(request), number))


@router.get("/cases/{int:number}/others", response=dict[str, Any])
def others_of_case(request: HttpRequest, number: int, q: str = "", to_merge: bool = False) -> HttpResponse:
    """Cases that this one may be merged into or related to: like ones nearby, or what `q` finds, with distance, age and reasons."""
    return answer({"rows": others(viewer_of(request), number, q, to_merge=to_merge)})


@router.post("/cases/{int:number}/people", response=dict[str, Any])
def reveal_people(request: HttpRequest, number: int, asked: Purpose) -> HttpResponse:
    """Who reported it, in clear. The purpose is kept."""
    return answer({"rows": people_revealed(viewer_of(request), number, asked.purpose)})
