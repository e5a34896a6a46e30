"""Orders under inspection (督查件) and urgent and important ones (急要件): who may mark them so, and take the mark off again."""

from __future__ import annotations

from hexi.kit import Action, Case, Change, marked, t, unmarked

SUPERVISORS = ("hotline_supervisor", "leader")
MARKERS = (*SUPERVISORS, "case_dispatcher")
IN_HAND = (Case.kind == "hotline") & ~Case.phase.one_of("closed", "cancelled")


def inspect_order(change: Change) -> Case:
    """The order is looked after from above until it is closed."""
    return marked(change, "inspected")


def mark_important(change: Change) -> Case:
    """The order goes before all others."""
    return marked(change, "important")


ACTIONS = (
    Action("inspect_order", t("列为督查件", "put under inspection"), "cases.case", inspect_order, by=SUPERVISORS, needs_reason=True,
           when=IN_HAND & ~(Case.attention == "inspected")),
    Action("mark_important", t("列为急要件", "mark urgent and important"), "cases.case", mark_important, by=MARKERS, needs_reason=True,
           when=IN_HAND & Case.attention.missing()),
    Action("take_mark_off", t("取消重点标记", "take the mark off"), "cases.case", unmarked, by=SUPERVISORS, needs_reason=True,
           when=IN_HAND & ~Case.attention.missing()),
)  # fmt: skip
