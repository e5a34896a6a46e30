"""What a condition may know beside the row: the clock, and the parameters that officials tune."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar, cast
from zoneinfo import ZoneInfo

from hexi.kernel.checked import checked_name
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Param(Generic[T]):
    """A threshold that officials may tune between `low` and `high`; every change is an event with a reason."""

    key: str
    label: Label
    default: T
    low: T
    high: T

    def __post_init__(self) -> None:
        checked_name("Param", self.key, self.label)
        if not cast(Any, self.low) <= self.default <= cast(Any, self.high):
            raise DeclarationError(f"Param {self.key}: the default {self.default} must lie between low={self.low} and high={self.high}.")


@dataclass(frozen=True)
class Context:
    """What a condition may know beside the row: the clock, the tuned parameters, the district's time zone."""

    now: datetime
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    zone: str = "Asia/Shanghai"

    def value(self, given: Any) -> Any:
        """A parameter as tuned, anything else as it is."""
        return self.params.get(given.key, cast("Param[Any]", given).default) if isinstance(given, Param) else given

    def before(self, span: timedelta, *, whole_days: bool) -> date | datetime:
        """The moment (or, for day columns, the local day) that lies `span` back."""
        then = self.now - span
        return then.astimezone(ZoneInfo(self.zone)).date() if whole_days else then

    def birthday_limit(self, years: int) -> date:
        """The last day of birth of those who are that many years old today. Born on 29 February: older on 1 March."""
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        try:
            return today.replace(year=today.year - years)
        except ValueError:  # today is 29 February and that year has none
            return date(today.year - years, 2, 28)


def now_context(params: Mapping[str, Any] | None = None) -> Context:
    """The context of this moment."""
    return Context(datetime.now(UTC), params or {})
