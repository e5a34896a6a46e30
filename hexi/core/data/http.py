"""Registers over HTTP: model documents, lists, records, changes, history, reveal, saved views."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Schema
from ninja import Query as FromQuery
from pydantic import Field

from hexi.core.data import views
from hexi.core.data.actions import act, create, revise
from hexi.core.data.answers import answer
from hexi.core.data.asking import List
from hexi.core.data.beginning import begun_from, begun_in
from hexi.core.data.changes import changes
from hexi.core.data.datasets import export_geojson, export_parquet
from hexi.core.data.documents import model_document, model_list
from hexi.core.data.entities import describe, described
from hexi.core.data.presenting import left_by, presented_whole
from hexi.core.data.records import counted, facets, listed, words_of
from hexi.core.data.sheets import export_csv, export_xlsx
from hexi.core.data.slips import slip_document
from hexi.core.data.stories import CHECKING_PAGE, links, proof, related, reveal, square_code, story
from hexi.core.data.tags import tag_file
from hexi.core.data.throttle import count
from hexi.core.data.values import LARGEST_ID
from hexi.core.trust.api import ProofForm, ProofTree, Viewer, origin, qr_picture, viewer_of
from hexi.kernel.errors import SignInNeeded

router = Router(tags=["records"])
WINDOW = timedelta(minutes=10)


class AskedChanges(Schema):
    """From where in the feed of changes; `topics` are entity keys, comma-separated, all when empty."""

    since: int = Field(0, ge=0, le=LARGEST_ID)
    topics: str = Field("", max_length=2000)
    limit: int = Field(100, ge=1, le=500)


class AskedProof(Schema):
    """Of which tree; `short` leaves out the post-quantum signatures, so that it fits into a square code."""

    tree: ProofTree = "sha256"
    short: bool = False


class NewRecord(Schema):
    values: dict[str, Any]
    client_id: str = Field("", max_length=64, description="the client's own id; sending again changes nothing")
    why: str = ""


class Revision(Schema):
    values: dict[str, Any]
    version: int
    why: str = ""


class Deed(Schema):
    values: dict[str, Any] = Field(default_factory=dict)
    version: int = 0
    why: str = ""
    client_id: str = Field("", max_length=64)


class Reveal(Schema):
    fields: list[str]
    purpose: str = Field(min_length=2, max_length=200)


class Wanted(Schema):
    text: str = Field(min_length=1, max_length=500)


class Drawn(Schema):
    """`picture` is a data address: it can be drawn and cannot run."""

    picture: str


Words = Annotated[str, Field(max_length=500)]


class ViewQuery(Schema, extra="forbid"):
    """A list's question, without the page in it."""

    q: Words = ""
    where: list[Words] = Field(default_factory=list, max_length=50)
    set: Words = ""
    sort: Words = ""
    columns: list[Words] = Field(default_factory=list, max_length=200)


class SavedQuery(Schema):
    name: str = Field(min_length=1, max_length=80)
    query: ViewQuery
    shared: bool = False


class Saved(Schema):
    """What a change left: the record as its author may see it."""

    record: dict[str, Any]
    entity: str = Field(default="", description="the register of what was begun; empty for a change of a record that is known")
    version: int
    title: str
    masked: list[str] = []
    allowed_actions: list[str]
    next_step: dict[str, Any] | None = Field(default=None, description="label, and by: the roles that take it")
    once: dict[str, str] = Field(default_factory=dict, description="shown this one time only, such as a new secret")


class Rows(Schema):
    """One page of rows; `dict` translates codes, `next` is the cursor of the page after."""

    rows: list[dict[str, Any]]
    next: str | None = None
    dict_: dict[str, Any] = Field(default_factory=dict, alias="dict")
    masked: list[str] = []
    as_of: str = ""


class Changes(Schema):
    """Changes in their one order. `missed`: some after `since` are kept no longer, so ask for everything again."""

    rows: list[dict[str, Any]]
    next: int
    more: bool
    missed: bool


class Count(Schema):
    count: int
    capped: bool


Feed = FromQuery[AskedChanges]
Form = FromQuery[AskedProof]


@router.get("/models", response=list[dict[str, Any]])
def models(request: HttpRequest) -> HttpResponse:
    return answer(model_list(viewer_of(request)))


