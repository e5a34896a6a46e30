"""Before anybody signs: a pick-up is planned, a draft filled, loads put on and off; a child is grouped or split from what is in storage."""

from __future__ import annotations

from decimal import Decimal

from hexi.kit import Action, Change, Form, Invalid, Problem, question, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import must_be_listed
from hexi.scenarios.waste.models import CollectionRun, Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Load, Manifest
from hexi.scenarios.waste.parties import (
    CARRIER,
    DRIVER,
    HAULIER,
    OFFICE,
    PRODUCER,
    PRODUCERS,
    RECEIVER,
    RECEIVERS,
    SENDER,
    carries_for,
    crews_of,
    parties_of,
)
from hexi.scenarios.waste.rules import catalogue
from hexi.scenarios.waste.sealing import must_act_for
from hexi.scenarios.waste.steps import MOST_KG
from hexi.scenarios.waste.storage import ForFirm, Stream, firm_of
from hexi.scenarios.waste.words import kilos

MOST_PARENTS = 40
RECEIVING, CARRYING, STORED = ("receives:eq:true",), ("carries:eq:true",), ("state:eq:stored",)
IN_STORE = ("left_kg:gt:0",)
OWN_BATCHES = (*IN_STORE, "firm:eq:$record.producer", "code:eq:$record.code", "stream:eq:$record.stream")


class PickUp(ForFirm):
    """A pick-up that is wanted."""

    stream: Stream = question(t("废物种类", "stream"), Stream.HAZARDOUS, options=words.STREAMS)
    code: str = question(t("废物代码", "code"), min_length=2, max_length=20, picks="waste.codes")
    expected_kg: Decimal | None = question(t("预计数量（千克）", "expected, kg"), None, gt=0, le=MOST_KG, decimal_places=3)
    receiver: int | None = question(t("接受人", "receiver"), None, reference="waste.firm", among=RECEIVING)
    carrier: int | None = question(t("承运人", "carrier"), None, reference="waste.firm", among=CARRYING)


class Filling(Form):
    """What of a draft may be changed; it begins with what stands there, and what is left empty stays."""

    national_number: str = question(
        t("国家系统联单号", "number of the national system"), "", max_length=20, suggested="national_number",
        help=t("危险废物：14 位，在国家系统取号", "hazardous waste: 14 digits, given by the national system"),
    )  # fmt: skip
    packages: int | None = question(t("包装件数", "packages"), None, ge=0, le=10**6, suggested="packages")
    receiver: int | None = question(t("接受人", "receiver"), None, reference="waste.firm", among=RECEIVING, suggested="receiver")
    carrier: int | None = question(t("承运人", "carrier"), None, reference="waste.firm", among=CARRYING, suggested="carrier")
    crew: str = question(t("车组", "crew"), "", picks="waste.crews", max_length=60, suggested="crew")
    note: str = question(t("备注", "note"), "", widget="textarea", max_length=2000, suggested="note")


class Loaded(Form):
    """So much of a batch."""

    lot: int = question(t("贮存批次", "batch"), reference="waste.storagelot", among=OWN_BATCHES)
    kg: Decimal | None = question(t("数量（千克，不填为全部）", "kg, all of it when empty"), None, gt=0, le=MOST_KG, decimal_places=3)


class Unloaded(Form):
    """What is taken off again."""

    load: int = question(t("装载", "load"), reference="waste.load", among=("manifest:eq:$record.id",))


class Grouped(Form):
    """From which manifests in temporary storage, and how much: one of some is a split, all of several a grouping."""

    parents: list[int] = question(
        t("暂存联单", "manifests in storage"), reference="waste.manifest", among=STORED, min_length=1, max_length=MOST_PARENTS
    )
    kg: Decimal | None = question(t("数量（千克，不填为全部）", "kg, all of it when empty"), None, gt=0, le=MOST_KG, decimal_places=3)
    receiver: int = question(t("接受人", "receiver"), reference="waste.firm", among=RECEIVING)
    carrier: int = question(t("承运人", "carrier"), reference="waste.firm", among=CARRYING)


class NextCarrier(Form):
    """Who carries on."""

    carrier: int = question(t("下一承运人", "next carrier"), reference="waste.firm", among=CARRYING)


