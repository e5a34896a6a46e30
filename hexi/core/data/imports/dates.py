"""Days as other countries write them, 03/04/2025: two days in two countries, so their order is asked, with the column's own evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hexi.core.data.values import Refused
from hexi.kernel.label import Label, t

FORM = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2})(:\d{2}(?::\d{2})?)(?:\s*([AaPp])\.?[Mm]\.?)?)?")
ORDERS = (("month", t("先月后日（美国）", "month first (American)")), ("day", t("先日后月（欧洲）", "day first (European)")))
DATED = {"day", "moment"}
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the cells of a column say about their order: an example of each that only one order can read."""

    example: str
    month_first: str = ""
    day_first: str = ""

    @property
    def proposed(self) -> str:
        """The only order that every cell allows; empty where nothing decides, or where cells contradict one another."""
        if bool(self.month_first) == bool(self.day_first):
            return ""
        return "month" if self.month_first else "day"

    @property
    def words(self) -> Label:
        """What speaks for an order, for whoever has to confirm it."""
        if self.month_first and self.day_first:
            said = t("既有 {month} 也有 {day}，两种次序都讲不通", "both {month} and {day} stand there, which no one order can read")
            return said.filled(month=self.month_first, day=self.day_first)
        if found := self.month_first or self.day_first:
            return t("{cell} 只有一种读法", "{cell} can be read in one way only").filled(cell=found)
        return t("没有一个单元格能说明次序，如 {cell}", "no cell tells, such as {cell}").filled(cell=self.example)


def evidence_of(cells: Iterable[object]) -> Evidence | None:
    """What these cells say; None where none is written in such a way."""
    example = month = day = ""
    for cell in cells:
        if isinstance(cell, str) and (found := FORM.fullmatch(cell)):
            example = example or cell
            if int(found[3]) > MONTHS:
                month = month or cell
            if int(found[1]) > MONTHS:
                day = day or cell
    return Evidence(example, month, day) if example else None


def in_our_order(text: str, order: str) -> str:
    """The text as ISO 8601 where it is written in the other way. Raises Refused while the order is not known."""
    if not (found := FORM.fullmatch(text)):
        return text
    if not order:
        raise Refused(t("请先选择这一列的日期次序", "Say first in which order this column writes its days"))
    first, second, year, hour, rest, half = found.group(1, 3, 4, 5, 6, 7)
    month, day = (first, second) if order == "month" else (second, first)
    plain = f"{year}-{int(month):02}-{int(day):02}"
    return f"{plain} {_hour(int(hour), half):02}{rest}" if hour else plain


def _hour(hour: int, half: str | None) -> int:
    """12 AM is midnight, 12 PM noon."""
    if not half:
        return hour
    if not 1 <= hour <= MONTHS:
        raise Refused(t("上午、下午的小时应为 1 至 12", "Hours with AM or PM run from 1 to 12"))
    return hour % 12 + (12 if half in "Pp" else 0)
