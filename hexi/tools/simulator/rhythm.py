"""What a simulated device says, as a pure function of seed, device and time: whoever stops and begins again says the same.

Hours, shares and rates are ours: shaped like a day at home, no statistic of anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hexi.core.sensing.api import Gadget
from hexi.tools.simulator.signals import acceleration_of_fall, height_of_fall

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE, HOUR = 60, 3600
BATTERY_EVERY, BATTERY_DAYS = 6 * HOUR, 200
FALLS_AN_HOUR, CALLS_AN_HOUR = 2, 1
SILENT, DRIFTING, DOUBLING, WEAK = 0.02, 0.03, 0.03, 0.05
"""Shares of devices that are silent for whole days, whose clock is wrong, that send everything twice, whose battery is nearly empty."""


class Said(NamedTuple):
    """What one device says: a reading, or a window where there is a `signal`. `second` is since 1970."""

    second: int
    gadget: Gadget
    body: dict[str, Any]
    window: bool = False
    twice: bool = False


def chance(*parts: object) -> random.Random:
    """Random numbers that are the same for the same words."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311  a simulation, no secret


def said(fleet: list[Gadget], seed: int, begin: int, end: int) -> list[Said]:
    """Everything that they say from `begin` on and before `end`, in order."""
    found = [one for gadget in fleet for one in _of(gadget, seed, begin, end)]
    hours = range(begin // HOUR, (end - 1) // HOUR + 1)
    found += [one for hour in hours for one in _of_hour(fleet, seed, hour) if begin <= one.second < end]
    return sorted(found, key=lambda one: (one.second, one.gadget.code))


def _of(gadget: Gadget, seed: int, begin: int, end: int) -> Iterator[Said]:
    own = chance(seed, gadget.code)
    faults = {name: own.random() < share for name, share in (("silent", SILENT), ("drift", DRIFTING), ("twice", DOUBLING), ("weak", WEAK))}
    phase, drift = own.randrange(BATTERY_EVERY), own.randint(-100, 100) if faults["drift"] else 0
    for kind, every, value in (*RHYTHMS.get(gadget.kind, ()), _battery_since(own.randrange(BATTERY_DAYS * 24 * HOUR))):
        for second in range(begin + (phase - begin) % every, end, every):
            if faults["silent"] and chance(seed, gadget.code, second // (24 * HOUR)).random() < 0.5:
                continue
            rng = chance(seed, gadget.code, kind, second)
            number = float(rng.randint(1, 9)) if kind == "battery" and faults["weak"] else value(rng, second)
            yield Said(second, gadget, {"kind": kind, "value": number, **_marks(second + drift)}, twice=faults["twice"])


def _of_hour(fleet: list[Gadget], seed: int, hour: int) -> Iterator[Said]:
    """Falls and calls of this hour: who and when is drawn for the hour as a whole."""
    rng = chance(seed, "hour", hour)
    fallers = [one for one in fleet if one.kind in WINDOWS]
    for gadget in rng.sample(fallers, min(FALLS_AN_HOUR, len(fallers))):
        second = hour * HOUR + rng.randrange(HOUR)
        signal, hertz, draw = WINDOWS[gadget.kind]
        window = {"signal": signal, "hertz": hertz, "samples": draw(rng), **_marks(second)}
        yield Said(second, gadget, window, window=True)
    buttons = [one for one in fleet if one.kind == "button"]
    for gadget in rng.sample(buttons, min(CALLS_AN_HOUR, len(buttons))):
        second = hour * HOUR + rng.randrange(HOUR)
        yield Said(second, gadget, {"kind": "sos_call", "value": 1, **_marks(second)})


def _marks(second: int) -> dict[str, Any]:
    return {"at": datetime.fromtimestamp(second, ZONE).isoformat(), "simulated": True}


def _hour(second: int) -> float:
    local = datetime.fromtimestamp(second, ZONE)
    return local.hour + local.minute / 60


def _battery_since(changed: int) -> tuple[str, int, Value]:
    """It empties in so many days and is changed then."""
    lasts = BATTERY_DAYS * 24 * HOUR

    def charge(_: random.Random, second: int) -> float:
        return float(round(100 - 90 * ((second - changed) % lasts) / lasts))

    return "battery", BATTERY_EVERY, charge


def _in_bed(rng: random.Random, second: int) -> float:
    hour = _hour(second)
    likely = 0.96 if hour < 5.5 or hour >= 22 else 0.5 if hour < 7 or hour >= 21 else 0.55 if 12.5 <= hour < 14 else 0.03
    return float(rng.random() < likely)


def _in_room(rng: random.Random, second: int) -> float:
    hour = _hour(second)
    return float(rng.random() < (0.9 if hour < 8 or hour >= 19 else 0.55))


def _pulse(rng: random.Random, second: int) -> float:
    hour = _hour(second)
    return round(rng.gauss(60 if hour < 6 else 78 if 8 <= hour < 20 else 70, 6))


def _door(rng: random.Random, second: int) -> float:
    hour = _hour(second)
    return float(rng.random() < (0.3 if 7 <= hour < 10 or 15 <= hour < 18 else 0.02 if hour < 6 else 0.1))


def _smoke(rng: random.Random, second: int) -> float:
    """Cooking shows."""
    hour = _hour(second)
    return round(abs(rng.gauss(4 if 11 <= hour < 13 or 17 <= hour < 19 else 1, 1)), 1)


Value = Callable[[random.Random, int], float]
RHYTHMS: dict[str, tuple[tuple[str, int, Value], ...]] = {
    "bed": (("bed_occupied", 10 * MINUTE, _in_bed),), "radar": (("room_presence", 10 * MINUTE, _in_room),),
    "wristband": (("band_pulse", 10 * MINUTE, _pulse),), "door": (("door_open", 30 * MINUTE, _door),),
    "smoke": (("smoke_level", 30 * MINUTE, _smoke),),
}  # fmt: skip
WINDOWS: dict[str, tuple[str, float, Callable[[random.Random], list[list[float]]]]] = {
    "wristband": ("acceleration", 25.0, acceleration_of_fall), "radar": ("height", 10.0, height_of_fall),
}  # fmt: skip
LONGEST = timedelta(days=1)
"""Older readings no intake takes: so far back a simulation can begin at most."""
