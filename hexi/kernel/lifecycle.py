"""Lifecycles as data: states, and the steps between them with who may take them and what they need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from hexi.kernel.checked import checked_name, checked_tuple, twice
from hexi.kernel.condition import Cond, Everything
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label
from hexi.kernel.party import Party

Phase = Literal["", "new", "working", "waiting", "resolved", "closed", "cancelled"]


@dataclass(frozen=True, slots=True)
class State:
    """Where a record can stand. `final` states are left only by a step that says so.

    `phase` says the same of every kind of life, so that different lives can be counted together.
    """

    key: str
    label: Label
    final: bool = False
    phase: Phase = ""

    def __post_init__(self) -> None:
        checked_name("State", self.key, self.label)


@dataclass(frozen=True, slots=True)
class Step:
    """One way from some states to another: taken by a role (`by`), or by the clock (`after`), never both.

    `needs` names fields that must be filled, in the record or with the step; `primary` is the usual next one. `form` asks for
    more than fields; `run(change)` does what else belongs to the step, in its transaction, after the state was set. `when` narrows
    the rows on which it is open, `party` who of those that hold a role stands on the side whose step it is.
    """

    key: str
    label: Label
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...] = ()
    after: timedelta | None = None
    needs: tuple[str, ...] = ()
    needs_reason: bool = False
    primary: bool = False
    form: type | None = None
    run: Callable[..., Any] | None = None
    when: Cond = field(default_factory=Everything)
    party: Party | None = None

    def __post_init__(self) -> None:
        checked_name("Step", self.key, self.label)
        for word in ("sources", "by", "needs"):
            checked_tuple(f"Step {self.key}: {word}=", getattr(self, word))
        if bool(self.by) == (self.after is not None):
            raise DeclarationError(f"Step {self.key}: say who takes it (by=) or when it happens (after=), one of the two.")
        if self.after is not None and self.after <= timedelta(0):
            raise DeclarationError(f"Step {self.key}: after={self.after} is no span. Write a longer one, as in hours(24).")


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The life of one kind of record. `field` holds the state's key. `moved(change, step)` follows every step, in its transaction."""

    key: str
    label: Label
    field: str
    start: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    moved: Callable[..., Any] | None = None

    def __post_init__(self) -> None:
        checked_name("Lifecycle", self.key, self.label)
        for what, keys in (("states", [state.key for state in self.states]), ("steps", [step.key for step in self.steps])):
            if doubled := twice(keys):
                raise DeclarationError(f"Lifecycle {self.key}: two of its {what} are called {', '.join(doubled)}. Rename one.")
        known = {state.key for state in self.states}
        if self.start not in known:
            raise DeclarationError(f"Lifecycle {self.key}: start {self.start!r} is not among its states {sorted(known)}.")
        for step in self.steps:
            self._check(step, known)
        if unreachable := known - self._reached():
            raise DeclarationError(f"Lifecycle {self.key}: no step leads to {sorted(unreachable)}. Add one, or take the state out.")
        if stuck := sorted(state.key for state in self.states if not state.final and not self.steps_from(state.key)):
            raise DeclarationError(f"Lifecycle {self.key}: no step leads out of {stuck}. Add one, or mark the state final=True.")

    def _check(self, step: Step, known: set[str]) -> None:
        if unknown := {*step.sources, step.target} - known:
            raise DeclarationError(f"Lifecycle {self.key}, step {step.key}: {sorted(unknown)} are not among the states {sorted(known)}.")

    def _reached(self) -> set[str]:
        reached, grew = {self.start}, True
        while grew:
            new = {step.target for step in self.steps if reached & set(step.sources)} - reached
            reached |= new
            grew = bool(new)
        return reached

    def state(self, key: str) -> State:
        """The state of that key. Raises KeyError."""
        return {state.key: state for state in self.states}[key]

    def step(self, key: str) -> Step:
        """The step of that key. Raises KeyError."""
        return {step.key: step for step in self.steps}[key]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if state in step.sources)


@dataclass(frozen=True, slots=True)
class Lives:
    """The lives of a register whose rows are of several kinds: `kind` names the column that says which, `field` the one with the state.

    `by_kind` is asked late: scenarios declare kinds of their own.
    """

    kind: str
    field: str
    label: Label
    by_kind: Callable[[], Mapping[str, Lifecycle]]

    def of(self, row: Any) -> Lifecycle | None:
        """The life of this row; None for a kind that nobody declares any more, whose rows are still read."""
        return self.by_kind().get(getattr(row, self.kind))
