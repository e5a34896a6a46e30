"""Requests that nobody thought of, to every address of the API, by the public and by people with posts: none may end in 500 and above.

The processes that some addresses ask (the intake of readings, the walking network) run beside it.

    python -m bench.fuzz [--requests 20000] [--seed 1] [--only /api/cases]
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from typing import Any

from bench.house import installation, running, verdict

POSTS = (("case_dispatcher", "120103"), ("data_steward", "120103"))
BORING = ("/api/session", "/api/render")  # the one would lock and sign out our own readers, the other starts a browser for each


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=21_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="/api/")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "hexi.core.data.tests.settings"  # with the sample registers, so that every way is open
    with installation(HEXI_HOSTS="testserver,localhost", HEXI_REPORTS_PER_ADDRESS="1000000"), running("intake", "walks"):
        from tests.support.fuzzing import fuzz, operations_of

        logging.disable(logging.CRITICAL)
        readers, known = _scene()
        operations = operations_of(lambda path, _: path.startswith(options.only) and not path.startswith(BORING))
        started, each = time.monotonic(), max(2, options.requests // (len(operations) * len(readers)))
        done = fuzz(operations, each, readers, known, start=options.seed, permitted=())
        seconds = time.monotonic() - started
    for status, method, address, body in done.wrong[:40]:
        print(f"{status} {method} {address} {body}")
    print(f"{done.sent:,} requests to {len(operations)} operations in {seconds:.0f} s; {dict(sorted(done.statuses.items()))}")
    return 0 if verdict("answers of 500 and above", len(done.wrong), "answers", 0, at_most=True) else 1


def _scene() -> tuple[list[Any], dict[str, list[Any]]]:
    """A district with some cases, three readers, and the names of things that are there."""
    from bench.registers import load_district
    from hexi.core.trust.api import PUBLIC
    from hexi.kernel.catalogue import catalogue
    from hexi.modules.cases.api import NewCase, open_case

    load_district()
    opened = [open_case(PUBLIC, NewCase("lamp", f"路灯不亮 {n}", point=(117.223, 39.096))) for n in range(5)]
    rows = [one.case.pk for one in opened]
    steps = {step.key for kind in catalogue.case_types.values() for step in kind.lifecycle.steps}
    known: dict[str, list[Any]] = {
        "path:entity": [*sorted(catalogue.entities), "cases.case"], "path:number": [*[opened[0].case.number] * 3, *rows],
        "/api/cases/{number}:number": rows, "/api/cases/{number}/actions/{action}:number": rows, "path:form": ["json", "xml"],
        "path:action": sorted(steps | {key for actions in catalogue.actions.values() for key in actions}), "path:code": ["lamp.light"],
        "path:source": sorted(catalogue.sources), "path:page_id": ["overview"], "path:programme": [1], "path:month": ["2025-10"],
        "head:if-match": ['"1"', '"2"'], "body:kind": ["lamp"], "body:category": [""], "body:place": [""], "body:answers": [{}],
        "body:files": [[]], "body:source": ["resident"], "body:client_id": [""], "body:occurred_at": [None], "body:version": [0, 1, 2],
    }  # fmt: skip
    return _readers(opened[0].secret), known


def _readers(secret: str) -> list[Any]:
    from django.test import Client

    from hexi.core.trust.api import create_account
    from hexi.core.trust.models import Account
    from tests.support.fuzzing import reader_of

    readers = [reader_of(Client(), **{"X-Case-Secret": secret})]
    for role, place in POSTS:
        create_account(f"fuzz-{role}", f"示例·{role}", role, place, "", "a long passphrase of ours")
        client = Client()
        client.force_login(Account.objects.get(username=f"fuzz-{role}"), backend="hexi.core.trust.backends.PostBackend")
        readers.append(reader_of(client))
    return readers


if __name__ == "__main__":
    sys.exit(main())
