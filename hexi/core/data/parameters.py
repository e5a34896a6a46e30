"""Thresholds that officials tune at the desk, within the limits that the scenario declared; every change has a reason and an event."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.db.models.signals import post_delete, post_save

from hexi.core.data.fields import Choice, Entity, Number, Text
from hexi.core.data.forms import Form, question
from hexi.kernel.catalogue import catalogue
from hexi.kernel.context import Context, Param
from hexi.kernel.declare import Action, Grant, MenuItem
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged

SECONDS = 10.0  # how long another process may go on with an old value
KINDS = (("number", t("数", "number")), ("days", t("天", "days")))


class Parameter(Entity):
    """One tuned threshold. Lengths of time are kept in days."""

    key = Text(t("标识", "key"), max_length=80, unique=True)
    name = Text(t("名称", "name"), max_length=120, search=True)
    name_en = Text(t("英文名称", "English name"), max_length=160)
    kind = Choice(t("种类", "kind"), options=KINDS)
    value = Number(t("现值", "value"), decimals=4)
    initial = Number(t("初始值", "initial value"), decimals=4)
    low = Number(t("下限", "lower limit"), decimals=4)
    high = Number(t("上限", "upper limit"), decimals=4)

    class Describe:
        label = t("可调参数", "parameter")
        about = t("规则和指标使用的阈值；改动须写明原因，立即生效", "Thresholds of rules and indicators; a change needs a reason and counts at once")
        title = "name"
        key = ("key",)
        list = ("name", "value", "kind", "initial", "low", "high", "key")
        sort = "key"
        fixed = ("key", "name", "name_en", "kind", "value", "initial", "low", "high")
        importable = False
        unlogged = (
            Unlogged(
                t("随版本声明而来；未经调整即等于初始值", "they come with the release; what nobody tuned is as it was declared"),
                rows={"value": F("initial")}, fields=("key", "name", "name_en", "kind", "initial", "low", "high"),
            ),
        )  # fmt: skip


class Tuning(Form):
    """The new value."""

    value: Decimal = question(t("新值", "new value"), max_digits=18, decimal_places=4)


def tune(change: Any) -> Parameter:
    """Set the value. Raises Invalid outside the declared limits."""
    parameter: Parameter = change.record
    value: Decimal = change.answers.value
    if not parameter.low <= value <= parameter.high:
        limits = {"low": f"{parameter.low:g}", "high": f"{parameter.high:g}"}
        raise Invalid([Problem("value", t("应在 {low} 与 {high} 之间", "This must lie between {low} and {high}").filled(**limits))])
    change.save(parameter, value=value)
    return parameter


TUNERS = ("administrator", "data_steward")
ACTIONS = (Action("tune", t("调整", "tune"), "data.parameter", tune, form=Tuning, by=TUNERS, needs_reason=True, primary=True),)
GRANTS = (Grant("data_steward", "data.parameter", ("read", "export"), reach="everywhere"),)
MENU = (MenuItem("parameters", t("可调参数", "parameters"), entity="data.parameter"),)


def stored(given: Any) -> Decimal:
    """A declared value as the table keeps it."""
    return Decimal(str(given.total_seconds() / 86400 if isinstance(given, timedelta) else given))


def enter_parameters(**_: Any) -> None:
    """Give every declared parameter its row; those that are there keep what officials set. Runs after each migration."""
    known = set(Parameter.objects.values_list("key", flat=True))
    Parameter.objects.bulk_create(_fresh(param) for key, param in catalogue.params.items() if key not in known)


def _fresh(param: Param[Any]) -> Parameter:
    kind = "days" if isinstance(param.default, timedelta) else "number"
    names = {"name": param.label.zh, "name_en": param.label.en}
    limits = {"low": stored(param.low), "high": stored(param.high)}
    return Parameter(key=param.key, kind=kind, value=stored(param.default), initial=stored(param.default), **names, **limits)


_held: list[tuple[float, dict[str, Any]]] = []


def tuned() -> dict[str, Any]:
    """Every parameter's present value by key, as conditions take it."""
    if not _held or time.monotonic() - _held[0][0] > SECONDS:
        rows = Parameter.objects.values_list("key", "kind", "value")
        _held[:] = [(time.monotonic(), {key: _usable(key, kind, value) for key, kind, value in rows if key in catalogue.params})]
    return _held[0][1]


def _usable(key: str, kind: str, value: Decimal) -> Any:
    return timedelta(days=float(value)) if kind == "days" else type(catalogue.params[key].default)(value)


def tuned_context() -> Context:
    """This moment, with the parameters as they are tuned."""
    return Context(datetime.now(UTC), tuned())


def forget(**_: Any) -> None:
    """Read the table anew at the next question."""
    _held.clear()


post_save.connect(forget, sender=Parameter)
post_delete.connect(forget, sender=Parameter)
