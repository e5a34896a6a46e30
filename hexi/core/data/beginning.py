"""What a reader may begin: in a register, and from a record that a question of the form asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hexi.core.data.actions import allowed_actions
from hexi.core.data.documents import BY, form_schema
from hexi.core.data.entities import Description, described
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.records import readable
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue

RECORD = "$record."
"""A filter with a value of the record that is acted on says nothing of one from which something begins."""


def begun_in(viewer: Viewer, about: Description) -> list[str]:
    """Keys of the actions by which this viewer's posts may begin a new record of the register, the usual one first.

    What is open to everybody is asked on a page of its own, with a code or a link, and is not offered beside a register.
    """
    posts, declared = {post.role for post in viewer.posts} - {"public"}, catalogue.actions.get(about.key, {})
    return [key for key in allowed_actions(viewer, about, None) if posts & {*declared[key].by, "platform"}]


def begun_from(viewer: Viewer, about: Description, number: int) -> list[dict[str, Any]]:
    """The same of every register for a record of this one, if it is among those that the form offers; `question` is what it answers."""
    asking = [
        (key, action, question)
        for key, declared in sorted(catalogue.actions.items())
        for action in declared.values()
        if action.creates and action.form and (question := _question_for(viewer, about, action.form, number))
    ]
    return [
        {"entity": key, "action": action.key, "title": action.label.as_dict(), "question": question}
        for key, action, question in asking
        if action.key in begun_in(viewer, described(key))
    ]


def _question_for(viewer: Viewer, about: Description, form: type, number: int) -> str | None:
    """The first question to this viewer that the record answers."""
    asked = (one for one in _questions_for(form, about.key) if not one.by or viewer.holds(*one.by, "platform"))
    return next((one.name for one in asked if _is_among(viewer, about, one.among, number)), None)


def _is_among(viewer: Viewer, about: Description, among: tuple[str, ...], number: int) -> bool:
    if not among:
        return True
    cond = condition_of(viewer, about, Query(where=among))
    return readable(viewer, about.model, cond).filter(pk=number).exists()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a record answers: to whom it is put, and which records it offers whatever is acted on."""

    name: str
    by: tuple[str, ...]
    among: tuple[str, ...]


@cache
def _questions_for(form: type, entity: str) -> tuple[Asked, ...]:
    asked = form_schema(form, "zh").get("properties", {}).items()
    return tuple(
        Asked(name, tuple(shape.get(BY, ())), tuple(one for one in shape.get("x-hexi-among", ()) if RECORD not in one))
        for name, shape in asked if shape.get("x-hexi-reference") == entity
    )  # fmt: skip
