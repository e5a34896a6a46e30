"""Changes: permission, change, event and notice in one transaction, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import DataError, IntegrityError, models, transaction
from pydantic import BaseModel, ValidationError

from hexi.core.data.circles import unentangled
from hexi.core.data.claims import Claim, claimed_row, taken_in
from hexi.core.data.entities import Description, describe, described
from hexi.core.data.fields import Entity, rounded
from hexi.core.data.files import forget_uses, hashes_of, note_uses
from hexi.core.data.masking import mask_for
from hexi.core.data.parameters import tuned_context
from hexi.core.data.pointing import check_answers, pointing_problems
from hexi.core.data.records import readable, seen
from hexi.core.data.refusing import refusal, stands
from hexi.core.data.sharing import note_offices
from hexi.core.data.values import LARGEST_ID, clean, parsed_all, plain
from hexi.core.data.wording import problem_words
from hexi.core.trust.api import PLATFORM, Happening, PublicDocument, Subject, Viewer, allowed, record, roles_reaching
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Nothing
from hexi.kernel.context import Context
from hexi.kernel.declare import Action, Verb
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Present, Problem
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Step

Values = Mapping[str, Any]


@dataclass
class Change:
    """One change under way. `run` functions of actions get it; what they save through it is logged with it."""

    viewer: Viewer
    action: str
    why: str = ""
    answers: Any = None
    record: Any = None
    context: Context = field(default_factory=tuned_context)
    happenings: list[Happening] = field(default_factory=list[Happening])
    once: dict[str, str] = field(default_factory=dict[str, str])
    """What its author is shown this one time and nobody again, such as a secret."""

    def create(self, entity: type[Entity], **values: Any) -> Any:
        """A new row with its event. Values are trusted: check what people send with a form first."""
        row = entity(**values)
        self.add(row)
        return row

    def add(self, row: Entity) -> None:
        """The same for a row that was made already but not saved."""
        about = describe(type(row))
        _saved(about, row)
        self.added(row)

    def added(self, row: Entity) -> None:
        """Tell of a row that the caller has just inserted."""
        about = describe(type(row))
        self._note(about, row, {}, snapshot(about, row))

    def save(self, row: Entity, **values: Any) -> None:
        """Set the values, raise the version, keep what was before."""
        about = describe(type(row))
        before = snapshot(about, type(row)._default_manager.get(pk=row.pk))
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        _saved(about, row)
        self._note(about, row, before, snapshot(about, row))

    def remove(self, row: Entity) -> None:
        """Take the row away; its event keeps all that it held."""
        about, number = describe(type(row)), row.pk
        held = snapshot(about, row)
        forget_uses(about, number)
        row.delete()
        place, office = (getattr(row, name) or "" if name else "" for name in (about.place, about.organisation))
        self.happenings.append(Happening(self.action, about.key, number, held, {}, place, office, row.version, self.why))

    def amend(self, row: Entity, **values: Any) -> None:
        """More values of a row that this change has saved already: the same version, the same event."""
        about = describe(type(row))
        at = max(n for n, one in enumerate(self.happenings) if (one.entity, one.object_id) == (about.key, row.pk))
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return
        before = snapshot(about, row)
        for name, value in changed.items():
            setattr(row, name, value)
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
        after = snapshot(about, row)
        fresh = {name for name in after if after[name] != before[name]}
        note_uses(about, row, fresh)
        for name in fresh & about.shared:
            note_offices(about.key, row.pk, before[name], after[name])
        told = self.happenings[at]
        self.happenings[at] = replace(
            told,
            before={**{name: before[name] for name in fresh}, **told.before},
            after={**told.after, **{name: after[name] for name in fresh}, **hashes_of(about, row, fresh)},
            organisation=getattr(row, about.organisation) or "" if about.organisation else "",
        )

    def also(self, row: Entity, **more: Any) -> None:
        """More to tell of what this change did to the row, such as its clocks, which are no fields of it."""
        key = describe(type(row)).key
        at = max(n for n, one in enumerate(self.happenings) if (one.entity, one.object_id) == (key, row.pk))
        self.happenings[at] = replace(self.happenings[at], after={**self.happenings[at].after, **more})

    def says(self, row: Entity, document: PublicDocument) -> None:
        """What the public log says in clear beside what this change did to the row: a document's hash."""
        key = describe(type(row)).key
        at = max(n for n, one in enumerate(self.happenings) if (one.entity, one.object_id) == (key, row.pk))
        self.happenings[at] = replace(self.happenings[at], document=document)

    def _note(self, about: Description, row: Entity, before: dict[str, Any], after: dict[str, Any]) -> None:
        changed = {name for name in after if before.get(name) != after[name]}
        note_uses(about, row, changed, is_new=not before)
        for name in changed & about.shared:
            note_offices(about.key, row.pk, before.get(name) or "", after[name] or "")
        self.happenings.append(
            Happening(
                self.action,
                about.key,
                row.pk,
                {k: v for k, v in before.items() if k in changed},
                {**{k: after[k] for k in changed}, **hashes_of(about, row, changed)},
                getattr(row, about.place) or "" if about.place else "",
                getattr(row, about.organisation) or "" if about.organisation else "",
                row.version,
                self.why,
            )
        )


