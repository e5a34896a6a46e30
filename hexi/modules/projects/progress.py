"""How far a task is: the weighted share of its targets, each capped at one and judged by its comparator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hexi.modules.projects.contracts import Comparator, TargetFact

# 约: our tolerance, no source gives one. A figure from 95 % of the stated number on counts as reached.
ABOUT_TOLERANCE = Decimal("0.05")
# A target that is not reached never shows as whole, however close it is.
UNMET_CEILING = 0.99


@dataclass(frozen=True, slots=True)
class Progress:
    """The share of a task that is done; None when nothing is measured.

    A target without a figure adds nothing, so the share is a lower bound unless the progress is `complete`.
    """

    share: float | None
    measured: int
    targets: int

    @property
    def complete(self) -> bool:
        """Every target has a figure."""
        return self.measured == self.targets and self.targets > 0


def is_met(comparator: Comparator, quantity: Decimal | None, value: Decimal | None) -> bool:
    """Whether the figure reaches the target. No figure never does; DONE asks for any figure above zero."""
    if value is None:
        return False
    if comparator is Comparator.DONE or quantity is None:
        return value > 0
    if comparator is Comparator.ABOUT:
        return value >= quantity * (1 - ABOUT_TOLERANCE)
    if comparator is Comparator.MORE_THAN:
        return value > quantity
    return value >= quantity


def target_share(comparator: Comparator, quantity: Decimal | None, value: Decimal | None) -> float | None:
    """The share of one target from 0 to 1; 1 exactly when it is met; None when there is no figure."""
    if value is None:
        return None
    if is_met(comparator, quantity, value):
        return 1.0
    if not quantity or comparator is Comparator.DONE:
        return 0.0
    return min(max(float(value / quantity), 0.0), UNMET_CEILING)


def share_of(target: TargetFact) -> float | None:
    """The share of a target by its figure, else by the word of whoever called it met."""
    if target.value is None and target.met:
        return 1.0
    return target_share(target.comparator, target.quantity, target.value)


def task_progress(targets: Sequence[TargetFact]) -> Progress:
    """Σ wᵢ·min(1, doneᵢ/targetᵢ) over the targets, the weights scaled to one."""
    shares = [share_of(one) for one in targets]
    measured = sum(share is not None for share in shares)
    total = sum(one.weight for one in targets)
    if not measured or total <= 0:
        return Progress(None, measured, len(targets))
    whole = sum(one.weight * (share or 0.0) for one, share in zip(targets, shares, strict=True)) / total
    return Progress(_below_one_unless_all(whole, shares), measured, len(targets))


def _below_one_unless_all(whole: float, shares: Sequence[float | None]) -> float:
    return 1.0 if all(share == 1.0 for share in shares) else min(whole, UNMET_CEILING)
