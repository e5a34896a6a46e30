"""What people do to a case beside its steps: notes, more time, merging, relating, naming the right category, reopening."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from hexi.core.data.api import Change
from hexi.kernel.clock import Limit
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, Forbidden, Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.party import anybody_but
from hexi.modules.cases import forms, routing
from hexi.modules.cases.clocks import extended
from hexi.modules.cases.course import advance, clocks_of, question_of, type_of, wound
from hexi.modules.cases.models import Case, CaseClock, CaseLink, Extension, Note, Person, Supervision
from hexi.modules.cases.others import ENDED, numbered
from hexi.modules.cases.parts import is_under
from hexi.modules.cases.photos import flag_same
from hexi.modules.cases.tasks import DISPATCHERS, HANDLERS, withdraw
from hexi.modules.cases.words import clock_label

STAFF = (*DISPATCHERS, *HANDLERS, "case_checker")
OPEN = ~Case.phase.one_of(*ENDED)
REOPENED = "reopen"


def add_note(change: Change) -> Note:
    """Something to keep beside the case."""
    return _noted(change, change.record)


def add_task_note(change: Change) -> Note:
    """The same from the side of an office's task."""
    return _noted(change, change.record.case)


def _noted(change: Change, case: Case) -> Note:
    given = change.answers
    return change.create(
        Note, case=case, text=given.text, files=list(given.files), readers=given.readers.value, by=change.viewer.name, place=case.place,
        organisations=case.organisations,
    )  # fmt: skip


def noted(change: Change, case: Case, text: str, files: Collection[int], before: Collection[int] = ()) -> Note:
    """What whoever went there found or did, kept beside the case for staff, inside a step of it.

    `before` shows how it was and stands with the photographs of the report; the same picture among `files` is flagged.
    """
    if before:
        change.amend(case, files=list(dict.fromkeys([*(case.files or ()), *before])))
    note = change.create(
        Note, case=case, text=text, files=list(files), readers="staff", by=change.viewer.name, place=case.place,
        organisations=case.organisations,
    )  # fmt: skip
    flag_same(change, case, files, "work" if before else "note")
    return note


def ask_more_time(change: Change) -> Extension:
    """Ask for more time on a running clock; somebody else decides."""
    case, given = change.record, change.answers
    clock = _running(case, given.clock or case.clock)
    if Extension.objects.filter(case=case, state="asked").exists():
        raise Conflict(t("已有延期申请待审批", "A request for more time waits for its answer"))
    return change.create(
        Extension, case=case, clock=clock.key, amount=given.amount, unit=clock.unit, reason=change.why, asked_by=change.viewer.name,
        asker=change.viewer.account, office=case.lead, place=case.place,
    )  # fmt: skip


def grant_more_time(change: Change) -> Extension:
    """The clock runs longer from its end. Nobody grants what they asked for."""
    asked = change.record
    _not_own(change, asked)
    case: Case = asked.case
    clock = _running(case, asked.clock)
    extended(clock, Limit(asked.amount, asked.unit), type_of(case), asked.created_at, timezone.now())
    clock.save()
    change.save(asked, state="granted", decided_by=change.viewer.name)
    change.save(case, extensions=case.extensions + 1)
    wound(change, case, [one if one.key != clock.key else clock for one in clocks_of(case)])
    change.also(case, clocks={clock.key: {"due_at": clock.due_at}})
    return asked


def refuse_more_time(change: Change) -> Extension:
    """The time stays as it is."""
    _not_own(change, change.record)
    change.save(change.record, state="refused", decided_by=change.viewer.name)
    return change.record


def merge(change: Change) -> Case:
    """The same thing was reported twice: this case goes into the other, and those who reported it follow that one."""
    case, master = change.record, numbered("into", change.answers.into)
    if master.pk == case.pk or master.master_id is not None or master.kind != case.kind or master.phase in ENDED:
        why = t("请选择同类、在办、未被并入的另一案件", "Choose another open case of this kind that was not merged itself")
        raise Invalid([Problem("into", why, value=change.answers.into)])
    return merged(change, case, master)


def merged(change: Change, case: Case, master: Case) -> Case:
    """Put the one into the other, which must be of its kind and not merged itself. Raises Conflict where the life has no such step."""
    if is_under(master, case):
        raise Conflict(t("不能并入自己的下级案件", "A case cannot be merged into a part of itself"))
    for part in Case.objects.filter(parent=case):
        change.save(part, parent=master)
    more = case.supporters - _counted_twice(case, master)
    Person.objects.filter(case=case).update(case=master, is_first=False)
    Case.objects.filter(master=case).update(master=master)
    withdraw(change, case, timezone.now())
    if not advance(change, case, "merge_into", master=master):
        raise Conflict(t("案件当前环节不能并案", "The case stands where it cannot be merged"))
    change.save(master, supporters=master.supporters + more)
    return case


