"""What residents may say without an account, and what the district does about it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from hexi.kit import Action, Change, Conflict, Form, Invalid, Label, Lifecycle, Problem, State, Step, mark_of, names, question, t
from hexi.scenarios.life_circle.acts import CONFIRM, seen_by
from hexi.scenarios.life_circle.kinds import KIND_OPTIONS
from hexi.scenarios.life_circle.models import Hint, Outlet, Voice, Wish
from hexi.scenarios.life_circle.models_voice import (
    ASKED,
    CLOSED,
    DECLINED,
    HINT_STATES,
    MET,
    MOVED,
    OPEN_WISHES,
    PLANNED,
    RIGHT,
    UNFOUNDED,
    WAITS,
    WISH_STATES,
    WRONGS,
)

WISH, HINT = "life_circle.wish", "life_circle.hint"
PLANNERS = ("circle_planner", "street_staff")
COMMUNITY_WIDTH = 12
SHORTEST, LONGEST = 16, 64
"""Ours: a device names itself by a chance word (a UUID has 36 letters) that nobody else hits upon."""
MOST_WORDS = 500
ONES_OWN_WORDS_END = 2000


class Asked(Form):
    """What is missing near a place."""

    kind: str = question(t("缺什么", "what is missing"), options=KIND_OPTIONS)
    place: str = question(t("社区", "community"), place=True)
    words: str = question(t("补充说明", "more about it"), "", widget="textarea", max_length=MOST_WORDS)
    device: str = question(t("设备标记", "mark of the device"), "", max_length=LONGEST)


class Supported(Form):
    """By whom."""

    device: str = question(t("设备标记", "mark of the device"), "", max_length=LONGEST)


class Wrong(Form):
    """Which outlet, and what is not as registered."""

    record: int = question(t("网点", "outlet"), ge=1)
    what: str = question(t("哪里不对", "what is wrong"), options=WRONGS)
    words: str = question(t("补充说明，例如搬到哪里", "more, such as where it went"), "", widget="textarea", max_length=MOST_WORDS)
    device: str = question(t("设备标记", "mark of the device"), "", max_length=LONGEST)


def ask(change: Change) -> Wish:
    """A new wish, or one more voice for the one that is open."""
    given = change.answers
    _known("kind", given.kind, KIND_OPTIONS)
    place = given.place[:COMMUNITY_WIDTH]
    if len(place) < COMMUNITY_WIDTH or place not in names([place]):
        raise Invalid([Problem("place", t("请选到社区", "Choose a community"), value=given.place[:22])])
    return _one_more(change, Wish, {"kind": given.kind, "place": place}, {"state__in": OPEN_WISHES})


def support(change: Change) -> Wish:
    if change.record.state not in OPEN_WISHES:
        raise Conflict(t("这项需求已有结果，不再征集", "This wish has been settled"))
    return _heard(change, change.record)


def report(change: Change) -> Hint:
    """A new hint about a registered outlet, or one more voice for the one that waits."""
    _known("what", change.answers.what, WRONGS)
    outlet = Outlet.objects.filter(pk=change.answers.record, closed_on=None).first()
    if outlet is None:
        raise Invalid([Problem("record", t("没有这个在营网点", "There is no such outlet"), value=str(change.answers.record))])
    return _one_more(change, Hint, {"outlet": outlet, "what": change.answers.what}, {"state": WAITS}, place=outlet.place)


def _known(field: str, given: str, options: tuple[tuple[str, Label], ...]) -> None:
    if given not in dict(options):
        raise Invalid([Problem(field, t("请从列表中选一项", "Choose one of the list"), value=given[:40])])


def _one_more(change: Change, table: Any, same: dict[str, Any], still: dict[str, Any], **more: Any) -> Any:
    open_ones = table.objects.select_for_update().filter(**same, **still)
    row = open_ones.first()
    if row is None:
        try:
            with transaction.atomic():
                row = change.create(table, **same, **more)
        except IntegrityError:  # somebody else was first
            row = open_ones.get()
    return _heard(change, row)


def _heard(change: Change, row: Any) -> Any:
    """Counts whoever speaks once; words of those who are counted are kept below those of others."""
    _, is_new = Voice.objects.get_or_create(**{type(row).__name__.lower(): row}, mark=_mark(change, row))
    if not is_new:
        return row
    said = getattr(change.answers, "words", "")
    words = "\n".join(filter(None, (row.words, said))) if len(row.words) < ONES_OWN_WORDS_END else row.words
    count = "supporters" if isinstance(row, Wish) else "people"
    change.save(row, words=words, **{count: getattr(row, count) + 1})
    return row


def _mark(change: Change, row: Any) -> str:
    """Other for every wish and hint, so that nobody can be followed from one to the next."""
    device, account = change.answers.device, change.viewer.account
    if account is None and len(device) < SHORTEST:
        said = t("缺少设备标记，无法计数", "The mark of the device is missing, so this cannot be counted")
        raise Invalid([Problem("device", said)])
    who = f"account {account}" if account is not None else f"device {device}"
    return mark_of(f"{type(row).__name__} {row.pk} {who}", "voice")


def right(change: Change) -> None:
    """Somebody looked: it is as people say. An outlet that closed or went away is closed at its address, the rest is mended by hand."""
    outlet: Outlet = change.record.outlet
    gone = {"closed_on": localdate()} if change.record.what in {CLOSED, MOVED} and outlet.closed_on is None else {}
    change.save(outlet, **gone, **seen_by(change))


def unfounded(change: Change) -> None:
    """Somebody looked: it is as registered, and was seen today."""
    change.save(change.record.outlet, **seen_by(change))


WISH_LIFE = Lifecycle(
    key="wish", label=t("居民需求", "wish"), field="state", start=ASKED,
    states=tuple(State(key, label, final=key in {MET, DECLINED}) for key, label in WISH_STATES),
    steps=(
        Step("plan", t("列入计划", "plan it"), (ASKED,), PLANNED, by=PLANNERS, needs=("answer",), primary=True),
        Step("meet", t("已解决", "there is one now"), (ASKED, PLANNED), MET, by=PLANNERS, needs=("answer",)),
        Step("decline", t("暂不考虑", "not for now"), (ASKED, PLANNED), DECLINED, by=PLANNERS, needs=("answer",)),
    ),
)  # fmt: skip
HINT_LIFE = Lifecycle(
    key="hint", label=t("网点线索", "hint"), field="state", start=WAITS,
    states=tuple(State(key, label, final=key != WAITS) for key, label in HINT_STATES),
    steps=(
        Step("right", t("属实", "it is right"), (WAITS,), RIGHT, by=CONFIRM, needs=("found",), run=right, primary=True),
        Step("unfounded", t("不属实", "unfounded"), (WAITS,), UNFOUNDED, by=CONFIRM, needs=("found",), run=unfounded),
    ),
)  # fmt: skip
ACTIONS = (
    Action("ask", t("我这里缺", "something is missing"), WISH, ask, Asked, ("public",), creates=True),
    Action("support", t("我也需要", "me too"), WISH, support, Supported, ("public",), adds=True),
    Action("report", t("反映与实际不符", "report what is wrong"), HINT, report, Wrong, ("public",), creates=True),
)
