"""Whom a register is about is said whole, or not at all."""

from __future__ import annotations

import pytest

from hexi.kernel.catalogue import Catalogue
from hexi.kernel.concerned import Concerns, People
from hexi.kernel.declare import Room
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t


def test_the_row_itself_or_another_over_references() -> None:
    assert Concerns().lookup == "pk" and Concerns("population.resident", "call.resident").lookup == "call__resident"


@pytest.mark.parametrize("half", [("population.resident", ""), ("", "call.resident")])
def test_half_a_way_is_refused(half: tuple[str, str]) -> None:
    with pytest.raises(DeclarationError, match="say both"):
        Concerns(*half)


def test_people_of_no_register_are_named_at_start() -> None:
    found = Catalogue()
    found.register(Room("works", t("工程", "works"), people=(People("works.nobody", lambda _: (), lambda _: ()),)))
    with pytest.raises(DeclarationError, match=r"people= of 'works\.nobody': that is no entity"):
        found.close()
