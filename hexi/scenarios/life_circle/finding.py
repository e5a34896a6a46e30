"""What a resident finds near home: outlets that stand, what is asked for there, and what is said of which and not looked into yet."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Sum

from hexi.kit import Fact, KindGroup, Label, Nearby, Round, Stop, Viewer, Wanted, names, now_context, readable, t
from hexi.scenarios.life_circle.acts import CONFIRM
from hexi.scenarios.life_circle.kinds import kinds
from hexi.scenarios.life_circle.models import Hint, Outlet, Wish
from hexi.scenarios.life_circle.models_voice import OPEN_WISHES, WAITS, WISH_STATES, WRONGS
from hexi.scenarios.life_circle.rules import table
from hexi.scenarios.life_circle.voices import HINT, WISH

GROUPS = (("basic", t("基本保障", "basic")), ("public", t("公共服务", "public services")), ("quality", t("品质提升", "more")))
STANDS = Outlet.closed_on.missing() & Outlet.off_map_on.missing()
EVERYBODY = "adult"
MOST_WANTED, MOST_STOPS = 30, 60


def wanted(places: Collection[str]) -> list[Wanted]:
    """Open wishes of these communities, the most supported first."""
    rows = Wish.objects.filter(place__in=places, state__in=OPEN_WISHES).order_by("-supporters", "pk")[:MOST_WANTED]
    states = dict(WISH_STATES)
    return [Wanted(row.pk, row.kind, row.place, row.supporters, states[row.state], row.answer) for row in rows]


def doubted(outlets: Collection[int]) -> dict[int, Label]:
    """What people say of these outlets that nobody has looked into; of several hints the one that most speak of."""
    said, words = dict(WRONGS), t("{n} 人反映“{what}”，待核实", "{n} say: {what}; not checked yet")
    rows = Hint.objects.filter(outlet__in=outlets, state=WAITS).order_by("people", "pk").values_list("outlet", "what", "people")
    return {outlet: words.filled(n=people, what=said[what]) for outlet, what, people in rows}


def asked_for() -> dict[tuple[str, str], int]:
    """How many ask for a kind in a community: {(kind, community): people}."""
    rows = Wish.objects.filter(state__in=OPEN_WISHES).order_by().values("kind", "place").annotate(people=Sum("supporters"))
    return {(row["kind"], row["place"]): row["people"] for row in rows}


def stops(viewer: Viewer) -> list[Stop]:
    """Hints in the viewer's area that wait for somebody to look, the oldest first."""
    if not viewer.holds(*CONFIRM):
        return []
    rows = list(readable(viewer, Hint, Hint.state == WAITS).select_related("outlet").order_by("created_at", "pk")[:MOST_STOPS])
    called = names({row.place for row in rows})
    return [_stop(row, called) for row in rows]


def _stop(row: Hint, called: dict[str, Label]) -> Stop:
    outlet: Outlet = row.outlet
    kind, what = next(one.label for one in kinds() if one.key == outlet.kind), dict(WRONGS)[row.what]
    name = Label(outlet.name, outlet.name) if outlet.name else kind
    facts = [
        Fact(t("业态", "kind"), kind), Fact(t("反映", "what"), what), Fact(t("反映人数", "people who say so"), t(str(row.people), str(row.people))),
        *([Fact(t("居民原话", "in their words"), Label(row.words, row.words))] if row.words else []),
        *([Fact(t("登记营业时间", "registered hours"), Label(outlet.opening_hours, outlet.opening_hours))] if outlet.opening_hours else []),
    ]  # fmt: skip
    at = (float(outlet.lon), float(outlet.lat)) if outlet.lon is not None and outlet.lat is not None else None
    title = t("核实：{name} · {what}", "Look: {name}, {what}").filled(name=name, what=what)
    day = (row.created_at or now_context().now).date()
    return Stop(row.pk, title, called.get(row.place, t("—", "—")), day, at, tuple(facts), row.state, row.version)


def meant() -> tuple[KindGroup, ...]:
    """What a walker is there for: the kinds of every rule that is counted for them and not for everybody."""
    own = [each for each in table().classes if each.walker != EVERYBODY]
    return tuple(KindGroup(each.walker, each.label, _kinds_of(each.key)) for each in own)


def _kinds_of(group: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for rule in table().rules if rule.group == group for kind in rule.kinds))


HINTS = Round("outlet_hints", t("网点反映核查", "outlets that people reported"), HINT, stops, acts=("right", "unfounded"))
NEARBY = Nearby(
    key="outlets", label=t("身边的店和服务", "shops and services nearby"), on="life_circle.outlet", kind="kind",
    groups=tuple(KindGroup(key, label, tuple(kind.key for kind in kinds() if kind.group == key)) for key, label in GROUPS),
    meant=meant(), where=STANDS, calls={kind.key: kind.calls for kind in kinds() if kind.calls}, hours="opening_hours",
    seen_on="confirmed_on", seen_as="confirmed_as", facts=("address", "place", "wheelchair", "chain"),
    report=(HINT, "report"), wish=(WISH, "ask"), support=(WISH, "support"), wanted=wanted, doubted=doubted,
)  # fmt: skip