@router.get("/models/{entity}", response=dict[str, Any])
def model(request: HttpRequest, entity: str) -> HttpResponse:
    viewer = viewer_of(request)
    return answer({**model_document(viewer, entity), "begins": begun_in(viewer, described(entity))})


@router.get("/records/{entity}", response=Rows)
def list_records(request: HttpRequest, entity: str, asked: List) -> HttpResponse:
    found = listed(viewer_of(request), entity, asked.query())
    return answer({"rows": found.rows, "next": found.next, "dict": found.words, "masked": found.masked, "as_of": found.as_of})


@router.get("/records/{entity}/count", response=Count)
def count_records(request: HttpRequest, entity: str, asked: List) -> HttpResponse:
    number, capped = counted(viewer_of(request), entity, asked.query())
    return answer({"count": number, "capped": capped})


@router.get("/records/{entity}/facets", response=Rows)
def count_by(request: HttpRequest, entity: str, field: str, asked: List) -> HttpResponse:
    return answer({"rows": facets(viewer_of(request), entity, asked.query(), field)})


@router.get("/records/{entity}/export.csv")
def csv(request: HttpRequest, entity: str, asked: List) -> HttpResponse:
    return cast(HttpResponse, export_csv(viewer_of(request), entity, asked.query()))


@router.get("/records/{entity}/export.xlsx")
def xlsx(request: HttpRequest, entity: str, asked: List) -> HttpResponse:
    return cast(HttpResponse, export_xlsx(viewer_of(request), entity, asked.query()))


@router.get("/records/{entity}/export.geojson")
def geojson(request: HttpRequest, entity: str, asked: List) -> HttpResponse:
    return cast(HttpResponse, export_geojson(viewer_of(request), entity, asked.query()))


@router.get("/records/{entity}/export.parquet")
def parquet(request: HttpRequest, entity: str, asked: List) -> HttpResponse:
    return cast(HttpResponse, export_parquet(viewer_of(request), entity, asked.query()))


@router.get("/records/{entity}/{number}", response=dict[str, Any])
def one_record(request: HttpRequest, entity: str, number: int) -> HttpResponse:
    viewer, about = viewer_of(request), described(entity)
    found = presented_whole(viewer, entity, number)
    references = links(about, found["record"], set(found["masked"]))
    return answer({
        **found, "references": references, "related": related(viewer, about, number), "begins": begun_from(viewer, about, number),
        "dict": words_of(about),
    })  # fmt: skip


@router.post("/records/{entity}", response={201: Saved})
def new_record(request: HttpRequest, entity: str, new: NewRecord) -> HttpResponse:
    row = create(viewer_of(request), entity, new.values, why=new.why, client_id=new.client_id)
    return answer(left_by(viewer_of(request), describe(type(row)).key, row.pk, row.version), status=201)


@router.patch("/records/{entity}/{number}", response=Saved)
def revise_record(request: HttpRequest, entity: str, number: int, revision: Revision) -> HttpResponse:
    row = revise(viewer_of(request), entity, number, revision.values, revision.version, why=revision.why)
    return answer(left_by(viewer_of(request), entity, number, row.version))


def _braked(request: HttpRequest) -> Viewer:
    """Whoever acts; strangers at one address only so often. Raises TooMany."""
    viewer = viewer_of(request)
    if viewer.anonymous:
        count("act", origin(request), settings.REPORTS_PER_ADDRESS, WINDOW)
    return viewer


@router.post("/records/{entity}/actions/{action}", response={201: Saved})
def act_anew(request: HttpRequest, entity: str, action: str, deed: Deed) -> HttpResponse:
    """An action that begins something new, such as filing a statement."""
    row = act(_braked(request), entity, None, action, deed.values, why=deed.why, client_id=deed.client_id)
    of = describe(type(row)).key
    return answer({**left_by(viewer_of(request), of, row.pk, row.version), "entity": of, "once": dict(row.once)}, status=201)


