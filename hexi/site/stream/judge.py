"""Who may hear which notice. The permission predicate may have to read a row, so it runs in the database's thread.

A thousand clients that wake together are judged in one go; readers of one session are judged once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hexi.core.trust.api import NoticeLike
from hexi.site.stream.database import Database
from hexi.site.stream.notices import Notice

Allows = Callable[[NoticeLike], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """One client's question: which of these notices may the reader hear?"""

    session: str
    allows: Allows
    notices: Sequence[Notice]
    answer: asyncio.Future[list[Notice]]


class Judge:
    """Collects the questions of one turn of the event loop and answers them together."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.cases: list[Case] = []
        self.sitting: asyncio.Task[None] | None = None

    async def heard(self, session: str, allows: Allows, notices: Sequence[Notice]) -> list[Notice]:
        """Those that the reader may hear. Raises DatabaseError when the predicate could not be asked."""
        answer = asyncio.get_running_loop().create_future()
        self.cases.append(Case(session, allows, notices, answer))
        if self.sitting is None or self.sitting.done():
            self.sitting = asyncio.create_task(self._sit())
        return await answer

    async def _sit(self) -> None:
        while self.cases:
            cases, self.cases = self.cases, []
            try:
                answers = await self.database.ask(_judged, cases)
            except Exception as error:  # noqa: BLE001 - every client that asked gets to know it
                for case in cases:
                    _answer(case, error)
                continue
            for case, heard in zip(cases, answers, strict=True):
                _answer(case, heard)


def _answer(case: Case, answer: list[Notice] | Exception) -> None:
    if case.answer.done():  # the client is gone
        return
    if isinstance(answer, Exception):
        case.answer.set_exception(answer)
    else:
        case.answer.set_result(answer)


def _judged(cases: Sequence[Case]) -> list[list[Notice]]:
    known: dict[tuple[str, int], bool] = {}
    return [[notice for notice in case.notices if _may(case, notice, known)] for case in cases]


def _may(case: Case, notice: Notice, known: dict[tuple[str, int], bool]) -> bool:
    key = (case.session, notice.sequence)
    if key not in known:
        known[key] = case.allows(notice.told)
    return known[key]
