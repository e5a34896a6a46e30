"""Signatures: what each covers, its canonical document, its place in the chain, and whether a chain still holds."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hexi.kit import Change, Invalid, Problem, PublicDocument, district_calendar, plain, t
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest, Revision, Signature
from hexi.scenarios.waste.parties import acts_for, way_of
from hexi.scenarios.waste.rules import row_of

Document = dict[str, Any]
PRODUCER = ("stream", "code", "name", "producer", "carrier", "receiver", "national_number", "packages", "shipped_kg", "paper")
CARRIER = ("plate", "crew", "picked_at", "carrier")
RECEIVER = ("received_kg", "refused_kg", "received_at")
WEIGHTS, SALT = ("shipped_kg", "received_kg", "refused_kg", "returned_kg"), 16
COVERS: Mapping[str, tuple[str, ...]] = {
    "sign_producer": PRODUCER, "take_over": CARRIER, "hand_on": CARRIER, "arrive": ("arrived_at",), "accept": RECEIVER,
    "accept_part": RECEIVER, "refuse": RECEIVER, "take_back": ("returned_kg",), "corrected": (), "consent": (),
}  # fmt: skip
"""The fields that each signature seals, beside all that was sealed before it."""
REPEATED = frozenset({"carrier", "plate", "crew", "picked_at", "returned_kg"})
"""What a later signature of its kind may set anew: each handover names its carrier and vehicle, each return adds up."""


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature about to be made: which, as whom, for which firm, and the time of the device."""

    step: str
    role: str
    firm: Firm | None
    device_at: datetime | None = None
    by: str = ""
    way: str = ""
    content: Document | None = None


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as bytes, the same for the same content: keys in order, no spaces, UTF-8."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical document, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def sealed_fields(signatures: Iterator[Signature] | list[Signature]) -> set[str]:
    """The fields that the signatures made so far hold fast."""
    return {name for one in signatures for name in COVERS[one.step]}


def document_of(row: Manifest, names: set[str]) -> Document:
    """These fields of the manifest, and what it loads, as JSON carries them."""
    loads = [{"lot": load.lot_id, "parent": load.parent_id, "kg": f"{load.kg:.3f}"} for load in row.loads.order_by("pk")]
    return {"loads": loads, **{name: said_of(row, name) for name in sorted(names)}}


def said_of(row: Manifest, name: str) -> Any:
    """The field as documents carry it: kilograms with three places, references by number."""
    value = plain(getattr(row, row._meta.get_field(name).attname))
    return f"{getattr(row, name):.3f}" if name.endswith("_kg") and value is not None else value


def sign(change: Change, row: Manifest, one: Signing) -> Signature:
    """Add a signature to the chain. Raises Invalid where the device's time cannot be."""
    before = list(row.signatures.order_by("seq"))
    paper = one.way == "paper"
    at, offline = device_time(change, one.device_at, before[-1].device_at if before else None if paper else row.created_at, paper=paper)
    content = one.content or document_of(row, sealed_fields(before) | set(COVERS[one.step]))
    signing = replace(one, device_at=at, by=one.by or change.viewer.name, way=one.way or way_of(change.viewer, one.firm), content=content)
    made = linked(row, signing, len(before) + 1, before[-1].seal if before else "", change.context.now)
    made.account, made.offline = change.viewer.account, offline
    made.seal = seal_of(made)
    made.extract = extract_of(row, made, secrets.token_hex(SALT))
    change.add(made)
    change.says(made, paper_of(made))
    if any((told.entity, told.object_id) == ("waste.manifest", row.pk) for told in change.happenings):
        change.amend(row, last_seal=made.seal)
    else:
        change.save(row, last_seal=made.seal)
    return made


def linked(row: Manifest, one: Signing, seq: int, previous: str, now: datetime) -> Signature:
    """The next link of a chain, not yet saved; `one` says everything."""
    content = one.content or {}
    made = Signature(
        manifest=row, seq=seq, step=one.step, role=one.role, firm=one.firm, by=one.by, way=one.way, device_at=one.device_at, server_at=now,
        document=content, document_hash=digest(content), previous_hash=previous, parties=row.parties,
    )  # fmt: skip
    made.seal = seal_of(made)
    return made


