"""Walkers: how fast, and on which streets. A dated table with its sources, no numbers in code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hexi.core.space.network.streets import Bools, StreetFlag, Streets
from hexi.kernel.errors import DeclarationError, NotFound
from hexi.kernel.label import Label, t

TABLE = Path(__file__).with_name("profiles.yaml")


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of walker, as the table has it from `valid_from` on. `basis` is the source of the speed; `ours` for a working value."""

    key: str
    label: Label
    metres_per_minute: float
    closed_to: StreetFlag
    valid_from: date
    basis: str

    def metres(self, minutes: float) -> float:
        """How far this walker comes."""
        return minutes * self.metres_per_minute

    def minutes(self, metres: float) -> float:
        """How long this walker takes."""
        return metres / self.metres_per_minute

    def closed(self, streets: Streets) -> Bools:
        """The edges that this walker does not use: for `contract`, and left out of `Kerbs`."""
        return streets.has(self.closed_to)


def profile(key: str, at: date, *, table: Path = TABLE) -> Profile:
    """The profile in force on that day. Raises NotFound."""
    rows = [row for row in profiles(table) if row.key == key and row.valid_from <= at]
    if not rows:
        do = t("请在步行人群表中补上", "Add it to the table of walkers")
        raise NotFound(t("没有这类步行人群", "There is no such kind of walker"), which=f"{key}, {at}", do=do)
    return max(rows, key=lambda row: row.valid_from)


def walkers(at: date) -> dict[str, Profile]:
    """Every kind of walker that the table knows on that day, by key."""
    return {row.key: profile(row.key, at) for row in profiles() if row.valid_from <= at}


@cache
def profiles(table: Path = TABLE) -> tuple[Profile, ...]:
    """Every row of the table. Raises DeclarationError for one that cannot be."""
    rows: list[dict[str, Any]] = yaml.safe_load(table.read_text(encoding="utf-8"))["profiles"]
    return tuple(_profile(row) for row in rows)


def _profile(row: dict[str, Any]) -> Profile:
    unknown = set(row["closed_to"]) - set(StreetFlag.__members__)
    if unknown or row["metres_per_minute"] <= 0:
        raise DeclarationError(f"Walker {row['key']!r}: a speed above zero and flags of StreetFlag are needed, not {sorted(unknown)}.")
    flags = StreetFlag(sum(StreetFlag[name] for name in set(row["closed_to"])))
    label = Label(row["label"]["zh"], row["label"]["en"])
    return Profile(row["key"], label, float(row["metres_per_minute"]), flags, row["valid_from"], " ".join(row["basis"].split()))
