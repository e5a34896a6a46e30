"""Each day of readings is told to the ledger when it is whole, and whenever it lawfully becomes another; whatever else changes it shows.

The event says kind, day, number of readings and a salted digest, and the public log the digest alone. When readings of the day are
erased or go with their time, its salt goes with them: what the ledger said of them before says nothing any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa
from django.utils import timezone

from hexi.core.data.api import Change, platform_change
from hexi.core.sensing.history.digest import content
from hexi.core.sensing.history.files import folder, path_of, replaced
from hexi.core.sensing.history.thinning import follows_from_days
from hexi.core.sensing.models import DayDigest, ReadingFile, ThinnedFile
from hexi.core.trust.api import PublicDocument
from hexi.kernel.label import Label, t

SETTLES = timedelta(hours=2)
"""Ours: so long after midnight (UTC) a day counts as whole. What comes later is told as late."""
AGAIN = timedelta(hours=20)
ROWS = 20_000_000
"""So many readings are compared with the ledger in one go: some seconds of reading."""
SALT = 16
DOCUMENT = "readings"
LOST = t("账本所记的读数文件不在了", "The file of readings that the ledger knows is gone")
CHANGED = t("读数与账本所记的摘要不符", "The readings are not those that the ledger tells of")
THINNED = t("当月精简读数与逐日读数不符", "The month's thinned readings do not follow from its days")
BEFORE = t("读数在依规变动之前已与账本不符", "The readings were not those of the ledger when they were lawfully changed")


class Reason(NamedTuple):
    """Why a day became another, as its event says it."""

    action: str
    why: str


WHOLE = Reason("seal", "当日读数已齐")
LATE = Reason("add_late", "并入迟到的读数")
FORGOTTEN = Reason("forget", "依抹除要求删去部分读数")
EXPIRED = Reason("expire", "保存期已满")


@dataclass(frozen=True, slots=True)
class DayFault:
    """A day whose readings are not as the ledger has them."""

    what: Label
    kind: str
    day: date

    @property
    def words(self) -> Label:
        """One line for people."""
        return Label(f"{self.what.zh}：{self.kind} {self.day}", f"{self.what.en}: {self.kind} {self.day}")


def seal_days(now: datetime) -> int:
    """Tell the ledger of each day that is whole and lies in one file, unless it knows. Returns how many it was.

    A day and its event are one transaction: who is killed before it begins again, who is killed behind it finds it told.
    """
    files: dict[tuple[str, date], list[ReadingFile]] = {}
    for one in ReadingFile.objects.filter(day__lt=(now - SETTLES).date()).order_by("day", "kind"):
        files.setdefault((one.kind, one.day), []).append(one)
    known = set(DayDigest.objects.exclude(file="").values_list("kind", "day"))
    fresh = [own[0] for at, own in files.items() if len(own) == 1 and at not in known]
    for one in fresh:
        _seal(one)
    return len(fresh)


def _seal(file: ReadingFile) -> None:
    values = _digested(file)
    with platform_change(*WHOLE) as change:
        if ReadingFile.objects.select_for_update().filter(pk=file.pk).first() is None:
            return  # somebody was forgotten meanwhile: the next turn takes the file that is there now
        row = DayDigest.objects.filter(kind=file.kind, day=file.day).first()
        if row is None:
            row = change.create(DayDigest, kind=file.kind, day=file.day, **values)
        else:
            change.save(row, **values)
        _say(change, row)


def exchanged(old: Sequence[ReadingFile], new: Sequence[ReadingFile], reason: Reason) -> None:
    """Replace files of the history, and tell the ledger, in the same transaction, what became of the days of which it knows one."""
    heirs = {(one.kind, one.day): one for one in new}
    told = [(row, _inherited(row, heirs.get(row.of))) for row in sealed(old)]
    replaced(old, new, lambda: _tell(told, old, reason))


def sealed(files: Sequence[ReadingFile]) -> list[DayDigest]:
    """What the ledger knows of these files."""
    return list(DayDigest.objects.filter(file__in=[one.path for one in files]))


def _inherited(row: DayDigest, heir: ReadingFile | None) -> dict[str, Any]:
    intact = row.intact and fault_of(row) is None
    if heir is None:
        return {"rows": 0, "digest": "", "file": "", "salt": None, "standing": "gone", "intact": intact}
    return {**_digested(heir), "standing": "matches" if intact else "differs", "intact": intact}


def _digested(file: ReadingFile) -> dict[str, Any]:
    salt = secrets.token_bytes(SALT)
    rows, digest = content(path_of(file), file.kind, file.day, salt)
    return {"rows": rows, "digest": digest, "file": file.path, "salt": salt, "standing": "matches", "checked_at": timezone.now()}


def _tell(told: Sequence[tuple[DayDigest, dict[str, Any]]], old: Sequence[ReadingFile], reason: Reason) -> None:
    if {(row.pk, row.version) for row in sealed(old)} != {(row.pk, row.version) for row, _ in told}:
        raise RuntimeError("A day of the history was told to the ledger meanwhile: try again.")
    with platform_change(*reason) as change:
        for row, values in told:
            change.save(row, **values)
            _say(change, row)


def _say(change: Change, row: DayDigest) -> None:
    if row.digest:
        change.says(row, PublicDocument(DOCUMENT, bytes.fromhex(row.digest)))


def fault_of(row: DayDigest) -> Label | None:
    """What is wrong with the day's readings, by the ledger; None where they are as it has them."""
    if not ReadingFile.objects.filter(path=row.file, kind=row.kind, day=row.day).exists():
        return LOST
    try:
        found = content(folder() / row.file, *row.of, bytes(row.salt or b""))
    except FileNotFoundError:
        return LOST
    except (OSError, pa.ArrowException, KeyError):  # it is no file of readings any more
        return CHANGED
    return None if found == (row.rows, row.digest) else CHANGED


