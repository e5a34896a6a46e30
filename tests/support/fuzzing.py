"""Requests that nobody thought of: drawn by schemathesis from our own description of the API, sent in this process, judged by one rule.

The rule: whatever is sent, the server answers, and never with 500 and above.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
Known = Mapping[str, Iterable[Any]]
"""Names of things that are there, by `part:name` (path, head, body) or by `/the/path:name`."""
OFTEN = 0.6
PERMITTED = (503,)
"""What a part that was not set up answers, such as the intake of readings when no process takes any."""


@dataclass
class Fuzzed:
    """How many were sent, what came back, and each that came back wrong: status, method, address, body."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter[int])
    wrong: list[tuple[int, str, str, str]] = field(default_factory=list[tuple[int, str, str, str]])


@dataclass(frozen=True)
class Reader:
    """Who sends: their cookies, and what else stands in the head of every request."""

    cookies: dict[str, str]
    headers: dict[str, str]


def reader_of(client: Client, **headers: str) -> Reader:
    """A browser of this client: its session, and the token for changes."""
    client.get("/api/session")
    jar = {name: morsel.value for name, morsel in client.cookies.items()}
    return Reader(jar, {"X-CSRFToken": jar.get("csrftoken", ""), **headers})


def operations_of(wanted: Callable[[str, str], bool]) -> list[Any]:
    """The operations of the API, as the server describes them itself, that are wanted by path and method."""
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    return [one for one in (result.ok() for result in schema.get_all_operations()) if wanted(one.path, one.method)]


def fuzz(
    operations: Sequence[Any], each: int, readers: Sequence[Reader], known: Known, *, start: int = 1, permitted: Collection[int] = PERMITTED
) -> Fuzzed:
    """Send so many requests to each operation for each of the readers; more than half of them name things that are there.

    An answer of 500 and above is wrong unless its number is permitted.
    """
    found, draw = Fuzzed(), random.Random(start)
    with one_connection():
        for operation, (number, reader), mode in product(operations, enumerate(readers), MODES):
            send = partial(_send, found, draw, reader=reader, known=known, permitted=permitted)
            _each(operation, mode, max(1, each // 2), start + number, send)
    return found


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests in this process leave its connection open, as Django's own test client does: it carries the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def _each(operation: Any, mode: Any, number: int, start: int, send: Callable[[Any], None]) -> None:
    @seed(start)
    @settings(max_examples=number, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        send(case)

    # Some operations take nothing that could be wrong.
    with suppress(Unsatisfiable) if mode is schemathesis.GenerationMode.NEGATIVE else nullcontext():
        run()


def _send(found: Fuzzed, draw: random.Random, case: Any, reader: Reader, known: Known, permitted: Collection[int]) -> None:
    _name_what_is_there(draw, case, known)
    body = str(case.body)[:300]
    case.cookies = dict(reader.cookies)  # the reader's own session, not a drawn one
    answer = case.call(headers=reader.headers)
    found.sent += 1
    found.statuses[answer.status_code] += 1
    if answer.status_code >= 500 and answer.status_code not in permitted:
        found.wrong.append((answer.status_code, case.method, f"{case.formatted_path} {dict(case.query or {})} {dict(case.headers or {})}"[:400], body))


def _name_what_is_there(draw: random.Random, case: Any, known: Known) -> None:
    """More often than not: a drawn name is nearly always one of nothing, and nothing behind it would be reached."""
    path = case.operation.path
    for part, values in (("path", case.path_parameters), ("head", case.headers), ("body", case.body)):
        for name in list(values) if isinstance(values, MutableMapping) else ():
            choice = known.get(f"{path}:{name}") or known.get(f"{part}:{name}".lower())
            if choice and draw.random() < OFTEN:
                values[name] = draw.choice(list(choice))
