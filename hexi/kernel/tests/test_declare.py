"""Wrong declarations fail at start, with a sentence that says what to do."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from hexi.kernel.catalogue import Catalogue
from hexi.kernel.condition import Everything
from hexi.kernel.context import Param
from hexi.kernel.declare import Action, Grant, Indicator, Job, MenuItem, Role, Room, Rule, Scenario, Source
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.outside import Round, Sheet, Slip, Stop, Tag
from hexi.kernel.screen import Data, Drill, Layer, MapPart, Open, Page, Panel, Scope, Tab
from hexi.kernel.tour import Terms, Tour

DUE, DONE = State("due", t("待办", "due")), State("done", t("已办", "done"), final=True)


TEXT: Any = "一个词"
LABEL = t("探访", "visit")


def nowhere(_viewer: Any) -> list[Stop]:
    return []


def nothing(_secret: str) -> Sheet:
    return Sheet(LABEL)


def life(*steps: Step, states: tuple[State, ...] = (DUE, DONE), start: str = "due") -> Lifecycle:
    return Lifecycle("visit", LABEL, "state", start, states, steps)


def step(**changes: Any) -> Step:
    return Step(**{"key": "close", "label": LABEL, "sources": ("due",), "target": "done", "by": ("grid_worker",), **changes})


def panel(**changes: Any) -> Panel:
    return Panel(**{"id": "visits", "kind": "kpi", "title": LABEL, **changes})


def indicator(**changes: Any) -> Indicator:
    return Indicator(**{"key": "visited", "label": LABEL, "of": object, "unit": "percent", "measure": "count", **changes})


def rule(**changes: Any) -> Rule:
    words = {"key": "late", "label": LABEL, "on": object, "when": Everything(), "every": timedelta(hours=1), "because": "the district's standard"}
    return Rule(**{**words, **changes})


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "a step that nobody takes": (lambda: step(by=()), "Step close: say who takes it"),
    "a step that a person and the clock take": (lambda: step(after=timedelta(hours=1)), "Step close: .* one of the two"),
    "a step after no time": (lambda: step(by=(), after=timedelta(0)), "Step close: after=0:00:00 is no span.*hours"),
    "a step whose role is a text": (lambda: step(by="grid_worker"), "Step close: by= must be a tuple, got 'grid_worker'.*comma"),
    "a step into no state": (lambda: life(step(target="nowhere")), "visit, step close: .'nowhere'. are not among the states"),
    "a step out of no state": (lambda: life(step(sources=("lost",))), "visit, step close: .'lost'. are not among the states"),
    "a state that nothing leads to": (lambda: life(states=(State("due", LABEL, final=True), DONE)), "visit: no step leads to .'done'.. Add one"),
    "a state that nothing leads out of": (lambda: life(step(), states=(DUE, State("done", LABEL))), "no step leads out of .'done'.*final=True"),
    "a start that is no state": (lambda: life(step(), start="begun"), "visit: start 'begun' is not among"),
    "two states of one key": (lambda: life(step(), states=(DUE, DONE, DONE)), "two of its states are called done. Rename one"),
    "two steps of one key": (lambda: life(step(), step()), "two of its steps are called close. Rename one"),
    "a state in one language": (lambda: State("due", TEXT), r"State due: the label '一个词' has one language only. Write t\("),
    "a label without English": (lambda: Label("只有中文", ""), "needs both languages.*write t"),
    "a role in one language": (lambda: Role("x", TEXT), "Role x: the label"),
    "a role of unknown reach": (lambda: Role("x", LABEL, reach=TEXT), "Role x: reach= '一个词' means nothing here. Choose from area"),
    "a grant of an unknown verb": (lambda: Grant("x", "a.b", verbs=("raed",)), "Grant of x on a.b: verbs= 'raed'.*Choose from act"),  # type: ignore[arg-type]
    "a grant whose verbs are a text": (lambda: Grant("x", "a.b", verbs="read"), "Grant of x on a.b: verbs= must be a tuple"),  # type: ignore[arg-type]
    "a grant of an unknown class": (lambda: Grant("x", "a.b", sees="secret"), "Grant of x on a.b: sees= 'secret'.*personal"),  # type: ignore[arg-type]
    "a grant where True": (lambda: Grant("x", "a.b", where=True), "Grant of x on a.b: where= must be a condition"),  # type: ignore[arg-type]
    "a rule without a reason": (lambda: rule(because=""), "Rule late: say why it exists"),
    "a rule when True": (lambda: rule(when=True), "Rule late: when= must be a condition"),
    "a rule that is checked all the time": (lambda: rule(every=timedelta(0)), "Rule late: every=0:00:00 is no span"),
    "a share of nothing": (lambda: indicator(measure="share"), "Indicator visited: a share needs hit="),
    "a sum of nothing": (lambda: indicator(measure="sum"), "Indicator visited: .*need a column"),
    "an indicator of nothing": (lambda: indicator(of=None), "Indicator visited: say of= .* or read="),
    "an indicator that nobody can explain": (lambda: indicator(of=None, read=lambda context: {}), "Indicator visited: .*definition="),
    "an unknown measure": (lambda: indicator(measure="median"), "Indicator visited: measure= 'median'.*count, mean, share, sum"),
    "an unknown direction": (lambda: indicator(better="more"), "Indicator visited: better= 'more'.*down, none, up"),
    "an unknown unit": (lambda: indicator(unit="furlongs"), "no unit 'furlongs'. Use one of .*people"),
    "a parameter beyond its limits": (lambda: Param("gap", LABEL, 9, low=1, high=7), "Param gap: the default 9 must lie between low=1"),
    "a parameter with dashes": (lambda: Param("visit-gap", LABEL, 1, 1, 1), "Param key 'visit-gap' must be lower_snake_case"),
    "a source with capitals": (lambda: Source("a.Rows", LABEL, print), "Source key 'a.Rows' must be lower_snake_case"),
    "an action that adds to nothing": (lambda: Action("go", LABEL, "a.b", print, creates=True, adds=True), "creates= has no record that adds="),
    "an action whose roles are a text": (lambda: Action("go", LABEL, "a.b", print, by=TEXT), "Action go on a.b: by= must be a tuple"),
    "a job that never runs": (lambda: Job("tidy", LABEL, print), "Job tidy: say when it runs"),
    "a menu item that leads nowhere": (lambda: MenuItem("home", LABEL), "MenuItem home: say page= or entity="),
    "a room whose roles are no tuple": (lambda: Room("a", LABEL, roles=Role("x", LABEL)), "Room a: roles= must be a tuple"),  # type: ignore[arg-type]
    "a scenario without an owner": (lambda: Scenario("empty", LABEL), "Scenario empty: name the office that owns it"),
    "an owner in one language": (lambda: Scenario("empty", LABEL, owner=TEXT), "Scenario empty, owner=: the label"),
    "a tour that nobody plans": (lambda: Tour(Round("walk", LABEL, "a.b", nowhere, acts=("go",)), (), ("x",), nothing), "Tour walk: say who plans it"),
    "terms that end before they begin": (lambda: Terms(time(17), time(9), timedelta(), LABEL), "Terms 17:00:00-09:00:00: begin before the end"),
    "a panel of an unknown kind": (lambda: panel(kind="pie"), "Panel visits: kind: Input should be 'kpi'.*got 'pie'"),
    "a panel with a misspelt word": (lambda: panel(colour="red"), "Panel visits: colour: .*known words: area, component, data"),
    "a panel in one language": (lambda: panel(title=TEXT), "Panel visits: title: .*got '一个词'"),
    "a drill without a meaning": (Drill, "Drill: .*narrows the scope or opens a page: write one of"),
    "a panel that asks when it likes": (lambda: Data(source="a.rows", refresh="often"), "Data a.rows: refresh: .*got 'often'"),
    "two panels of one id": (lambda: Page(id="home", kind="screen", title=LABEL, panels=(panel(), panel())), "Page home: .*twice: .'visits'"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_declaration_fails_with_a_sentence_that_says_what_to_do(what: str) -> None:
    declare, sentence = WRONG[what]
    with pytest.raises(DeclarationError, match=f"(?s){sentence}"):
        declare()


def tour(role: str) -> Tour:
    return Tour(Round("walk", LABEL, "a.b", nowhere, acts=("go",)), (role,), (role,), nothing)


LOOSE: dict[str, tuple[dict[str, Any], str]] = {
    "a grant to nobody": ({"grants": (Grant("nobody", "*"),)}, "names the role 'nobody', which no room declares; known"),
    "a grant on nothing": ({"roles": (Role("x", LABEL),), "grants": (Grant("x", "no.thing"),)}, "covers 'no.thing', which is no entity; list it"),
    "an action on nothing": ({"actions": (Action("go", LABEL, "no.thing", print),)}, "actions .'go'. are on 'no.thing', which is no entity"),
    "a round of nothing": (
        {"rounds": (Round("walk", LABEL, "a.b", nowhere, acts=("go",)),)}, "round walk offers a.b.go, which is no action"),
    "a round that changes": (
        {"actions": (Action("go", LABEL, "a.b", print),), "rounds": (Round("walk", LABEL, "a.b", nowhere, acts=("go",)),)},
        "round walk offers a.b.go, which is not declared adds=True"),
    "a tour of no round": (
        {"roles": (Role("x", LABEL),), "tours": (tour("x"),)}, "tour walk plans a round that no room declares: list it in rounds= too"),
    "a tour for nobody": ({"tours": (tour("nobody"),)}, "tour walk speaks of .'nobody'., which no room declares as a role"),
    "a tag for nothing": ({"tags": (Tag("no.thing", LABEL, print),)}, "a tag is for no.thing, which is no entity"),
    "a slip that nobody may answer": (
        {"actions": (Action("go", LABEL, "a.b", print, creates=True),), "slips": (Slip("ask", LABEL, "a.b", "go", "code", nothing),)},
        "slip ask asks a.b.go, which is no action with creates=True that is open to the public"),
    "an action by nobody": ({"actions": (Action("go", LABEL, "no.thing", print, by=("nobody",)),)}, "action no.thing.go is open to .'nobody'"),
    "a menu item to no page": ({"menu": (MenuItem("m", LABEL, page="lost"),)}, "menu item m leads to the page 'lost', which no room declares"),
    "a menu item to no register": ({"menu": (MenuItem("m", LABEL, entity="no.thing"),)}, "menu item m leads to 'no.thing', which is no entity"),
    "two menu items of one key": ({"menu": (MenuItem("m", LABEL, page="home"), MenuItem("m", LABEL, page="home"))}, "called 'm': rename one"),
    "a panel of no source": ({"panels": (panel(data=Data(source="no.rows")),)}, "page home reads the source 'no.rows', which no room declares"),
    "a drill to no page": ({"panels": (panel(drill=Drill(open=Open(page="lost"))),)}, "page home leads to the page 'lost'"),
    "a drill to no register": ({"panels": (panel(drill=Drill(open=Open(entity="no.thing"))),)}, "page home opens 'no.thing', which is no entity"),
    "a scope of no source": ({"scope": {"street": Scope(source="no.rows")}}, "page home reads the source 'no.rows'"),
    "a tab to no page": ({"tabs": (Tab(id="t", title=LABEL, page="lost"),)}, "page home leads to the page 'lost'"),
    "a layer of no source": (
        {"map": MapPart(layers=(Layer(id="l", kind="area", title=LABEL, data=Data(source="no.area")),))}, "page home draws the layer 'no.area'",
    ),
}  # fmt: skip
OF_ROOMS = {"grants", "roles", "actions", "menu", "rounds", "tours", "slips", "tags"}


@pytest.mark.parametrize("what", LOOSE)
def test_a_reference_without_an_end_is_named_at_start(what: str) -> None:
    said, sentence = LOOSE[what]
    of_page = {word: value for word, value in said.items() if word not in OF_ROOMS}
    page = Page(id="home", kind="screen", title=LABEL, **of_page)
    found = Catalogue()
    found.register(Room("a", LABEL, pages=(page,), **{word: value for word, value in said.items() if word in OF_ROOMS}))
    with pytest.raises(DeclarationError, match=sentence):
        found.close()


def test_a_step_by_an_undeclared_role_is_named_at_start() -> None:
    found = Catalogue()
    found.lifecycles["a.visit"] = life(step())
    with pytest.raises(DeclarationError, match=r"step visit.close of a.visit is taken by .'grid_worker'., which no room declares"):
        found.close()


def test_a_lifecycle_gives_the_steps_out_of_a_state() -> None:
    found = life(step())
    assert [s.key for s in found.steps_from("due")] == ["close"]
    assert found.steps_from("done") == ()
    assert found.state("done").final


@pytest.mark.parametrize("key", ["Visit", "visit-due", "探访", "2nd", ""])
def test_a_key_must_fit_into_an_address(key: str) -> None:
    with pytest.raises(DeclarationError, match="lower_snake_case"):
        Role(key, t("角色", "role"))


def test_a_key_that_is_taken_is_refused() -> None:
    found = Catalogue()
    found.register(Room("a", t("甲", "a"), roles=(Role("x", t("角色", "role")),)))
    with pytest.raises(DeclarationError, match="two declarations of role 'x'"):
        found.register(Room("b", t("乙", "b"), roles=(Role("x", t("角色", "role")),)))


def test_closing_the_catalogue_names_every_loose_end_at_once() -> None:
    found = Catalogue()
    panel = Panel(id="p", kind="kpi", title=t("一", "one"), data=Data(source="nowhere.rows"))
    page = Page(id="home", kind="screen", title=t("首页", "home"), panels=(panel,))
    found.register(Room("a", t("甲", "a"), grants=(Grant("nobody", "no.thing"),), pages=(page,)))
    with pytest.raises(DeclarationError) as raised:
        found.close()
    assert "nobody" in str(raised.value) and "no.thing" in str(raised.value) and "nowhere.rows" in str(raised.value)
    assert not found.closed


def test_after_the_start_no_room_comes_in() -> None:
    found = Catalogue()
    found.register(Room("a", t("甲", "a"), sources=(Source("a.rows", t("行", "rows"), lambda viewer, params: None),)))
    found.close()
    with pytest.raises(DeclarationError, match="after the start"):
        found.register(Room("b", t("乙", "b")))
