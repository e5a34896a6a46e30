"""无废细胞: a place declares itself criterion by criterion, the office checks, and the points decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import create_model

from hexi.kit import Action, Change, Form, Invalid, Problem, question, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import local_day
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.parties import OFFICE
from hexi.scenarios.waste.rules import cell_criteria

CELL, LOCAL = "waste.wastecell", ("community_worker", "street_staff", OFFICE)
CRITERIA = {str(one["key"]): one for one in cast("list[dict[str, Any]]", cell_criteria()["criteria"])}


def _asked(one: dict[str, Any]) -> Any:
    label = t(f"{one['label']['zh']}（满分 {one['most']}）", f"{one['label']['en']} (of {one['most']})")
    return question(label, ge=0, le=int(one["most"]))


QUESTIONS: dict[str, Any] = {key: (int, _asked(one)) for key, one in CRITERIA.items()}
"""One question for each criterion of the data file, with the points that it gives at most."""


class Named(Form):
    """Which place wants to be a cell."""

    name: str = question(t("名称", "name"), min_length=2, max_length=120)
    kind: str = question(t("类型", "kind"), options=words.CELL_KINDS)
    place: str = question(t("地点", "place"), place=True, max_length=40)


class Noted(Form):
    """What was found at the place."""

    note: str = question(t("核查意见", "what was found"), widget="textarea", min_length=2, max_length=2000)


Applied = create_model("Applied", __base__=Named, **QUESTIONS)
Judged = create_model("Judged", __base__=Noted, **QUESTIONS)


def points_of(given: Any) -> dict[str, int]:
    """The points by criterion."""
    return {key: int(getattr(given, key)) for key in CRITERIA}


def written(points: Mapping[str, int]) -> str:
    """The points as the record shows them, a line for each criterion."""
    return "\n".join(f"{CRITERIA[key]['label']['zh']} {number}/{CRITERIA[key]['most']}" for key, number in points.items())


def apply_cell(change: Change) -> WasteCell:
    """A place applies with the points that it gives itself."""
    given = change.answers
    if given.kind not in dict(words.CELL_KINDS):
        raise Invalid([Problem("kind", t("请从选项中选择", "Choose one of the options"), value=given.kind[:40])])
    return change.create(
        WasteCell, name=given.name, kind=given.kind, place=given.place, declared=written(points_of(given)), state="applied",
        applied_on=local_day(change), edition=cell_criteria()["edition"]["zh"],
    )  # fmt: skip


def judge_cell(change: Change) -> WasteCell:
    """The office's own points decide, by the edition of the criteria that counts now."""
    row, given = change.record, change.answers
    found = points_of(given)
    total, read = sum(found.values()), cell_criteria()
    state = "named" if total >= read["pass_at"] else "turned_down"
    change.save(row, found=written(found), points=total, state=state, note=given.note, edition=read["edition"]["zh"])
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
