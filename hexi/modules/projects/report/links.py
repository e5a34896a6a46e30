"""Where a number of the report leads: the desk's list of the records behind it."""

from __future__ import annotations

from urllib.parse import urlencode

from hexi.modules.projects.contracts import Bucket, Judged, Level, Month, Status

LISTS = "/work/records/"


def records(entity: str, *conditions: tuple[str, str, str]) -> str:
    """The desk list of an entity under `field, op, value` conditions."""
    query = urlencode([("where", ":".join(condition)) for condition in conditions], safe=":,")
    return f"{LISTS}{entity}?{query}" if query else f"{LISTS}{entity}"


def record(entity: str, number: int) -> str:
    """One record's page."""
    return f"{LISTS}{entity}/{number}"


def bucket_list(programme: int, month: Month, bucket: Bucket) -> str:
    """The standings counted in one bucket of one month."""
    category = ("category", "eq", bucket.category.value) if bucket.category else ("category", "missing", "true")
    return records(
        "projects.standing",
        *_month(programme, month),
        ("level", "eq", bucket.level.value),
        category,
        ("official", "eq", bucket.status.value),
    )


def status_list(programme: int, month: Month, level: Level, status: Status | None = None) -> str:
    """The standings of one level in one month, of one status or of all."""
    conditions = [*_month(programme, month), ("level", "eq", level.value)]
    return records("projects.standing", *conditions, *([("official", "eq", status.value)] if status else []))


def progress_list(judged: Judged) -> str:
    """The progress entries of one task."""
    return records("projects.progress", ("task", "eq", str(judged.fact.id)))


def _month(programme: int, month: Month) -> list[tuple[str, str, str]]:
    return [("programme", "eq", str(programme)), ("month", "eq", str(month))]
