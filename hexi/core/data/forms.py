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
    among: tuple[str, ...] = (),
    picks: str = "",
    by: tuple[str, ...] = (),
    help: Label | None = None,  # noqa: A002  the field's own word
    **rules: Any,
) -> Any:
    """One question. `rules` are pydantic's (ge, le, min_length, ...).

    `suggested` is where the record says what usually answers it: a field, with which the form begins, or `document.key`, which is offered;
    the document's `why` is the reason, in both languages. `among` narrows the records that a `reference` offers by filters of a list, such
    as `left_kg:gt:0` or `firm:eq:$record.producer`. `picks` is a source whose rows (`value`, `label`, `about`) are offered as it is typed;
    it is asked with `q`, all that the form says so far, and `record`. `by` are the roles to which it is put; nobody else may answer it.
    """
    said: dict[str, Any] = {
        "x-label": label.as_dict(),
        "x-options": [[key, text.as_dict()] for key, text in options],  # a list: pydantic sorts the keys of objects
        "x-hexi-widget": widget,
        "x-hexi-kind": file and "file",
        "x-hexi-reference": "data.storedfile" if file else reference,
        "x-hexi-place": place,
        "x-hexi-suggested": suggested,
        "x-hexi-among": list(among),
        "x-hexi-picks": picks,
        "x-hexi-by": list(by),
        "x-help": help and help.as_dict(),
    }
    return Field(default, json_schema_extra={word: one for word, one in said.items() if one}, **rules)
