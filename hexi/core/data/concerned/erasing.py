"""Erase what is known of a person: in the row, in its events, and where it stands in other registers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from hexi.core.data.concerned.mine import forget_links, reached
from hexi.core.data.concerned.models import LookQuestion
from hexi.core.data.entities import Description, describe, registers
from hexi.core.data.fields import Entity
from hexi.core.data.files import SHA256_OF_FILES, note_uses
from hexi.core.data.values import plain
from hexi.core.trust.api import ERASE, Happening, Viewer, erase
from hexi.kernel.declare import Action
from hexi.kernel.label import t

BY = ("data_steward", "administrator")
SURE = t(
    "个人信息及其全部历史将被销毁，任何人都不能恢复；登记、时间和经办人保留，日志仍可核验",
    "What it says of the person is destroyed, also in its whole history, and nobody can bring it back. The record stays, and the log holds",
)


def erasing(on: str, run: Callable[[Any], Any] | None = None) -> Action:
    """The action on a register with personal fields that destroys them for good, by a data officer, for a reason that is kept.

    `run` does it where what is personal stands beside the register's own fields.
    """
    return Action("erase_personal", t("抹除个人信息", "erase personal data"), on, run or _erase, by=BY, needs_reason=True, confirm=SURE)


def _erase(change: Any) -> Any:
    """The record, and where it is somebody, what other registers say of them. Rows are locked: a change under way would bring it back."""
    row: Entity = change.record
    about = describe(type(row))
    rows = reached({about.key: {row.pk: row.created_at}}) if about.person and not about.person.people else {about.key: {row.pk: None}}
    known = registers()
    for entity, numbers in rows.items():
        for one in known[entity].model._default_manager.select_for_update(of=("self",)).filter(pk__in=list(numbers)):
            erase_row(change.viewer, known[entity], one, change.why)
    row.refresh_from_db()
    return row


def erase_row(viewer: Viewer, about: Description, row: Any, why: str) -> None:
    """Empty the personal fields of one row, and take them out of all its events, in the caller's transaction."""
    values = {about.fields[name].attname: _emptied(about.fields[name]) for name in about.personal}
    for attname, value in values.items():
        setattr(row, attname, value)
    row.version += 1
    about.model._default_manager.filter(pk=row.pk).update(**values, version=row.version, updated_at=timezone.now())
    note_uses(about, row, about.personal)
    after = {name: plain(getattr(row, about.fields[name].attname)) for name in about.personal}
    place, office = (getattr(row, name) or "" if name else "" for name in (about.place, about.organisation))
    erase(viewer, Happening(ERASE, about.key, row.pk, {}, after, place, office, row.version, why), _gone(about))
    forget_links(about.key, row.pk)
    for asked in LookQuestion.objects.filter(register=about.key, record=row.pk):
        erase_row(viewer, describe(LookQuestion), asked, why)


def _gone(about: Description) -> list[str]:
    """What goes out of the events: where a photograph is personal, the hashes of files, too."""
    shown = any(about.fields[name].kind in {"file", "document"} for name in about.personal)
    return [*about.personal, *((SHA256_OF_FILES,) if shown else ())]


def _emptied(field: Any) -> Any:
    """What stands for nothing in that column. One of its kind stays so: rows are told apart by it."""
    if field.unique:
        return f"gone-{secrets.token_hex(5)}"
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""
