"""Declarations that cannot be fail at start, with a sentence that names the thing and says what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hexi.kernel.catalogue import Catalogue
from hexi.kernel.condition import Column
from hexi.kernel.context import Param
from hexi.kernel.declare import Action, Grant, Indicator, MenuItem, Role, Room, Rule
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step

SAID = t("一", "one")


def register(name: str, **fields: Any) -> type:
    """A register as the catalogue sees it: a key, and fields that may point elsewhere or have options."""
    told = [SimpleNamespace(name=key, attname=key, **(more or {})) for key, more in fields.items()]
    return type(name.title(), (), {"_meta": SimpleNamespace(app_label="a", model_name=name, fields=told)})


Team = register("team", rank=None)
Thing = register("thing", count=None, state={"options": {"filed": SAID}}, team={"related_model": Team})
count, lost = Column[int]("count", SAID, kind="number"), Column[int]("lost", SAID, kind="number")
GAP = Param("gap", SAID, default=1, low=0, high=9)
ROLE = Role("x", SAID)


def life(**more: Any) -> Lifecycle:
    given: dict[str, Any] = {"field": "state", "states": (State("filed", SAID),), "steps": ()}
    return Lifecycle("life", SAID, **{**given, **more}, start="filed")


def rule(when: Any, on: type = Thing) -> Rule:
    return Rule("late", SAID, on, when, timedelta(days=1), "a law")


LOOSE: dict[str, tuple[Callable[[], dict[str, Any]], str]] = {
    "a lifecycle without its field": (lambda: {"lifecycles": ((Thing, life(field="stat")),)}, "keeps its state in 'stat'"),
    "a state that is no option": (
        lambda: {"lifecycles": ((Thing, life(states=(State("filed", SAID), State("done", SAID)), steps=(Step("end", SAID, ("filed",), "done", by=("x",)),))),)},
        r"\['done'\] that are no options of a.thing.state",
    ),
    "a step that needs nothing that is there": (lambda: {"lifecycles": ((Thing, life(steps=(Step("s", SAID, ("filed",), "filed", by=("x",), needs=("photo",)),))),)}, r"needs \['photo'\]"),
    "a rule on an unlisted register": (lambda: {"rules": (rule(count > 1, register("other", count=None)),)}, "rule late is about Other, which no room lists"),
    "an indicator of an unlisted register": (lambda: {"indicators": (Indicator("n", SAID, register("other"), "items", measure="count"),)}, "indicator n is about Other"),
    "a rule on another register's column": (lambda: {"rules": (rule(~(count > 1) & (lost > 2)),)}, "rule late reads lost, which Thing has not"),
    "a column behind a reference": (lambda: {"rules": (rule(Column[int](("team", "size"), SAID, kind="number") > 2),)}, "reads team.size"),
    "a grant where nothing can be": (lambda: {"grants": (Grant("x", "a.thing", where=lost > 1),)}, "a grant of role x on a.thing reads lost"),
    "an action when nothing can be": (lambda: {"actions": (Action("go", SAID, "a.thing", print, when=lost > 1),)}, "action a.thing.go reads lost"),
    "a parameter that nobody can tune": (lambda: {"rules": (rule((count > 1) | ~(count > GAP)),)}, "uses the parameter 'gap', which no room lists"),
    "a menu item without an end": (lambda: {"menu": (MenuItem("m", SAID),)}, "a.m leads nowhere"),
    "a menu item to no page": (lambda: {"menu": (MenuItem("m", SAID, page="zz"),)}, "the page 'zz'"),
    "a menu item to no register": (lambda: {"menu": (MenuItem("m", SAID, entity="a.zz"),)}, "'a.zz', which is no entity"),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOSE)
def test_a_loose_end_fails_at_start(name: str) -> None:
    said, sentence = LOOSE[name]
    found = Catalogue()
    found.register(Room("a", SAID, entities=(Thing, Team), roles=(ROLE,), **said()))
    with pytest.raises(DeclarationError, match=sentence):
        found.close()


def test_what_fits_together_is_taken() -> None:
    found = Catalogue()
    rules = (rule((count > GAP) & (Column[int](("team", "rank"), SAID, kind="number") > 1)),)
    menu = (MenuItem("m", SAID, entity="a.thing"),)
    steps = (Step("s", SAID, ("filed",), "filed", by=("x",), needs=("count",)),)
    room = Room("a", SAID, entities=(Thing, Team), roles=(ROLE,), rules=rules, params=(GAP,), menu=menu, lifecycles=((Thing, life(steps=steps)),))
    found.register(room)
    found.close()
    assert found.closed


@pytest.mark.parametrize(("wrong", "sentence"), [
    (lambda: Role("x", SAID, reach="street"), "area, organisation, everywhere"), (lambda: Grant("x", "a.b", ("raed",)), "'raed' means nothing; write one of read"),
    (lambda: Grant("x", "a.b", ("read")), "with a comma"), (lambda: Grant("x", "a.b", sees="secret"), "open, internal, personal, sensitive"), (lambda: Grant("x", "a.b", reach="all"), "reach 'all'"),
    (lambda: Indicator("n", SAID, Thing, "items", measure="max"), "share, count, sum, mean"), (lambda: Indicator("n", SAID, Thing, "items", measure="count", better="more"), "up, down, none"),
    (lambda: life(states=(State("filed", SAID), State("filed", SAID))), r"the states \['filed'\] occur twice"),
    (lambda: life(steps=(Step("s", SAID, ("filed",), "filed", by=("x",)),) * 2), r"the steps \['s'\] occur twice"),
])  # fmt: skip
def test_a_misspelt_word_names_the_known_ones(wrong: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(DeclarationError, match=sentence):
        wrong()
