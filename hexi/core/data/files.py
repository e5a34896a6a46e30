"""Stored files: bytes under their SHA-256, rows that say who sent them, and who may have them back."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone

from hexi.core.data.entities import Description, describe, described
from hexi.core.data.masking import clearly
from hexi.core.data.models import FileUse, StoredFile
from hexi.core.data.parameters import tuned_context
from hexi.core.data.sharing import OfficeUse
from hexi.core.data.sql import to_q
from hexi.core.data.values import LARGEST_ID
from hexi.core.trust.api import Viewer, allowed
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Cond, Nothing, both
from hexi.kernel.disk import synced
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t

EVIDENCE, IMPORT = "evidence", "import"
CLAIM = timedelta(days=7)  # so long an anonymous sender may put a file into a statement: the phone may have been offline
CHUNK = 1024 * 1024
SHA256_OF_FILES = "sha256_of_files"
"""Under this word an event says the hash of each file that its change put into the record."""


def store(viewer: Viewer, name: str, media_type: str, content: Iterable[bytes], purpose: str = EVIDENCE) -> StoredFile:
    """Keep the bytes once, whoever sends them, and one row for each sending."""
    digest, size = _keep(content)
    return StoredFile.objects.create(name=name, media_type=media_type, size=size, sha256=digest, account_id=viewer.account, purpose=purpose)


def _keep(content: Iterable[bytes]) -> tuple[str, int]:
    """Write beside the final place, then move: a reader never meets half a file, and a power cut leaves none."""
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / f".{os.getpid()}.{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in content:
                digest.update(piece)
                size += out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        final = path_of(digest.hexdigest())
        final.parent.mkdir(exist_ok=True)
        scratch.replace(final)
        synced(final.parent)
    finally:
        scratch.unlink(missing_ok=True)
    return digest.hexdigest(), size


def path_of(sha256: str) -> Path:
    """Where the bytes lie."""
    return Path(settings.FILES) / sha256[:2] / sha256


def pieces(upload: UploadedFile) -> Iterator[bytes]:
    """The bytes of an upload, a piece at a time."""
    upload.seek(0)
    yield from upload.chunks(CHUNK)


def readable_file(viewer: Viewer, number: int) -> StoredFile:
    """The file, for its sender and for whoever may read a record that shows it. Raises NotFound, also for what is not theirs."""
    row = StoredFile.objects.filter(pk=number).first()
    if row is None or not _may_read(viewer, row):
        raise NotFound(t("没有找到这个文件，或您无权查看", "There is no such file, or it is not open to you"))
    return row


def _may_read(viewer: Viewer, row: StoredFile) -> bool:
    if viewer.holds("platform") or (viewer.account is not None and row.account_id == viewer.account):
        return True
    return row.purpose == EVIDENCE and bool(_shown_to(viewer, {row.pk}))


def usable_files(viewer: Viewer, numbers: set[int]) -> set[int]:
    """Those files that the viewer may put into a record: their own, and those that they may read anyway.

    The public has no account: who knows the number, which can't be guessed, is taken for the sender, for some days.
    """
    numbers = {number for number in numbers if 0 < number <= LARGEST_ID}  # no database takes a larger one
    rows = StoredFile.objects.filter(pk__in=numbers)
    if viewer.holds("platform"):
        return set(rows.values_list("pk", flat=True))
    if viewer.anonymous:
        own = rows.filter(account_id=None, purpose=EVIDENCE, created_at__gt=timezone.now() - CLAIM)
    else:
        own = rows.filter(account_id=viewer.account, purpose=EVIDENCE)
    found = set(own.values_list("pk", flat=True))
    return found | _shown_to(viewer, numbers - found)


def _shown_to(viewer: Viewer, numbers: set[int]) -> set[int]:
    """Those files that some record shows to this viewer, in a field that is clear to them."""
    found: set[int] = set()
    for about, name in file_fields():
        if numbers - found and not isinstance(seen := _seen(viewer, about, name), Nothing):
            rows = about.model._default_manager.filter(to_q(seen, tuned_context()), **{f"{name}__in": numbers - found})
            found |= set(rows.values_list(f"{name}_id", flat=True))
    return found | (_listed_to(viewer, numbers - found) if numbers - found else set())


def _seen(viewer: Viewer, about: Description, name: str) -> Cond:
    return both(allowed(viewer, "read", about.subject), clearly(viewer, about, about.fields[name].privacy))


def file_fields() -> list[tuple[Description, str]]:
    """Every file field of every register."""
    abouts = [describe(entity) for entity in catalogue.entities.values()]
    return [(about, name) for about in abouts for name, field in about.fields.items() if field.kind == "file"]


def _listed_to(viewer: Viewer, numbers: set[int]) -> set[int]:
    """The same for lists of files, which are found by their uses."""
    found: set[int] = set()
    for use in FileUse.objects.filter(file__in=numbers):
        about = described(use.entity)
        if use.field in about.fields:
            rows = about.model._default_manager.filter(to_q(_seen(viewer, about, use.field), tuned_context()), pk=use.object_id)
            found |= {cast(Any, use).file_id} if rows.exists() else set[int]()
    return found


def note_uses(about: Description, row: models.Model, changed: Iterable[str], *, is_new: bool = False) -> None:
    """Keep the uses of files in step with the row's lists of files. Inside the caller's transaction."""
    for name in changed:
        field: Any = about.fields.get(name)
        if field is None or field.kind != "document" or not field.files:
            continue
        uses = FileUse.objects.filter(entity=about.key, object_id=row.pk, field=name)
        numbers = {one for one in cast("list[Any]", getattr(row, name) or []) if isinstance(one, int)}
        kept = set[int]()
        if not is_new:
            uses.exclude(file__in=numbers).delete()
            kept = set(uses.values_list("file_id", flat=True))
        if numbers - kept:
            FileUse.objects.bulk_create(FileUse(file_id=one, entity=about.key, object_id=row.pk, field=name) for one in numbers - kept)


def forget_uses(about: Description, number: int) -> None:
    """A row that goes uses no file any more, and concerns no organisation."""
    FileUse.objects.filter(entity=about.key, object_id=number).delete()
    OfficeUse.objects.filter(entity=about.key, object_id=number).delete()


def files_of(about: Description, row: models.Model, names: Iterable[str]) -> set[int]:
    """The numbers of the files that these fields of the row name."""
    found: set[int] = set()
    for name in names:
        field: Any = about.fields.get(name)
        if field is not None and field.kind == "file":
            found.add(getattr(row, field.attname))
        elif field is not None and field.kind == "document" and field.files:
            found |= {one for one in cast("list[Any]", getattr(row, name) or []) if isinstance(one, int)}
    return found - {None}


def has_files(about: Description) -> bool:
    """May a record of this register name files?"""
    return any(field.kind == "file" or (field.kind == "document" and field.files) for field in about.fields.values())


def hashes_of(about: Description, row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """What an event says of these fields' files beside their numbers; nothing where there are none."""
    numbers = files_of(about, row, names)
    stored = StoredFile.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "sha256") if numbers else ()
    return {SHA256_OF_FILES: {str(number): sha256 for number, sha256 in stored}} if numbers else {}


def uses_of(files: Iterable[int]) -> list[tuple[int, str, int]]:
    """File, register and row of every list of files that names one of these."""
    return list(FileUse.objects.filter(file__in=set(files)).values_list("file_id", "entity", "object_id"))


def forget_unused(older_than: timedelta = timedelta(days=30)) -> int:
    """Remove files that were sent and then put into nothing; for the daily round. Returns how many rows went."""
    old = StoredFile.objects.filter(purpose=EVIDENCE, created_at__lt=timezone.now() - older_than, uses=None)
    for about, name in file_fields():
        old = old.exclude(pk__in=about.model._default_manager.filter(**{f"{name}__isnull": False}).values(f"{name}_id"))
    digests = set(old.values_list("sha256", flat=True))
    removed, _ = old.delete()
    for digest in digests - set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True)):
        path_of(digest).unlink(missing_ok=True)
    _forget_halves(timezone.now() - older_than)
    return removed


def _forget_halves(before: datetime) -> None:
    """Remove what a process that was killed while it wrote left behind."""
    for path in Path(settings.FILES).glob(".*"):
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
