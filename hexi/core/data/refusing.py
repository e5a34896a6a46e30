"""Why an action is not open: whose it is, at which stage it is taken, or that things do not stand so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hexi.core.data.entities import Description
from hexi.core.data.parameters import tuned_context
from hexi.core.trust.api import Viewer, roles_reaching
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Action
from hexi.kernel.errors import Forbidden
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, Step
from hexi.kernel.party import Party

POST = t("您的岗位不能办理“{what}”", "“{what}” is not open to your post")
STAGE = t("“{what}”不在“{state}”环节办理", "“{what}” is not taken at the stage “{state}”")
PARTY = t("“{what}”由{who}办理，您不代表这一方", "“{what}” is for {who}: you do not speak for them")
STANDS = t("现在的情况下不能办理“{what}”", "“{what}” is not open as things stand")


def refusal(viewer: Viewer, about: Description, row: Any, key: str) -> Forbidden:
    """What is in the way of this action on this row (None: of beginning something), and what would be right."""
    life = catalogue.life_of(about.key, row) if row is not None else None
    step = next((one for one in life.steps if one.key == key), None) if life else None
    declared: Step | Action | None = step or catalogue.actions.get(about.key, {}).get(key) or catalogue.step_of(about.key, key)
    what = declared.label if declared else t(key or "?", key or "?")
    by = declared.by if declared else ()
    if not _roles(viewer, about, row) & {*by, "platform"}:
        return Forbidden(POST.filled(what=what), do=_whose(by))
    if life and step and (state := str(getattr(row, life.field))) not in step.sources:
        where = t("可在以下环节办理：{states}", "It is taken at: {states}").filled(states=_listed(_state(life, one) for one in step.sources))
        return Forbidden(STAGE.filled(what=what, state=_state(life, state)), do=where)
    if declared and declared.party and _fits(declared, row) and not stands(viewer, declared, row):
        return _not_theirs(what, declared.party)
    return Forbidden(STANDS.filled(what=what))


def _not_theirs(what: Label, party: Party) -> Forbidden:
    return Forbidden(party.why, do=_listed_as([party.label])) if party.why else Forbidden(PARTY.filled(what=what, who=party.label))


def stands(viewer: Viewer, declared: Step | Action, row: Any) -> bool:
    """Does the viewer stand on the side of the row (None: of what they would begin) whose step or action this is?"""
    return declared.party is None or viewer.holds("platform") or declared.party.stands(viewer, row)


def _roles(viewer: Viewer, about: Description, row: Any) -> set[str]:
    own = {post.role for post in viewer.posts}
    return own if row is None else set(roles_reaching(viewer, about.subject, row, tuned_context()))


def _fits(declared: Step | Action, row: Any) -> bool:
    return row is not None or (isinstance(declared, Action) and declared.creates)


def _whose(by: Iterable[str]) -> Label | None:
    known = [catalogue.roles[role].label for role in by if role in catalogue.roles]
    return _listed_as(known) if known else None


def _listed_as(who: Iterable[Label]) -> Label:
    return t("由{who}办理", "It is for: {who}").filled(who=_listed(who))


def _state(life: Lifecycle, key: str) -> Label:
    return next((one.label for one in life.states if one.key == key), t(key, key))


def _listed(labels: Iterable[Label]) -> Label:
    found = list(labels)
    return t("、".join(one.zh for one in found), ", ".join(one.en for one in found))
