"""What the log does not hold of a register's rows, and why: said beside the register, so that whoever verifies is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Unlogged:
    """One exception from the rule that each row begins, changes and goes by an event of its own.

    `rows`: those which no event has to begin, as a filter takes them; an empty one means all, None none. `fields`: those of which events
    say nothing. `removal`: rows may go without an event.
    """

    why: Label
    rows: Mapping[str, Any] | None = None
    fields: tuple[str, ...] = ()
    removal: bool = False
