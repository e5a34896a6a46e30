"""Double entry of mass: every kilogram leaves one account and enters another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from hexi.kit import Change, ExactSum, Invalid, Problem, t
from hexi.scenarios.waste.models import Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Load, Manifest, Movement
from hexi.scenarios.waste.words import kilos

Key = tuple[str, int]
NONE = Decimal(0)
HOLDING = ("stored", "passed_on", "treated")


def move(
    change: Change, source: str, target: str, kg: Decimal, *, firm: Firm | None = None, manifest: Manifest | None = None,
    lot: StorageLot | None = None,
) -> None:  # fmt: skip
    """Book so much from one account to another; a negative amount goes the other way, nothing is not booked."""
    if not kg:
        return
    source, target = (source, target) if kg > 0 else (target, source)
    code = manifest.code if manifest is not None else lot.code if lot is not None else ""
    change.create(
        Movement, source=source, target=target, kg=abs(kg), code=code, firm=firm, manifest=manifest, lot=lot, at=change.context.now,
        office=firm.office if firm else "",
    )


def balances(rows: Iterable[Movement]) -> dict[Key, Decimal]:
    """What each account holds. All of them together are always nothing."""
    found = defaultdict[Key, Decimal](lambda: NONE)
    for row in rows:
        found[account(row.source, row)] -= row.kg
        found[account(row.target, row)] += row.kg
    return dict(found)


def account(kind: str, row: Movement) -> Key:
    """The account that one side of a movement means: a firm's store, a manifest's load on the road, or one of the three others."""
    return kind, (row.firm_id if kind == "store" else row.manifest_id if kind == "road" else 0) or 0


@dataclass(frozen=True, slots=True)
class Year:
    """The balance of one firm in one year, in kilograms. `stock` is what movements leave at its end, `counted` what lies in storage."""

    firm: int
    produced: Decimal
    away: Decimal
    taken_in: Decimal
    treated: Decimal
    stock: Decimal

    @property
    def gap_share(self) -> Decimal | None:
        """What is neither gone nor treated nor in stock, of what came in; None where nothing did."""
        came = self.produced + self.taken_in
        return (came - self.away - self.treated - self.stock) / came if came else None


def years(rows: QuerySet[Movement], year: int) -> list[Year]:
    """The balances of all firms in a year; stock from all movements until its end."""
    until = rows.filter(firm__isnull=False, at__year__lte=year)
    stock = _sums(until.filter(target="store")), _sums(until.filter(source="store"))
    within = until.filter(at__year=year)
    parts: list[dict[int, Decimal]] = [
        _sums(within.filter(**which)) for which in (
            {"source": "outside", "target": "store"}, {"source": "store", "target": "road"}, {"source": "road", "target": "store"},
            {"source": "store", "target": "done"},
        )
    ]  # fmt: skip
    firms = sorted({firm for part in (*parts, *stock) for firm in part})
    produced, away, taken_in, treated = ({firm: part.get(firm, NONE) for firm in firms} for part in parts)
    left = {firm: stock[0].get(firm, NONE) - stock[1].get(firm, NONE) for firm in firms}
    return [Year(firm, produced[firm], away[firm], taken_in[firm], treated[firm], left[firm]) for firm in firms]


def _sums(rows: QuerySet[Movement]) -> dict[int, Decimal]:
    pairs: Any = rows.order_by().values_list("firm").annotate(kg=ExactSum("kg"))
    return dict(pairs)


def draw(change: Change, row: Manifest) -> Decimal:
    """Take what the manifest loads out of batches and parents, and give how much it is. Raises Invalid where there is less."""
    loads = list(row.loads.order_by("pk"))
    for load in loads:
        take(change, load, load.kg)
    return sum((load.kg for load in loads), NONE)


def put_back(change: Change, row: Manifest) -> None:
    """What the manifest had drawn lies where it came from again."""
    for load in row.loads.order_by("pk"):
        take(change, load, -load.kg)


def take(change: Change, load: Load, kg: Decimal) -> None:
    """So much more, or where negative less, of what the load comes from. Raises Invalid where there is not so much."""
    if load.lot_id:
        lot = StorageLot.objects.select_for_update(of=("self",)).get(pk=load.lot_id)
        change.save(lot, left_kg=_enough(lot.left_kg, kg, lot.batch))
        return
    parent = Manifest.objects.select_for_update(of=("self",)).get(pk=load.parent_id)
    if parent.state not in HOLDING:
        raise Invalid([Problem("loads", t("上游联单 {what} 不在暂存", "{what} is not in temporary storage").filled(what=parent.number))])
    left = _enough(parent.held_kg, kg, parent.number)
    change.save(parent, held_kg=left, state="stored" if left else "passed_on")


def _enough(held: Decimal, kg: Decimal, what: str) -> Decimal:
    if held < kg:
        little = t("{what} 只剩 {kg} 千克", "Only {kg} kg are left of {what}").filled(what=what, kg=kilos(held))
        raise Invalid([Problem("loads", little, value=str(kg))])
    return held - kg
