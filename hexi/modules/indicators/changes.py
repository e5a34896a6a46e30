"""Publish a computed figure; revise a published one by a new row that names its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

from hexi.core.data.api import Change, Form, question
from hexi.kernel.declare import Action
from hexi.kernel.label import t
from hexi.modules.indicators.compute import lines_of
from hexi.modules.indicators.judge import Status, status_of
from hexi.modules.indicators.models import Value


class Revised(Form):
    """What a revision of a published figure says."""

    value: Decimal = question(t("修订后的数值", "revised value"), max_digits=18, decimal_places=4)
    origin: str = question(t("出处", "origin"), "", max_length=120)


def publish(change: Change) -> Value:
    """The figure is public from now on and never overwritten."""
    change.save(change.record, state="published")
    return change.record


def revise(change: Change) -> Value:
    """A new row takes the old one's place; the old one stays readable for ever."""
    old: Value = change.record
    change.save(old, current="no")
    status = status_of(float(change.answers.value), lines_of(old.card), cast(Status, old.status))
    return change.create(
        Value,
        card=old.card,
        place=old.place,
        period=old.period,
        value=change.answers.value,
        status=status,
        state="revised",
        qualifier=old.qualifier,
        as_of=datetime.now(UTC),
        quality=old.quality,
        origin=change.answers.origin or old.origin,
        definition_version=old.card.version,
        replaces=old,
        current="yes",
    )


OWNERS = ("data_steward", "administrator")
ACTIONS = (
    Action(
        "publish",
        t("发布", "publish"),
        "indicators.value",
        publish,
        by=OWNERS,
        when=(Value.state == "computed") & (Value.current == "yes"),
        primary=True,
        confirm=t("发布后只能修订，不能覆盖。确定发布？", "Once published it can be revised but never overwritten. Publish?"),
    ),
    Action(
        "revise_value",
        t("修订", "revise"),
        "indicators.value",
        revise,
        form=Revised,
        by=OWNERS,
        needs_reason=True,
        when=(Value.current == "yes") & Value.state.one_of("published", "revised"),
    ),
)
