"""Questions of an action's form: pydantic fields that say their label in both languages."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from hexi.kernel.label import Label


class Form(BaseModel):
    """The form of one action. Unknown answers are refused, never dropped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def question(  # noqa: PLR0913  each is a word that a question may say
    label: Label,
    default: Any = ...,
    *,
    options: tuple[tuple[str, Label], ...] = (),
    widget: str = "",
    reference: str = "",
    place: bool = False,
    file: bool = False,
    suggested: str = "",
    help: Label | None = None,  # noqa: A002  the field's own word
    **rules: Any,
) -> Any:
    """One question. `rules` are pydantic's (ge, le, min_length, ...).

    `suggested` is where the record says what usually answers it: a field, with which the form begins, or `document.key`, which is offered;
    the document's `why` is the reason, in both languages.
    """
    more: dict[str, Any] = {"x-label": label.as_dict()}
    if options:
        more["x-options"] = [[key, text.as_dict()] for key, text in options]  # a list: pydantic sorts the keys of objects
    if widget:
        more["x-hexi-widget"] = widget
    if reference:
        more["x-hexi-reference"] = reference
    if place:
        more["x-hexi-place"] = True
    if file:
        more |= {"x-hexi-kind": "file", "x-hexi-reference": "data.storedfile"}
    if suggested:
        more["x-hexi-suggested"] = suggested
    if help:
        more["x-help"] = help.as_dict()
    return Field(default, json_schema_extra=more, **rules)