@contextmanager
def platform_change(action: str, why: str) -> Generator[Change]:
    """A change that the platform makes by itself, such as a job: one transaction with its events."""
    change = Change(PLATFORM, action, why)
    with transaction.atomic():
        yield change
        record(PLATFORM, *change.happenings)


def snapshot(about: Description, row: Entity) -> dict[str, Any]:
    """The row's values as JSON, as events keep them: a number with as many places as the database keeps of it."""
    return {name: plain(_stored(f, getattr(row, f.attname))) for name, f in about.fields.items()}


def _stored(field: Any, value: Any) -> Any:
    return rounded(value, field.decimal_places) if isinstance(value, (float, Decimal)) and hasattr(field, "decimal_places") else value


def create(viewer: Viewer, entity: str, values: Values, *, why: str = "", client_id: str = "") -> Entity:
    """A new record. The same `client_id` gives the same record again. Raises Forbidden, Invalid."""
    about = described(entity)
    if not about.editable() or not _may(viewer, "create", about.subject):  # what only actions fill, only actions add
        raise _closed(about)
    return _once(viewer, about, Claim(clean(client_id), "create"), lambda: _created(viewer, about, values, why))


def _created(viewer: Viewer, about: Description, values: Values, why: str) -> tuple[Change, Entity]:
    fresh, problems = parsed_all(about.editable(), values)
    _refuse(problems + pointing_problems(viewer, about, fresh))
    row = about.model(**{about.fields[name].attname: value for name, value in fresh.items()})
    if (life := catalogue.life_of(about.key, row)) is not None:
        setattr(row, life.field, life.start)
    _refuse(list(about.unsound([row]).values()))
    if not allowed(viewer, "create", about.subject).holds(row, tuned_context()):
        raise _closed(about)
    change = Change(viewer, "create", why)
    change.add(row)
    return change, row


def _may(viewer: Viewer, verb: Verb, subject: Subject) -> bool:
    return not isinstance(allowed(viewer, verb, subject), Nothing)


def _closed(about: Description) -> Forbidden:
    return Forbidden(t("您无权在此范围新建{what}", "You may not add a {what} here").filled(what=about.label))


def revise(viewer: Viewer, entity: str, number: int, values: Values, version: int, *, why: str = "") -> Entity:
    """Change fields of a record; nothing differs, nothing happens. Raises NotFound, Forbidden, Invalid, Conflict (old `version`)."""
    about = described(entity)
    return unentangled(lambda: _revised(viewer, about, number, Deed("revise", values, version, why)))


def _revised(viewer: Viewer, about: Description, number: int, deed: Deed) -> Entity:
    with transaction.atomic():
        row = locked(viewer, about, number, deed.version)
        _must(viewer, "revise", about, row)
        before = {name: getattr(row, field.attname) for name, field in about.fields.items()}
        fresh, problems = parsed_all(about.editable(), _unmasked(viewer, about, row, deed.answers), partial=True)
        _refuse(problems + pointing_problems(viewer, about, fresh, before))
        changed = {about.fields[name].attname: value for name, value in fresh.items() if value != before[name]}
        if changed:
            change = Change(viewer, deed.action, deed.why, record=row)
            change.save(row, **changed, **_stale_twins(about, changed))
            _refuse(list(about.unsound([row]).values()))
            _must(viewer, "revise", about, row)  # nobody moves a record out of what they may change
            record(viewer, *change.happenings)
    return row


