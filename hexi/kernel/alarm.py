"""Alarms as data: what raises one, which case it is, who is called in which order, and how long each of them is waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hexi.kernel.case_type import CaseType, LimitRule, limit_among
from hexi.kernel.checked import checked_label, checked_name, checked_tuple, twice
from hexi.kernel.clock import Limit
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t
from hexi.kernel.outside import Fact
from hexi.kernel.reading import ReadingKind
from hexi.kernel.stream.patterns import InOrder
from hexi.kernel.stream.seen import Seen

ACKNOWLEDGED, THERE, ENDED, REVIEWED = "alarm_answered", "alarm_there", "alarm_ended", "alarm_reviewed"
"""Steps that the alarm takes in its case's life by itself: somebody comes, is there, says what it was; somebody else has looked at it."""
STEPS = (ACKNOWLEDGED, THERE, ENDED, REVIEWED)
GROUPS = ("real", "false", "test", "unknown")
Options = tuple[tuple[str, Label], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an alarm turned out to be. `group` says how it is counted: real, false, test or unknown. A false one is never punished."""

    key: str
    label: Label
    group: str

    def __post_init__(self) -> None:
        checked_name("Outcome", self.key, self.label)
        if self.group not in GROUPS:
            raise DeclarationError(f"Outcome {self.key}: group is one of {', '.join(GROUPS)}, not {self.group!r}.")


OUTCOMES = (
    Outcome("fall", t("跌倒", "fall"), "real"),
    Outcome("illness", t("突发疾病", "illness"), "real"),
    Outcome("needs_help", t("需要帮助", "needs help"), "real"),
    Outcome("false_alarm", t("误报（无需救助）", "false alarm, no help needed"), "false"),
    Outcome("device_fault", t("设备故障", "device fault"), "false"),
    Outcome("test_call", t("测试呼叫", "test call"), "test"),
    Outcome("not_found", t("未找到本人", "person not found"), "unknown"),
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who is called and holds no post here: a relative, a neighbour with the key. `key` stays the same for the same person."""

    key: str
    name: str
    relation: Label
    phone: str = ""
    email: str = ""
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom an alarm is about, as their register knows them. `point` is longitude and latitude of the home (WGS-84).

    `door_code` is what the sheet at the door says: who types it was there. `facts` are what a helper must know, and only helpers see them.
    """

    name: str
    place: str
    point: tuple[float, float] | None = None
    address: str = ""
    phone: str = ""
    door_code: str = ""
    contacts: tuple[Contact, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One rung of an alarm's ladder: whom it calls, at most `most` of them, the nearest on foot first.

    `roles`: holders of these posts, over whose area the place lies; where `duty`, only those who are on the roster now. `contacts`: the
    people whom the register names. `asks`: what is asked of them beside coming, such as to call 120: the platform calls no number itself.
    """

    key: str
    label: Label
    roles: tuple[str, ...] = ()
    contacts: bool = False
    duty: bool = True
    most: int = 3
    asks: Label | None = None

    def __post_init__(self) -> None:
        checked_name("Call", self.key, self.label)
        checked_tuple(f"Call {self.key}: roles=", self.roles)
        if bool(self.roles) == self.contacts:
            raise DeclarationError(f"Call {self.key}: say roles= or contacts=True, one of the two.")
        if self.most < 1:
            raise DeclarationError(f"Call {self.key}: most= is how many are called at once, so at least 1, not {self.most}.")
        if self.asks is not None:
            checked_label(f"Call {self.key}: asks=", self.asks)


def _nobody(_record: int) -> Whom | None:
    return None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of alarm. `rules` are stream rules (without a `then=` of their own) whose every finding raises it.

    `on` is the register of persons whose rows the keys name, and `whom(number)` says what that register knows of one, None for nobody.
    `waits` says for each rung how long it is waited for an answer, and for "arrival" how long for whoever comes; dated, with a source.
    The same subject's second call joins the alarm that runs.
    """

    key: str
    label: Label
    case: CaseType
    ladder: tuple[Call, ...]
    waits: tuple[LimitRule, ...]
    on: type | None = None
    whom: Callable[[int], Whom | None] = _nobody
    rules: tuple[Any, ...] = ()
    outcomes: tuple[Outcome, ...] = field(default=OUTCOMES)

    def __post_init__(self) -> None:
        what = f"Alarm {self.key}"
        checked_name("Alarm", self.key, self.label)
        for word in ("ladder", "waits", "rules", "outcomes"):
            checked_tuple(f"{what}: {word}=", getattr(self, word))
        if not self.ladder:
            raise DeclarationError(f"{what}: its ladder is empty, so nobody would come. Name at least one Call.")
        if doubled := twice([call.key for call in self.ladder]):
            raise DeclarationError(f"{what}: two of its calls are named {', '.join(doubled)}. Rename one.")
        self._check_waits(what)
        if acting := [rule.key for rule in self.rules if rule.then is not None]:
            raise DeclarationError(f"{what}: the rules {acting} have a then= already; an alarm's rule does nothing but raise it.")
        self._check_life(what)

    def _check_waits(self, what: str) -> None:
        told = {rule.clock for rule in self.waits}
        if lacking := [key for key in (*(call.key for call in self.ladder), "arrival") if key not in told]:
            raise DeclarationError(f"{what}: its waits say nothing of {lacking}: how long is it waited for them?")
        if working := [rule.clock for rule in self.waits if rule.limit.is_working]:
            raise DeclarationError(f"{what}: the waits of {working} count working time; an alarm rings at night too.")

    def _check_life(self, what: str) -> None:
        steps = {step.key for step in self.case.lifecycle.steps}
        if lacking := [key for key in STEPS if key not in steps]:
            raise DeclarationError(f"{what}: the life {self.case.lifecycle.key} lacks the steps {lacking}. Take alarm_case() of the kit.")

    def call(self, rung: int) -> Call:
        """The rung of that number; the last one for every number above."""
        return self.ladder[min(rung, len(self.ladder) - 1)]

    def wait(self, key: str, day: date) -> Limit:
        """How long it is waited for this rung, or for "arrival", on that day. Raises DeclarationError where the table has no row for it."""
        rule = limit_among((one for one in self.waits if one.clock == key), "", "", day)
        if rule is None:
            raise DeclarationError(f"Alarm {self.key}: no wait for {key!r} is in force on {day}. Add a row to its table.")
        return rule.limit

    def outcome(self, key: str) -> Outcome | None:
        """The outcome of that key."""
        return next((one for one in self.outcomes if one.key == key), None)


def pressed(kind: ReadingKind) -> InOrder:
    """The pattern of a button: every reading above 0 is found at once. Give the kind no `wait`, or the button waits too."""
    return InOrder((Seen(kind, above=0),), within=timedelta(seconds=1))
