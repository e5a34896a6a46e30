"""Manifests of other countries' public files, read as batches: real weights and real disorder to try the machine with."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

KG_PER = {"P": Decimal("0.45359237"), "K": Decimal(1), "T": Decimal("907.18474"), "M": Decimal(1000)}
"""Pounds, kilograms, short tons, metric tons. Gallons and yards are volumes: without a density they have no weight."""
GRAM = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Line:
    """One waste line of a manifest. `kg` is None where the file gives a volume, or nothing."""

    number: str
    line: int
    code: str
    description: str
    kg: Decimal | None


def lines(rows: Iterable[Mapping[str, str]]) -> Iterator[Line]:
    """Waste lines of the federal export of the United States, as their columns are called there."""
    for row in rows:
        yield Line(row["manifest_tracking_number"], int(row["line_no"]), row["waste_code_1"], row["waste_description"],
                   weight(row["quantity"], row["quantity_unit"]))  # fmt: skip


def weight(quantity: str, unit: str) -> Decimal | None:
    """The quantity in kilograms; None for volumes and for what is no number above nothing."""
    try:
        kg = Decimal(quantity) * KG_PER[unit]
    except (InvalidOperation, KeyError):
        return None
    return kg.quantize(GRAM) if kg >= GRAM else None


def read_lines(file: Path) -> Iterator[Line]:
    """The lines of a gzipped CSV."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        yield from lines(csv.DictReader(opened))


def outcome(manifest: Mapping[str, Any]) -> str:
    """What became of an e-Manifest document, in our words: accepted, partly or refused."""
    if not manifest.get("rejection"):
        return "accepted"
    return "partly" if manifest["rejectionInfo"]["rejectionType"] == "PartialReject" else "refused"
