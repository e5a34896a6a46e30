"""Carers' training: what they learnt adds up, and the day on which it is enough is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hexi.kit import Action, Change, Form, Invalid, Problem, question, t
from hexi.scenarios.eldercare.models_care import Carer, Training
from hexi.scenarios.eldercare.parties import CENTRE, OFFICE
from hexi.scenarios.eldercare.rules import training_hours
from hexi.scenarios.eldercare.today import day_of


class Learnt(Form):
    """One course."""

    course: str = question(t("课程", "course"), min_length=2, max_length=120)
    on: date = question(t("日期", "on"))
    hours: Decimal = question(t("学时", "hours"), gt=0, le=200, decimal_places=1)
    passed: bool = question(t("实操合格", "practical test passed"), False)
    certificate: str = question(t("证书号", "certificate"), "", max_length=60)


def learn(change: Change) -> Carer:
    """Write a course down. Only a passed one counts; on the day that makes enough, the carer counts as trained."""
    carer, given, day = change.record, change.answers, day_of(change)
    if given.on > day:
        raise Invalid([Problem("on", t("培训日期不能晚于今天", "The course lies in the future"), value=given.on.isoformat())])
    change.create(Training, carer=carer, place=carer.place, **given.model_dump())
    if given.passed:
        hours = carer.hours + given.hours
        enough = training_hours(carer.kind, day)
        reached = carer.trained_on or (given.on if enough is not None and hours >= enough else None)
        change.save(carer, hours=hours, trained_on=reached)
    return carer


ACTIONS = (Action("learn", t("登记培训", "record a course"), "eldercare.carer", learn, Learnt, by=(CENTRE, OFFICE), when=Carer.active,
                  primary=True),)  # fmt: skip
