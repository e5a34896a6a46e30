"""Pooled collection: a carrier offers a run, small producers book on it, and each of them gets a manifest of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hexi.kit import Action, Change, Invalid, Party, Problem, Viewer, question, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import licence_problem, local_day, must_be_listed
from hexi.scenarios.waste.drafting import RECEIVING, firm_that, made
from hexi.scenarios.waste.models import CollectionRun
from hexi.scenarios.waste.parties import CARRIER, CARRIERS, OFFICE, PRODUCER, acts_for, firm_behind, parties_of
from hexi.scenarios.waste.rules import covers
from hexi.scenarios.waste.steps import MOST_KG
from hexi.scenarios.waste.storage import ForFirm, Stream, firm_of

SMALL = ("simplified", "registered")
RUN = "waste.collectionrun"


class Offered(ForFirm):
    """A run of one vehicle."""

    name: str = question(t("趟次名称", "name"), min_length=2, max_length=80)
    on: date = question(t("收集日", "on"))
    receiver: int = question(t("接受人", "receiver"), reference="waste.firm", among=RECEIVING)
    covers: str = question(
        t("收集代码（可选整类）", "codes or whole categories"), widget="textarea", picks="waste.covered", min_length=2, max_length=1000
    )
    capacity_kg: Decimal = question(t("可装载（千克）", "room for, kg"), gt=0, le=MOST_KG, decimal_places=3)
    place: str = question(t("收集范围", "area"), place=True, max_length=40)
    crew: str = question(t("车组", "crew"), "", picks="waste.crews", max_length=60)


class Booked(ForFirm):
    """What a producer hands over on the run."""

    stream: Stream = question(t("废物种类", "stream"), Stream.HAZARDOUS, options=words.STREAMS)
    code: str = question(t("废物代码", "code"), min_length=2, max_length=20, picks="waste.run_codes")
    kg: Decimal = question(t("预计数量（千克）", "expected, kg"), gt=0, le=MOST_KG, decimal_places=3)


def offer_run(change: Change) -> CollectionRun:
    """A carrier says when it comes, where to, and how much it has room for."""
    given = change.answers
    firm = firm_of(change, given.firm, carries=True)
    if given.on < local_day(change):
        raise Invalid([Problem("on", t("收集日不能早于今天", "The day is over"), value=given.on.isoformat())])
    return change.create(
        CollectionRun, name=given.name, on=given.on, carrier=firm, receiver=firm_that(given.receiver, "receives"), covers=given.covers,
        capacity_kg=given.capacity_kg, booked_kg=Decimal(0), crew=given.crew, stage="open", place=given.place, office=firm.office,
    )  # fmt: skip


def book(change: Change) -> CollectionRun:
    """A small producer's place on the run: a planned manifest with its parties filled in. Raises Invalid with the reason."""
    run, given = change.record, change.answers
    firm = firm_of(change, given.firm, produces=True)
    must_be_listed(given.stream.value, given.code)
    problems = [
        *_unless(firm.risk in SMALL, "firm", t("重点监管单位不参加拼车收集", "Firms under key supervision do not share a vehicle")),
        *_unless(run.on >= local_day(change), "on", t("收集日已过", "The day is over")),
        *_unless(covers(run.covers, given.code), "code", t("本趟不收集这个代码", "This run does not collect the code")),
        *_unless(run.booked_kg + given.kg <= run.capacity_kg, "kg", t("超出本趟余量", "There is not so much room left")),
        *_licences(run, given, run.on),
    ]
    if problems:
        raise Invalid(problems)
    by = {"carrier": run.carrier, "receiver": run.receiver, "crew": run.crew, "run": run}
    row = made(change, firm, given.code, given.stream.value, expected_kg=given.kg, **by)
    change.amend(row, parties=parties_of(row))
    booked = run.booked_kg + given.kg
    change.save(run, booked_kg=booked, stage="full" if booked >= run.capacity_kg else "open")
    return run


def _unless(holds: bool, field: str, said: object) -> list[Problem]:
    return [] if holds else [Problem(field, said)]  # type: ignore[arg-type]


def _licences(run: CollectionRun, given: Booked, day: date) -> list[Problem]:
    if given.stream.value != words.HAZARDOUS:
        return []
    found = [(role, licence_problem(getattr(run, role), role, given.code, day)) for role in ("carrier", "receiver")]
    return [Problem("code", said) for _, said in found if said is not None]


def call_off(change: Change) -> CollectionRun:
    """The run does not take place; what was booked stays planned and can be given to another carrier."""
    run: CollectionRun = change.record
    if not acts_for(change.viewer, run.carrier):
        raise Invalid([Problem("carrier", t("您不代表该承运人", "You do not speak for this carrier"))])
    change.save(run, stage="called_off")
    return run


def _may_book(viewer: Viewer, _run: CollectionRun) -> bool:
    firm = None if viewer.holds(OFFICE) else firm_behind(viewer, produces=True)
    return viewer.holds(OFFICE) or (firm is not None and firm.risk in SMALL)


OPEN = CollectionRun.stage == "open"
SMALL_ONES = Party(
    t("简化管理和登记管理的产废单位", "small producers"), _may_book, t("重点监管单位不参加拼车收集", "Firms under key supervision do not share a vehicle")
)
ITS_CARRIER = Party(t("发布本趟的承运人", "the carrier that offers it"), lambda viewer, run: acts_for(viewer, run.carrier))
ACTIONS = (
    Action("offer_run", t("发布收集趟次", "offer a run"), RUN, offer_run, Offered, by=(CARRIER, OFFICE), creates=True, party=CARRIERS),
    Action("book", t("预约拼车", "book on it"), RUN, book, Booked, by=(PRODUCER, OFFICE), when=OPEN, primary=True, party=SMALL_ONES),
    Action("call_off", t("取消趟次", "call off"), RUN, call_off, by=(CARRIER, OFFICE), when=CollectionRun.stage.one_of("open", "full"),
           needs_reason=True, party=ITS_CARRIER),
)  # fmt: skip
