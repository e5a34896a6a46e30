"""Whose readings are to be forgotten, for everybody who reads the journal: what had come before that is read as if it were not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hexi.core.sensing.models import ForgottenKey

Marks = Mapping[str, int]


def marks() -> Marks:
    """Each key that was to be forgotten, and up to which moment of receipt."""
    return dict(ForgottenKey.objects.values_list("key", "before"))


def without_forgotten(table: pa.Table, known: Marks) -> pa.Table:
    """Without readings of whom was to be forgotten after they had come."""
    if not known:
        return table
    keys = pc.dictionary_encode(table.column("key").combine_chunks())
    limits = np.array([known.get(key, -1) for key in keys.dictionary.to_pylist()], dtype=np.int64)[keys.indices.to_numpy()]
    stay = table.column("received").cast(pa.int64()).to_numpy() > limits
    return table if stay.all() else table.filter(pa.array(stay))


def without_keys(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Without what was measured of these keys."""
    return table.filter(pc.invert(pc.is_in(table.column("key"), value_set=pa.array(keys, pa.string()))))
