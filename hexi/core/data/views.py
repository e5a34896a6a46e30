# pyright: basic
"""Saved views: a list's filters, order and columns under a name."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from hexi.core.data.entities import Description
from hexi.core.data.models import SavedView
from hexi.core.data.values import cleaned
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Invalid, NotFound, Problem, SignInNeeded
from hexi.kernel.label import t


def of(viewer: Viewer, about: Description) -> list[dict[str, Any]]:
    """The viewer's own views of the register, and those that others share."""
    if viewer.account is None:
        return []
    found = SavedView.objects.filter(Q(account_id=viewer.account) | Q(shared=True), entity=about.key).order_by("name")
    return [_document(viewer, view) for view in found]


def save(viewer: Viewer, about: Description, name: str, query: dict[str, Any], shared: bool) -> dict[str, Any]:
    """Keep the view; one of the same name is replaced. Raises SignInNeeded, Invalid."""
    if viewer.account is None:
        raise SignInNeeded
    try:
        name, query = cleaned(name), cleaned(query)
    except ValueError:
        raise Invalid([Problem("query", t("数字过大", "The number is too large"))]) from None
    view, _ = SavedView.objects.update_or_create(
        entity=about.key, account_id=viewer.account, name=name, defaults={"query": query, "shared": shared}
    )
    return _document(viewer, view)


def drop(viewer: Viewer, about: Description, number: int) -> None:
    """Remove an own view. Raises NotFound for anything else."""
    removed, _ = SavedView.objects.filter(pk=number, entity=about.key, account_id=viewer.account or 0).delete()
    if not removed:
        raise NotFound


def _document(viewer: Viewer, view: SavedView) -> dict[str, Any]:
    return {"id": view.pk, "name": view.name, "query": view.query, "shared": view.shared, "mine": view.account_id == viewer.account}
