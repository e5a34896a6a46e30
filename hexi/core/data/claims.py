"""A client's own ids for what it sends, so that sending again changes nothing and nobody gets what is another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hexi.core.data.entities import Description, described
from hexi.core.data.models import Intake
from hexi.core.data.values import clean
from hexi.core.trust.api import Viewer, insert_row
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t


@dataclass(frozen=True)
class Claim:
    """The client's own id, and what it was sent for: the action, and the record that it is done to."""

    client_id: str
    work: str
    content: str = ""

    def same_as(self, done: Intake, entity: str) -> bool:
        """Was the id used for the same before?"""
        return (done.entity, done.work or self.work) == (entity, self.work) and self.content in {"", done.content}


def claimed_row(viewer: Viewer, about: Description, asked: Claim) -> Intake | None:
    """The row that says that this id is being used now; nothing where the client gave none."""
    if not asked.client_id:
        return None
    return Intake.objects.create(client_id=asked.client_id, account_id=viewer.account or 0, entity=about.key, work=asked.work)


def claim(viewer: Viewer, entity: str, client_id: str, number: int, content: str = "") -> None:
    """Keep what became of this sending, inside its transaction. Raises IntegrityError when another took the same id meanwhile."""
    work = Claim(clean(client_id), "open", content)
    insert_row(Intake(
        client_id=work.client_id, account_id=viewer.account or 0, entity=entity, work=work.work, result=entity, object_id=number,
        content=content,
    ))  # fmt: skip


def claimed(viewer: Viewer, entity: str, client_id: str, content: str = "") -> int | None:
    """The record that this client already got for this id. Raises Conflict when the id was used for something else.

    `content` is a mark of what is sent: strangers have no account, so one who hits upon the id of another must not get what is theirs.
    """
    found = taken_in(viewer, described(entity), Claim(clean(client_id), "open", content))
    return found.pk if found else None


def taken_in(viewer: Viewer, about: Description, asked: Claim) -> Any:
    """The record that this client already got for this id; nobody gets another's. Raises Conflict when it was for something else."""
    if not asked.client_id:
        return None
    done = Intake.objects.filter(client_id=asked.client_id, account_id=viewer.account or 0).first()
    if done is not None and not asked.same_as(done, about.key):
        said = t("这个提交编号已用于其他内容", "This submission id was used for something else")
        raise Conflict(said, do=t("请换一个编号再提交", "Send it again with another id"))
    return described(done.result).model._default_manager.filter(pk=done.object_id).first() if done else None
