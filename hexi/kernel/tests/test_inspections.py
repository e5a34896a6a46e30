"""An administrative inspection is carried out by roles that are licensed for it, and by nobody else."""

import pytest

from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import Catalogue
from hexi.kernel.declare import Role, Room
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step

LABEL = t("检查", "inspection")


def closed(opener: str, taker: str, *, inspects: bool = True) -> None:
    life = Lifecycle(
        "visit", LABEL, "state", "open", (State("open", LABEL, phase="new"), State("shut", LABEL, final=True, phase="closed")),
        (Step("shut", LABEL, ("open",), "shut", by=(taker,)),),
    )  # fmt: skip
    kind = CaseType("site_check", LABEL, life, opened_by=(opener,), inspects=inspects)
    roles = (Role("grid_worker", LABEL), Role("enforcer", LABEL, inspects=True), Role("platform", LABEL), Role("public", LABEL))
    catalogue = Catalogue()
    catalogue.register(Room("sample", LABEL, roles=roles, case_types=(kind,)))
    catalogue.close()


def test_an_inspection_by_licensed_roles_fits() -> None:
    closed("enforcer", "enforcer")


@pytest.mark.parametrize(("opener", "taker"), [("grid_worker", "enforcer"), ("enforcer", "grid_worker")])
def test_an_inspection_that_an_unlicensed_role_opens_or_carries_on_stops_the_start(opener: str, taker: str) -> None:
    with pytest.raises(DeclarationError, match=r"site_check is an administrative inspection, which .'grid_worker'. may not carry out"):
        closed(opener, taker)


def test_what_is_no_inspection_is_open_to_everybody() -> None:
    closed("grid_worker", "grid_worker", inspects=False)
