"""The files of 3D meshes over HTTP, for whoever may see them."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from hexi.core.data.meshes.acts import readable_mesh_file
from hexi.core.trust.api import viewer_of

router = Router(tags=["map"])
YEAR_S = 31_536_000


@router.get("/meshes/{mark}/{path:name}", response=bytes)
def mesh_file(request: HttpRequest, mark: str, name: str) -> HttpResponseBase:
    """A file of a set of 3D Tiles, beginning with `tileset.json`. What is behind a mark never changes, so a browser keeps it for good."""
    found, is_public = readable_mesh_file(viewer_of(request), mark, name)
    response = FileResponse(found.path.open("rb"), content_type=found.media_type)
    response["Content-Encoding"] = "gzip"
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={YEAR_S}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