def check_days(now: datetime, rows: int = ROWS) -> int:
    """Compare the days that were not compared for the longest time with the ledger. Returns how many do not fit."""
    wrong = 0
    for row in DayDigest.objects.exclude(file="").filter(checked_at__lt=now - AGAIN).order_by("checked_at", "pk").iterator():
        standing = standing_now(row)
        DayDigest.objects.filter(pk=row.pk, digest=row.digest).update(standing=standing, checked_at=now)
        wrong += standing == "differs"
        rows -= row.rows
        if rows <= 0:
            break
    return wrong


def standing_now(row: DayDigest) -> str:
    """How the day stands to the ledger, read again from its file."""
    if not row.file:
        return "gone"
    return "matches" if row.intact and fault_of(row) is None else "differs"


def days_against_ledger() -> Iterator[DayFault]:
    """Every day that is not as the ledger has it, and the first of each month whose thinned readings do not follow from its days.

    Whether the list of days itself is as the ledger has it, `rows_against_leaves` says.
    """
    for row in DayDigest.objects.order_by("day", "kind").iterator():
        fault = BEFORE if not row.intact else fault_of(row) if row.file else None
        if fault is not None:
            yield DayFault(fault, *row.of)
    for one in ThinnedFile.objects.order_by("month", "kind"):
        if not _follows(one):
            yield DayFault(THINNED, one.kind, one.month)


def _follows(one: ThinnedFile) -> bool:
    try:
        return follows_from_days(one)
    except (OSError, pa.ArrowException, KeyError):
        return False


def days_in_ledger() -> int:
    """How many days of readings the ledger can be asked about."""
    return DayDigest.objects.exclude(file="").count()


def files_not_in_ledger() -> int:
    """How many files of readings the ledger does not know yet: of days that are not whole, or with what came late."""
    return ReadingFile.objects.exclude(path__in=DayDigest.objects.values("file")).count()
