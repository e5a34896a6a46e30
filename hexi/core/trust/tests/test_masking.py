"""What masked values look like."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.trust.api import masked

PERSONAL = [
    ("张三", "text", "张*"), ("欧阳小明", "text", "欧***"), ("阿依古丽·买买提", "name", "阿***"), ("Zhang Wei", "name", "Z***"), ("张", "name", "张*"),
    ("13812341234", "text", "138****1234"), ("+86 13812341234", "text", "86138****1234"),
    ("022-28301234", "text", "022****1234"), ("123", "phone", "***"),
    ("120103194911010012", "text", "120103********0012"), ("12010319491101001X", "text", "120103********001X"),
    ("120103491101001", "text", "120103*****1001"),
    ("天津市河西区天塔街道气象台路1号", "text", "天津市河西区天塔街道****"), ("河西区珠江道38号", "text", "河西区****"), ("谊景里3号楼2门501", "text", "***"),
    ("高血压，二级", "longtext", "***"), ("a note", "text", "***"),
    ("12010300800101001", "place", "120103008"), (date(1949, 10, 1), "day", "1949"),
    (datetime(1949, 10, 1, 8, 0, tzinfo=UTC), "moment", "1949"),
    (87, "number", None), (Decimal("3000.00"), "money", None), (True, "flag", None), ("high", "choice", None),
    (12, "reference", None), (5, "file", None),
]  # fmt: skip
SENSITIVE = [
    ("张三", "text", "**"), ("13812341234", "text", "*******1234"), ("120103194911010012", "text", "1****************2"),
    ("天津市河西区天塔街道气象台路1号", "text", "天津市河西区****"), ("12010300800101001", "place", "120103"), (date(1949, 10, 1), "day", None),
    ("高血压", "longtext", "**"),
]  # fmt: skip


@pytest.mark.parametrize("value, kind, shown", PERSONAL)
def test_personal_values_keep_their_shape(value: Any, kind: str, shown: Any) -> None:
    assert masked(value, kind, "personal") == shown


@pytest.mark.parametrize("value, kind, shown", SENSITIVE)
def test_sensitive_values_keep_less(value: Any, kind: str, shown: Any) -> None:
    assert masked(value, kind, "sensitive") == shown


@pytest.mark.parametrize("privacy", ["open", "internal"])
def test_other_classes_show_nothing_when_they_are_hidden(privacy: Any) -> None:
    assert masked("张三", "text", privacy) is None


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_stays_nothing(value: Any) -> None:
    assert masked(value, "text", "personal") is None


@given(
    st.text(min_size=5, max_size=60),
    st.sampled_from(["text", "longtext", "name", "phone", "id_number", "address"]),
    st.sampled_from(["personal", "sensitive"]),
)
def test_no_text_comes_out_whole(value: str, kind: str, privacy: Any) -> None:
    shown = masked(value, kind, privacy)
    assert shown is None or (shown != value and "*" in shown)
