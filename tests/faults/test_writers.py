"""Many write to one case at once, over HTTP, to real processes on both databases: nothing is lost, nobody gets a 500, nobody waits for ever."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support import platform as platforms
from tests.support.caller import Caller
from tests.support.houses import MEMORY, cluster
from tests.support.lamps import COMMUNITY, SETTINGS
from tests.support.platform import ROOT, Platform
from tests.support.postgres import Postgres

pytestmark = pytest.mark.slow
NOTES = 6
STEPS: tuple[tuple[str, dict[str, str]], ...] = (("accept_task", {}), ("finish_task", {"result": "完成"}))
REPORT = "/api/records/cases.case/actions/report_lamp"


@dataclass
class Town:
    """A running platform with people in it."""

    platform: Platform
    sessions: dict[str, str]
    server: Postgres | None
    callers: list[Caller] = field(default_factory=list[Caller])

    def caller(self, name: str = "") -> Caller:
        self.callers.append(Caller(self.platform.plan.port, self.sessions.get(name, "")))
        return self.callers[-1]

    def sent_case(self) -> tuple[int, dict[str, int]]:
        """A case that two offices have in hand, with the task of each."""
        _, told = self.caller().post(REPORT, {"values": {"title": "路灯不亮", "place": COMMUNITY}})
        return told["record"]["id"], self.sent(told["record"]["id"])

    def sent(self, case: int) -> dict[str, int]:
        """The task of each of two offices to which it goes."""
        desk = self.caller("desk")
        assert desk.act("cases.case", case, "accept")[0] == 200
        status, said = desk.act("cases.case", case, "send_out", lead="housing", co_offices=["civil"])
        assert status == 200, said
        rows = desk.get(f"/api/records/cases.casetask?where=case:eq:{case}")["rows"]
        return {row["office"]: row["id"] for row in rows}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    with nullcontext() if request.param == "sqlite" else Postgres.for_a_while(MEMORY, cluster(SETTINGS)) as server:
        more = {"DJANGO_SETTINGS_MODULE": SETTINGS} | ({"HEXI_DATABASE_URL": server.url("hexi")} if server else {})
        platform = platforms.start(demo=False, more=more)
        told = subprocess.run(
            [sys.executable, "-m", "tests.support.lamps"], cwd=ROOT, env={**platforms.environment(platform.folder, demo=False), **more},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        town = Town(platform, json.loads(told.stdout), server)
        yield town
        for caller in town.callers:
            caller.close()
        platforms.stop(platform)


def at_once(*works: Callable[[], Any]) -> list[BaseException]:
    """Do all of it beside each other; what went wrong."""
    faults: list[BaseException] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            work()
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    assert not any(one.is_alive() for one in threads), "somebody waits for ever"
    return faults


def test_eight_writers_on_one_case_lose_nothing_and_nobody_gets_a_500(town: Town) -> None:
    (case, tasks), (other, _) = town.sent_case(), town.sent_case()
    desk = town.caller("desk")
    number = desk.get(f"/api/records/cases.case/{other}")["record"]["number"]
    names = ("desk", "desk", "housing", "civil", "housing", "civil", "desk", "housing")
    callers = [town.caller(name) for name in names]
    works = [noting(callers[n], case, f"w{n}") for n in range(4)]
    works += [handling(callers[4], tasks["housing"]), handling(callers[5], tasks["civil"])]
    works += [lambda who=who: who.act("cases.case", case, "relate", number=number) for who in callers[6:]]  # both want the same thing
    assert at_once(*works) == []
    assert {status for caller in callers for status in caller.statuses} <= {200, 409, 422}
    record = desk.get(f"/api/records/cases.case/{case}")["record"]
    assert (record["state"], record["phase"]) == ("mended", "resolved")
    kept = desk.get(f"/api/records/cases.note?where=case:eq:{case}&limit=500")["rows"]
    assert sorted(row["text"] for row in kept) == sorted(f"w{n}-{i}" for n in range(4) for i in range(NOTES))
    done = desk.get(f"/api/records/cases.casetask?where=case:eq:{case}")["rows"]
    assert {row["state"] for row in done} == {"done"}
    assert versions_told(town, case) == list(range(1, record["version"] + 1)), "each version of the case was told once, in order"


def noting(caller: Caller, case: int, mark: str) -> Callable[[], None]:
    def work() -> None:
        for n in range(NOTES):
            status, said = caller.act("cases.case", case, "add_note", text=f"{mark}-{n}")
            assert status == 200, said

    return work


def handling(caller: Caller, task: int) -> Callable[[], None]:
    def work() -> None:
        for action, values in STEPS:
            status, said = caller.act("cases.casetask", task, action, **values)
            assert status == 200, said

    return work


def versions_told(town: Town, case: int) -> list[int]:
    """The versions of the case as the feed tells them, once the relay has numbered them all."""
    caller, found, since = town.caller("leader"), list[int](), 0
    time.sleep(1.0)
    while True:
        page = caller.get(f"/api/changes?since={since}&topics=cases.case&limit=500")
        found += [row["version"] for row in page["rows"] if row["id"] == case]
        since = page["next"]
        if not page["more"]:
            return found


def test_eight_writers_add_notes_while_others_take_steps_and_no_note_is_refused_lost_or_there_twice(town: Town) -> None:
    _, reported = town.caller().post("/api/cases", {"kind": "lamp", "title": "路灯不亮", "place": COMMUNITY})
    desk = town.caller("desk")
    (row,) = desk.get(f"/api/cases?where=number:eq:{reported['number']}")["rows"]
    case, tasks = row["id"], town.sent(row["id"])
    writers = [(town.caller(("desk", "housing", "civil")[n % 3]), f"n{n}") for n in range(6)]
    residents = [(town.caller(), f"r{n}") for n in range(2)]
    steps = [(town.caller(name), handling(town.caller(name), tasks[name])) for name in ("housing", "civil")]
    works = [*(adding(who, case, mark) for who, mark in writers), *(following(who, reported, mark) for who, mark in residents)]
    assert at_once(*works, *(work for _, work in steps)) == []
    assert {status for who, _ in (*writers, *residents) for status in who.statuses} == {200, 201}
    assert all(status < 500 for who in town.callers for status in who.statuses)
    kept = desk.get(f"/api/records/cases.note?where=case:eq:{case}&limit=500")["rows"]
    assert sorted(row["text"] for row in kept) == sorted(f"{mark}-{i}" for _, mark in (*writers, *residents) for i in range(NOTES))
    assert desk.get(f"/api/records/cases.case/{case}")["record"]["state"] == "mended", "the steps went on beside them"


def adding(caller: Caller, case: int, mark: str) -> Callable[[], None]:
    """Notes without a version, each sent twice as a phone does that lost the answer."""

    def work() -> None:
        for n in range(NOTES):
            body = {"values": {"text": f"{mark}-{n}"}, "client_id": f"note-{case}-{mark}-{n}"}
            for _ in range(2):
                status, said = caller.post(f"/api/records/cases.case/{case}/actions/add_note", body)
                assert status == 200, said

    return work


def following(caller: Caller, reported: dict[str, Any], mark: str) -> Callable[[], None]:
    """Words of whoever reported it, with number and secret."""

    def work() -> None:
        for n in range(NOTES):
            status, said = caller.post(
                f"/api/cases/{reported['number']}/add?secret={reported['follow']['secret']}", {"text": f"{mark}-{n}"}
            )
            assert status == 201, said

    return work


def test_a_refused_writer_is_told_the_present_state(town: Town) -> None:
    case, _ = town.sent_case()
    path = f"/api/records/cases.case/{case}/actions/recategorise"
    status, said = town.caller("desk").post(path, {"values": {"category": "light"}, "version": 1, "why": "迟了"})
    assert status == 409
    assert said["present"]["values"]["state"] == "sent"
    assert said["present"]["version"] == 3


def test_two_offices_on_two_tasks_of_one_case_never_wait_for_each_other_in_a_circle(town: Town) -> None:
    started = time.monotonic()
    for case, tasks in [town.sent_case() for _ in range(8)]:
        housing, civil = town.caller("housing"), town.caller("civil")
        assert at_once(handling(housing, tasks["housing"]), handling(civil, tasks["civil"])) == []
        assert set(housing.statuses + civil.statuses) <= {200, 409}
        assert town.caller("desk").get(f"/api/records/cases.case/{case}")["record"]["state"] == "mended"
    assert time.monotonic() - started < 90
    if town.server is not None:
        assert "deadlock" not in (town.server.folder / "log").read_text()


def test_the_log_of_the_platform_tells_of_no_fault(town: Town) -> None:
    faults = [line for line in town.platform.log.splitlines() if "ERROR" in line or "Traceback" in line]
    assert faults == []
