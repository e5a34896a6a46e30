"""Corrections and cancellations: what was signed changes only when every firm that signed consents."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

from hexi.kit import Action, Change, Form, Invalid, Problem, Refused, parsed, question, registers, t
from hexi.scenarios.waste.checks import check_trip, check_weight, local_day, must_be_numbered
from hexi.scenarios.waste.mass import move, put_back, take
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest, Revision
from hexi.scenarios.waste.parties import CONCERNED, CONSENTING, FIRMS, OFFICE, ONLY_SIGNERS, SIGNERS, acts_for, asked_for, signers_of
from hexi.scenarios.waste.sealing import Signing, document_of, said_of, sealed_fields, sign
from hexi.scenarios.waste.words import REVISED, REVISIONS

VOIDABLE = ("signed", "carried", "arrived")
REVISABLE = (*VOIDABLE, "accepted", "partly", "refused", "stored", "treated", "passed_on")
WEIGHED = ("accepted", "partly", "stored")


class Kind(StrEnum):
    CORRECT, CANCEL = "correct", "cancel"


class Item(StrEnum):
    NONE, PLATE, PACKAGES, NATIONAL_NUMBER, SHIPPED_KG, RECEIVED_KG = "", *(key for key, _ in REVISED)


class Asked(Form):
    """What should change; a cancellation names no field."""

    kind: Kind = question(t("种类", "kind"), options=REVISIONS)
    item: Item = question(t("更正项目", "field"), Item.NONE, options=(("", t("无", "none")), *REVISED))
    should_be: str = question(t("应为", "should be"), "", max_length=200)


def ask_revision(change: Change) -> Revision:
    """A firm that signed asks for a change; its own consent goes with it."""
    row, given = change.record, change.answers
    signers = signers_of(row)
    firm = _speaks_for(change, signers)
    if row.revisions.filter(stage="open").exists():
        raise Invalid([Problem("kind", t("已有一项申请待处理", "Another one waits already"))])
    was, should_be = ("", "") if given.kind is Kind.CANCEL else _values(row, given)
    if given.kind is Kind.CANCEL and row.state not in VOIDABLE:
        raise Invalid(
            [Problem("kind", t("接受人确认后不能作废，只能更正", "After the receiver's word it can be corrected, not cancelled"))]
        )
    change.save(row)
    made = change.create(
        Revision, manifest=row, kind=given.kind.value, item=given.item.value if was or should_be else "", was=was, should_be=should_be,
        reason=change.why, asked_by=firm, needed=sorted(one.pk for one in signers), given=[], stage="open", parties=row.parties,
    )  # fmt: skip
    _consented(change, made, firm)
    return made


def _speaks_for(change: Change, firms: list[Firm]) -> Firm:
    found = next((one for one in firms if acts_for(change.viewer, one)), None)
    if found is None:
        raise Invalid([Problem("kind", ONLY_SIGNERS)])
    return found


def _values(row: Manifest, given: Asked) -> tuple[str, str]:
    """What the field says, and what it should say, both as documents carry them. Raises Invalid."""
    sealed = document_of(row, sealed_fields(list(row.signatures.all())))
    if given.item.value not in sealed:
        raise Invalid([Problem("item", t("该项尚未签署，不需要更正程序", "Nobody has signed this field yet"), value=given.item.value)])
    value = _parsed(given.item.value, given.should_be)
    should_be = f"{value:.3f}" if isinstance(value, Decimal) else str(value)
    was = str(sealed[given.item.value])
    if was == should_be:
        raise Invalid([Problem("should_be", t("与现值相同", "This is what it says"), value=should_be)])
    return was, should_be


def _parsed(item: str, said: str) -> Any:
    try:
        value = parsed(registers()["waste.manifest"].fields[item], said)
    except Refused as error:
        raise Invalid([Problem("should_be", error.message, value=said)]) from error
    if value in (None, "") or (isinstance(value, Decimal) and value <= 0):
        raise Invalid([Problem("should_be", t("请填写应为的内容", "Say what it should be"), value=said)])
    return value


def consent(change: Change) -> Revision:
    """One more firm consents; with the last of them it is done."""
    asked: Revision = change.record
    _consented(change, asked, _speaks_for(change, asked_for(asked, still=True)))
    return asked


def object_to(change: Change) -> Revision:
    """One firm does not consent: nothing changes."""
    asked: Revision = change.record
    _speaks_for(change, asked_for(asked, still=False))
    change.save(asked, stage="refused")
    return asked


def _consented(change: Change, asked: Revision, firm: Firm) -> None:
    row = Manifest.objects.get(pk=asked.manifest_id)
    _must_be_as_asked(row, asked)
    content = {"revision": asked.pk, "kind": asked.kind, "item": asked.item, "was": asked.was, "should_be": asked.should_be}
    sign(change, row, Signing("consent", role_of(row, firm), firm, content=content))
    given = [*asked.given, firm.pk]
    done = set(asked.needed) <= set(given)
    change.save(asked, given=given, stage="agreed" if done else "open", **_who(asked.needed, given))
    if done:
        _take_effect(change, row, asked, firm)


def _who(needed: list[int], given: list[int]) -> dict[str, str]:
    """By name, who has consented and for whom it waits."""
    called = dict(Firm.objects.filter(pk__in=needed).values_list("pk", "name"))
    names = [(pk in given, called[pk]) for pk in needed if pk in called]
    return {word: "、".join(name for has, name in names if has == wanted) for word, wanted in (("consented", True), ("awaited", False))}


def _must_be_as_asked(row: Manifest, asked: Revision) -> None:
    """Who consents to a change of the first vehicle has not consented to one of the second, which signed since. Raises Invalid."""
    if asked.kind == Kind.CORRECT and str(said_of(row, asked.item)) != asked.was:
        anew = t("该项在申请之后已重新签署，请先不同意本申请，再按现值申请", "It was signed anew since: object to this, and ask again")
        raise Invalid([Problem("item", anew, value=str(said_of(row, asked.item)))])


def role_of(row: Manifest, firm: Firm) -> str:
    """As what the firm takes part in the manifest."""
    return "producer" if firm.pk == row.producer_id else "receiver" if firm.pk == row.receiver_id else "carrier"


def _take_effect(change: Change, row: Manifest, asked: Revision, firm: Firm) -> None:
    if asked.kind == Kind.CANCEL:
        _void(change, row)
        return
    before = getattr(row, asked.item)
    value = _parsed(asked.item, asked.should_be)
    change.save(row, **{asked.item: value})
    if asked.item == "shipped_kg":
        _shipped(change, row, value - before)
    elif asked.item == "received_kg":
        _received(change, row, value - before)
    elif asked.item == "plate":
        check_trip(change, row)
    elif asked.item == "national_number":
        must_be_numbered(row, local_day(change))
    content = document_of(row, sealed_fields(list(row.signatures.all())))
    sign(change, row, Signing("corrected", role_of(row, firm), firm, content=content))


def _void(change: Change, row: Manifest) -> None:
    """As if it had not been: what was on the road is with the producer again. Raises Invalid where a step came in between."""
    if row.state not in VOIDABLE:
        raise Invalid([Problem("kind", t("联单状态已变，不能作废", "The manifest has gone on and cannot be cancelled"))])
    if row.state != "signed":
        for load in row.loads.select_related("lot").order_by("pk"):
            move(change, "road", "store", load.kg, firm=row.producer, manifest=row, lot=load.lot)
    put_back(change, row)
    change.save(row, state="cancelled")


def _shipped(change: Change, row: Manifest, more: Decimal) -> None:
    """More or less left the producer than was said: storage, road and, once weighed, the difference follow."""
    if row.state == "refused":
        raise Invalid([Problem("should_be", t("请先办理退回，再更正移出数量", "Take it back first: it is to be weighed again"))])
    first = row.loads.order_by("-kg", "pk").first()
    if first is None or first.kg + more <= 0:
        raise Invalid([Problem("should_be", t("更正量超出装载的批次", "No load can take such a change"))])
    take(change, first, more)
    change.save(first, kg=first.kg + more)
    if row.state != "signed":
        move(change, "store", "road", more, firm=row.producer, manifest=row, lot=first.lot)
    if row.state not in VOIDABLE:
        move(change, "road", "gap", more, manifest=row)
        check_weight(change, row)


def _received(change: Change, row: Manifest, more: Decimal) -> None:
    """The receiver's scale was wrong: what is not treated or passed on yet can be set right."""
    if row.state not in WEIGHED or row.held_kg + more < 0:
        raise Invalid([Problem("should_be", t("已利用处置或转出的数量不能更正", "What is treated or passed on cannot be corrected"))])
    change.amend(row, held_kg=row.held_kg + more)
    move(change, "gap", "store", more, firm=row.receiver, manifest=row)
    check_weight(change, row)


ACTIONS = (
    Action("ask_revision", t("申请更正/作废", "ask to correct or cancel"), "waste.manifest", ask_revision, Asked, by=(*FIRMS, OFFICE),
           when=Manifest.state.one_of(*REVISABLE), needs_reason=True, party=SIGNERS),
    Action("consent", t("同意", "consent"), "waste.revision", consent, by=(*FIRMS, OFFICE), when=Revision.stage == "open", primary=True,
           party=CONSENTING),
    Action("object_to", t("不同意", "object"), "waste.revision", object_to, by=(*FIRMS, OFFICE), when=Revision.stage == "open",
           needs_reason=True, party=CONCERNED),
)  # fmt: skip
