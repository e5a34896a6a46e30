"""Cases of the past for a sample: lived through in memory by the same life, clocks and ladder as real ones, then written in bulk."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from hexi.core.data.api import SAMPLE, begun_as_sample, counted_anew, index_rows, offices_written
from hexi.core.space.api import spot_of
from hexi.core.trust.api import PLATFORM, Happening, record_bulk
from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import entity_key
from hexi.kernel.clock import Limit
from hexi.modules.cases import routing
from hexi.modules.cases.clocks import extended, first_clocks, reading, turned
from hexi.modules.cases.contracts import NewCase, Routed
from hexi.modules.cases.intake import LETTERS, english_of, kind_of
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Category, Extension, Person, Supervision, Verification
from hexi.modules.cases.people import person_of
from hexi.modules.cases.timers import Round, speak

BATCH = 1000
STREET_WIDTH = 9


@dataclass
class PastCase:
    """One case under way in memory."""

    case: Case
    category: str
    clocks: list[CaseClock]
    routed: Routed
    rows: list[models.Model] = field(default_factory=list[models.Model])
    told: list[tuple[str, datetime, str, str]] = field(default_factory=list[tuple[str, datetime, str, str]])

    @property
    def newest(self) -> list[CaseClock]:
        """The newest clock of each name."""
        return list({one.key: one for one in self.clocks}.values())

    @property
    def lead_task(self) -> CaseTask:
        """The task of the lead office that was sent out last."""
        return next(row for row in reversed(self.rows) if isinstance(row, CaseTask) and row.role == "lead")


class Replay:
    """Invented cases of one kind up to `now`. `why` is kept with every event: it says that they are simulated."""

    def __init__(self, kind: str, now: datetime, rng: random.Random, why: str) -> None:
        self.kind: CaseType = kind_of(kind)
        self.now, self.rng, self.why = now, rng, why
        self.past: list[PastCase] = []
        self._categories = {row.code: row for row in Category.objects.filter(kind=kind)}
        self._routed: dict[tuple[str, str], Routed] = {}

    @property
    def names(self) -> dict[str, str]:
        """What may be reported: names of the categories by code."""
        return {code: row.name for code, row in self._categories.items()}

    def open(self, at: datetime, new: NewCase) -> PastCase:
        """Somebody reports something at that moment. Times after `now` are refused with ValueError."""
        category = self._categories[new.category] if new.category else None
        routed = self._route(new, at)
        case = self._row(at, new, category, routed)
        found = PastCase(case, new.category, first_clocks(case, self.kind, new.category, at), routed)
        _read(found)
        found.rows.append(person_of(case, new.reporter, None, at))
        self._tell(found, "open", at)
        self.past.append(found)
        return found

    def take(self, one: PastCase, key: str, at: datetime, why: str = "", **values: Any) -> None:
        """One step of its life. Raises ValueError where the step does not lead on from where the case stands."""
        step = next((s for s in self.kind.lifecycle.steps_from(one.case.state) if s.key == key), None)
        if step is None or at > self.now:
            raise ValueError(f"{self.kind.key}: no step {key} from {one.case.state} at {at}.")
        self.wind(one, at)
        state = self.kind.lifecycle.state(step.target)
        for name, value in {**values, "state": state.key, "phase": state.phase}.items():
            setattr(one.case, name, value)
        _changed, begun = turned(one.case, self.kind, one.category, one.newest, at)
        one.clocks += begun
        one.case.closed_at = at if state.final else None
        one.case.version += 1
        _read(one)
        self._tell(one, key, at, why)

    def send(self, one: PastCase, key: str, at: datetime, office: str = "", *, designated: bool = False) -> None:
        """Dispatch it to an office, by the routing rules where none is named."""
        lead, helpers = office or one.routed.office, () if office else one.routed.co_offices
        keys = [lead, *(key for key in helpers if key != lead)]
        self.take(one, key, at, lead=lead, dispatches=one.case.dispatches + 1, organisations=offices_written(keys))
        for n, office_key in enumerate(keys):
            task = CaseTask(
                case=one.case, role="co" if n else "lead", office=office_key, place=one.case.place, assigned_at=at, designated=designated
            )
            one.rows.append(task)

    def accept(self, one: PastCase, at: datetime, handler: str) -> None:
        """The lead office takes it, and those who help."""
        self.take(one, "task_accepted", at, handler=handler)
        for task in _tasks(one, "assigned"):
            task.state, task.accepted_at, task.handler = "accepted", at, handler

    def give_back(self, one: PastCase, at: datetime, why: str) -> None:
        """The lead office returns it."""
        self.take(one, "task_returned", at, why, lead="", handler="", organisations="")
        for task in _tasks(one, "assigned", "accepted"):
            task.state, task.done_at = ("returned" if task.role == "lead" else "withdrawn"), at
            task.why_returned = why if task.role == "lead" else ""

    def finish(self, one: PastCase, at: datetime, result: str) -> None:
        """All offices report what they did."""
        self.take(one, "tasks_done", at)
        for task in _tasks(one, "accepted"):
            task.state, task.done_at, task.result = "done", at, result

    def verify(self, one: PastCase, key: str, at: datetime, verdict: str, **found: Any) -> None:
        """A check with its verdict; where its step leads back, the work is taken up again."""
        self.take(one, key, at)
        one.rows.append(Verification(case=one.case, verdict=verdict, at=at, place=one.case.place, office=one.case.lead, **found))
        if one.case.phase in {"working", "new"}:
            one.case.rework += 1
            for task in _tasks(one, "done"):
                task.state, task.done_at = "accepted", None

    def extend(self, one: PastCase, clock: str, more: Limit, reason: str, *people: str) -> None:
        """More time was asked for by one and granted by another before it ran out. Nothing where that clock does not run."""
        running = next((c for c in one.newest if c.key == clock and c.ended_at is None), None)
        if running is None:
            return
        extended(running, more, self.kind, running.started_at, running.started_at)
        one.case.extensions += 1
        asked_by, decided_by = people
        one.rows.append(Extension(case=one.case, clock=clock, amount=more.amount, unit=more.unit, reason=reason, state="granted",
                                  asked_by=asked_by, decided_by=decided_by, office=one.case.lead, place=one.case.place))  # fmt: skip
        _read(one)

    def wind(self, one: PastCase, at: datetime) -> None:
        """Let the ladder speak for every clock that came to a rung by then."""
        for clock in one.newest:
            while clock.next_at is not None and clock.next_at <= at and clock.ended_at is None:
                found = Round()
                speak(clock, one.case, clock.next_at, found)
                one.rows += found.supervisions
                one.case.breached = one.case.breached or bool(found.breached)

    def write(self) -> int:
        """Insert everything in one transaction. Gives the number of cases."""
        for one in self.past:
            self.wind(one, self.now)
            _read(one)
        with transaction.atomic():
            cases = [one.case for one in self.past]
            Case.objects.bulk_create(cases, batch_size=BATCH)
            counted_anew(Case, len(cases))
            index_rows("cases.case", cases, ("organisations",))
            for kind in (CaseClock, Person, CaseTask, Verification, Extension, Supervision):
                kind.objects.bulk_create(self._rows(kind), batch_size=BATCH)
            for kind in (CaseTask, Verification, Extension, Supervision):
                record_bulk(PLATFORM, begun_as_sample(self._rows(kind), self.why), Happening(SAMPLE, entity_key(kind), 0))
            happenings = [*_begun(cases, self.why), *(told for one in self.past for told in self._happenings(one))]
            record_bulk(PLATFORM, happenings, Happening(SAMPLE, "cases.case", 0, after={"rows": len(cases)}, why=self.why))
        return len(cases)

    def _rows(self, kind: type[models.Model]) -> list[Any]:
        found = [row for one in self.past for row in (*one.clocks, *one.rows) if isinstance(row, kind)]
        for row in found:
            row.case = row.case  # type: ignore[attr-defined]  # its number is known only now
        return found

    def _happenings(self, one: PastCase) -> Iterable[Happening]:
        for version, (key, at, state, why) in enumerate(one.told, 1):
            after = {"state": state, "simulated_at": at}
            yield Happening(key, "cases.case", one.case.pk, after=after, place=one.case.place, organisation=one.case.organisations,
                            version=version, why=f"{self.why}：{why}" if why else self.why)  # fmt: skip

    def _tell(self, one: PastCase, key: str, at: datetime, why: str = "") -> None:
        one.told.append((key, at, one.case.state, why))

    def _route(self, new: NewCase, at: datetime) -> Routed:
        key = (new.category, new.place[:STREET_WIDTH])
        if key not in self._routed:
            self._routed[key] = routing.route(routing.Question(self.kind.key, new.category, new.place, at))
        return self._routed[key]

    def _row(self, at: datetime, new: NewCase, category: Category | None, routed: Routed) -> Case:
        lon, lat = new.point or (None, None)
        start = self.kind.lifecycle.state(self.kind.lifecycle.start)
        letters = "".join(self.rng.choice(LETTERS) for _ in range(6))
        return Case(
            title_en=new.title_en or english_of(new.title, category),
            number=f"{timezone.localtime(at):%y%m%d}-{letters}", kind=self.kind.key, state=start.key, phase=start.phase, title=new.title,
            description=new.description, category=category,
            urgency=category.urgency if category and new.urgency == "normal" else new.urgency,
            source=new.source, place=new.place, lon=lon, lat=lat, spot=spot_of(lon, lat), address=new.address, opened_at=at,
            answers=dict(new.answers), supporters=1, is_public=self.kind.public and bool(category and category.is_public),
            subject=new.subject,
            routing={"office": routed.office, "co_offices": list(routed.co_offices), "rule": routed.rule, "why": routed.why.as_dict()},
        )  # fmt: skip


def _begun(cases: Sequence[Case], why: str) -> list[Happening]:
    """What each case holds in the end, told at its beginning: the steps after it tell of states alone."""
    told = zip(begun_as_sample(cases, why), cases, strict=True)
    return [replace(one, after={**one.after, "simulated_at": case.opened_at}) for one, case in told]


def _read(one: PastCase) -> None:
    for name, value in reading(one.newest).values().items():
        setattr(one.case, name, value)


def _tasks(one: PastCase, *states: str) -> Sequence[CaseTask]:
    return [row for row in one.rows if isinstance(row, CaseTask) and row.state in states]


def has_cases(kind: str) -> bool:
    """Is there any case of the kind yet?"""
    return Case.objects.filter(kind=kind).exists()
