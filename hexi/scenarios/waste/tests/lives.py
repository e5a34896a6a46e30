"""Manifests driven through random steps, legal and illegal, against an independent table of what may happen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hexi.core.data.api import act
from hexi.core.trust.api import PostRecord, Viewer
from hexi.kit import ExactSum, HexiError, Invalid
from hexi.scenarios.waste.mass import balances
from hexi.scenarios.waste.models import Firm, Permit, StorageLot
from hexi.scenarios.waste.models_manifest import Load, Manifest, Movement, Revision, Signature
from hexi.scenarios.waste.sealing import chain_faults
from hexi.scenarios.waste.tests.states import LEGAL

OIL = "900-214-08"
ZERO = Decimal(0)
ROAD = ("carried", "arrived")
FIRMS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "maker": ("waste_producer", ("produces",), ""), "clinic": ("waste_producer", ("produces",), ""),
    "truck": ("waste_carrier", ("carries",), "transport"), "van": ("waste_carrier", ("carries",), "transport"),
    "store": ("waste_receiver", ("receives", "produces"), "operate"), "plant": ("waste_receiver", ("receives",), "operate"),
}  # fmt: skip
SEALED = ("code", "stream", "producer_id", "receiver_id", "national_number", "packages", "shipped_kg", "plate", "arrived_at", "received_kg",
          "refused_kg")  # fmt: skip
FROM = {"plate": ROAD, "arrived_at": ("arrived",), "received_kg": ("accepted",), "refused_kg": ("accepted",)}
ORDER = {state: number for number, state in enumerate(("planned", "draft", "signed", "carried", "arrived", "accepted"))}


def town() -> tuple[dict[str, Firm], dict[str, Viewer]]:
    """Two producers, two carriers, a temporary store and a plant, and somebody who acts for each."""
    firms, viewers = dict[str, Firm](), dict[str, Viewer]()
    for number, (name, (role, does, permit)) in enumerate(FIRMS.items(), 1):
        office = f"firm_{name}"
        firms[name] = Firm.objects.create(
            number=f"T-{name}", name=f"示例{name}", place="120103001003", office=office, **dict.fromkeys(does, True)
        )
        viewers[name] = Viewer(None, f"示例{name}", (PostRecord(number, role, "", office, (office,)),))
        if permit:
            Permit.objects.create(firm=firms[name], kind=permit, number=f"P-{name}", covers="HW08", valid_from=date(2000, 1, 1),
                                  valid_until=date(2090, 1, 1), office=office)  # fmt: skip
    return firms, viewers


@dataclass
class Lives:
    """A town whose manifests live at random; what breaks a rule raises AssertionError."""

    rng: random.Random
    firms: Mapping[str, Firm]
    viewers: Mapping[str, Viewer]
    seen: set[str] = field(default_factory=set[str])
    steps: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    numbers: int = 0

    def live(self, moves: int = 26) -> Manifest:
        """One manifest from its plan on, and whatever comes of it."""
        row = Manifest.objects.get(pk=self.born().pk)
        for _ in range(moves):
            self.seen.add(row.state)
            if row.state in {"closed", "returned", "cancelled"} and self.rng.random() < 0.7:
                break
            row = self.moved(row)
        self.check(row)
        return row

    def moved(self, row: Manifest) -> Manifest:
        """The manifest after one more move of its own, of a child's, or of an answer to what was asked."""
        if row.state == "stored" and self.rng.random() < 0.5:
            self.child_of(row)
        elif (asked := _asked(row)) and self.rng.random() < 0.8:
            self.answer(asked)
        else:
            return self.step(row)
        return Manifest.objects.get(pk=row.pk)

    def born(self) -> Manifest:
        maker = self.rng.choice(("maker", "clinic"))
        viewer, kg = self.viewers[maker], f"{self.rng.randint(1, 400000) / 1000:.3f}"
        lot = StorageLot.objects.filter(firm=self.firms[maker], left_kg__gt=0).order_by("-pk").first()
        if lot is None or self.rng.random() < 0.7:  # else two drafts want the same batch
            lot = act(viewer, "waste.storagelot", None, "store_lot", {"code": OIL, "kg": kg})
        to = {"receiver": self.firms[self.rng.choice(("plant", "store"))].pk, "carrier": self.firms["truck"].pk}
        row: Any = act(viewer, "waste.manifest", None, "plan_pickup", {"code": OIL, **to})
        if self.rng.random() < 0.8:  # most are loaded at once, so that signing has something to sign
            self.do(viewer, row, "begin_draft", {})
            self.do(viewer, row, "load", {"lot": lot.pk})
        return row

    def step(self, row: Manifest) -> Manifest:
        """Mostly a step that is open, by whoever may; else any step by anybody."""
        open_now = [key for key, (states, _) in LEGAL.items() if row.state in states and key not in {"drop", "ask_revision"}]
        rare = self.rng.random() < 0.12
        key = self.rng.choice(open_now) if open_now and self.rng.random() < 0.75 and not rare else self.rng.choice(list(LEGAL))
        if row.state in LEGAL["ask_revision"][0] and self.rng.random() < 0.08:
            key = "ask_revision"
        who = self.of(row, LEGAL[key][1]) if self.rng.random() < 0.8 else self.of(row, "producer receiver carrier")
        return self.tried(who, row, key, self.answers(row, key))

    def tried(self, who: str, row: Manifest, key: str, answers: dict[str, Any]) -> Manifest:
        """Take it; whatever is refused has a reason and changes nothing, whatever is taken was open to that party. The row as it is then."""
        before = self.picture(row)
        try:
            act(self.viewers[who], "waste.manifest", row.pk, key, answers, version=row.version, why="随机")
        except HexiError as error:
            self.worded(error, key)
            now = Manifest.objects.get(pk=row.pk)
            assert self.picture(now) == before, f"{key} was refused and changed something"
            return now
        states, party = LEGAL[key]
        assert row.state in states, f"{key} was taken in {row.state}"
        assert who in self.names(row, party), f"{key} was taken by {who}, who is no {party}"
        self.steps[key] += 1
        now = Manifest.objects.get(pk=row.pk)
        self.sealed_alike(row, now, key)
        return now

    def worded(self, error: HexiError, key: str) -> None:
        """A refusal says why."""
        assert str(error).strip(), f"{key} was refused without a word"
        assert not isinstance(error, Invalid) or all(one.message.zh and one.message.en for one in error.problems)
        self.refused[key] += 1

    def sealed_alike(self, before: Manifest, now: Manifest, key: str) -> None:
        """No field that a signature holds has changed by this step."""
        if ORDER.get(before.state, 9) < ORDER["signed"]:
            return
        for name in SEALED:
            since = FROM.get(name)
            held = since is None or ORDER.get(before.state, 9) >= ORDER[since[0]]
            free = (key == "hand_on" and name == "plate") or (key == "ask_revision" and _all_agreed(now))
            assert not held or free or getattr(before, name) == getattr(now, name), f"{key} changed {name}, which was sealed"

    def answer(self, asked: Revision) -> None:
        """Somebody consents or objects; the manifest changes with the last consent and never before."""
        row, who = asked.manifest, self.rng.choice(list(self.viewers))
        waiting = [name for name, firm in self.firms.items() if firm.pk in asked.needed and firm.pk not in asked.given]
        who = self.rng.choice(waiting) if waiting and self.rng.random() < 0.9 else who
        key = "consent" if self.rng.random() < 0.85 else "object_to"
        before = self.picture(row)
        try:
            act(self.viewers[who], "waste.revision", asked.pk, key, {}, version=asked.version, why="随机")
        except HexiError as error:
            self.worded(error, key)
        asked.refresh_from_db()
        if asked.stage != "agreed":
            assert self.picture(Manifest.objects.get(pk=row.pk), chain=False) == {**before, "signed": 0}, "changed without consent"
        else:
            assert set(asked.given) == set(asked.needed)
            self.steps[f"agreed_{asked.kind}"] += 1

    def child_of(self, row: Manifest) -> None:
        """Group or split what is in storage, and let the child live for a while."""
        others = (
            Manifest.objects.filter(state="stored", receiver=row.receiver, code=row.code).exclude(pk=row.pk).values_list("pk", flat=True)
        )
        parents = [row.pk, *list(others[:1])] if self.rng.random() < 0.4 else [row.pk]
        part = {"kg": str(row.held_kg / 2)} if len(parents) == 1 and self.rng.random() < 0.5 else {}
        to = {"receiver": self.firms["plant"].pk, "carrier": self.firms["truck"].pk}
        who = next(name for name, firm in self.firms.items() if firm.pk == row.receiver_id)
        try:
            child: Any = act(self.viewers[who], "waste.manifest", None, "regroup", {"parents": parents, **part, **to})
        except HexiError as error:
            self.worded(error, "regroup")
            return
        self.steps["regroup"] += 1
        child = Manifest.objects.get(pk=child.pk)
        for _ in range(14):
            child = self.step(child)

    def do(self, viewer: Viewer, row: Manifest, key: str, answers: dict[str, Any]) -> None:
        row.refresh_from_db()
        act(viewer, "waste.manifest", row.pk, key, answers, version=row.version)

    def answers(self, row: Manifest, key: str) -> dict[str, Any]:
        """Answers as people give them: mostly right, sometimes too much."""
        rng, shipped, held = self.rng, row.shipped_kg or Decimal(1), row.held_kg
        about = Decimal(rng.choice(("0.5", "0.97", "1", "1", "1.01")))
        self.numbers += 1
        correct = rng.choice(
            (("plate", "津B12345"), ("packages", "7"), ("shipped_kg", str(shipped * about)), ("received_kg", str(held * about + 1)))
        )
        made: dict[str, Callable[[], dict[str, Any]]] = {
            "fill_draft": lambda: {"national_number": f"2025120{self.numbers:07d}", "packages": rng.randint(1, 9)},
            "load": lambda: {"lot": _lot_for(row), **({"kg": "0.001"} if rng.random() < 0.3 else {})},
            "take_over": lambda: {"plate": f"津A{rng.randint(10000, 99999)}"}, "hand_on": lambda: {"plate": "津C00001"},
            "name_next": lambda: {"carrier": self.firms[rng.choice(("van", "truck"))].pk},
            "accept": lambda: {"received_kg": _grams(shipped * about)},
            "accept_part": lambda: {"received_kg": _grams(shipped / 2), "refused_kg": _grams(shipped / 3)},
            "treat": lambda: {"method": "D10"}, "treat_part": lambda: {"method": "R", "kg": _grams(held * about)},
            "ask_revision": lambda: {"kind": "cancel"} if rng.random() < 0.3 else {"kind": "correct", "item": correct[0], "should_be": correct[1][:9]},
        }  # fmt: skip
        return made.get(key, dict)()

    def of(self, row: Manifest, party: str) -> str:
        return self.rng.choice(sorted(self.names(row, party)) or list(self.viewers))

    def names(self, row: Manifest, party: str) -> set[str]:
        """The people of this party to the manifest."""
        if party == "signer":
            wanted = set(row.signatures.values_list("firm_id", flat=True))
        else:
            wanted = {getattr(row, f"{one}_id") for one in party.split()}
        return {name for name, firm in self.firms.items() if firm.pk in wanted}

    def picture(self, row: Manifest, *, chain: bool = True) -> dict[str, Any]:
        """All that a refused step must leave alone."""
        own = {
            f.name: getattr(row, f.attname) for f in Manifest._meta.concrete_fields if f.name not in {"version", "updated_at", "last_seal"}
        }
        drawn = list(Load.objects.filter(manifest=row).order_by("pk").values_list("lot__left_kg", "parent__held_kg", "kg"))
        return {**own, "loads": drawn, "signed": _newest(Signature) if chain else 0, "moved": _newest(Movement)}

    def check(self, row: Manifest) -> None:
        """The chain of this manifest holds, and its load on the road is what its state says."""
        row = Manifest.objects.get(pk=row.pk)
        faults = chain_faults(row)
        assert not faults, (faults, list(row.revisions.values("kind", "stage", "item", "was", "should_be")))
        on_road = balances(row.movements.all()).get(("road", row.pk), ZERO)
        assert on_road == _road(row), f"{row.state}: {on_road} on the road"

    def weigh(self) -> None:
        """Every kilogram is somewhere, once: what the ledger says lies with each firm lies in its batches and manifests."""
        held = balances(Movement.objects.all())
        assert sum(held.values(), ZERO) == 0
        assert -held.get(("outside", 0), ZERO) == _sum(StorageLot.objects.filter(back_from=None), "kg")
        for firm in self.firms.values():
            counted = _sum(StorageLot.objects.filter(firm=firm), "left_kg") + _sum(Manifest.objects.filter(receiver=firm), "held_kg")
            waiting = _sum(Manifest.objects.filter(producer=firm, state="signed"), "shipped_kg")
            assert held.get(("store", firm.pk), ZERO) == counted + waiting, f"{firm.name} holds something else than the ledger says"
        assert held.get(("done", 0), ZERO) == _sum(Manifest.objects.all(), "treated_kg")
        assert not StorageLot.objects.filter(left_kg__lt=0).exists()
        assert not Manifest.objects.filter(held_kg__lt=0).exists()
        assert all(kg >= 0 for (kind, _), kg in held.items() if kind in {"store", "road", "done"})