def _stale_twins(about: Description, changed: Values) -> dict[str, str]:
    """English twins that the platform wrote say what a text meant before somebody changed it: they go with it."""
    twins = (about.fields.get(f"{name}_en") for name in changed)
    return {twin.attname: "" for twin in twins if twin is not None and twin not in about.editable()}


def _unmasked(viewer: Viewer, about: Description, row: Entity, values: Values) -> dict[str, Any]:
    """What was sent, without the masked values that a form sends back as it got them. Raises Invalid for changes of what is hidden."""
    mask = mask_for(viewer, about, [name for name in values if name in about.fields])
    hidden = mask.hidden(row)
    changed = [name for name in hidden if values[name] not in (None, mask.masked(name, getattr(row, about.fields[name].attname)))]
    if changed and not allowed(viewer, "reveal", about.subject).holds(row, tuned_context()):
        why = t("这一栏对您隐去，不能修改", "This field is masked for you, so you cannot change it")
        raise Invalid([Problem(name, why) for name in changed])
    return {name: value for name, value in values.items() if name not in hidden or name in changed}


def act(
    viewer: Viewer, entity: str, number: int | None, action: str, answers: Values, *, version: int = 0, why: str = "", client_id: str = ""
) -> Entity:
    """Take a step of the lifecycle or a declared action. Raises NotFound, Forbidden, Invalid, Conflict.

    An action that only adds takes any version.
    """
    about = described(entity)
    claim = Claim(clean(client_id), action if number is None else f"{action} {number}")
    return _once(viewer, about, claim, lambda: _acted(viewer, about, number, Deed(action, answers, version, why)))


@dataclass(frozen=True)
class Deed:
    """One action as it was asked for."""

    action: str
    answers: Values
    version: int
    why: str


def _acted(viewer: Viewer, about: Description, number: int | None, deed: Deed) -> tuple[Change, Entity]:
    declared = catalogue.actions.get(about.key, {}).get(deed.action)
    version = None if declared and declared.adds else deed.version
    row = locked(viewer, about, number, version) if number is not None else None
    if deed.action not in allowed_actions(viewer, about, row):
        raise refusal(viewer, about, row, deed.action)
    change = Change(viewer, deed.action, deed.why, record=row)
    return change, _declared(change, declared, deed.answers) if declared else _step(change, about, deed.action, deed.answers)


def _once(viewer: Viewer, about: Description, asked: Claim, work: Callable[[], tuple[Change, Entity]]) -> Entity:
    """The work with its events in one transaction; with a `client_id` only the first time, even when two arrive at once."""
    if (done := taken_in(viewer, about, asked)) is not None:
        return done
    try:
        return unentangled(lambda: _done(viewer, about, asked, work))
    except IntegrityError:
        if (done := taken_in(viewer, about, asked)) is not None:
            return done
        raise


def _done(viewer: Viewer, about: Description, asked: Claim, work: Callable[[], tuple[Change, Entity]]) -> Entity:
    with transaction.atomic():
        # The claim comes first: whoever is second waits here for the first to end.
        claim = claimed_row(viewer, about, asked)
        change, row = work()
        record(viewer, *change.happenings)
        row.once = change.once
        if claim is not None:
            claim.result, claim.object_id = describe(type(row)).key, row.pk
            claim.save()
        return row


def _declared(change: Change, action: Action, answers: Values) -> Entity:
    _reason(action.needs_reason, change.why)
    change.answers = answers_of(change.viewer, action.form, answers)
    result = action.run(change)
    return result if result is not None else change.record


def _step(change: Change, about: Description, key: str, answers: Values) -> Entity:
    row, life = change.record, catalogue.life_of(about.key, change.record)
    assert life is not None  # the step was found among those that are open
    step = life.step(key)
    _reason(step.needs_reason, change.why)
    fields = {name: about.fields[name] for name in step.needs}
    fresh, problems = parsed_all(list(fields.values()), {k: v for k, v in answers.items() if not step.form or k in fields}, partial=True)
    _refuse(problems + _lacking(step, row, fresh) + pointing_problems(change.viewer, about, fresh))
    change.answers = answers_of(change.viewer, step.form, {k: v for k, v in answers.items() if k not in fields})
    change.save(row, **{life.field: step.target}, **{fields[name].attname: value for name, value in fresh.items()})
    for follow in (step.run, life.moved and partial(life.moved, step=step)):
        if follow:
            follow(change)
    return row


