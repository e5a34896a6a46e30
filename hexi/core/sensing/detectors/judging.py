"""A window from a device: judged at once, its score handed in like any reading, the grounds kept for whoever asks why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import numpy as np
from django.utils import timezone

from hexi.core.sensing.detectors.given import judge_of
from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.intake.line import hand_in
from hexi.core.sensing.intake.sent import Sent
from hexi.kernel.catalogue import catalogue
from hexi.kernel.detector import WIDTHS, Detector, Judgement, Window
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import Label, t
from hexi.kernel.reading import Quality, datetime_of, microseconds

SLOWEST_HZ, FASTEST_HZ, LONGEST_S = 1.0, 400.0, 120.0
Rows = Sequence[Sequence[float]]


def window_of(signal: str, begin: int, hertz: float, rows: Rows) -> Window:
    """The window as detectors take it. Raises Invalid with everything that is wrong with it."""
    problems = list(_faults(signal, hertz, rows))
    if not problems:
        samples = np.array(rows, dtype=np.float64)
        if np.isfinite(samples).all():
            return Window(signal, begin, hertz, samples)  # type: ignore[arg-type]  the signal is a known one
        problems = [Problem("samples", t("有的数值不是有限的数", "some numbers are not finite"))]
    raise Invalid(problems, t("这个片段不能识别", "This window cannot be judged"))


def _faults(signal: str, hertz: float, rows: Rows) -> list[Problem]:
    if signal not in WIDTHS:
        known = ", ".join(sorted(WIDTHS))
        return [Problem("signal", t(f"没有这种信号，可用：{known}", f"there is no such signal, only {known}"), value=signal)]
    if not SLOWEST_HZ <= hertz <= FASTEST_HZ:
        return [Problem("hertz", _between(SLOWEST_HZ, FASTEST_HZ), value=str(hertz))]
    if not 0 < len(rows) <= LONGEST_S * hertz:
        return [Problem("samples", t("片段为空或超过 120 秒", "the window is empty or longer than 120 s"), value=str(len(rows)))]
    if any(len(row) != WIDTHS[signal] for row in rows):
        return [Problem("samples", t("每个样本的数值个数不对，应为 {n}", "each sample has {n} numbers").filled(n=WIDTHS[signal]))]
    return []


def _between(low: float, high: float) -> Label:
    return t(f"须在 {low:g} 与 {high:g} 之间", f"it lies between {low:g} and {high:g}")


def judged(card: Card, window: Window, *, simulated: bool) -> list[tuple[Detector, Judgement]]:
    """What every detector of this signal says. Returns when the scores are on the disk; the same window again changes nothing.

    Empty where whom it is about did not agree: then nothing of it is kept, and nobody is told either.
    """
    simulated = simulated or card.simulated
    _check_moment(window)
    found = [(one, judge_of(one)(window)) for one in catalogue.detectors.values() if one.signal == window.signal]
    if hand_in([_score(card, window, *one, simulated=simulated) for one in found]).withheld:
        return []
    Judged.objects.bulk_create([_row(card, window, *one, simulated=simulated) for one in found], ignore_conflicts=True)
    return found


def _check_moment(window: Window) -> None:
    """As for readings: none from the future, none from long ago."""
    last, now = window.moment(len(window.samples)), now_us()
    ahead = max(microseconds(one.into.ahead) for one in catalogue.detectors.values())
    back = min(microseconds(one.into.back) for one in catalogue.detectors.values())
    if not now - back <= window.begin <= last <= now + ahead:
        said = t("时刻晚于现在，或早于一天以前", "from the future, or more than a day ago")
        raise Invalid([Problem("at", said)], t("这个片段不能识别", "This window cannot be judged"))


def _score(card: Card, window: Window, one: Detector, said: Judgement, *, simulated: bool) -> Sent:
    flags = Quality.ESTIMATED | (Quality.SIMULATED if simulated else Quality.GOOD)
    return Sent(card.key, one.into.key, window.moment(said.row), round(said.score, 3), now_us(), flags=int(flags), device=card.id)


def _row(card: Card, window: Window, one: Detector, said: Judgement, *, simulated: bool) -> Judged:
    return Judged(
        device_id=card.id, detector=one.key, moment=datetime_of(window.moment(said.row)), score=Decimal(f"{said.score:.3f}"),
        grounds=said.grounds.zh[:600], grounds_en=said.grounds.en[:600], simulated=simulated, place=card.place,
        organisation=card.organisation,
    )  # fmt: skip


def forget_judged(kept: timedelta) -> int:
    """Delete what was judged longer ago than this. Returns how many."""
    return Judged.objects.filter(moment__lt=timezone.now() - kept).delete()[0]
