"""What is done for the person concerned: the link to their page, their question about a look, the office's answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.data.concerned.looks import own_records
from hexi.core.data.concerned.mine import LASTS, give_link, keep_link
from hexi.core.data.concerned.models import LookQuestion
from hexi.core.data.entities import describe
from hexi.core.data.fields import Entity
from hexi.core.data.forms import Form, question
from hexi.core.trust.api import PUBLIC, Happening, Viewer, look_among, record
from hexi.kernel.declare import Action, Grant, MenuItem
from hexi.kernel.errors import Conflict, NotFound, SignInNeeded
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step

PAGE = "/m/looks"
QUESTION = "data.lookquestion"
IN_AREAS = ("data_steward", "street_staff", "community_worker")
ANSWERING = (*IN_AREAS, "department_staff")
MOST = 5
"""Ours: so many questions about one look."""


class LookAsked(Form):
    """Which look, and what they want to know or do not agree with."""

    look: int = question(t("查看记录号", "number of the look"), ge=1)
    words: str = question(t("我要问的", "my question"), widget="textarea", min_length=2, max_length=1000)
    secret: str = question(t("查询码", "secret of the link"), "", max_length=200)


def ask(change: Any) -> LookQuestion:
    """Ask about a look at one's own data. Raises NotFound for every other look, Conflict when enough was asked about it."""
    given = change.answers
    look = look_among(own_records(change.viewer, given.secret), given.look)
    if look is None:
        raise NotFound(which=str(given.look))
    if LookQuestion.objects.filter(look=look.event).count() >= MOST:
        raise Conflict(t("这次查看您已询问多次", "You have asked about this look several times"), do=t("请等候答复", "Wait for the answer"))
    return change.create(
        LookQuestion, look=look.event, register=look.entity, record=look.record, looked_at=look.at, looker=look.who, purpose=look.why[:200],
        words=given.words, place=look.place, office=look.office,
    )  # fmt: skip


def _answered(change: Any) -> None:
    change.amend(change.record, answered_at=timezone.now())


def link_for_person(on: str, *, by: tuple[str, ...]) -> Action:
    """The action on a register of people that makes the link to the page of whoever the record is about: shown once, to be handed over."""
    return Action("give_look_link", t("发给本人查询链接", "link for the person"), on, _give_link, by=by, adds=True)


def _give_link(change: Any) -> Any:
    row: Entity = change.record
    about = describe(type(row))
    change.once["link"] = f"{PAGE}#{give_link(about.key, row.pk)}"
    change.happenings.append(Happening(
        change.action, about.key, row.pk, after={"days": LASTS.days}, place=getattr(row, about.place) or "" if about.place else "",
        version=row.version, why=change.why, silent=True,
    ))  # fmt: skip
    return row


def keep(viewer: Viewer, secret: str) -> None:
    """The account is known as this person from now on. Raises SignInNeeded, NotFound for a link that is not known."""
    if viewer.account is None:
        raise SignInNeeded
    own_records(PUBLIC, secret)
    with transaction.atomic():
        kept = [Happening("keep_look_link", link.entity, link.object_id, silent=True) for link in keep_link(viewer.account, secret)]
        record(viewer, *kept)


life = Lifecycle(
    key="look_question", label=t("询问与答复", "question and answer"), field="state", start="asked",
    states=(State("asked", t("待答复", "waits for an answer")), State("answered", t("已答复", "answered"), final=True)),
    steps=(
        Step("answer", t("答复本人", "answer the person"), ("asked",), "answered", by=ANSWERING, needs=("answer",), run=_answered,
             primary=True),
    ),
)  # fmt: skip
ACTIONS = (Action("ask", t("询问查看", "ask about a look"), QUESTION, ask, LookAsked, by=("public",), creates=True),)
GRANTS = tuple(Grant(role, QUESTION, ("read",), sees="personal") for role in ANSWERING)
MENU = (MenuItem("look_questions", t("本人询问", "questions about looks"), entity=QUESTION),)
