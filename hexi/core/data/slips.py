"""Slips: what a link opens for somebody without an account, and what is asked there."""

from __future__ import annotations

from typing import Any

from hexi.core.data.documents import form_schema
from hexi.core.data.values import clean
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.outside import Slip

LONGEST_SECRET = 200


def slip_document(viewer: Viewer, key: str, secret: str) -> dict[str, Any]:
    """The sheet behind the secret, with the form of what is asked and where the answer goes. Raises NotFound."""
    slip = catalogue.slips.get(key)
    if slip is None:
        raise NotFound(which=key[:60])
    sheet = slip.opens(clean(secret)[:LONGEST_SECRET])
    return {
        "key": slip.key, "label": slip.label.as_dict(), "title": sheet.title.as_dict(),
        "facts": [{"label": fact.label.as_dict(), "said": fact.said.as_dict(), "link": fact.link} for fact in sheet.facts],
        "closed": sheet.closed.as_dict() if sheet.closed else None, "on": slip.on, "act": slip.act, "secret": slip.secret,
        "button": slip.button.as_dict() if slip.button else None, "form": _asked(viewer, slip),
    }  # fmt: skip


def _asked(viewer: Viewer, slip: Slip) -> dict[str, Any]:
    """The form without the question that the link has answered."""
    form = catalogue.actions[slip.on][slip.act].form
    assert form is not None  # the start saw that it asks for the secret
    found = form_schema(form, viewer.language)
    properties = {name: shape for name, shape in found["properties"].items() if name != slip.secret}
    return {**found, "properties": properties, "required": [name for name in found.get("required", ()) if name != slip.secret]}
