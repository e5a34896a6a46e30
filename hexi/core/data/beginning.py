"""What a reader may begin: in a register, and from a record that a question of the form asks for."""

from __future__ import annotations

from functools import cache
from typing import Any

from hexi.core.data.actions import allowed_actions
from hexi.core.data.documents import BY, form_schema
from hexi.core.data.entities import Description, described
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue


def begun_in(viewer: Viewer, about: Description) -> list[str]:
    """Keys of the actions by which this viewer's posts may begin a new record of the register, the usual one first.

    What is open to everybody is asked on a page of its own, with a code or a link, and is not offered beside a register.
    """
    posts, declared = {post.role for post in viewer.posts} - {"public"}, catalogue.actions.get(about.key, {})
    return [key for key in allowed_actions(viewer, about, None) if posts & {*declared[key].by, "platform"}]


def begun_from(viewer: Viewer, about: Description) -> list[dict[str, Any]]:
    """The same of every register for a record of this one: `question` is what of the form the record answers."""
    asking = [
        (key, action, question)
        for key, declared in sorted(catalogue.actions.items())
        for action in declared.values()
        if action.creates and action.form and (question := _question_for(viewer, action.form, about.key))
    ]
    return [
        {"entity": key, "action": action.key, "title": action.label.as_dict(), "question": question}
        for key, action, question in asking
        if action.key in begun_in(viewer, described(key))
    ]


def _question_for(viewer: Viewer, form: type, entity: str) -> str | None:
    return next((name for name, by in _questions_for(form, entity) if not by or viewer.holds(*by, "platform")), None)


@cache
def _questions_for(form: type, entity: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    asked = form_schema(form, "zh").get("properties", {})
    return tuple((name, tuple(shape.get(BY, ()))) for name, shape in asked.items() if shape.get("x-hexi-reference") == entity)
