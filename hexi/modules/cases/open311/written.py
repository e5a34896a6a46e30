"""One answer in two dresses: XML, and the JSON that GeoReport's "Spark convention" makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast
from xml.etree import ElementTree as Xml

from django.http import HttpResponse

from hexi.core.data.answers import encoded
from hexi.core.data.api import plain
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t

FORMATS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
SINGLE = {
    "services": "service", "service_requests": "request", "attributes": "attribute", "values": "value", "errors": "error",
    "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
"""What one of a list is called."""
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write (section 2.2)."""


def written(root: str, content: Any, form: str, status: int = 200) -> HttpResponse:
    """The content under that name in XML; in JSON the list or object itself. Raises NotFound for a format that is neither."""
    if form not in FORMATS:
        raise NotFound(t("没有这种格式，可用 xml、json", "There is no such format: xml or json"), which=form[:20])
    body = _xml(root, content) if form == "xml" else encoded(content)
    return HttpResponse(body, status=status, content_type=FORMATS[form])


def _xml(root: str, content: Any) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(_element(root, content), encoding="unicode").encode()


def _element(name: str, content: Any) -> Xml.Element:
    found = Xml.Element(name)
    if isinstance(content, Mapping):
        found.extend(_element(key, value) for key, value in cast("Mapping[str, Any]", content).items())
    elif isinstance(content, Sequence) and not isinstance(content, str):
        found.extend(_element(SINGLE[name], one) for one in cast("Sequence[Any]", content))
    elif content is not None:
        found.text = _text(content)
    return found


def _text(content: Any) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    return UNWRITABLE.sub("", str(plain(content)))
