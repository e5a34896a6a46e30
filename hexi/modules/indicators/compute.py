"""Keep this period's computed values fresh: one statement per indicator, one event per run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction

from hexi.core.data.api import tuned_context
from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.kernel.context import Context
from hexi.kernel.declare import Indicator
from hexi.modules.indicators.judge import Lines, Status, status_of
from hexi.modules.indicators.measure import Figure, figures
from hexi.modules.indicators.models import Card, Value

BATCH = 500


def period_of(frequency: str, context: Context) -> str:
    """The period that a value of now belongs to, by the day in the district: 2026-11-28, 2026-W48, 2026-11, 2026-Q4 or 2026.

    Within its period a computed value is kept up to date; "the last period" is then last month for what is monthly, not yesterday.
    """
    day = context.now.astimezone(ZoneInfo(context.zone)).date()
    match frequency:
        case "yearly":
            return f"{day:%Y}"
        case "quarterly":
            return f"{day:%Y}-Q{(day.month + 2) // 3}"
        case "monthly":
            return f"{day:%Y-%m}"
        case "weekly":
            return f"{day:%G-W%V}"
        case _:
            return day.isoformat()


def compute(keys: Iterable[str] | None = None, context: Context | None = None) -> int:
    """Compute the indicators (all when None) for the period that now is in, and keep what changed. Gives the number of changed values."""
    context = context or tuned_context()
    cards = {card.source_key: card for card in Card.objects.filter(source_kind="computed")}
    wanted = [catalogue.indicators[key] for key in (keys if keys is not None else catalogue.indicators) if key in cards]
    return sum(_keep(indicator, cards[indicator.key], context) for indicator in wanted)


def touched_by(entities: Iterable[str]) -> list[str]:
    """The indicators that read one of these registers."""
    names = set(entities)
    return [i.key for i in catalogue.indicators.values() if i.of is not None and entity_key(i.of) in names]


def refresh(topics: frozenset[str]) -> None:
    """The worker's job: what changed registers feed, or everything when the clock calls."""
    compute(touched_by(topics) if topics else None)


def lines_of(card: Card) -> Lines:
    """The card's lines as numbers."""
    limits = (card.low_breach, card.low_watch, card.high_watch, card.high_breach)
    return Lines(*(None if limit is None else float(limit) for limit in limits), back=float(card.hysteresis or 0))


def _keep(indicator: Indicator, card: Card, context: Context) -> int:
    period = period_of(card.frequency, context)
    latest = _latest(card)
    found = _without_gaps(indicator, figures(indicator, context), latest)
    changed = [(code, figure) for code, figure in found.items() if _differs(indicator, latest.get(code), figure, period)]
    if not changed:
        return 0
    fresh = [_value(card, period, code, _Judged.of(indicator, card, figure, latest.get(code))) for code, figure in changed]
    with transaction.atomic():
        _replace(card, period, {code for code, _ in changed})
        Value.objects.bulk_create(fresh, batch_size=BATCH)
        record(PLATFORM, Happening("compute", "indicators.value", card.pk, after={"key": card.key, "period": period, "areas": len(fresh)}))
    return len(fresh)


def _without_gaps(indicator: Indicator, found: dict[str, Figure], latest: dict[str, Value]) -> dict[str, Figure]:
    """An area that had rows and has none now counts nothing: a count falls to zero, a share has no value any more."""
    nothing = Figure(0, None if indicator.measure in {"count", "sum"} else 0)
    return {**dict.fromkeys(latest, nothing), **found}


def _latest(card: Card) -> dict[str, Value]:
    """The newest value of each area, in force."""
    found: dict[str, Value] = {}
    for value in Value.objects.filter(card=card, current="yes").order_by("period"):
        found[value.place] = value
    return found


def _differs(indicator: Indicator, before: Value | None, figure: Figure, period: str) -> bool:
    """Is there anything new to keep? A value that was published for this period is left alone: revising it is a person's act."""
    if before is None or before.period != period:
        return True
    pair = (_number(figure.numerator), _number(figure.denominator))
    return before.state == "computed" and (before.numerator, before.denominator) != pair


@dataclass(frozen=True, slots=True)
class _Judged:
    """A figure with what it means against the card's lines."""

    figure: Figure
    value: float | None
    status: Status

    @classmethod
    def of(cls, indicator: Indicator, card: Card, figure: Figure, before: Value | None) -> _Judged:
        value = figure.value(indicator)
        return cls(figure, value, status_of(value, lines_of(card), cast(Status, before.status) if before else "ok"))


def _value(card: Card, period: str, code: str, judged: _Judged) -> Value:
    return Value(
        card=card,
        place=code,
        period=period,
        value=_number(judged.value),
        numerator=_number(judged.figure.numerator),
        denominator=_number(judged.figure.denominator),
        status=judged.status,
        state="computed",
        as_of=datetime.now(UTC),
        quality="computed",
        definition_version=card.version,
        current="yes",
    )


def _replace(card: Card, period: str, codes: set[str]) -> None:
    """The values of earlier periods stay as they are; one of this period that was only computed makes room."""
    Value.objects.filter(card=card, period=period, state="computed", current="yes", place__in=list(codes)).delete()


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 4))).quantize(Decimal("0.0001"))
