"""Forming circles, redrawing them, and which community belongs to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from hexi.kit import (
    Action,
    Change,
    Conflict,
    Form,
    Invalid,
    Label,
    Level,
    Problem,
    Progress,
    bordering,
    dwellings,
    names,
    platform_change,
    question,
    t,
)
from hexi.scenarios.life_circle.forming import formed, is_whole
from hexi.scenarios.life_circle.models_circle import Circle, CircleCommunity
from hexi.scenarios.life_circle.rules import table

KEY, PART = "life_circle.circle", "life_circle.circlecommunity"
BY = ("circle_planner", "data_steward")
COMMUNITY_WIDTH, STREET_WIDTH = 12, 9
WHY = "按社区自动划分"


class Forming(Form):
    """Into how many."""

    count: int = question(t("生活圈个数", "how many circles"), ge=1, le=500)


class Moved(Form):
    """Where it goes."""

    circle: int = question(t("调入生活圈", "into the circle"), reference=KEY)


def circle_of() -> dict[str, int]:
    """The circle of each community that has one, by its number."""
    return dict(CircleCommunity.objects.values_list("place", "circle"))


def communities_of(circle: int) -> list[str]:
    """Its communities, by code."""
    return list(CircleCommunity.objects.filter(circle=circle).order_by("place").values_list("place", flat=True))


def form(change: Change) -> Circle:
    """All communities into computed circles, of which it gives the first; only where there are none yet: what people drew is kept."""
    if Circle.objects.exists():
        what = t("已有生活圈，不再自动划分", "There are circles already")
        raise Conflict(what, do=t("请逐个调整社区归属", "Move communities one by one"))
    made = _write(change, change.answers.count)
    if not made:
        raise Conflict(t("还没有社区", "There are no communities yet"), do=t("请先导入地点", "Import the places first"))
    return made[0]


def form_sample(progress: Progress) -> None:
    """The reference district's circles, as many as were reported."""
    if Circle.objects.exists():
        return
    with platform_change("form", WHY) as change:
        made = len(_write(change, table().circles))
    progress(t(f"{made} 个生活圈（按社区自动划分，非官方边界）", f"{made} circles (computed; no official borders)"))


def _write(change: Change, count: int) -> list[Circle]:
    homes = homes_by_community()
    groups = formed(homes, bordering(Level.COMMUNITY), lambda code: code[:STREET_WIDTH], count)
    made: list[Circle] = []
    called, numbers = names({group[0][:STREET_WIDTH] for group in groups}), Counter[str]()
    for group in groups:
        street = group[0][:STREET_WIDTH]
        numbers[street] += 1
        name = _named(called.get(street) or t(street, street), numbers[street])
        circle = change.create(Circle, name=name.zh, name_en=name.en, place=street, computed=True)
        for code in group:
            change.create(CircleCommunity, place=code, circle=circle)
        made.append(circle)
    return made


def _named(street: Label, number: int) -> Label:
    """A name to work with until the district gives one."""
    return t("{street}{n}号圈", "{street} circle {n}").filled(
        street=Label(street.zh.removesuffix("街道"), street.en.removesuffix(" Street")), n=number
    )  # fmt: skip


def homes_by_community() -> dict[str, int]:
    """How many homes each community has, by the place register."""
    found: dict[str, int] = dict.fromkeys(bordering(Level.COMMUNITY), 0)
    for door in dwellings():
        code = door.doorway[:COMMUNITY_WIDTH]
        found[code] = found.get(code, 0) + door.homes
    return found


def move(change: Change) -> None:
    """One community into a neighbouring circle. Neither circle may fall apart."""
    row, target = change.record, Circle.objects.filter(pk=change.answers.circle).first()
    problem = t("没有这个生活圈", "There is no such circle") if target is None else _hindrance(row, target)
    if problem is not None or target is None:
        raise Invalid([Problem("circle", problem or t("没有这个生活圈", "There is no such circle"))])
    for circle in (row.circle, target):
        if circle.computed:
            change.save(circle, computed=False)
    change.save(row, circle=target)


def _hindrance(row: CircleCommunity, target: Circle) -> Any:
    near: Mapping[str, Collection[str]] = bordering(Level.COMMUNITY)
    taking, giving = communities_of(target.pk), [code for code in communities_of(row.circle.pk) if code != row.place]
    if target.pk == row.circle.pk:
        return t("已在这个生活圈", "It is in this circle already")
    if not giving:
        return t("这是原生活圈仅有的社区，调出后该圈为空", "Its circle has no other community and would be empty")
    if near.get(row.place) and not set(near[row.place]) & set(taking):
        return t("与该生活圈的社区不相邻", "It borders on no community of that circle")
    if near.get(row.place) and not is_whole(giving, near):
        return t("调出后原生活圈将分成两块，请先调整其他社区", "Its circle would fall apart: move other communities first")
    return None


ACTIONS = (
    Action("form", t("自动划分生活圈", "form circles"), KEY, form, Forming, BY, creates=True),
    Action("move", t("调整归属", "move to another circle"), PART, move, Moved, BY, needs_reason=True, primary=True),
)
