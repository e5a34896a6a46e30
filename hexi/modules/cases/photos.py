"""The same photograph twice: in two cases, before and after the work, as work and as check. Flagged for a person; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hexi.core.data.api import FARTHEST, Change, Twin, twins_of, uses_of
from hexi.kernel.catalogue import entity_key
from hexi.kernel.context import Param
from hexi.kernel.label import t
from hexi.modules.cases.models import Case, CaseTask, Note, SamePhoto, Verification

BITS = Param("photo_bits", t("照片相同的最大差异（64位中）", "difference of the same photo (of 64 bits)"), default=6, low=0, high=FARTHEST)
"""Ours: a photograph that was made smaller and compressed again differs in up to some 5 bits; two of one place in 15 and more."""
PARTS: dict[str, tuple[Any, str]] = {
    entity_key(model): (model, part) for model, part in ((Case, "report"), (CaseTask, "work"), (Verification, "check"), (Note, "note"))
}
AFTER = ("work", "check")


@dataclass(frozen=True, slots=True)
class Used:
    """Where a photograph is used: in which case, for what."""

    case: int
    part: str


def flag_same(change: Change, case: Case, files: Iterable[int], part: str) -> list[SamePhoto]:
    """Flag each of these photographs of the case that was used before. Inside the change under way, after the files were put in."""
    numbers = set(files)
    if not numbers:
        return []
    twins = [*(Twin(file, file, 0) for file in numbers), *twins_of(numbers, int(change.context.value(BITS)))]
    places = _places({twin.other for twin in twins})
    pairs = [(twin, used) for twin, used in _first_of_each(twins, places) if _kind(case, part, used)]
    found = [_flagged(change, case, part, twin, used) for twin, used in pairs if not _known(case, twin, used)]
    if found and not case.same_photo:
        _mark(change, case)
    return found


def _known(case: Case, twin: Twin, used: Used) -> bool:
    return SamePhoto.objects.filter(case=case, other=used.case, photo=twin.file, other_photo=twin.other).exists()


def _first_of_each(twins: Iterable[Twin], places: dict[int, list[Used]]) -> Iterable[tuple[Twin, Used]]:
    """One pair for each photograph and other case and part: fifty cases with one picture need no hundred flags of one."""
    seen = set[tuple[int, Used]]()
    for twin in twins:
        for used in places.get(twin.other, ()):
            if (twin.file, used) not in seen:
                seen.add((twin.file, used))
                yield twin, used


def _kind(case: Case, part: str, used: Used) -> str:
    if used.case != case.pk:
        return "other_case"
    parts = {part, used.part}
    if parts == set(AFTER):
        return "work_check"
    return "before_after" if "report" in parts and parts & set(AFTER) else ""


def _flagged(change: Change, case: Case, part: str, twin: Twin, used: Used) -> SamePhoto:
    return change.create(
        SamePhoto, case=case, kind=_kind(case, part, used), part=part, photo_id=twin.file, other_id=used.case, other_photo_id=twin.other,
        bits=twin.bits, place=case.place, organisations=case.organisations,
    )  # fmt: skip


def _mark(change: Change, case: Case) -> None:
    """In the event of the case where this change has one already, else in one of its own."""
    told = any((one.entity, one.object_id) == (entity_key(Case), case.pk) for one in change.happenings)
    (change.amend if told else change.save)(case, same_photo=True)


def _places(files: set[int]) -> dict[int, list[Used]]:
    """Where each of the files is used. One statement for the uses, one for each kind of record among them."""
    by_entity = dict[str, list[tuple[int, int]]]()
    for file, entity, row in uses_of(files):
        if entity in PARTS:
            by_entity.setdefault(entity, []).append((file, row))
    found = dict[int, list[Used]]()
    for entity, uses in by_entity.items():
        model, part = PARTS[entity]
        column = "pk" if model is Case else "case_id"
        cases = dict(model.objects.filter(pk__in={row for _, row in uses}).values_list("pk", column))
        for file, row in uses:
            if row in cases:
                found.setdefault(file, []).append(Used(cases[row], part))
    return found
