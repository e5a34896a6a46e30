"""What does not fit between registers and the declarations about them is named at start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps
from pydantic import create_model

from hexi.core.data.fields import Choice, Day, Entity, Flag, Reference, Text
from hexi.core.data.forms import Form, question
from hexi.core.data.loose_ends import register_checks
from hexi.kernel.catalogue import Catalogue, catalogue
from hexi.kernel.concerned import Concerns
from hexi.kernel.condition import Everything
from hexi.kernel.context import Param
from hexi.kernel.declare import Action, Grant, Indicator, Role, Room, Rule
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step

LABEL: Any = t("探访", "visit")
STATES = (("due", t("待办", "due")), ("done", t("已办", "done")))
PARAM = Param("visit_gap", LABEL, 80, low=60, high=90)
KNOWN: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def registers() -> Iterator[None]:
    """An elder with visits, and somebody else's dog."""
    with isolate_apps():

        class Elder(Entity):
            name = Text(t("姓名", "name"))
            born_on = Day(t("出生日期", "date of birth"))

            class Meta:
                app_label = "samples"

            class Describe:
                label = LABEL

        class Visit(Entity):
            elder = Reference(Elder, t("老人", "elder"))
            state = Choice(t("状态", "state"), options=STATES)
            urgent = Flag(t("紧急", "urgent"))

            class Meta:
                app_label = "samples"

            class Describe:
                label = LABEL

        class Dog(Entity):
            name = Text(t("名字", "name"))

            class Meta:
                app_label = "samples"

            class Describe:
                label = LABEL

        KNOWN.update(Elder=Elder, Visit=Visit, Dog=Dog)
        yield


def told(**said: Any) -> str:
    """What closing a catalogue with this room says; nothing when all fits."""
    found = Catalogue()
    found.entities.update(catalogue.entities)
    found.sources.update(catalogue.sources)
    found.register(Room("samples", LABEL, **{"entities": (KNOWN["Elder"], KNOWN["Visit"]), "roles": (Role("grid_worker", LABEL),), **said}))
    try:
        found.close(*register_checks)
    except DeclarationError as error:
        return str(error)
    return ""


def rule(when: Any, on: str = "Elder") -> dict[str, Any]:
    return {"rules": (Rule("late", LABEL, KNOWN[on], when, timedelta(hours=1), because="the district's standard"),)}


def life(field: str = "state", states: tuple[str, ...] = ("due", "done"), needs: tuple[str, ...] = (), on: str = "Visit") -> dict[str, Any]:
    first, *_, last = states
    steps = (Step("close", LABEL, (first,), last, by=("grid_worker",), needs=needs),)
    made = Lifecycle("visit", LABEL, field, first, tuple(State(key, LABEL, final=key == last) for key in states), steps)
    return {"lifecycles": ((KNOWN[on], made),)}


def described(**words: Any) -> dict[str, Any]:
    """A register with another Describe, or another field."""
    fields = {word: value for word, value in words.items() if isinstance(value, models.Field)}
    about = {"label": LABEL, **{word: value for word, value in words.items() if word not in fields}}
    meta = type("Meta", (), {"app_label": "samples"})
    name = Text(t("名称", "name"))
    made = type("Club", (Entity,), {"__module__": __name__, "name": name, **fields, "Meta": meta, "Describe": type("Describe", (), about)})
    return {"entities": (KNOWN["Elder"], KNOWN["Visit"], made)}


def test_what_fits_is_taken() -> None:
    visit, elder = KNOWN["Visit"], KNOWN["Elder"]
    reached = visit.elder.to(elder.born_on).aged(PARAM) & (visit.state == "due")
    assert told(**rule(reached, on="Visit"), **life(needs=("elder",)), params=(PARAM,)) == ""


