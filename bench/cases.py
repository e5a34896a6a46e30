"""The engine of cases through the real API with authorization on: reports in, and lists of 100 at any size and depth, for five readers.

    python -m bench.cases [--rows 1000000] [--postgresql] [--only create|lists]

"Flat" is a ratio: the median at a million rows, or a hundred pages down, against the first page of the small register.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.case_rows import COMMON, RARE, furnish, grow_cases
from bench.house import SAMPLE_KINDS, cpu_s, database, installation, running, share, verdict
from bench.imports import Caller
from bench.load import Result, get, load, once

LIST = "/api/records/cases.case?limit=100"
CREATE = "/api/cases"
STREET, SMALL, PAGES = "120103008", 100_000, 100
STATEMENTS, LIST_STATEMENTS = 10, 4
REPORT = {"kind": "lamp", "title": "示例·路灯不亮", "category": "c1.1", "source": "grid",
          "point": {"lon": 117.22, "lat": 39.07, "datum": "wgs84"},
          "description": "示例", "reporter": {"name": "示例·反映人", "phone": "13800000000"}}  # fmt: skip


def readers() -> dict[str, str]:
    """Who reads, with the session; the resident has none."""
    from bench.registers import session

    return {
        "dispatcher of the district": session("case_dispatcher"), "street officer": session("street_staff", STREET),
        "department with 1 in 30": session("department_staff", "", COMMON),
        "department with 1 in 10,000": session("department_staff", "", RARE),
        "resident": "",
    }  # fmt: skip


def statements(session: str, method: str, path: str, sent: Any = None) -> int:
    """SQL statements of one warm request, session and viewer included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    client.cookies["hexi_session"] = session
    for warm in (True, False):
        with CaptureQueriesContext(connection) as seen:
            content = json.dumps({**sent, "client_id": os.urandom(8).hex()}) if sent else ""
            answer = client.generic(method, path, content, "application/json")
        if answer.status_code >= 300 and not warm:
            raise SystemExit(f"{path} answered {answer.status_code}: {answer.content[:300]!r}")
    return sum(1 for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")))


def created(port: int, session: str) -> Result:
    """Eight clients report as fast as they are answered."""
    token = Caller(port, session).token

    def request(number: int) -> bytes:
        sent = json.dumps({**REPORT, "client_id": f"bench-{os.getpid()}-{number}-{os.urandom(4).hex()}"}).encode()
        head = (
            f"POST {CREATE} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: hexi_session={session}; csrftoken={token}\r\n"
            f"X-CSRFToken: {token}\r\nOrigin: http://localhost:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
        )
        return head.encode() + sent

    return _loaded(port, request, CREATE)


def _loaded(port: int, request: Callable[[int], bytes], what: str, seconds: float = 8.0) -> Result:
    load(port, request, seconds=2.0)  # warm
    used = cpu_s(port)
    result = load(port, request, seconds=seconds)
    if result.wrong:
        raise SystemExit(f"{what}: {result.wrong} wrong answers: {result.sample[:500]!r}")
    cost = (cpu_s(port) - used) * 1000 / max(result.answers, 1)
    print(
        f"  {result.per_second:,.0f} requests/s, median {share(result.delays, 0.5):.1f} ms, p99 {share(result.delays, 0.99):.1f} ms, "
        f"processor {cost:.1f} ms a request: {what}; load {os.getloadavg()[0]:.1f}"
    )
    return result


def listed(port: int, who: dict[str, str]) -> dict[str, tuple[float, float, Result]]:
    """For each reader: median of one client at the first page and far down (ms), and the load of eight."""
    found: dict[str, tuple[float, float, Result]] = {}
    for name, session in who.items():
        deep = _deep(port, session)
        first, far = (share(_alone(port, session, path), 0.5) for path in (LIST, deep))
        print(f"  {name}: alone {first:.1f} ms, {PAGES} pages down {far:.1f} ms")
        found[name] = first, far, _loaded(port, lambda _, own=session: get(LIST, port, own), name, 4.0)
    return found


def _alone(port: int, session: str, path: str) -> list[float]:
    return load(port, lambda _: get(path, port, session), connections=1, seconds=2.0).delays


def _deep(port: int, session: str) -> str:
    path = LIST
    for _ in range(PAGES):
        cursor = json.loads(once(port, get(path, port, session)))["next"]
        if cursor is None:
            break
        path = f"{LIST}&after={quote(str(cursor))}"
    return path


def create_bars(acceptor: str) -> list[bool]:
    cost = statements(acceptor, "POST", CREATE, REPORT)
    with running("web") as plan:
        print("reports")
        result = created(plan.port, acceptor)
    return [
        verdict("statements of a report", cost, "statements", STATEMENTS, at_most=True),
        verdict("reports by 8 clients", result.per_second, "requests/s", 250, at_most=False),
        verdict("p99 of a report", share(result.delays, 0.99), "ms", 80, at_most=True),
    ]


def list_bars(who: dict[str, str], rows: int) -> list[bool]:
    met = list[bool]()
    sizes = dict[int, dict[str, tuple[float, float, Result]]]()
    for size in sorted({min(SMALL, rows), rows}):
        there = grow_cases(size)
        costs = {name: statements(session, "GET", LIST) for name, session in who.items()}
        met += [verdict(f"list of the {name}", cost, "statements", LIST_STATEMENTS, at_most=True) for name, cost in costs.items()]
        with running("web") as plan:
            print(f"{there:,} cases")
            sizes[size] = listed(plan.port, who)
    small, large = sizes[min(sizes)], sizes[max(sizes)]
    for name, (first, _, result) in small.items():
        met += [
            verdict(f"list of the {name}", result.per_second, "requests/s", 150, at_most=False),
            verdict(f"median alone, {name}", first, "ms", 15, at_most=True),
            verdict(f"{max(sizes):,} rows against {min(sizes):,}, {name}", large[name][0] / first, "times", 1.5, at_most=True),
            verdict(f"{PAGES} pages down against the first, {name}", large[name][1] / large[name][0], "times", 1.5, at_most=True),
        ]
    return met


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only", choices=["create", "lists"])
    options = parser.parse_args()
    with database(postgresql=options.postgresql), installation(**SAMPLE_KINDS) as var:
        met = measured(var, options)
    return 0 if all(met) else 1


def measured(_var: Path, options: argparse.Namespace) -> list[bool]:
    from bench.registers import load_places, session

    furnish(load_places())
    who, met = readers(), list[bool]()
    if options.only != "lists":
        grow_cases(min(SMALL, options.rows))
        met += create_bars(session("case_acceptor"))
    if options.only != "create":
        met += list_bars(who, options.rows)
    return met


if __name__ == "__main__":
    sys.exit(main())