def _lacking(step: Step, row: Any, fresh: Values) -> list[Problem]:
    needed = t("办理此步骤前必填", "This is needed before the step")
    return [Problem(name, needed) for name in step.needs if (fresh[name] if name in fresh else getattr(row, name)) in (None, "", [], {})]


def answers_of(viewer: Viewer, form: type | None, answers: Values) -> Any:
    """The answers as the form reads them, None without a form. Raises Invalid with one problem for each faulty answer."""
    if form is None:
        return None
    assert issubclass(form, BaseModel)
    try:
        found = form.model_validate(dict(answers))
    except ValidationError as error:
        raise Invalid(
            [Problem(".".join(map(str, e["loc"])), problem_words(e), value=str(e.get("input", ""))[:80]) for e in error.errors()]
        ) from None
    check_answers(viewer, form, found)
    return found


def allowed_actions(viewer: Viewer, about: Description, row: Any) -> list[str]:
    """The actions and steps that this viewer may take on this row now, the usual next one first. `row` None: those that create."""
    context = tuned_context()
    roles = roles_reaching(viewer, about.subject, row, context) if row is not None else {post.role for post in viewer.posts}
    found: list[Step | Action] = [a for a in catalogue.actions.get(about.key, {}).values() if _open(a, roles, row, context)]
    life = catalogue.life_of(about.key, row) if row is not None else None
    if life:
        steps = (s for s in life.steps_from(getattr(row, life.field)) if s.by or "platform" in roles)
        found += [s for s in steps if roles & {*s.by, "platform"} and s.when.holds(row, context)]
    return [one.key for one in sorted(found, key=lambda one: not one.primary) if stands(viewer, one, row)]


def _open(action: Action, roles: set[str], row: Any, context: Context) -> bool:
    return bool(roles & {*action.by, "platform"}) and action.creates == (row is None) and (row is None or action.when.holds(row, context))


def locked(viewer: Viewer, about: Description, number: int, version: int | None) -> Any:
    """The row for changing it, if the viewer may read it and the version is the present one. None: any version is right."""
    found = readable(viewer, about.model).filter(pk=min(number, LARGEST_ID))
    if about.owner:  # the owner first, always: two changes that lock in two orders would wait for each other
        about.fields[about.owner].related_model._default_manager.select_for_update().filter(pk__in=found.values(about.owner)).first()
    row = found.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound(which=f"{about.label.said(viewer.language)} {number}")
    if version is not None and row.version != version:
        raise Conflict(
            t("这条记录已被他人修改", "Somebody else has changed this record"),
            present=Present(row.version, seen(viewer, about, number).row),
            do=t("请对照最新内容后再提交", "Compare with the present state and send again"),
        )
    return row


def _must(viewer: Viewer, verb: Verb, about: Description, row: Any) -> None:
    if not allowed(viewer, verb, about.subject).holds(row, tuned_context()):
        raise Forbidden(t("您无权修改这条{what}", "You may not change this {what}").filled(what=about.label))


def _reason(needed: bool, why: str) -> None:
    if needed and not why.strip():
        raise Invalid([Problem("why", t("请写明原因", "Say why"))])


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems)


def _saved(about: Description, row: models.Model) -> None:
    try:
        with transaction.atomic():
            row.save()
    except (DataError, OverflowError) as error:  # an action's own form let it through
        lost = t("有一项超出登记能保存的长度或大小，请改短或改小", "One value is longer or larger than the register keeps: make it smaller")
        raise Invalid([Problem(about.title, lost)]) from error
    except IntegrityError as error:
        names = [n for n in about.unique if n in about.fields]
        message = t("已有相同的{what}，请核对后再保存", "The same {what} exists already; check before saving").filled(what=about.label)
        if "unique" not in str(error).lower() and "duplicate" not in str(error).lower():
            message = t("引用的记录不存在，或还被其他记录使用", "A referred record does not exist, or others still use this one")
        raise Invalid([Problem(name, message) for name in names or [about.title]]) from error
