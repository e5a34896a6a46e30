"""Every address of the server."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from hexi.core.data.http import router as records
from hexi.core.data.http_files import router as files
from hexi.core.data.http_hanging import router as places
from hexi.core.data.http_imports import router as imports
from hexi.core.data.http_looks import router as looks
from hexi.core.data.http_meshes import router as meshes
from hexi.core.data.http_nearby import router as nearby
from hexi.core.data.http_webhooks import router as webhooks
from hexi.core.notices.http import router as notices
from hexi.core.sensing.http import router as sensing
from hexi.core.sensing.http_sta import sensorthings
from hexi.core.space.http import router as maps
from hexi.core.trust.http import router as trust
from hexi.modules.alarms.http import router as alarms
from hexi.modules.cases.http import router as cases
from hexi.modules.cases.http_desk import router as case_desk
from hexi.modules.cases.http_similar import router as similar
from hexi.modules.indicators.http import router as indicators
from hexi.modules.projects.http import router as projects
from hexi.modules.tours.http import router as tours
from hexi.site.entries import entry
from hexi.site.http import api, mount
from hexi.site.pages import router as pages
from hexi.site.render import router as render

mount((
    trust, pages, records, files, imports, looks, webhooks, sensing, notices, alarms, indicators, cases, case_desk, similar, projects,
    tours, maps, meshes, places, nearby, render,
))  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hexi.core.trust.urls")),
    path("ogc/", include("hexi.core.space.urls")),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
    re_path(r"^sta/v1\.1(?:/(?P<path>.*))?$", sensorthings),
    re_path(r"^work(?:/(?P<path>.*))?$", entry("work")),
    re_path(r"^m(?:/(?P<path>.*))?$", entry("m")),
    re_path(r"^(?:screen(?:/(?P<path>.*))?)?$", entry("screen")),
]

handler404 = "hexi.site.http.no_such_address"
