"""What officials do with a door that is gone from the lists: say which one took over, so that nothing hangs on a dead code."""

from __future__ import annotations

from hexi.core.data.actions import Change
from hexi.core.data.addresses.models import AddressLine
from hexi.core.data.forms import Form, question
from hexi.core.space.api import succeed_door
from hexi.kernel.declare import Action, Grant, MenuItem
from hexi.kernel.label import t

KEY = "data.addressline"
MENDERS = ("data_steward", "street_staff")


class Succeeds(Form):
    """The door that took over."""

    place: str = question(t("接替楼门", "doorway that took over"), place=True)


def succeed(change: Change) -> AddressLine:
    """From now on the chosen door answers for the one that is gone."""
    line: AddressLine = change.record
    succeed_door(line.place, change.answers.place, why=change.why)
    change.save(line, successor=change.answers.place, change="renamed")
    return line


ACTIONS = (
    Action(
        "succeed", t("指定接替楼门", "say which door took over"), KEY, succeed, Succeeds, MENDERS, when=AddressLine.change == "gone",
        needs_reason=True, primary=True,
    ),
)  # fmt: skip
GRANTS = (
    Grant("data_steward", KEY, ("read", "import", "export"), reach="everywhere"),
    Grant("street_staff", KEY, ("read", "import", "export")),
    Grant("community_worker", KEY, ("read", "export")),
    Grant("grid_worker", KEY, ("read",)),
)
MENU = (MenuItem("addresses", t("地址名册", "address lists"), entity=KEY),)
