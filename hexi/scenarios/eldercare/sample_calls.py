"""Invented calls and signs of the last twelve weeks, with what became of them: simulated, and marked so; shares are ours, no statistic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hexi.kit import PastRescue, insert_sample, load_past
from hexi.scenarios.eldercare.models import Consent, Elder
from hexi.scenarios.eldercare.models_care import CareEvent
from hexi.scenarios.eldercare.sos import IN_RESCUE, SOS, subject_of

BACK = (0.25, 83)
"""Days: so young and so old they are."""
MOST_HOMES, ONE_OF_HOMES, SIGNS_A_WEEK = 40, 12, 3.5
MOST_PRESSES, ONE_OF_PRESSES = 90, 12
CALLS_FROM = 60
PRESSED = (("fall", 16), ("illness", 12), ("help", 30), ("false", 30), ("fault", 4), ("test", 8))
SEEN = {"radar": ("fall", "still"), "mattress": ("bed",), "wristband": ("fall",)}


@dataclass(frozen=True, slots=True)
class Sign:
    """One of them, before it is written."""

    elder: Elder
    sign: str
    device: str
    score: int
    at: datetime
    outcome: str
    called: bool


def load_calls(everybody: Sequence[Elder], now: datetime, rng: random.Random) -> int:
    """Rescues first, then the signs that led to them. Gives the number of rescues."""
    found = sorted((*presses(everybody, now, rng), *signs(everybody, now, rng)), key=lambda one: one.at)
    called = [one for one in found if one.called]
    cases = dict(zip(map(id, called), load_past(SOS, [_rescue(one) for one in called], now, rng), strict=True))
    insert_sample(CareEvent, (
        {"elder_id": one.elder.pk, "sign": one.sign, "device": one.device, "score": one.score, "at": one.at, "called": one.called,
         "outcome": one.outcome, "labelled_by": "" if one.outcome == "open" else "示例·曹中心", "place": one.elder.home, "simulated": True,
         "case_id": cases.get(id(one))}
        for one in found
    ))  # fmt: skip
    return len(called)


def _rescue(one: Sign) -> PastRescue:
    by_hand = one.sign == "sos"
    source, rule = ("person", "") if by_hand else ("sensor", "elder_fall")
    return PastRescue(subject_of(one.elder), one.at, IN_RESCUE[one.outcome], source, rule)


def presses(everybody: Sequence[Elder], now: datetime, rng: random.Random) -> Iterator[Sign]:
    """The button was pressed: mostly somebody needed something."""
    for one in rng.sample(everybody, min(MOST_PRESSES, max(6, len(everybody) // ONE_OF_PRESSES), len(everybody))):
        outcome = rng.choices([key for key, _ in PRESSED], [weight for _, weight in PRESSED])[0]
        yield Sign(one, "sos", "button", 100, now - timedelta(days=rng.uniform(*BACK)), outcome, called=True)


def signs(everybody: Sequence[Elder], now: datetime, rng: random.Random) -> Iterator[Sign]:
    """Of homes that agreed to a device: most signs are chairs and pets, and a real fall tends to score higher than they do."""
    watched = _watched(everybody)
    homes = rng.sample(sorted(watched), min(MOST_HOMES, max(3, len(everybody) // ONE_OF_HOMES), len(watched)))
    known = {one.pk: one for one in everybody}
    for pk in homes:
        for _ in range(round(SIGNS_A_WEEK * BACK[1] / 7)):
            yield _sign(known[pk], watched[pk], now, rng)


def _sign(elder: Elder, device: str, now: datetime, rng: random.Random) -> Sign:
    at, real = now - timedelta(days=rng.uniform(*BACK)), rng.random() < 0.04
    score = max(1, min(100, round(rng.gauss(68 if real else 44, 16))))
    is_new = at > now - timedelta(days=1)
    if is_new:
        return Sign(elder, rng.choice(SEEN[device]), device, min(score, CALLS_FROM - 1), at, "open", called=False)
    outcome = rng.choice(("fall", "illness")) if real else "false"
    return Sign(elder, rng.choice(SEEN[device]), device, score, at, outcome, called=score >= CALLS_FROM)


def _watched(everybody: Sequence[Elder]) -> dict[int, str]:
    """The device that each of them agreed to and did not take back."""
    ours, found = {one.pk for one in everybody}, dict[tuple[int, str], bool]()
    for elder, device, agreed in Consent.objects.filter(purpose="rescue").order_by("at").values_list("elder", "device", "agreed"):
        found[elder, device] = agreed
    return {elder: device for (elder, device), agreed in found.items() if agreed and device in SEEN and elder in ours}
