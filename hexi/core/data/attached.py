"""What hangs on rows, against the rows and the log: files by their hashes, the indexes of offices and of files by what they follow from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from django.db import models
from django.db.models.functions import Cast, Concat

from hexi.core.data.entities import Description, registers
from hexi.core.data.files import SHA256_OF_FILES, files_of, has_files, path_of
from hexi.core.data.models import FileUse, StoredFile
from hexi.core.data.sharing import OfficeUse, keys_of
from hexi.core.trust.api import Fault, history, said_in_events
from hexi.kernel.batches import batched
from hexi.kernel.label import Label, t

CHUNK = 2000
FOREIGN = t("索引中多出一项，可能扩大了可见范围", "An index says more than the row: somebody may see too much")
LACKING = t("索引中缺少一项", "An index lacks what the row says")
OTHER_FILE = t("附件与留痕中的摘要不符", "A file is not the one that was attached")
BYTES = t("文件内容与其摘要不符", "The bytes of a file do not fit its hash")
NO_BYTES = t("文件内容不见了", "The bytes of a file are gone")

Held = Callable[[Any], set[str]]


def hanging_faults() -> Iterator[Fault]:
    """Both indexes against the rows, and each file against the hash that an event says."""
    for about in registers().values():
        if about.shared:
            index = OfficeUse.objects.filter(entity=about.key).annotate(what=models.F("organisation"))
            yield from _index_faults(about, lambda row, about=about: _offices(about, row), index)
        if lists := [name for name, one in about.fields.items() if one.kind == "document" and one.files]:
            index = FileUse.objects.filter(entity=about.key).annotate(what=_written())
            yield from _index_faults(about, lambda row, lists=lists: _listed(lists, row), index)
        if has_files(about):
            yield from _file_faults(about)


def _written() -> Any:
    return Concat("field", models.Value(" "), Cast("file_id", models.CharField()), output_field=models.CharField())


def _offices(about: Description, row: Any) -> set[str]:
    return {key for name in about.shared for key in keys_of(getattr(row, name) or "")}


def _listed(lists: list[str], row: Any) -> set[str]:
    return {f"{name} {one}" for name in lists for one in cast("list[Any]", getattr(row, name) or []) if isinstance(one, int)}


def _index_faults(about: Description, held: Held, index: models.QuerySet[Any]) -> Iterator[Fault]:
    for rows in batched(about.model._default_manager.order_by("pk").iterator(chunk_size=CHUNK), CHUNK):
        wanted = {(row.pk, one) for row in rows for one in held(row)}
        there = set(index.filter(object_id__in=[row.pk for row in rows]).values_list("object_id", "what"))
        yield from (_hanging(FOREIGN, about, *one) for one in sorted(there - wanted))
        yield from (_hanging(LACKING, about, *one) for one in sorted(wanted - there))
    lost = index.exclude(object_id__in=about.model._default_manager.values("pk"))
    yield from (_hanging(FOREIGN, about, *one) for one in lost.order_by("object_id").values_list("object_id", "what"))


def _hanging(what: Label, about: Description, number: int, field: str) -> Fault:
    """The time is that of the record's newest event: then it still fitted."""
    last = next(iter(history(about.key, number, limit=1)), None)
    return Fault(what, about.key, number, field, event=last.id if last else None, at=last.at if last else None)


def _file_faults(about: Description) -> Iterator[Fault]:
    for said in said_in_events(about.key, SHA256_OF_FILES):
        stored = dict(StoredFile.objects.filter(pk__in=[int(number) for number in said.value]).values_list("pk", "sha256"))
        for number, sha256 in said.value.items():
            if stored.get(int(number), sha256) != sha256:  # one that is in no record any more may be gone
                yield Fault(OTHER_FILE, about.key, said.object_id, f"file {number}", event=said.event, at=said.at)


def files_unsaid() -> int:
    """How many files stand in records without an event that says their hash."""
    used, said = set[int](), set[int]()
    for about in registers().values():
        if has_files(about):
            said |= {int(number) for one in said_in_events(about.key, SHA256_OF_FILES) for number in one.value}
            for row in about.model._default_manager.iterator(chunk_size=CHUNK):
                used |= files_of(about, row, about.fields)
    return len(used - said)


def byte_faults() -> Iterator[Fault]:
    """Every stored file, read again. That takes as long as the disk needs."""
    for row in StoredFile.objects.order_by("pk").iterator(chunk_size=CHUNK):
        path = path_of(row.sha256)
        if not path.exists():
            yield Fault(NO_BYTES, "data.storedfile", row.pk, at=row.created_at)
        elif _hash_of(path) != row.sha256:
            yield Fault(BYTES, "data.storedfile", row.pk, at=row.created_at)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
