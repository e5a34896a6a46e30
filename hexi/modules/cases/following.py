"""What whoever reported a case may see of it, with number and secret: where it stands, each step with its time, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from hexi.core.data.api import readable_file
from hexi.core.trust.api import PLATFORM, EventRecord, history, organisation_labels
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t
from hexi.modules.cases.acts import REOPENED
from hexi.modules.cases.course import clocks_of
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Note, Person, Rating
from hexi.modules.cases.words import clock_label, kind_label, next_words, state_label, state_words

CHANGEABLE = timedelta(days=1)
"""Ours: so long a rating may be changed."""
DONE_PHASES = ("resolved", "closed")


@dataclass(frozen=True, slots=True)
class Followed:
    """The case that somebody follows, and who they are to it. `case` is the one it was merged into, where it was."""

    case: Case
    person: Person
    number: str

    @property
    def merged(self) -> bool:
        return self.case.number != self.number


def followed(number: str, secret: str) -> Followed:
    """By number and secret. Raises one and the same NotFound for a wrong number, a wrong secret, and one that fits another case."""
    person = Person.objects.select_related("case", "reported").filter(secret=secret[:64]).first() if secret else None
    if person is not None:
        named = Case.objects.filter(number=number[:24]).only("pk", "master_id").first()
        if named is not None and person.case_id in {named.pk, named.master_id}:  # type: ignore[attr-defined]
            return Followed(person.case, person, number)
    what = t("编号或查询码不对", "The number or the secret does not fit")
    raise NotFound(what, do=t("请核对上报后收到的编号和查询码", "Compare with what you got when you reported it"))


def progress(mine: Followed) -> dict[str, Any]:
    """Everything that they may see, as JSON."""
    case = mine.case
    return {
        "number": mine.number, "merged_into": case.number if mine.merged else None, "title": case.title,
        "kind": _word(case.kind, kind_label(case.kind)), "phase": case.phase, "stage": _word(case.state, state_label(case)),
        "office": _office(case.lead), "opened_at": case.opened_at, "closed_at": case.closed_at, "due_at": case.due_at,
        "clock": _word(case.clock, clock_label(case.kind, case.clock)), "breached": case.breached, "paused": case.paused,
        "supporters": case.supporters, "next": next_words(case).as_dict(), "steps": _steps(case),
        "clocks": [_clock(case, one) for one in clocks_of(case)], "notes": _notes(mine), "photos": photos(mine),
        "rating": _rating(mine.person), "may": {"add": True, "rate": may_rate(mine), "reopen": may_reopen(mine)},
    }  # fmt: skip


def photos(mine: Followed) -> dict[str, list[int]]:
    """Theirs from before, also where their case was merged, and those of the work once it was reported as done."""
    before = list(mine.person.reported.files) if mine.person.reported else []
    if mine.case.phase not in DONE_PHASES:
        return {"before": before, "after": []}
    rows = CaseTask.objects.filter(case=mine.case, state="done").order_by("pk").values_list("photos", flat=True)
    return {"before": before, "after": [file for files in rows for file in files or ()]}


def shown_files(mine: Followed) -> set[int]:
    """Every file that their page shows."""
    told = photos(mine)
    return {*told["before"], *told["after"], *(file for note in _notes(mine) for file in note["files"])}


def file_of(mine: Followed, number: int) -> Any:
    """The stored file, where their page shows it. Raises NotFound."""
    if number not in shown_files(mine):
        raise NotFound
    return readable_file(PLATFORM, number)


def may_rate(mine: Followed) -> bool:
    """Is the case closed, and their rating of this end not given, or given just now?"""
    given = Rating.objects.filter(person=mine.person).first()
    return mine.case.phase == "closed" and (given is None or is_of_before(given, mine.case) or is_changeable(given))


def is_of_before(given: Rating, case: Case) -> bool:
    """Was it given before the case was opened again? Then the end that counts now has none yet."""
    return given.at is not None and case.closed_at is not None and given.at < case.closed_at


def is_changeable(given: Rating) -> bool:
    """Was it given just now?"""
    return given.at is None or timezone.now() - given.at <= CHANGEABLE


def may_reopen(mine: Followed) -> bool:
    """May whoever reported it still say that it is not put right? Once, within the days of its kind."""
    case, kind = mine.case, catalogue.case_types.get(mine.case.kind)
    if kind is None or case.phase != "closed" or case.closed_at is None or case.reopenings or not mine.person.is_first:
        return False
    has_way = any(step.key == REOPENED for step in kind.lifecycle.steps_from(case.state))
    return has_way and timezone.now() <= case.closed_at + timedelta(days=kind.reopens_days)


def _steps(case: Case) -> list[dict[str, Any]]:
    """Each state that the case came into, oldest first, with the office and the limit of that time."""
    found, office, due = list[dict[str, Any]](), "", None
    for event in reversed(history("cases.case", case.pk, limit=500)):
        office, due = event.after.get("lead", office), event.after.get("due_at", due)
        if "state" in event.after:
            found.append(_step(case, event, office, due))
    return found


def _step(case: Case, event: EventRecord, office: str, due: str | None) -> dict[str, Any]:
    state = str(event.after["state"])
    return {"at": event.happened_at, "stage": _word(state, state_words(case.kind, state)), "office": _office(office), "due_at": due}


def _clock(case: Case, one: CaseClock) -> dict[str, Any]:
    return {
        "key": one.key, "label": (clock_label(case.kind, one.key) or t(one.key, one.key)).as_dict(), "started_at": one.started_at,
        "due_at": one.due_at, "met_at": one.met_at, "breached_at": one.breached_at, "paused": one.paused_at is not None,
    }  # fmt: skip


def _notes(mine: Followed) -> list[dict[str, Any]]:
    """What was written for them, and what they wrote, here or in the case that was merged: never what another who follows it wrote."""
    rows: Iterable[Note] = Note.objects.filter(
        Q(person=mine.person) | Q(person=None, case=mine.case), readers="reporter"
    ).order_by("pk")  # fmt: skip
    return [
        {"at": one.created_at, "text": one.text, "files": one.files or [], "mine": one.person_id is not None}  # type: ignore[attr-defined]
        for one in rows
    ]


def _rating(person: Person) -> dict[str, Any] | None:
    given = Rating.objects.filter(person=person).first()
    return {"solved": given.solved, "satisfied": given.satisfied, "words": given.words, "at": given.at} if given else None


def _office(key: str) -> dict[str, str] | None:
    label = organisation_labels().get(key) if key else None
    return {"key": key, **label.as_dict()} if label else None


def _word(key: str, label: Label | None) -> dict[str, str] | None:
    return {"key": key, **(label or t(key, key)).as_dict()} if key else None
