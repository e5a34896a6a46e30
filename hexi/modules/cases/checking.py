"""Is it put right? Said by somebody who did not do the work; a failed check sends the work back and counts as done again."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from hexi.core.data.api import Change
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Forbidden
from hexi.kernel.label import t
from hexi.kernel.party import Party
from hexi.modules.cases.models import Case, CaseTask, Verification
from hexi.modules.cases.photos import flag_same

SAID = {True: "passed", False: "failed", None: "unclear"}
"""What a call-back comes to: nobody reached, or nothing said, is neither solved nor unsolved."""


def check_passed(change: Change) -> None:
    """The check found it put right."""
    _not_own(change)
    _verdict(change, "passed", **_found(change))


def check_failed(change: Change) -> None:
    """The check found it not put right: the offices take their tasks up again."""
    _not_own(change)
    _verdict(change, "failed", **_found(change))
    send_back(change)


def called_back(change: Change) -> None:
    """The reporter was asked. What they say is kept whatever it is; it does not decide by itself."""
    _not_own(change)
    given = change.answers
    solved, satisfied = (given.solved, given.satisfied) if given.reached else (None, None)
    _verdict(change, SAID[solved], way="callback", note=given.note, reached=given.reached, solved=solved, satisfied=satisfied)


def called_back_unsolved(change: Change) -> None:
    """The reporter says that it is not solved, and the work is taken up again."""
    called_back(change)
    send_back(change)


def send_back(change: Change) -> None:
    """The done tasks are in hand again."""
    case: Case = change.record
    for task in CaseTask.objects.filter(case=case, state="done"):
        change.save(task, state="accepted", done_at=None)
    change.amend(case, rework=case.rework + 1)


def _found(change: Change) -> dict[str, Any]:
    given = change.answers
    return {"way": given.way.value, "note": given.note, "photos": list(given.photos)}


def _verdict(change: Change, verdict: str, **found: Any) -> None:
    case: Case = change.record
    change.create(
        Verification, case=case, verdict=verdict, by=change.viewer.name, at=timezone.now(), place=case.place, office=case.lead, **found
    )
    flag_same(change, case, found.get("photos", ()), "check")


def did_not_handle(viewer: Viewer, case: Case) -> bool:
    """Whoever took the work on or reported it as done does not check it."""
    own = Q(handler_id=viewer.account) | Q(doer_id=viewer.account)
    return viewer.account is None or not CaseTask.objects.filter(own, case=case).exists()


def _not_own(change: Change) -> None:
    if not did_not_handle(change.viewer, change.record):
        raise Forbidden(HANDLED, do=t("请由其他人员核查", "Ask somebody else to check it"))


HANDLED = t("经办人不能核查自己办理的案件", "Whoever handled a case may not check it")
CHECKERS = Party(t("未经办此案的人员", "somebody who did not handle it"), did_not_handle, HANDLED)
