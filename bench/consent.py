"""The gate before the journal: what asking for consents adds to the taking of readings, in time of the processor.

python -m bench.consent                 100,000 devices, batches of 10,000 readings
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from bench.house import installation, verdict

ROWS, DEVICES, ROUNDS = 10_000, 100_000, 3
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=60)
    given, met = parser.parse_args(), True
    with installation() as var:
        for name, said in (("as all agreed", _agreed), ("as all agreed, with quiet hours each", _with_zone)):
            rounds = [_round(var / f"{name[-5:]}{turn}", given.batches, said) for turn in range(ROUNDS)]
            asking, taking = min(one[0] for one in rounds), min(one[1] for one in rounds)
            rows = given.batches * ROWS
            print(f"    {rows / asking:,.0f} readings a second are asked about, {rows / taking:,.0f} are taken")
            met &= verdict(f"readings kept {name}: asking, as a share of taking", 100 * asking / taking, "%", 5, at_most=True)
    return 0 if met else 1


def _agreed(record: int) -> Any:
    from hexi.kernel.consent import Allowed

    return Allowed(record, "wristband", LONG_AGO)


def _with_zone(record: int) -> Any:
    from hexi.kernel.consent import Allowed, Quiet

    return Allowed(record, "wristband", LONG_AGO, None, (Quiet(record % 12, 12 + record % 12),))


def _round(folder: Any, batches: int, said: Callable[[int], Any]) -> tuple[float, float]:
    """Seconds of the processor for asking alone, and for taking all of it into a journal, asking included."""
    from hexi.core.sensing.devices.cards import Card
    from hexi.core.sensing.devices.models import Device
    from hexi.core.sensing.intake.counting import Counts
    from hexi.core.sensing.intake.gate import Gate
    from hexi.core.sensing.intake.recent import Recent
    from hexi.core.sensing.intake.sent import Sent, batch_of_sent
    from hexi.core.sensing.intake.taking import Taker
    from hexi.core.sensing.journal.writing import Journal
    from hexi.kernel.catalogue import catalogue
    from hexi.kernel.consent import Consents
    from hexi.kernel.label import t

    def allowed(records: Collection[int]) -> Iterator[Any]:
        return (said(record) for record in records)

    catalogue.consents = {"bench": Consents("bench", t("基准", "bench"), Device, allowed, lambda _: ())}
    gate = Gate()
    gate.learn((Card(n, f"d{n}", f"sensing.device:{n}", True, "", "", "", kind="wristband") for n in range(1, DEVICES + 1)), None)
    rng, at = random.Random(7), int(time.time() * 1e6)

    def drawn(turn: int) -> list[Sent]:
        numbers = [rng.randint(1, DEVICES) for _ in range(ROWS)]
        return [Sent(f"sensing.device:{n}", "band_pulse", at + turn * ROWS + row, 70.0, at, device=n) for row, n in enumerate(numbers)]

    made = [batch_of_sent(drawn(turn)) for turn in range(batches)]

    async def look() -> None:
        """Nothing is new."""

    async def work() -> float:
        taker = Taker([Journal(folder)], Recent(), Counts(), gate, look)
        taker.per_minute = 10**9
        running = asyncio.create_task(taker.run())
        begun = time.process_time()
        for batch in made:
            gate.learnt_at = time.monotonic()
            await taker.hand_in(batch)
        took = time.process_time() - begun
        running.cancel()
        return took

    begun = time.process_time()
    for batch in made:
        gate.learnt_at = time.monotonic()
        assert not gate.strangers(batch)
        gate.sift(batch)
    return time.process_time() - begun, asyncio.run(work())


if __name__ == "__main__":
    sys.exit(main())