def plan_pickup(change: Change) -> Manifest:
    """A pick-up is wanted; nothing is signed."""
    given = change.answers
    firm = firm_of(change, given.firm, produces=True)
    must_be_listed(given.stream.value, given.code)
    receiver, carrier = firm_that(given.receiver, "receives"), firm_that(given.carrier, "carries")
    return made(change, firm, given.code, given.stream.value, expected_kg=given.expected_kg, receiver=receiver, carrier=carrier)


def made(change: Change, firm: Firm, code: str, stream: str, state: str = "planned", **more: object) -> Manifest:
    """A new manifest with its number here."""
    known = catalogue().get(code)
    row: Manifest = change.create(
        Manifest, state=state, stream=stream, code=code, name=known.name.zh if known else code, producer=firm, place=firm.place, **more
    )
    change.amend(row, number=f"HX{change.context.now:%Y}-{row.pk:06d}", parties=parties_of(row))
    return row


def firm_that(number: int | None, does: str) -> Firm | None:
    """The firm of this number, if it does such a thing; None without a number. Raises Invalid."""
    if number is None:
        return None
    found = Firm.objects.filter(pk=number, **{does: True}).first()
    if found is None:
        raise Invalid([Problem("receiver" if does == "receives" else "carrier", t("该单位不从事此项业务", "This firm does no such thing"))])
    return found


def begin_draft(change: Change) -> None:
    """Carrier and receiver are known from here on."""
    row: Manifest = change.record
    must_act_for(change, row.producer, "producer")
    _must_do(row)
    change.amend(row, parties=parties_of(row))


def fill_draft(change: Change) -> Manifest:
    """What of a draft is still open."""
    row, given = change.record, change.answers
    must_act_for(change, row.producer, "producer")
    said = {
        name: getattr(given, name) for name in ("national_number", "packages", "crew", "note") if getattr(given, name) not in ("", None)
    }
    said |= {f"{name}_id": getattr(given, name) for name in ("receiver", "carrier") if getattr(given, name) is not None}
    change.save(row, **said)
    _must_do(row)
    _crew_of_carrier(change, row, given.crew)
    if row.run is not None and row.carrier != row.run.carrier:
        leave_run(change, row)
        change.amend(row, run=None)
    change.amend(row, parties=parties_of(row))
    return row


def _crew_of_carrier(change: Change, row: Manifest, given: str) -> None:
    """Another carrier comes with a crew of its own. Raises Invalid where one is named that is not the carrier's."""
    if not row.crew or row.crew in crews_of(row.carrier):
        return
    if given and given == row.crew:
        raise Invalid([Problem("crew", t("请选择该承运人的车组", "Choose a crew of this carrier"), value=given)])
    change.amend(row, crew="")


def leave_run(change: Change, row: Manifest) -> None:
    """It goes another way, or not at all: its room on the shared vehicle is free again for others."""
    run = CollectionRun.objects.select_for_update(of=("self",)).get(pk=row.run_id)
    booked = max(run.booked_kg - (row.expected_kg or Decimal(0)), Decimal(0))
    change.save(run, booked_kg=booked, stage="open" if run.stage == "full" else run.stage)


def _must_do(row: Manifest) -> None:
    wrong = t("该单位不从事此项业务", "This firm does no such thing")
    pairs = ((row.receiver, "receives", "receiver"), (row.carrier, "carries", "carrier"))
    if problems := [Problem(name, wrong) for firm, does, name in pairs if firm is not None and not getattr(firm, does)]:
        raise Invalid(problems)


def load(change: Change) -> Manifest:
    """A batch, or some of it, is put on the draft. It stays in storage until the producer signs."""
    row, given = change.record, change.answers
    must_act_for(change, row.producer, "producer")
    lot = StorageLot.objects.filter(pk=given.lot, firm=row.producer).first()
    if lot is None or (lot.code, lot.stream) != (row.code, row.stream):
        other = t("只能装载本单位同一代码的批次", "Only batches of this firm and of the same code can be loaded")
        raise Invalid([Problem("lot", other)])
    there = row.loads.filter(lot=lot).first()
    kg = given.kg or lot.left_kg - (there.kg if there else 0)
    if kg <= 0 or kg + (there.kg if there else 0) > lot.left_kg:
        little = t("批次只剩 {kg} 千克", "Only {kg} kg of the batch are left").filled(kg=kilos(lot.left_kg))
        raise Invalid([Problem("kg", little, value=str(kg))])
    if there:
        change.save(there, kg=there.kg + kg)
    else:
        change.create(Load, manifest=row, lot=lot, kg=kg, parties=row.parties)
    change.save(row)
    return row


