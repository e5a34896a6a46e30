"""Wrong declarations fail at start, with a sentence that says what to do."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from hexi.kernel.catalogue import Catalogue
from hexi.kernel.declare import Grant, Indicator, Role, Room, Rule, Scenario, Source
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.screen import Data, Drill, Page, Panel
from hexi.kernel.units import unit

DUE, DONE = State("due", t("待办", "due")), State("done", t("已办", "done"), final=True)


def life(*steps: Step, states: tuple[State, ...] = (DUE, DONE), start: str = "due") -> Lifecycle:
    return Lifecycle("visit", t("探访", "visit"), "state", start, states, steps)


def step(**changes: object) -> Step:
    return Step(**{"key": "close", "label": t("办结", "close"), "sources": ("due",), "target": "done", "by": ("grid_worker",), **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((step(by=()),), "say who takes it"),
        ((step(after=timedelta(hours=1)),), "one of the two"),
        ((step(target="nowhere"),), "not among the states"),
        ((), "no step leads to"),
    ],
)
def test_a_lifecycle_that_cannot_be_lived_is_refused(steps: tuple[Step, ...], sentence: str) -> None:
    with pytest.raises(DeclarationError, match=sentence):
        life(*steps)


def test_a_lifecycle_gives_the_steps_out_of_a_state() -> None:
    found = life(step())
    assert [s.key for s in found.steps_from("due")] == ["close"]
    assert found.steps_from("done") == ()
    assert found.state("done").final


@pytest.mark.parametrize("key", ["Visit", "visit-due", "探访", "2nd", ""])
def test_a_key_must_fit_into_an_address(key: str) -> None:
    with pytest.raises(DeclarationError, match="lower_snake_case"):
        Role(key, t("角色", "role"))


def test_a_rule_must_say_why_it_exists() -> None:
    with pytest.raises(DeclarationError, match="because"):
        Rule("late", t("超期", "late"), object, None, timedelta(hours=1), because="")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"of": object, "measure": "share"},
        {"of": object, "measure": "sum"},
        {"of": None},
        {"of": None, "read": lambda context: {}},
    ],
)
def test_an_indicator_must_say_what_it_counts(wrong: dict[str, object]) -> None:
    with pytest.raises(DeclarationError, match="Indicator x"):
        Indicator("x", t("指标", "indicator"), unit="percent", **wrong)  # type: ignore[arg-type]


def test_an_unknown_unit_names_the_known_ones() -> None:
    with pytest.raises(DeclarationError, match="people"):
        unit("furlongs")


def test_a_label_needs_both_languages() -> None:
    with pytest.raises(ValueError, match="both languages"):
        Label("只有中文", "")


def test_a_scenario_names_its_owner() -> None:
    with pytest.raises(DeclarationError, match="office that owns it"):
        Scenario("empty", t("空", "empty"))


def test_a_misspelt_word_in_a_panel_fails_at_start() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Panel(id="a", kind="bar", title=t("一", "one"), colour="red")  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="narrows the scope or opens a page"):
        Drill()


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
