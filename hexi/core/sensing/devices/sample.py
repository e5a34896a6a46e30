"""Simulated devices for the reference district: six in each of some homes, with keys that this installation's simulator works out."""

from __future__ import annotations

import hashlib
import hmac
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from hexi.core.data.api import describe, insert_sample, sample_size
from hexi.core.sensing.devices.keys import digest
from hexi.core.sensing.devices.models import Device
from hexi.core.space.api import doorway_codes
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Progress
from hexi.kernel.disk import made_once
from hexi.kernel.label import t

SEED = 20261128
ROOMS = {"bed": "bedroom", "radar": "living"}
IN_A_HOME = (("button", "呼叫按钮"), ("bed", "床垫"), ("radar", "雷达"), ("wristband", "手环"), ("door", "门磁"), ("smoke", "烟感"))


class Gadget(NamedTuple):
    """One simulated device: its number and name, what it is, and the key by which it sends."""

    id: int
    code: str
    kind: str
    key: str


def load(progress: Progress) -> None:
    """Fill an empty register of devices: a tenth of the sample's size, 2,000 where nothing else is said."""
    homes = sample_size(default=20_000) // 10 // len(IN_A_HOME)
    added = insert_sample(Device, _rows(homes, _people(homes), doorway_codes()))
    progress(t(f"{added:,} 台模拟设备", f"{added:,} simulated devices"))


def _people(most: int) -> list[tuple[str, str]]:
    """Keys and places of those about whom alarms are raised: devices stand in their homes first."""
    found: list[tuple[str, str]] = []
    for entity in {alarm.on for alarm in catalogue.alarms.values() if alarm.on is not None}:
        about = describe(entity)
        rows = about.model._default_manager.order_by("pk").values_list("pk", about.place or "pk")[:most]
        found += [(f"{about.key}:{number}", str(place or "") if about.place else "") for number, place in rows]
    return found[:most]


def _rows(homes: int, people: list[tuple[str, str]], doorways: list[str]) -> Iterator[dict[str, Any]]:
    secret, rng = _secret(), random.Random(SEED)  # noqa: S311  a sample, no secret
    for home in range(homes if doorways else 0):
        subject, place = people[home] if home < len(people) else ("", "")
        place = place or rng.choice(doorways)
        for kind, said in IN_A_HOME:
            code = f"dsim{kind}{home + 1:05d}"
            yield {
                "code": code, "name": f"示例·{said}{home + 1:05d}", "kind": kind, "maker": "示例", "place": place, "subject": subject,
                "state": "active", "room": ROOMS.get(kind, ""), "simulated": True,
                "key_digest": digest(_key(secret, code)),
            }  # fmt: skip


def fleet() -> list[Gadget]:
    """The simulated devices that may send, in order of their names."""
    secret = _secret()
    rows = Device.objects.filter(simulated=True, state="active", maker="示例").order_by("code").values_list("pk", "code", "kind")
    return [Gadget(number, code, kind, _key(secret, code)) for number, code, kind in rows]


def _secret() -> bytes:
    """This installation's, made once: keys of simulated devices must not be known from the source."""
    path = Path(settings.VAR) / "simulator.secret"
    if not path.exists():
        made_once(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text())


def _key(secret: bytes, code: str) -> str:
    return "hexi_" + hmac.new(secret, code.encode(), hashlib.sha256).hexdigest()