def unload(change: Change) -> Manifest:
    """A load is taken off the draft again."""
    row: Manifest = change.record
    must_act_for(change, row.producer, "producer")
    there = row.loads.filter(pk=change.answers.load).first()
    if there is None:
        raise Invalid([Problem("load", t("这份联单没有这一装载", "This manifest has no such load"))])
    change.save(row)
    change.also(row, unloaded={"lot": there.lot_id, "parent": there.parent_id, "kg": str(there.kg)})
    change.remove(there)
    return row


def regroup(change: Change) -> Manifest:
    """A new manifest out of temporary storage. All parents carry the same code, so nothing is diluted by grouping."""
    given = change.answers
    parents = list(Manifest.objects.filter(pk__in=given.parents).order_by("pk"))
    first = parents[0]
    firm = must_act_for(change, first.receiver, "parents")
    if any((one.receiver_id, one.code, one.stream, one.state) != (firm.pk, first.code, first.stream, "stored") for one in parents):
        mixed = t("只能合并同一单位暂存的同一代码", "Only the same code in the same firm's storage can be grouped")
        raise Invalid([Problem("parents", mixed)])
    if given.kg and (len(parents) > 1 or given.kg > first.held_kg):
        raise Invalid([Problem("kg", t("拆分时只选一份联单，且不超过其结存", "A split is of one manifest and of no more than it holds"))])
    to = {"receiver": firm_that(given.receiver, "receives"), "carrier": firm_that(given.carrier, "carries")}
    row = made(change, firm, first.code, first.stream, "draft", **to)
    for one in parents:
        change.create(Load, manifest=row, parent=one, kg=given.kg or one.held_kg, parties=row.parties)
    return row


def name_next(change: Change) -> Manifest:
    """The present carrier names who carries on; that one signs when it takes over."""
    row: Manifest = change.record
    if not carries_for(change.viewer, row):
        raise Invalid([Problem("carrier", t("您不代表该承运人", "You do not speak for this carrier"))])
    change.save(row, next_carrier=firm_that(change.answers.carrier, "carries"))
    change.amend(row, parties=parties_of(row))
    for one in (*row.signatures.all(), *row.loads.all()):
        change.save(one, parties=row.parties)  # whoever takes over sees what was signed before
    return row


def drop(change: Change) -> None:
    """Nobody signed: the producer alone may drop it."""
    must_act_for(change, change.record.producer, "producer")
    if change.record.run is not None:
        leave_run(change, change.record)


MANIFEST, DRAFT = "waste.manifest", Manifest.state == "draft"
SENDERS = (PRODUCER, RECEIVER, OFFICE)
ACTIONS = (
    Action("plan_pickup", t("预约转移", "plan a pick-up"), MANIFEST, plan_pickup, PickUp, by=SENDERS, creates=True, party=PRODUCERS),
    Action("regroup", t("合并/拆分转出", "group or split"), MANIFEST, regroup, Grouped, by=(RECEIVER, OFFICE), creates=True, party=RECEIVERS),
    Action("fill_draft", t("填写联单", "fill the draft"), MANIFEST, fill_draft, Filling, by=SENDERS, when=DRAFT, party=SENDER),
    Action("load", t("装载批次", "load a batch"), MANIFEST, load, Loaded, by=SENDERS, when=DRAFT, party=SENDER),
    Action("unload", t("卸下", "take off"), MANIFEST, unload, Unloaded, by=SENDERS, when=DRAFT, party=SENDER),
    Action("name_next", t("指定下一承运人", "name the next carrier"), MANIFEST, name_next, NextCarrier, by=(CARRIER, DRIVER, OFFICE),
           when=Manifest.state == "carried", party=HAULIER),
)  # fmt: skip