def extract_of(row: Manifest, one: Signature, salt: str) -> Document:
    """What the public may see of a signature: neither firms nor people. The salt keeps its hash in the log from being guessed."""
    kg = {name: one.document[name] for name in WEIGHTS if one.document.get(name)}
    return {
        "manifest": row.number, "seq": one.seq, "step": one.step, "role": one.role, "stream": row.stream, "code": row.code,
        "name": row.name, **kg, "signed_at": plain(one.device_at), "received_at": plain(one.server_at), "offline": one.offline,
        "way": one.way, "seal": one.seal, "previous": one.previous_hash, "salt": salt,
    }  # fmt: skip


def paper_of(one: Signature) -> PublicDocument:
    """The extract as the public log speaks of it: by its hash."""
    return PublicDocument("waste.signature", hashlib.sha256(canonical(one.extract)).digest())


def device_time(change: Change, said: datetime | None, last: datetime | None, *, paper: bool = False) -> tuple[datetime, bool]:
    """The time at which the device says that it was signed, and whether that was without a network.

    `last` is when it was signed before, or begun: nobody signs earlier. On paper it was begun before the platform knew of it.
    """
    now = change.context.now
    row = row_of("device_minutes", now.date()) or {"ahead": 0, "offline_after": 0}
    at = said or now
    if at.tzinfo is None:  # a form without a zone speaks of the district's own clock
        at = at.replace(tzinfo=ZoneInfo(district_calendar().zone))
    if at > now + timedelta(minutes=row["ahead"]):
        raise Invalid(
            [Problem("device_at", t("设备时间晚于当前时间，请校准设备后重签", "The device's clock runs ahead: set it and sign again"))]
        )
    if last and at + timedelta(minutes=row["ahead"]) < last:
        earlier = t("签署时间早于上一签署或联单建立，请核对设备时间", "This is before the last signature or the manifest: check the device's clock")
        raise Invalid([Problem("device_at", earlier)])
    return at, not paper and now - at > timedelta(minutes=row["offline_after"])


def chain_faults(row: Manifest) -> list[str]:
    """What does not hold: a broken link, a changed document, a sealed field changed without consent. Empty for a sound chain."""
    faults, previous = list[str](), ""
    known: Document = {}
    corrected = Revision.objects.filter(manifest=row, stage="agreed", kind="correct")
    agreed = {(one.item, one.was, one.should_be) for one in corrected}  # a field may be set right, back, and right again
    signatures = list(row.signatures.order_by("seq"))
    for number, one in enumerate(signatures, 1):
        if one.seq != number or one.previous_hash != previous:
            faults.append(f"signature {number}: does not follow the one before")
        if digest(one.document) != one.document_hash or seal_of(one) != one.seal:
            faults.append(f"signature {number}: its content was changed")
        if one.step != "consent":
            faults += _changed(known, one, agreed)
            known |= one.document
        previous = one.seal
    return [*faults, *_drifted(row, known)]


def seal_of(one: Signature) -> str:
    """The hash of a signature: of all that it says, its document's hash and the one before among it."""
    return digest({
        "manifest": one.manifest_id, "seq": one.seq, "step": one.step, "role": one.role, "firm": one.firm_id, "by": one.by,
        "account": one.account, "way": one.way, "device_at": plain(one.device_at), "server_at": plain(one.server_at),
        "document_hash": one.document_hash, "previous_hash": one.previous_hash,
    })  # fmt: skip


def _changed(known: Document, one: Signature, agreed: set[tuple[str, str, str]]) -> Iterator[str]:
    free = REPEATED & set(COVERS[one.step])
    for name, value in known.items():
        now = one.document.get(name)
        consented = one.step == "corrected" and (name == "loads" or (name, str(value), str(now)) in agreed)
        if now != value and name not in free and not consented:
            yield f"signature {one.seq}: {name} was sealed as {value!r} and is now {now!r}"


def _drifted(row: Manifest, known: Document) -> Iterator[str]:
    now = document_of(row, set(known) - {"loads"})
    yield from (f"{name} is {now[name]!r}, sealed as {value!r}" for name, value in known.items() if now[name] != value)


def must_act_for(change: Change, firm: Firm | None, what: str) -> Firm:
    """The firm, if the viewer speaks for it. Raises Invalid."""
    if firm is None or not acts_for(change.viewer, firm):
        raise Invalid([Problem(what, t("您不代表该单位，不能替它签署", "You do not speak for this firm and cannot sign for it"))])
    return firm
