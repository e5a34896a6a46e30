"""The circles' questions about walks. They are answered where the walking network is kept: no other process loads the compiler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hexi.kit import WalkAnswer, t


def _answered(name: str) -> Callable[..., Any]:
    def answer(**question: Any) -> Any:
        from hexi.scenarios.life_circle import answering

        return getattr(answering, name)(**question)

    return answer


COVERAGE, GAPS, GATES, CLOSURES = "circle_coverage", "circle_gaps", "circle_gates", "circle_closures"
TRIED, WAYS = "circle_tried", "circle_ways"
ANSWERS = (
    WalkAnswer(COVERAGE, t("步行覆盖", "coverage on foot"), _answered("coverage_of")),
    WalkAnswer(GAPS, t("补点建议", "gaps"), _answered("gaps_of")),
    WalkAnswer(GATES, t("开门建议", "gates to open"), _answered("gates_of_all")),
    WalkAnswer(CLOSURES, t("通行管制的影响", "what closures change"), _answered("closures_of")),
    WalkAnswer(TRIED, t("试算", "a change tried out"), _answered("tried_of")),
    WalkAnswer(WAYS, t("附近上锁的通道", "locked ways nearby"), _answered("ways_of")),
)  # fmt: skip