@router.post("/records/{entity}/{number}/actions/{action}", response=Saved)
def act_on(request: HttpRequest, entity: str, number: int, action: str, deed: Deed) -> HttpResponse:
    """A step of the lifecycle or a declared action on this record. The answer is the record it was done to."""
    row = act(_braked(request), entity, number, action, deed.values, version=deed.version, why=deed.why, client_id=deed.client_id)
    return answer({**left_by(viewer_of(request), entity, number, row.version), "once": dict(row.once)})


@router.get("/records/{entity}/{number}/history", response=Rows)
def history_of(request: HttpRequest, entity: str, number: int) -> HttpResponse:
    return answer({"rows": story(viewer_of(request), described(entity), number)})


@router.get("/records/{entity}/{number}/history/{event}/proof")
def proof_of(request: HttpRequest, entity: str, number: int, event: int, asked: Form) -> HttpResponse:
    """A c2sp.org/tlog-proof file: this event is in the public log. Anybody can check it, offline, without asking the platform."""
    found = proof(viewer_of(request), described(entity), number, event, ProofForm(asked.tree, asked.short))
    name = f'attachment; filename="event-{event}.tlog-proof"'
    return HttpResponse(found, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": name, "Cache-Control": "private"})


@router.get("/records/{entity}/{number}/history/{event}/proof.svg")
def proof_code(request: HttpRequest, entity: str, number: int, event: int) -> HttpResponse:
    """A square code with the short proof in it, behind the address of the page that checks it: to be printed on a receipt."""
    found = proof(viewer_of(request), described(entity), number, event, ProofForm(short=True))
    code = square_code(request.build_absolute_uri(CHECKING_PAGE), found)
    return HttpResponse(code, content_type="image/svg+xml", headers={"Cache-Control": "private"})


@router.get("/records/{entity}/{number}/tag.svg")
def tag(request: HttpRequest, entity: str, number: int) -> HttpResponse:
    """What is printed and stuck on the thing that the record stands for: its words, and the square code that opens its page."""
    drawn = tag_file(viewer_of(request), described(entity), number, request.build_absolute_uri("/"))
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private"})


@router.post("/records/{entity}/{number}/reveal", response=dict[str, Any])
def reveal_fields(request: HttpRequest, entity: str, number: int, asked: Reveal) -> HttpResponse:
    """The masked fields in clear; the purpose is kept and the person concerned can be told."""
    return answer({"values": reveal(viewer_of(request), described(entity), number, asked.fields, asked.purpose)})


@router.get("/changes", response=Changes)
def change_feed(request: HttpRequest, asked: Feed) -> HttpResponse:
    """What changed after `since`, for whoever may read it: sequence, topic, record, version, place, time and action."""
    found = changes(viewer_of(request), asked.since, tuple(filter(None, asked.topics.split(","))), asked.limit)
    return answer({"rows": found.rows, "next": found.next, "more": found.more, "missed": found.missed})


@router.get("/slips/{key}", response=dict[str, Any])
def slip(request: HttpRequest, key: str, x_slip_secret: Header[str] = "") -> HttpResponse:
    """What a link opens, for whoever holds it. The secret comes in X-Slip-Secret: addresses stand in logs."""
    response = answer(slip_document(viewer_of(request), key, x_slip_secret))
    response["Cache-Control"] = "private, no-store"
    return response


@router.post("/qr", response=Drawn)
def qr(request: HttpRequest, asked: Wanted) -> HttpResponse:
    """The text as a QR code, for whoever is signed in. Nothing is kept; in the body, since a link may hold a secret."""
    if viewer_of(request).anonymous:
        raise SignInNeeded
    return answer({"picture": qr_picture(asked.text)})


@router.get("/views/{entity}", response=Rows)
def saved_views(request: HttpRequest, entity: str) -> HttpResponse:
    return answer({"rows": views.of(viewer_of(request), described(entity))})


@router.post("/views/{entity}", response={201: dict[str, Any]})
def save_view(request: HttpRequest, entity: str, saved: SavedQuery) -> HttpResponse:
    return answer(
        views.save(viewer_of(request), described(entity), saved.name, saved.query.dict(exclude_unset=True), saved.shared), status=201
    )


@router.delete("/views/{entity}/{number}", response={204: None})
def drop_view(request: HttpRequest, entity: str, number: int) -> HttpResponse:
    views.drop(viewer_of(request), described(entity), number)
    return HttpResponse(status=204)
