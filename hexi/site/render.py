"""Any screen as a picture or PDF, seen with the eyes of whoever asks."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query as FromQuery
from ninja import Router, Schema
from pydantic import Field

from hexi.core.data.api import described, paper_page
from hexi.core.trust.api import viewer_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound, TooMany
from hexi.kernel.label import t
from hexi.kernel.screen import Page
from hexi.site.chromium import pdf_of, tab
from hexi.site.pages import open_to

router = Router(tags=["render"])
READY_SECONDS = 45
one_at_a_time = threading.Semaphore(1)  # a browser with a map takes a core and 500 MB


class Shot(Schema):
    """Size in CSS pixels, theme, language, and the page's scope."""

    width: int = Field(1920, ge=320, le=3840)
    height: int = Field(1080, ge=400, le=2160)
    theme: Literal["light", "dark"] = "dark"
    lang: Literal["zh", "en"] = "zh"
    place: str = Field("", pattern=r"^\d*$")


@router.get("/render/{page}.png")
def png(request: HttpRequest, page: str, shot: FromQuery[Shot]) -> HttpResponse:
    return HttpResponse(_rendered(request, page, shot, "png"), content_type="image/png")


@router.get("/render/{page}.pdf")
def pdf(request: HttpRequest, page: str, shot: FromQuery[Shot]) -> HttpResponse:
    return HttpResponse(_rendered(request, page, shot, "pdf"), content_type="application/pdf")


@router.get("/records/{entity}/{number}/paper.pdf")
def paper(request: HttpRequest, entity: str, number: int) -> HttpResponse:
    """What is printed of a record, such as the plan of a circle. Registers without one answer 404."""
    page = paper_page(viewer_of(request), described(entity), number, request.build_absolute_uri("/"))
    with _alone():
        return HttpResponse(pdf_of(page), content_type="application/pdf")


def _rendered(request: HttpRequest, key: str, shot: Shot, kind: str) -> bytes:
    page = catalogue.pages.get(key)
    if page is None or not open_to(viewer_of(request), page):
        raise NotFound(which=key)
    with _alone():
        return _shoot(request, page, shot, kind)


@contextmanager
def _alone() -> Generator[None]:
    if not one_at_a_time.acquire(timeout=60):
        raise TooMany(t("正在生成的图片较多，请稍后再试", "Too many pictures are being made; try again shortly"), retry_after=30)
    try:
        yield
    finally:
        one_at_a_time.release()


def _shoot(request: HttpRequest, page: Page, shot: Shot, kind: str) -> bytes:
    with tab(shot.width, shot.height) as browser:
        browser.call("Emulation.setDeviceMetricsOverride", width=shot.width, height=shot.height, deviceScaleFactor=1, mobile=False)
        for name in (settings.SESSION_COOKIE_NAME,):
            if value := request.COOKIES.get(name):
                browser.call("Network.setCookie", name=name, value=value, url=settings.SELF_URL, httpOnly=True)
        browser.call("Network.setCookie", name="hexi_lang", value=shot.lang, url=settings.SELF_URL)
        browser.call("Page.navigate", url=address(page, shot))
        browser.wait_for("document.documentElement.dataset.ready === 'true'", READY_SECONDS)
        if kind == "png":
            return browser.png()
        return browser.pdf(
            paperWidth=shot.width / 96, paperHeight=shot.height / 96, marginTop=0, marginBottom=0, marginLeft=0, marginRight=0
        )


def address(page: Page, shot: Shot) -> str:
    """The page on our own server, without the staff's frame round it."""
    entry = {"screen": "screen", "mobile": "m"}.get(page.kind, "work/page")
    asked = {"wall": "1", "still": "1", "theme": shot.theme, "lang": shot.lang, **({"place": shot.place} if shot.place else {})}
    return f"{settings.SELF_URL}/{entry}/{page.id}?{urlencode(asked)}"
