"""Alerts are explained by a firm that they concern, in words that stay."""

from __future__ import annotations

from hexi.kit import Action, Change, Form, question, t
from hexi.scenarios.waste.models_manifest import Alert
from hexi.scenarios.waste.parties import FIRMS, OFFICE


class Explained(Form):
    """Why it is as it is."""

    answer: str = question(t("说明", "explanation"), widget="textarea", min_length=2, max_length=2000)


def explain(change: Change) -> Alert:
    """An alert with its explanation; it stays in the register."""
    row: Alert = change.record
    change.save(row, answer=change.answers.answer, stage="explained")
    return row


ACTIONS = (
    Action(
        "explain",
        t("说明差异", "explain"),
        "waste.alert",
        explain,
        Explained,
        by=(*FIRMS, OFFICE),
        when=Alert.stage == "open",
        primary=True,
    ),
)
