"""Saved views: a list's filters, order and columns under a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from hexi.core.data.documents import may
from hexi.core.data.entities import Description
from hexi.core.data.masking import PARTLY
from hexi.core.data.models import SavedView
from hexi.core.data.values import clean
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Invalid, NotFound, Problem, SignInNeeded
from hexi.kernel.label import t


def of(viewer: Viewer, about: Description) -> list[dict[str, Any]]:
    """The viewer's own views of the register, and those that others share. Raises NotFound for a register that they may not read."""
    if viewer.account is None:
        return []
    _open(viewer, about)
    found = SavedView.objects.filter(Q(account_id=viewer.account) | Q(shared=True), entity=about.key).order_by("name")
    return [_document(viewer, view) for view in found]


def save(viewer: Viewer, about: Description, name: str, query: dict[str, Any], shared: bool) -> dict[str, Any]:
    """Keep the view; one of the same name is replaced. Raises SignInNeeded, NotFound, Invalid."""
    if viewer.account is None:
        raise SignInNeeded
    _open(viewer, about)
    if shared:
        _check_shareable(about, query.get("where", ()))
    view, _ = SavedView.objects.update_or_create(
        entity=about.key, account_id=viewer.account, name=_named(name), defaults={"query": _cleaned(query), "shared": shared}
    )
    return _document(viewer, view)


def drop(viewer: Viewer, about: Description, number: int) -> None:
    """Remove an own view. Raises NotFound for anything else."""
    removed, _ = SavedView.objects.filter(pk=number, entity=about.key, account_id=viewer.account or 0).delete()
    if not removed:
        raise NotFound


def _open(viewer: Viewer, about: Description) -> None:
    if not may(viewer, about, "read"):
        raise NotFound(which=about.key)


def _check_shareable(about: Description, where: Iterable[str]) -> None:
    """A filter on somebody's telephone number would tell it to everybody who opens the list of views."""
    asked = [about.fields[name] for name in sorted({text.partition(":")[0] for text in where}) if name in about.fields]
    said = t("“{name}”的筛选含个人信息，不能共享", "A filter on {name} holds personal data and cannot be shared")
    if problems := [Problem("shared", said.filled(name=field.label)) for field in asked if field.privacy in PARTLY]:
        raise Invalid(problems, do=t("请去掉这一筛选，或只为自己保存", "Take the filter out, or keep the view for yourself"))


def _named(name: str) -> str:
    if not (found := clean(name)):
        raise Invalid([Problem("name", t("必填", "This is required"))])
    return found


def _cleaned(query: dict[str, Any]) -> dict[str, Any]:
    return {key: clean(value) if isinstance(value, str) else [clean(one) for one in value] for key, value in query.items()}


def _document(viewer: Viewer, view: SavedView) -> dict[str, Any]:
    return {"id": view.pk, "name": view.name, "query": view.query, "shared": view.shared, "mine": view.account_id == viewer.account}