def _counted_twice(case: Case, master: Case) -> int:
    """How many telephones reported both."""
    there = Person.objects.filter(case=master).exclude(mark="").values("mark")
    return Person.objects.filter(case=case, mark__in=there).values("mark").distinct().count()


def relate(change: Change) -> CaseLink:
    """Two cases that belong together."""
    case, given = change.record, change.answers
    other = numbered("number", given.number)
    first, second = sorted((case, other), key=lambda one: one.pk)
    if first.pk == second.pk:
        raise Invalid([Problem("number", t("不能与自己关联", "A case is not related to itself"))])
    return change.create(CaseLink, case=first, other=second, kind="event" if given.event else "related", note=given.note)


def recategorise(change: Change) -> Case:
    """The right category and urgency; where it goes is asked anew, clocks that run keep their limits.

    A case in a category that is not public is public no more. One that was kept back stays so: what people wrote was not meant for all.
    """
    case, given = change.record, change.answers
    category = routing.category_of(given.category, timezone.localdate(), case.kind)
    if category is None:
        raise Invalid([Problem("category", t("没有这个分类，或当前不适用", "There is no such category in force"), value=given.category)])
    routed = routing.route(question_of(case, category=given.category))
    change.save(
        case, category=category, urgency=given.urgency.value if given.urgency else category.urgency, routing=routed.document(),
        is_public=case.is_public and category.is_public,
    )  # fmt: skip
    return case


def answer_supervision(change: Change) -> Supervision:
    """The office says what it does about it."""
    change.save(change.record, answer=change.answers.answer, answered_by=change.viewer.name)
    return change.record


def reopened(change: Change) -> None:
    """Runs in a step back from the end: once. The days that the kind allows bind whoever reported it, not the desk."""
    case = change.record
    if case.reopenings:
        raise Conflict(t("案件只能重开一次", "A case can be reopened once"), do=t("请重新上报", "Report it anew"))
    change.amend(case, reopenings=1)


def _running(case: Case, said: str) -> CaseClock:
    """By its key, or by its name as people read it."""
    running = {one.key: one for one in clocks_of(case) if one.ended_at is None}
    found = running.get(said) or next((one for one in running.values() if _is_called(case.kind, one.key, said)), None)
    if found is None:
        raise Invalid([Problem("clock", t("没有正在计时的这个时钟", "No such clock is running"), value=said)])
    return found


def _is_called(kind: str, key: str, said: str) -> bool:
    label = clock_label(kind, key)
    return label is not None and said.strip().lower() in {label.zh, label.en.lower()}


NOT_OWN = t("申请人不能审批自己的申请", "Whoever asks for more time may not grant it")


def _not_own(change: Change, asked: Extension) -> None:
    if asked.asker is not None and asked.asker == change.viewer.account:
        raise Forbidden(NOT_OWN)


OTHERS = anybody_but("asker", NOT_OWN)
ACTIONS = (
    Action("add_note", t("添加跟进", "add a note"), "cases.case", add_note, forms.Said, by=STAFF, adds=True),
    Action("add_note", t("添加跟进", "add a note"), "cases.casetask", add_task_note, forms.Said, by=HANDLERS, adds=True),
    Action("ask_more_time", t("申请延期", "ask for more time"), "cases.case", ask_more_time, forms.MoreTime, by=HANDLERS, needs_reason=True,
           when=OPEN & ~Case.due_at.missing()),
    Action("grant_more_time", t("同意延期", "grant"), "cases.extension", grant_more_time, by=DISPATCHERS, primary=True,
           when=Extension.state == "asked", party=OTHERS),
    Action("refuse_more_time", t("不同意", "refuse"), "cases.extension", refuse_more_time, by=DISPATCHERS, needs_reason=True,
           when=Extension.state == "asked", party=OTHERS),
    Action("merge", t("并案", "merge"), "cases.case", merge, forms.Merge, by=DISPATCHERS, needs_reason=True, when=OPEN),
    Action("relate", t("关联", "relate"), "cases.case", relate, forms.Related, by=STAFF, adds=True),
    Action("recategorise", t("调整分类", "change the category"), "cases.case", recategorise, forms.Recategorised, by=DISPATCHERS,
           needs_reason=True, when=OPEN),
    Action("answer_supervision", t("回复督办", "answer"), "cases.supervision", answer_supervision, forms.Answered,
           by=(*HANDLERS, *DISPATCHERS), primary=True, when=Supervision.answer.missing()),
)  # fmt: skip
