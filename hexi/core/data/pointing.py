"""What a viewer may point at: only what they may see. A forged number is answered like one that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from hexi.core.data.entities import Description, described
from hexi.core.data.files import usable_files
from hexi.core.data.records import readable
from hexi.core.data.values import is_number_of_record, no_record
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import entity_key
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

NOT_PUT_TO_YOU = t("这一项不由您填写，请留空", "This question is not put to you: leave it empty")
NO_FILE = t("没有这个文件，请重新上传", "There is no such file; upload it again")


def pointable(viewer: Viewer, field: Any, numbers: Iterable[int]) -> set[int]:
    """Those of the numbers that the viewer may put into this reference or file field. One statement."""
    wanted = {number for number in numbers if is_number_of_record(number)}
    if not wanted:
        return set()
    if field.kind == "file":
        return usable_files(viewer, wanted)
    if viewer.holds("platform"):
        return set(field.related_model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    return set(readable(viewer, field.related_model).filter(pk__in=wanted).values_list("pk", flat=True))


def pointing_problems(
    viewer: Viewer, about: Description, values: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> list[Problem]:
    """A problem for each value that points at what this viewer may not see; what stood there before may stay."""
    found: list[Problem] = []
    for name, value in values.items():
        field = about.fields[name]
        if lost := _pointed(field, value) - _pointed(field, (before or {}).get(name)):
            lost -= usable_files(viewer, lost) if field.kind != "reference" else pointable(viewer, field, lost)
        if lost:
            found.append(Problem(name, no_record() if field.kind == "reference" else NO_FILE, value=", ".join(map(str, sorted(lost)))[:80]))
    return found


def _pointed(field: Any, value: Any) -> set[int]:
    """The numbers of records or files that the value names."""
    if field.kind in {"reference", "file"}:
        return {value} if value is not None else set()
    if field.kind == "document" and field.files:
        return {one for one in cast("list[Any]", value or []) if isinstance(one, int)}
    return set()


def check_files(viewer: Viewer, name: str, numbers: Iterable[int]) -> list[Problem]:
    """A problem where one of the files is not the viewer's to put in."""
    wanted = set(numbers)
    lost = wanted - usable_files(viewer, wanted) if wanted else set[int]()
    return [Problem(name, NO_FILE, value=", ".join(map(str, sorted(lost)))[:80])] if lost else []


def check_answers(viewer: Viewer, form: type, answers: Any) -> None:
    """The same for the questions of an action's form. Raises Invalid."""
    found: list[Problem] = []
    questions: dict[str, Any] = cast(Any, form).model_fields
    for name, question in questions.items():
        extra: dict[str, Any] = question.json_schema_extra or {}
        target = str(extra.get("x-hexi-reference", "")) or (FILE if extra.get("x-hexi-widget") == PHOTOS else "")
        given: Any = getattr(answers, name)
        listed = cast("list[Any]", given if isinstance(given, list) else [given])
        numbers = {one for one in listed if isinstance(one, int)}
        if target and numbers - _answerable(viewer, target, {one for one in numbers if is_number_of_record(one)}):
            found.append(Problem(name, NO_FILE if target == FILE else no_record(), value=str(listed)[:80]))
        if (by := extra.get("x-hexi-by")) and given not in (None, "", []) and not viewer.holds(*by, "platform"):
            found.append(Problem(name, NOT_PUT_TO_YOU))
    if found:
        raise Invalid(found)


FILE = "data.storedfile"
PHOTOS = "photos"
"""The widget of a question that is answered with a list of files."""


def _answerable(viewer: Viewer, target: str, numbers: set[int]) -> set[int]:
    if target == FILE:
        return usable_files(viewer, numbers)
    about = described(target)
    assert entity_key(about.model) == target
    return set(readable(viewer, about.model).filter(pk__in=numbers).values_list("pk", flat=True))
