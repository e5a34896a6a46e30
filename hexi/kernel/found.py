"""What a stream rule found, as a scenario gets it that decides by itself what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern was there, since when, and with what value. `record` is the number of the row that the key names, None for a device.

    What comes of a `simulated` one says so wherever it is shown.
    """

    rule: str
    key: str
    record: int | None
    since: datetime
    moment: datetime
    value: float | None
    place: str = ""
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Decide:
    """What a stream rule does where the scenario decides: `run(found)`, in a transaction of its own, as after a consent was asked.

    Where it fails the rule shows as failing, and whoever may tune rules is told at once: nothing else comes of what was found.
    """

    run: Callable[[Found], object]