def _asked(row: Manifest) -> Revision | None:
    """What waits for consent; nothing before somebody signed."""
    return row.revisions.filter(stage="open").first() if row.signed_at else None


def _lot_for(row: Manifest) -> int:
    """A batch that could be loaded, or a number that may be none."""
    found = StorageLot.objects.filter(firm=row.producer_id, code=row.code, left_kg__gt=0).order_by("-pk")
    return found.values_list("pk", flat=True).first() or 1


def _newest(register: Any) -> int:
    """Whether a row came to be added, however many there are; that none was taken away, weigh() tells by the sums."""
    return register.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _road(row: Manifest) -> Decimal:
    if row.state in ROAD:
        return row.shipped_kg
    return (row.refused_kg or ZERO) - row.returned_kg if row.state != "cancelled" else ZERO


def _all_agreed(row: Manifest) -> bool:
    """Was the newest revision agreed by everybody whose consent it needs?"""
    newest = row.revisions.order_by("-pk").first()
    return newest is not None and newest.stage == "agreed" and set(newest.given) == set(row.signatures.values_list("firm_id", flat=True))


def _grams(kg: Decimal) -> str:
    return f"{kg:.3f}"


def _sum(rows: Any, name: str) -> Decimal:
    return rows.aggregate(found=ExactSum(name))["found"] or ZERO
