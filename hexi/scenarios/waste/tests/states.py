"""Which step is open in which states, and to which party: written down a second time, on purpose, without a look at the machine."""

from __future__ import annotations

from collections.abc import Mapping

LEGAL: Mapping[str, tuple[tuple[str, ...], str]] = {
    "begin_draft": (("planned",), "producer"), "fill_draft": (("draft",), "producer"), "load": (("draft",), "producer"),
    "sign_producer": (("draft",), "producer"), "drop": (("planned", "draft"), "producer"), "take_over": (("signed",), "carrier"),
    "name_next": (("carried",), "carrier"), "hand_on": (("carried",), "next_carrier"), "arrive": (("carried",), "carrier receiver"),
    "accept": (("arrived",), "receiver"), "accept_part": (("arrived",), "receiver"), "refuse": (("arrived",), "receiver"),
    "take_back": (("refused",), "producer"), "take_back_part": (("partly", "stored", "treated", "passed_on"), "producer"),
    "hold": (("accepted", "partly"), "receiver"), "treat_part": (("accepted", "partly", "stored"), "receiver"),
    "treat": (("accepted", "partly", "stored"), "receiver"), "close": (("treated", "passed_on"), "receiver"),
    "ask_revision": (("signed", "carried", "arrived", "accepted", "partly", "refused", "stored", "treated", "passed_on"), "signer"),
}  # fmt: skip
STATES = {
    "planned", "draft", "signed", "carried", "arrived", "accepted", "partly", "refused", "stored", "treated", "passed_on", "closed",
    "returned", "cancelled",
}  # fmt: skip
