"""Take an address list back: doors as they were, what was made for it gone, as long as nothing was built on it."""

from __future__ import annotations

from typing import Any

from hexi.core.data.addresses.ending import hanging_on, homes_of
from hexi.core.data.addresses.models import AddressLine
from hexi.core.space.api import count_homes, remove_alias, restore_doors
from hexi.core.trust.api import PLATFORM
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t

STANDS = {"valid_to": None, "successor": ""}


def take_back(number: int) -> None:
    """Everything that this import did to the tree. Raises Conflict where a later list speaks of its doors, or records hang on new ones."""
    lines = list(AddressLine.objects.filter(import_id=number).order_by("-pk"))
    codes = {line.place for line in lines}
    made = [code for line in lines for code in line.plan.get("made", ())]
    _check_later(number, codes)
    _check_unused(made)
    befores: dict[str, Any] = {line.place: line.plan.get("before", {}) for line in lines if line.place not in made}
    befores |= {line.place: STANDS for line in lines if line.change in ("gone", "renamed")}
    why = f"撤销地址名册导入 {number}"
    for line in lines:
        for code, name in line.plan.get("aliases", ()):
            remove_alias(PLATFORM, code, name, why=why)
    restore_doors(befores, made, why)
    earlier = AddressLine.objects.filter(place__in=codes - set(made), edition__gt=0).exclude(import_id=number).order_by("edition", "pk")
    count_homes(homes_of(earlier), why)


def _check_later(number: int, codes: set[str]) -> None:
    later = AddressLine.objects.filter(edition__gt=number, place__in=codes).values_list("edition", flat=True).first()
    if later is not None:
        said = t(
            "后来的名册（导入 {number}）也涉及这些楼门", "A later list (import {number}) speaks of the same doors"
        ).filled(number=later)  # fmt: skip
        raise Conflict(said, do=t("请先撤销后来的那次导入", "Undo the later import first"))


def _check_unused(made: list[str]) -> None:
    hanging = hanging_on(made)
    if hanging:
        said = t("有 {count} 条登记已挂在新建的楼门上：{which}", "{count} records lie at the new doors already: {which}")
        which = "、".join(sorted(hanging)[:5])
        raise Conflict(said.filled(count=sum(hanging.values()), which=which), do=t("请先改正这些登记的地点", "Give these records other places first"))
