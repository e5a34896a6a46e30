"""Residents at the place: what they see, whether it counts, and how officials answer."""

from __future__ import annotations

from hexi.core.data.api import Change
from hexi.core.space.api import labels_for, prefix_lengths
from hexi.kernel.declare import Action
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.modules.projects import forms
from hexi.modules.projects.derive import derive
from hexi.modules.projects.models import PlaceCheck, Task


def file_place_check(change: Change) -> PlaceCheck:
    """Somebody confirms or contests a task. It counts at once when they are in its community, else when an official upholds it."""
    given = change.answers
    task = Task.objects.filter(pk=given.task).select_related("programme").first()
    if task is None:
        raise Invalid([Problem("task", t("没有这项任务", "There is no such task"))])
    if given.place and not labels_for([given.place]):
        raise Invalid([Problem("place", t("没有这个地点", "There is no such place"), value=given.place)])
    check = change.create(
        PlaceCheck, task=task, verdict=given.verdict, note=given.note, photo_id=given.photo, place=given.place or task.place,
        counts=is_there(given.place, task.place), lead=task.lead,
    )  # fmt: skip
    derive(task.programme, task.programme.as_of)
    return check


def is_there(said: str, place: str) -> bool:
    """Whether the place that somebody says they are in is the community of the task's place, or in it."""
    community = place[: prefix_lengths()["community"]]
    return len(community) == prefix_lengths()["community"] and said.startswith(community)


CHECK_ACTIONS = (
    Action(
        "file_place_check",
        t("现场核对", "check at the place"),
        "projects.placecheck",
        file_place_check,
        forms.Check,
        by=("public",),
        creates=True,
    ),
)
