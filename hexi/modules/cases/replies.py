"""What whoever reported a case says later: how it went, one more word or photograph, that it is not put right after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from hexi.core.data.api import Change, Entity, check_files, claim, claimed, clean
from hexi.core.trust.api import Viewer, mark_of, record
from hexi.kernel.errors import Conflict, Invalid, Problem
from hexi.kernel.label import t
from hexi.modules.cases.acts import REOPENED
from hexi.modules.cases.course import advance, type_of
from hexi.modules.cases.following import CHANGEABLE, Followed, is_of_before, may_rate, may_reopen
from hexi.modules.cases.intake import ENTITY
from hexi.modules.cases.models import Case, Note, Rating
from hexi.modules.cases.photos import flag_same

BY = t("反映人", "reporter")
MOST_WORDS = 40
"""Ours: notes of one reporter in one case; what goes beyond is a flood."""


def once(viewer: Viewer, key: str, mine: Followed, said: str, reply: Callable[[], Entity]) -> None:
    """The reply, once for each key of the sender's: whoever got no answer sends it again. Without a key every time.

    Raises Conflict where the key was used for something else.
    """
    key = clean(key)[:64]
    content = mark_of(f"{mine.person.pk}\x1f{said}", "case reply")
    if key and claimed(viewer, ENTITY, key, content):
        return
    try:
        with transaction.atomic():
            reply()
            if key:
                claim(viewer, ENTITY, key, mine.case.pk, content)
    except IntegrityError:
        if not (key and claimed(viewer, ENTITY, key, content)):
            raise


def rate(viewer: Viewer, mine: Followed, *, solved: bool, satisfied: bool, words: str) -> Rating:
    """Say how it went: once, changed within a day. Raises Conflict before the end and later."""
    with transaction.atomic():
        case = _locked(mine)
        given = Rating.objects.filter(person=mine.person).first()
        if not may_rate(Followed(case, mine.person, mine.number)):
            hours = CHANGEABLE // timedelta(hours=1)
            what = t("案件办结后可评价一次，{hours}小时内可修改", "A closed case is rated once; for {hours} hours it can be changed")
            raise Conflict(what.filled(hours=hours))
        change = Change(viewer, "rate", record=given)
        said = {"solved": solved, "satisfied": satisfied, "words": words}
        if given is None:
            given = change.create(Rating, case=case, person=mine.person, at=timezone.now(), office=case.lead, place=case.place, **said)
        else:
            at = timezone.now() if is_of_before(given, case) else given.at  # the day for changing it is counted from the first word
            change.save(given, at=at, **said)
        record(viewer, *change.happenings)
    return given


def add_word(viewer: Viewer, mine: Followed, text: str, files: tuple[int, ...]) -> Note:
    """One more word or photograph. It is added and never stands in anybody's way. Raises Invalid."""
    if not text and not files:
        raise Invalid([Problem("text", t("请填写内容或附上照片", "Write something, or add a photo"))])
    _check(viewer, files)
    with transaction.atomic():
        if Note.objects.filter(person=mine.person).count() >= MOST_WORDS:
            raise Conflict(t("补充内容过多", "There are too many additions"), do=t("请等待答复", "Wait for the answer"))
        change = Change(viewer, "add_note")
        note = _note(change, mine, text, files)
        flag_same(change, mine.case, files, "note")
        record(viewer, *change.happenings)
    return note


def ask_again(viewer: Viewer, mine: Followed, why: str, files: tuple[int, ...]) -> Case:
    """It is not put right: the case is opened again, once, within the days of its kind. Raises Conflict, Invalid."""
    _check(viewer, files)
    with transaction.atomic():
        case = _locked(mine)
        fresh = Followed(case, mine.person, mine.number)
        change = Change(viewer, REOPENED, why, record=case)
        if not may_reopen(fresh) or not advance(change, case, REOPENED):
            days = type_of(case).reopens_days
            what = t("办结后 {days} 天内可申请重开一次", "A case can be opened again once, within {days} days of its end").filled(days=days)
            raise Conflict(what, do=t("请重新上报", "Report it anew"))
        _note(change, fresh, why, files)
        flag_same(change, case, files, "note")
        record(viewer, *change.happenings)
    return case


def _note(change: Change, mine: Followed, text: str, files: tuple[int, ...]) -> Note:
    case = mine.case
    return change.create(
        Note, case=case, text=text, files=list(files), readers="reporter", by=BY.zh, place=case.place, organisations=case.organisations,
        person=mine.person,
    )  # fmt: skip


def _locked(mine: Followed) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=mine.case.pk)


def _check(viewer: Viewer, files: tuple[int, ...]) -> None:
    if problems := check_files(viewer, "files", files):
        raise Invalid(problems)
