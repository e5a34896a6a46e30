"""Tuned thresholds: entered from the declarations, changed with a reason, in force at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hexi.core.data.api import Query, act, listed, tuned_context
from hexi.core.data.parameters import Parameter, enter_parameters, forget
from hexi.core.trust.api import PUBLIC, PostRecord, Viewer, history
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Forbidden, Invalid, NotFound
from hexi.scenarios.population.scenario import FRESH_FOR, OLD_AGE, Resident

pytestmark = pytest.mark.django_db
STEWARD = Viewer(3, "示例·数据管理员", (PostRecord(1, "data_steward", "120103"),), "steward")


@pytest.fixture(autouse=True)
def fresh() -> None:
    enter_parameters()
    forget()


def seen() -> int:
    return len(listed(STEWARD, "population.resident", Query(set="aged_60_share.hit")).rows)


def tune(key: str, value: object, why: str = "试行一年") -> None:
    row = Parameter.objects.get(key=key)
    act(STEWARD, "data.parameter", row.pk, "tune", {"value": value}, version=row.version, why=why)


def test_every_declared_parameter_has_its_row_and_keeps_what_was_set() -> None:
    assert set(Parameter.objects.values_list("key", flat=True)) == set(catalogue.params)
    tune(OLD_AGE.key, 65)
    enter_parameters()
    assert Parameter.objects.get(key=OLD_AGE.key).value == 65


def test_a_tuned_threshold_counts_at_once_in_conditions() -> None:
    assert tuned_context().value(OLD_AGE) == 60 and tuned_context().value(FRESH_FOR) == timedelta(days=365)
    tune(OLD_AGE.key, 65)
    tune(FRESH_FOR.key, 30)
    assert tuned_context().value(OLD_AGE) == 65 and isinstance(tuned_context().value(OLD_AGE), int)
    assert tuned_context().value(FRESH_FOR) == timedelta(days=30)


def test_the_rows_behind_an_indicator_follow_the_tuned_threshold() -> None:
    born = timezone.localdate().replace(day=1, year=timezone.localdate().year - 62)
    Resident.objects.create(name="示例", sex="female", born_on=born, home="120103001001", residence="registered")
    assert seen() == 1
    tune(OLD_AGE.key, 65)
    assert seen() == 0


@pytest.mark.parametrize("value", [54, 71, "many", None])
def test_a_value_outside_the_declared_limits_is_refused(value: object) -> None:
    with pytest.raises(Invalid):
        tune(OLD_AGE.key, value)
    assert Parameter.objects.get(key=OLD_AGE.key).value == 60


def test_a_change_needs_a_reason_and_is_an_event() -> None:
    with pytest.raises(Invalid, match="Say why"):
        tune(OLD_AGE.key, 65, why="")
    tune(OLD_AGE.key, 65)
    event = history("data.parameter", Parameter.objects.get(key=OLD_AGE.key).pk)[0]
    assert (event.why, event.before["value"], event.after["value"]) == ("试行一年", 60, 65)


def test_others_may_not_tune() -> None:
    row = Parameter.objects.get(key=OLD_AGE.key)
    with pytest.raises(NotFound):
        act(PUBLIC, "data.parameter", row.pk, "tune", {"value": 65}, version=1, why="x")
    leader = Viewer(4, "示例·领导", (PostRecord(1, "leader", "120103"),), "leader")
    with pytest.raises(Forbidden):
        act(leader, "data.parameter", row.pk, "tune", {"value": 65}, version=1, why="x")
