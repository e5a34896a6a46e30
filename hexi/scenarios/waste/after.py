"""What follows the receiver's word: temporary storage, treatment, what goes back, and the close."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from hexi.kit import Change, Form, Invalid, Problem, question, t
from hexi.scenarios.waste.mass import move
from hexi.scenarios.waste.models import Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.sealing import Signing, must_act_for, sign
from hexi.scenarios.waste.steps import MOST_KG
from hexi.scenarios.waste.storage import Batch, put_in
from hexi.scenarios.waste.words import METHODS, kilos

ENDS = ("closed", "returned", "cancelled")


class Method(StrEnum):
    R, D10, D9, D1, C = "R", "D10", "D9", "D1", "C"


class Treated(Form):
    """How it was treated."""

    method: Method = question(t("利用处置方式", "method"), options=METHODS)


class TreatedInPart(Treated):
    """And how much of it."""

    kg: Decimal = question(t("本次数量（千克）", "this time, kg"), gt=0, le=MOST_KG, decimal_places=3)


def hold(change: Change) -> None:
    """Into temporary storage, to be grouped or split later."""
    must_act_for(change, change.record.receiver, "receiver")


def treat(change: Change) -> None:
    """All that is left of it is treated."""
    row: Manifest = change.record
    must_act_for(change, row.receiver, "receiver")
    _treated(change, row, row.held_kg, change.answers.method.value)


def treat_part(change: Change) -> Manifest:
    """Some of it is treated; with the last of it the manifest is."""
    row: Manifest = change.record
    must_act_for(change, row.receiver, "receiver")
    kg = change.answers.kg
    if kg > row.held_kg:
        too_much = t("接受方只剩 {kg} 千克", "Only {kg} kg are left").filled(kg=kilos(row.held_kg))
        raise Invalid([Problem("kg", too_much, value=str(kg))])
    change.save(row, state="treated" if kg == row.held_kg else row.state)
    _treated(change, row, kg, change.answers.method.value)
    return row


def _treated(change: Change, row: Manifest, kg: Decimal, method: str) -> None:
    if not kg:
        raise Invalid([Problem("kg", t("已没有可利用处置的数量", "Nothing is left to be treated"))])
    move(change, "store", "done", kg, firm=row.receiver, manifest=row)
    change.amend(row, held_kg=row.held_kg - kg, treated_kg=row.treated_kg + kg, method=method)


def take_back(change: Change) -> None:
    """The producer has all of it back, as a batch of its own."""
    _taken_back(change, change.record)


def take_back_part(change: Change) -> Manifest:
    """The producer has back what was refused, while the rest goes its way."""
    row: Manifest = change.record
    change.save(row)
    _taken_back(change, row)
    return row


def _taken_back(change: Change, row: Manifest) -> None:
    firm: Firm = must_act_for(change, row.producer, "producer")
    kg = row.refused_kg - row.returned_kg
    batch = Batch(row.code, row.name, row.stream, kg, form=_form_of(row))
    lot = put_in(change, firm, batch, source="road", manifest=row)
    change.amend(row, returned_kg=row.refused_kg)
    change.amend(lot, back_from=row)
    sign(change, row, Signing("take_back", "producer", firm, change.answers.device_at))


def _form_of(row: Manifest) -> str:
    first = StorageLot.objects.filter(loads__manifest=row).order_by("pk").first()
    return first.form if first else "solid"


def close(change: Change) -> None:
    """Closed when everything is accounted for. Raises Invalid with all that is still open."""
    row: Manifest = change.record
    must_act_for(change, row.receiver, "receiver")
    problems = list[Problem]()
    if (row.refused_kg or 0) != row.returned_kg:
        problems.append(Problem("refused_kg", t("拒收部分尚未退回", "What was refused has not come back yet")))
    if row.held_kg:
        problems.append(Problem("held_kg", t("接受方仍有结存", "Some of it is still held")))
    if open_children := list(row.children.exclude(manifest__state__in=ENDS).values_list("manifest__number", flat=True)):
        still = t("后续联单未办结：{which}", "Further manifests are open: {which}").filled(which=", ".join(open_children))
        problems.append(Problem("children", still))
    if row.revisions.filter(stage="open").exists():
        problems.append(Problem("revisions", t("有更正申请待处理", "A revision waits for consent")))
    if problems:
        raise Invalid(problems)
    change.amend(row, closed_at=change.context.now)
