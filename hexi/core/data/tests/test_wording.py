"""Faults that pydantic finds are said in the reader's language alone."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from hexi.core.data.wording import problem_words


class Asked(BaseModel):
    whole: int = 0
    size: float = 0
    sum: Annotated[Decimal, Field(max_digits=4, decimal_places=2)] = Decimal(0)
    text: Annotated[str, Field(pattern="^a$")] = "a"
    flag: bool = False
    day: date = date(2025, 1, 1)
    moment: datetime | None = None
    many: Annotated[list[int], Field(min_length=1, max_length=2)] = [1]
    kind: Literal["a", "b"] = "a"
    more: dict[str, int] = {}
    below: Annotated[int, Field(lt=5)] = 0


WRONG = [
    ("whole", "x"), ("whole", []), ("whole", 1.5), ("whole", "1" * 5000), ("size", "x"), ("size", None), ("sum", "x"), ("sum", "123.456"),
    ("sum", "12345"), ("sum", "NaN"), ("text", "b"), ("text", 5), ("flag", "x"), ("day", "x"), ("day", []), ("moment", "x"), ("many", "x"),
    ("many", []), ("many", [1, 2, 3]), ("kind", "c"), ("more", 1), ("below", 9),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda given: str(given)[:20])
def test_every_fault_is_said_in_both_languages_and_says_what_is_wanted(name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Asked.model_validate({name: value})
    for error in caught.value.errors():
        said = problem_words(error)
        assert not re.search(r"[A-Za-z]{4,}", said.zh.replace("true", "").replace("false", "").replace("JSON", "")), said.zh
        assert not re.search(r"[\u4e00-\u9fff]|Input", said.en), said.en
        assert "{" not in said.zh + said.en
        assert "格式不对" not in said.zh and "API" not in said.en, "the general words are for what nobody foresaw"
