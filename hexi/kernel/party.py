"""On which side of a record somebody stands: who alone may ever take one of its actions, whatever roles they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hexi.kernel.checked import checked_label
from hexi.kernel.label import Label, t


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a record, such as the producer of a manifest: its action is offered to nobody else, and refused in its name.

    `stands(viewer, record)` says whether this viewer stands there; of an action that begins something there is no record yet (None).
    It is asked of one record at a time, after role, stage and condition, so it may look things up. What the action itself guards stays.
    `why` refuses in words of its own whoever does not stand there.
    """

    label: Label
    stands: Callable[[Any, Any], bool]
    why: Label | None = None

    def __post_init__(self) -> None:
        checked_label("Party, label=", self.label)


def anybody_but(field: str, why: Label) -> Party:
    """Everybody but the account whose number stands in this field: nobody decides on what they asked for or did themselves."""

    def stands(viewer: Any, row: Any) -> bool:
        known = getattr(row, field)
        return known is None or known != viewer.account

    return Party(t("本人以外的人员", "somebody else"), stands, why)
