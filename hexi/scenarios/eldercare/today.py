"""The day in the district, ages on it, and the elder's word of the day."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from hexi.kit import Change, Label, district_calendar, now_context, t
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.rules import Whom

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
CODE_LENGTH, WORD_DIGITS = 16, 4


def today() -> date:
    """Today, on the district's own calendar."""
    return district_calendar().local(now_context().now).date()


def day_of(change: Change) -> date:
    """The day on which the change is made."""
    return district_calendar().local(change.context.now).date()


NEAR = {-1: t("昨天", "yesterday"), 0: t("今天", "today"), 1: t("明天", "tomorrow"), 2: t("后天", "the day after tomorrow")}


def day_said(on: date | None, day: date) -> Label:
    """A day as people say it: today, tomorrow, else with its day of the week."""
    if on is None:
        return t("—", "—")
    weekday = "一二三四五六日"[on.weekday()]
    return NEAR.get((on - day).days) or t(f"{on.month}月{on.day}日 星期{weekday}", f"{on:%A} {on.day} {on:%B}")


def age_on(elder: Elder, day: date) -> int:
    """Full years; 0 where nobody knows the date of birth."""
    born = elder.born_on
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else 0


def whom(elder: Elder, day: date) -> Whom:
    """What the rules ask about this elder."""
    return Whom(age_on(elder, day), elder.ability, elder.lives, elder.hardship)


def fresh_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def word_of_day(elder: Elder, day: date) -> str:
    """Four digits that only this elder's page shows, and only today: whoever knows them was told them there."""
    mark = hashlib.sha256(f"eldercare word {elder.code} {day.isoformat()}".encode()).hexdigest()
    return str(int(mark[:12], 16) % 10**WORD_DIGITS).zfill(WORD_DIGITS)
