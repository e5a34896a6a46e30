"""The intake's two faces: row by row and as columns the same is left, counted, marked and said."""

from __future__ import annotations

import random
from math import nan

import pyarrow as pa
import pytest

from hexi.core.sensing.columns import NO_SEQUENCE
from hexi.core.sensing.intake.counting import Counts
from hexi.core.sensing.intake.gate import Gate
from hexi.core.sensing.intake.recent import Recent, mark_of, mark_of_sequence, marks_of, marks_of_sequences
from hexi.core.sensing.intake.sent import FEW, Outcome, Sent, batch_of_sent, packed, unpacked
from hexi.core.sensing.intake.sifting import Sieve

BEGIN = 1_780_000_000_000_000


def drawn(rng: random.Random) -> list[Sent]:
    """A few devices that repeat themselves, come too late, count their messages, and send more than they may."""
    return [
        Sent(
            f"device:{device}", rng.choice(("smoke", "battery")), BEGIN + rng.randrange(30), rng.choice((0.0, -0.0, 1.5, -3.25, 1e200)),
            BEGIN + 100, rng.choice((nan, 2.0)), rng.randrange(3), device, rng.choice((NO_SEQUENCE, NO_SEQUENCE, rng.randrange(40))),
            rng.random() < 0.1,
        )
        for device in (rng.randrange(1, 6) for _ in range(rng.randint(1, FEW)))
    ]  # fmt: skip


def rows_of(batch: pa.RecordBatch) -> list[tuple[object, ...]]:
    columns = [batch.column(name).cast(pa.int64()) if name in {"moment", "received"} else batch.column(name) for name in batch.schema.names]
    return [tuple(map(repr, row)) for row in zip(*(column.to_pylist() for column in columns), strict=True)]


@pytest.mark.parametrize("seed", range(5))
def test_row_by_row_and_as_columns_the_same_is_left_marked_and_counted(seed: int) -> None:
    rng, few, many = random.Random(seed), Sieve(Recent(), Counts(), Gate()), Sieve(Recent(), Counts(), Gate())
    few.per_minute = many.per_minute = 150
    for _ in range(40):
        sent, said, told = drawn(rng), Outcome(), Outcome()
        left, marks = few.few(sent, said)
        batch, others = many.many(batch_of_sent(sent), told)
        assert rows_of(batch_of_sent(left)) == rows_of(batch)
        assert (said, sorted(marks)) == (told, sorted(others))
        few.counts.took_few(left)
        many.counts.took(batch)
    assert (few.counts.devices, few.counts.streams) == (many.counts.devices, many.counts.streams)
    assert few.newest == many.newest
    assert few.counts.devices[1].duplicates and few.counts.devices[1].disordered


def test_a_mark_is_the_same_by_itself_and_in_a_column() -> None:
    sent = [one for seed in range(5) for one in drawn(random.Random(seed))]
    assert [mark_of(one) for one in sent] == marks_of(batch_of_sent(sent)).tolist()
    counted = [one for one in sent if one.sequence != NO_SEQUENCE]
    assert [mark_of_sequence(one) for one in counted] == marks_of_sequences(batch_of_sent(counted)).tolist()


@pytest.mark.parametrize("number", [1, FEW, FEW + 1])
def test_few_and_many_come_over_the_line_as_they_were_handed_in(number: int) -> None:
    sent = (drawn(random.Random(1)) * FEW)[:number]
    came = unpacked(packed(sent))
    assert isinstance(came, list) == (number <= FEW)
    assert rows_of(batch_of_sent(came) if isinstance(came, list) else came) == rows_of(batch_of_sent(sent))
