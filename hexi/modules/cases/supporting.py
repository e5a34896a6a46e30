"""Me too: somebody else has the same trouble. They follow the case, and each counts once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from hexi.core.data.api import readable
from hexi.core.trust.api import PUBLIC, Happening, Viewer, record
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.models import Case, Person
from hexi.modules.cases.near import OPEN
from hexi.modules.cases.people import person_of


@dataclass(frozen=True, slots=True)
class Supported:
    """The case that they follow now, with the secret for it."""

    case: Case
    secret: str


def support(viewer: Viewer, number: str, reporter: Reporter | None) -> Supported:
    """Follow a public, open case; the one that it was merged into, where it was. Raises NotFound.

    Nobody learns whether a telephone number was there before: every call gives a secret of its own, only the count stays.
    """
    with transaction.atomic():
        case = _open_case(number)
        person = person_of(case, reporter, viewer.account, timezone.now(), first=False)
        known = (Q(mark=person.mark) if person.mark else Q(pk=None)) | (Q(account_id=viewer.account) if viewer.account else Q(pk=None))
        counts = bool(person.mark or viewer.account) and not Person.objects.filter(known, case=case).exists()
        person.save(force_insert=True)
        if counts:
            # Only a count: the version stays, or every supporter would stand in the way of whoever works on the case.
            Case.objects.filter(pk=case.pk).update(supporters=F("supporters") + 1, updated_at=timezone.now())
            case.refresh_from_db()
            after = {"supporters": case.supporters}
            told = Happening("support", "cases.case", case.pk, {"supporters": case.supporters - 1}, after, case.place, case.organisations)
            record(viewer, told)
    return Supported(case, person.secret)


def _open_case(number: str) -> Case:
    found = Case.objects.filter(number=number[:24]).first()
    wanted = (found.master_id or found.pk) if found else None
    case = readable(PUBLIC, Case, OPEN).filter(pk=wanted).select_for_update(of=("self",)).first() if wanted else None
    if case is None:
        raise NotFound(t("没有这件正在办理的公开案件", "There is no open public case with this number"))
    return case
