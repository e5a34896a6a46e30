"""Parts of a case: what several offices or trades have to do is taken apart, and the whole ends when its parts have ended."""

from __future__ import annotations

from hexi.core.data.api import Change, Form, question
from hexi.core.trust.api import Happening
from hexi.kernel.context import Param
from hexi.kernel.declare import Action
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import Label, t
from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.course import type_of
from hexi.modules.cases.intake import opened
from hexi.modules.cases.models import Case
from hexi.modules.cases.others import ENDED, numbered
from hexi.modules.cases.tasks import DISPATCHERS

DEEP = Param("parts_deep", t("案件拆分层数上限", "how many levels deep a case may be taken apart"), default=4, low=1, high=20)
"""Ours; officials tune it."""


class Split(Form):
    """What the part is about; place and source are those of the whole."""

    title: str = question(t("标题", "title"), min_length=2, max_length=200)
    category: str = question(t("分类", "category"), "", widget="category", max_length=80)
    description: str = question(t("情况描述", "description"), "", widget="textarea", max_length=4000)


class Under(Form):
    """Of which case it is a part."""

    parent: str = question(t("上级案件", "the case it is part of"), widget="case", max_length=24)


def split(change: Change) -> Case:
    """A new case for one part of this one; it goes its own way, to its own office and by its own clocks."""
    whole, given = change.record, change.answers
    _check_depth("title", change, depth(whole) + 1)
    point = (float(whole.lon), float(whole.lat)) if whole.lon is not None and whole.lat is not None else None
    new = NewCase(
        whole.kind, given.title, given.description, given.category, whole.urgency, whole.source, whole.place, point, whole.address,
        why=change.why,
    )  # fmt: skip
    part = opened(change.viewer, type_of(whole), new, change).case
    change.amend(part, parent=whole, is_public=part.is_public and whole.is_public)
    change.happenings.append(Happening("split", "cases.case", whole.pk, {}, {"part": part.number}, whole.place, whole.organisations))
    return part


def put_under(change: Change) -> Case:
    """This case is a part of another one. Raises Invalid for a circle, an ended whole, and what is too deep."""
    part, number = change.record, change.answers.parent
    whole = numbered("parent", number)
    if is_under(whole, part):
        raise Invalid([Problem("parent", t("不能归入自己或自己的下级案件", "A case is no part of itself or of its own parts"), value=number)])
    if whole.phase in ENDED:
        raise Invalid([Problem("parent", t("上级案件已结束", "That case has ended"), value=number)])
    _check_depth("parent", change, depth(whole) + height(part) + 1)
    change.save(part, parent=whole)
    return part


def take_out(change: Change) -> Case:
    """It stands by itself again."""
    change.save(change.record, parent=None)
    return change.record


def is_under(one: Case, other: Case) -> bool:
    """Is the one the other, or a part of it at any depth?"""
    at: int | None = one.pk
    seen = set[int]()
    while at is not None and at not in seen:
        if at == other.pk:
            return True
        seen.add(at)
        at = Case.objects.filter(pk=at).values_list("parent", flat=True).first()
    return False


def depth(case: Case) -> int:
    """How many wholes stand above it."""
    found, at = 0, case.parent
    while at is not None:
        found, at = found + 1, at.parent
    return found


def height(case: Case) -> int:
    """How many levels of parts stand below it."""
    found, level = -1, [case.pk]
    while level:
        found, level = found + 1, list(Case.objects.filter(parent__in=level).values_list("pk", flat=True))
    return found


def _check_depth(field: str, change: Change, levels: int) -> None:
    most = change.context.value(DEEP)
    if levels > most:
        why: Label = t("最多拆分 {most} 层", "Cases are taken apart at most {most} levels deep").filled(most=most)
        raise Invalid([Problem(field, why, value=str(levels))])


OPEN = ~Case.phase.one_of(*ENDED)
ACTIONS = (
    Action("split", t("拆分", "take apart"), "cases.case", split, Split, by=DISPATCHERS, adds=True, when=OPEN),
    Action("put_under", t("归入上级案件", "make it part of another"), "cases.case", put_under, Under, by=DISPATCHERS,
           when=OPEN & Case.parent.missing()),
    Action("take_out", t("脱离上级案件", "let it stand by itself"), "cases.case", take_out, by=DISPATCHERS, needs_reason=True,
           when=~Case.parent.missing()),
)  # fmt: skip
