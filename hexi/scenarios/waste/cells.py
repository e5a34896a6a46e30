"""无废细胞: a place declares itself criterion by criterion, the office checks, and the points decide."""

from __future__ import annotations

from typing import Any, cast

from hexi.kit import Action, Change, Form, Invalid, Problem, question, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import local_day
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.parties import OFFICE
from hexi.scenarios.waste.rules import cell_criteria

CELL, LOCAL = "waste.wastecell", ("community_worker", "street_staff", OFFICE)
MOST = 100


class Points(Form):
    """Points by criterion, one a line as `key: points`; the criteria and their most stand in the data file."""

    points: str = question(
        t("各项得分（每行“项目: 分数”）", "points, one a line as key: points"), widget="textarea", min_length=3, max_length=1000,
        help=t("项目见评分表：sorting 分类、reduction 减量、reuse 利用、records 台账、teaching 宣传", "sorting, reduction, reuse, records, teaching"),
    )  # fmt: skip


class Applied(Points):
    """A place that wants to be a cell."""

    name: str = question(t("名称", "name"), min_length=2, max_length=120)
    kind: str = question(t("类型", "kind"), options=words.CELL_KINDS)
    place: str = question(t("地点", "place"), place=True, max_length=40)


class Judged(Points):
    """What was found at the place."""

    note: str = question(t("核查意见", "what was found"), widget="textarea", min_length=2, max_length=2000)


def points_of(written: str) -> dict[str, int]:
    """The points by criterion. Raises Invalid where one is unknown, lacking, or more than the criterion gives."""
    most: dict[str, int] = {one["key"]: one["most"] for one in cast("list[dict[str, Any]]", cell_criteria()["criteria"])}
    found = dict[str, int]()
    for line in written.replace("：", ":").splitlines():
        key, _, value = line.partition(":")
        if line.strip() and value.strip().isdecimal():
            found[key.strip()] = int(value)
    problems = [_wrong(key, found.get(key), high) for key, high in most.items() if not 0 <= found.get(key, -1) <= high]
    problems += [
        Problem("points", t("评分表没有这一项：{key}", "No such criterion: {key}").filled(key=key)) for key in found.keys() - most.keys()
    ]
    if problems:
        raise Invalid(problems)
    return found


def _wrong(key: str, given: int | None, most: int) -> Problem:
    return Problem("points", t("{key} 须填 0 至 {most} 分", "{key} takes 0 to {most} points").filled(key=key, most=most), value=str(given))


def apply_cell(change: Change) -> WasteCell:
    """A place applies with the points that it gives itself."""
    given = change.answers
    if given.kind not in dict(words.CELL_KINDS):
        raise Invalid([Problem("kind", t("请从选项中选择", "Choose one of the options"), value=given.kind[:40])])
    return change.create(
        WasteCell, name=given.name, kind=given.kind, place=given.place, declared=points_of(given.points), found={}, state="applied",
        applied_on=local_day(change), edition=cell_criteria()["edition"]["zh"],
    )  # fmt: skip


def judge_cell(change: Change) -> WasteCell:
    """The office's own points decide, by the edition of the criteria that counts now."""
    row, given = change.record, change.answers
    found = points_of(given.points)
    total, read = sum(found.values()), cell_criteria()
    state = "named" if total >= read["pass_at"] else "turned_down"
    change.save(row, found=found, points=total, state=state, note=given.note, edition=read["edition"]["zh"])
    return row


ACTIONS = (
    Action("apply_cell", t("申报无废细胞", "apply as a cell"), CELL, apply_cell, Applied, by=LOCAL, creates=True),
    Action(
        "judge_cell",
        t("核查评分", "check and score"),
        CELL,
        judge_cell,
        Judged,
        by=(OFFICE,),
        when=WasteCell.state == "applied",
        primary=True,
    ),
)
