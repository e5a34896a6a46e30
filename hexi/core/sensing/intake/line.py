"""How web processes reach the intake."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from hexi.core.sensing.intake.sent import Outcome, Sent, packed
from hexi.kernel import line
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

PATIENCE_S = 20.0


def hand_in(sent: Sequence[Sent]) -> Outcome:
    """Give these to the intake; returns when they are on the disk. Raises Unavailable where it does not run or cannot write."""
    if not sent:
        return Outcome()
    try:
        # Sent again where the intake began anew since: what was taken already is known there.
        answer: dict[str, Any] = orjson.loads(line.asked(Path(settings.INTAKE), packed(sent), patience_s=PATIENCE_S))
    except (OSError, EOFError) as fault:
        raise _away() from fault
    if "fault" in answer:
        raise _away()
    outcome = Outcome(answer["stored"], answer["duplicates"], answer["disordered"], answer["withheld"], set(), set(answer["throttled"]))
    if answer["unsure"]:
        raise _unsure()
    return outcome


def _away() -> Unavailable:
    return Unavailable(
        t("接入服务暂时不可用，这些读数没有保存", "The intake is away for the moment; these readings were not stored"),
        do=t("请稍后原样重发，重复的部分不会重复保存", "Send the same again in a moment; nothing is stored twice"),
    )


def _unsure() -> Unavailable:
    return Unavailable(
        t(
            "暂时无法核对本人是否同意，相关读数没有保存",
            "Whether the person agrees cannot be asked for the moment; these readings were not stored",
        ),
        do=t("请稍后原样重发，重复的部分不会重复保存", "Send the same again in a moment; nothing is stored twice"),
    )


def hang_up() -> None:
    """Close this thread's line, if it has one."""
    line.hang_up(Path(settings.INTAKE))
