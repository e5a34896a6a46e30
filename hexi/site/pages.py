"""Pages, menu, data sources and layers over HTTP, each as this viewer may see it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hexi.core.data.answers import answer, encoded
from hexi.core.data.api import described, may
from hexi.core.trust.api import Viewer, viewer_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import MenuItem
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label
from hexi.kernel.screen import Envelope, Page, Tab

router = Router(tags=["pages"])
STAFF_ONLY = {"board", "records", "record"}


def open_to(viewer: Viewer, page: Page) -> bool:
    """Desk pages need somebody signed in; screens and phone pages show what the public may see. Their data ask the predicate anyway."""
    return page.kind not in STAFF_ONLY or not viewer.anonymous


@router.get("/pages", response=list[dict[str, Any]])
def pages(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    found = sorted((page for page in catalogue.pages.values() if open_to(viewer, page)), key=lambda page: page.order)
    return answer([{"id": page.id, "kind": page.kind, "title": page.title.as_dict()} for page in found])


@router.get("/pages/{page_id}", response=Page)
def page(request: HttpRequest, page_id: str) -> HttpResponse:
    found = catalogue.pages.get(page_id)
    if found is None or not open_to(viewer_of(request), found):
        raise NotFound(which=page_id)
    shown = found.model_copy(update={"tabs": screen_tabs()}) if found.kind == "screen" else found
    return answer(shown.model_dump(mode="json", by_alias=True, exclude_none=True))


def screen_tabs() -> tuple[Tab, ...]:
    """A tab for every screen of the house, so that a scenario's own is found from each; called as a screen calls itself in its tabs."""
    screens = sorted((page for page in catalogue.pages.values() if page.kind == "screen"), key=lambda page: page.order)
    return tuple(Tab(id=page.id, title=_called(page), page=page.id) for page in screens)


def _called(page: Page) -> Label:
    return next((tab.title for tab in page.tabs if tab.page == page.id), page.title)


@router.get("/menu", response=dict[str, Any])
def menu(request: HttpRequest) -> HttpResponse:
    """The desk's menu: a group per room, with what the viewer may open; `home` marks where their day starts, and its group comes first."""
    viewer = viewer_of(request)
    groups = [
        {"key": room.key, "label": room.label.as_dict(), "items": [_line(viewer, i) for i in room.menu if _offered(viewer, i)]}
        for room in catalogue.rooms.values()
    ]
    own_first = sorted(groups, key=lambda group: not any("home" in line for line in group["items"]))
    return answer({"groups": [group for group in own_first if group["items"]]})


def _offered(viewer: Viewer, item: MenuItem) -> bool:
    if item.entity:
        return not viewer.anonymous and may(viewer, described(item.entity), "read")
    return bool(item.page) and open_to(viewer, catalogue.pages[item.page]) if item.page in catalogue.pages else False


def _line(viewer: Viewer, item: MenuItem) -> dict[str, Any]:
    target = {"page": item.page} if item.page else {"entity": item.entity, **({"where": item.where} if item.where else {})}
    return {"key": item.key, "label": item.label.as_dict(), "open": target, **({"home": True} if viewer.holds(*item.home) else {})}


@router.get("/data/{source}", response=Envelope)
def data(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of a source. Which parameters it takes is the source's own; unknown ones are ignored."""
    found = catalogue.sources.get(source)
    if found is None:
        raise NotFound(which=source)
    envelope = found.read(viewer_of(request), request.GET.dict())
    return answer(envelope.model_dump(mode="python", by_alias=True, exclude_none=True))


@router.get("/layers/{source}", response=dict[str, Any])
def layer(request: HttpRequest, source: str) -> HttpResponse:
    """A GeoJSON FeatureCollection with as_of, quality and origin; unchanged ones are not sent twice."""
    found = catalogue.layers.get(source)
    if found is None:
        raise NotFound(which=source)
    body = encoded(found.read(viewer_of(request), request.GET.dict()))
    seal = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == seal:
        return HttpResponse(status=304)
    response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"], response["Cache-Control"] = seal, "private, max-age=0, must-revalidate"
    return response