def asking(**words: Any) -> dict[str, Any]:
    """An action whose form has one question with these words."""
    form = create_model("Asked", __base__=Form, code=(str, question(LABEL, "", **words)))
    return {"actions": (Action("go", LABEL, "samples.elder", print, form),)}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (lambda: rule(KNOWN["Dog"].name == "阿黄"), "rule late is about Elder and reads Dog.name; use a column of Elder, or reach it by .to()"),
        (lambda: rule(KNOWN["Elder"].born_on.aged(PARAM)), "rule late uses the parameter 'visit_gap', which no room declares"),
        (lambda: rule(KNOWN["Visit"].state == "dne", on="Visit"), "rule late compares state with ['dne'], which are none of its options"),
        (lambda: rule(~KNOWN["Visit"].state.one_of("due", "x"), on="Visit"), "compares state with ['x']"),
        (lambda: rule(KNOWN["Visit"].elder.to(KNOWN["Visit"].state) == "due", on="Visit"), "reads elder.state, to which no reference of Visit"),
        (lambda: rule(Everything(), on="Dog"), "rule late is on Dog, which no room lists in entities="),
        (
            lambda: {"indicators": (Indicator("dogs", LABEL, KNOWN["Dog"], "rows", measure="count"),)},
            "indicator dogs is of Dog, which no room lists in entities=",
        ),
        (
            lambda: {"indicators": (Indicator("old", LABEL, KNOWN["Elder"], "percent", hit=KNOWN["Visit"].urgent),)},
            "indicator old is about Elder and reads Visit.urgent",
        ),
        (
            lambda: {"indicators": (Indicator("sum", LABEL, KNOWN["Elder"], "rows", measure="sum", column=KNOWN["Dog"].name),)},
            "indicator sum is about Elder and reads Dog.name",
        ),
        (
            lambda: {"grants": (Grant("grid_worker", "samples.elder", where=KNOWN["Visit"].urgent),)},
            "the grant of grid_worker on samples.elder is about Elder and reads Visit.urgent",
        ),
        (
            lambda: {"actions": (Action("go", LABEL, "samples.elder", print, when=KNOWN["Visit"].urgent),)},
            "action samples.elder.go is about Elder and reads Visit.urgent",
        ),
        (lambda: asking(picks="no.codes"), "question code of samples.elder.go picks from 'no.codes', which no room declares as a source"),
        (lambda: asking(by=("grid_wroker",)), "is put to ['grid_wroker'], which no room declares as a role"),
        (lambda: asking(reference="samples.visit", among=("stae:eq:due",)), "narrowed by ['stae:eq:due'], which are no fields of samples.visit"),
        (lambda: life(field="status"), "keeps its state in 'status', which is no Choice field of it; known: ['elder', 'state', 'urgent']"),
        (lambda: life(field="urgent"), "keeps its state in 'urgent', which is no Choice field"),
        (lambda: life(states=("due", "gone")), "do not name the same states: ['done', 'gone'] are in one only"),
        (lambda: life(needs=("photo",)), "step close needs ['photo'], which are no fields"),
        (lambda: life(on="Dog"), "lifecycle visit is of 'samples.dog', which is no entity"),
        (lambda: {"entities": (KNOWN["Visit"],)}, "samples.visit.elder refers to 'samples.elder', which no room lists"),
        (lambda: {"key": "elsewhere"}, "room elsewhere lists Elder, whose class lives in samples"),
        (lambda: described(sort_by="name"), "Club.Describe says ['sort_by'], which mean nothing; known words"),
        (lambda: described(title="nmae"), "Club.Describe names ['nmae'], which are no fields; known: ['name']"),
        (lambda: described(sort="-nmae"), "Club.Describe names ['nmae'], which are no fields"),
        (lambda: described(list=("name", "age")), "Club.Describe names ['age']"),
        (
            lambda: described(phone=Text(t("电话", "phone"), privacy="personal", source="the suite")),
            "Club.Describe does not say whom its personal fields are about",
        ),
        (lambda: described(person=Concerns("samples.cat", "name")), "samples.club is about 'samples.cat', which is no entity"),
        (lambda: described(person=Concerns("samples.elder", "keeper.name")), "names its person by 'keeper.name', to which no reference"),
        (lambda: described(phone=Text(t("电话", "phone"), privacy="personal")), "the personal fields ['phone'] do not say where they come from"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_what_to_do(said: Any, sentence: str) -> None:
    if (words := said()).pop("key", None):
        found = Catalogue()
        found.register(Room("elsewhere", LABEL, entities=(KNOWN["Elder"],)))
        with pytest.raises(DeclarationError, match=sentence):
            found.close(*register_checks)
    else:
        assert sentence in told(**words)


def test_an_entity_without_a_description_is_named() -> None:
    del KNOWN["Elder"].Describe
    assert "Elder has no inner class Describe with a label" in told()


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: Text("姓名"), "the label '姓名' has one language only"),
        (lambda: Text(LABEL, privacy="secret"), "Field 'visit': privacy= 'secret' means nothing here. Choose from internal, open"),
        (lambda: Choice(LABEL, options=(*STATES, STATES[0])), "Field 'visit': options= has due twice"),
        (lambda: Text(LABEL, unit="furlongs"), "no unit 'furlongs'"),
    ],
)
def test_a_wrong_field_fails_where_it_is_written(made: Any, sentence: str) -> None:
    with pytest.raises(DeclarationError, match=sentence):
        made()


def test_an_entity_that_no_room_lists_is_named() -> None:
    found = Catalogue()
    found.entities = {key: entity for key, entity in catalogue.entities.items() if key != "samples.team"}
    assert "hexi.core.data.tests.samples.models.Team is an entity that no room lists" in " ".join(_said(found))


def _said(found: Catalogue) -> Iterator[str]:
    for check in register_checks:
        yield from check(found)
