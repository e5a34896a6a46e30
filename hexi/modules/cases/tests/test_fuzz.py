"""Some hundred requests that nobody thought of, to every address of cases, by the public and by the desk. `bench/fuzz.py` sends 20,000."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hexi.core.data.tests.conftest import Person
from hexi.modules.cases.api import issue_key
from hexi.modules.cases.models import Case
from hexi.modules.cases.models import Person as Reported
from tests.support.fuzzing import fuzz, operations_of, reader_of


@pytest.mark.slow
def test_no_address_of_cases_fails_whatever_is_sent(report: Callable[..., Case], desk: Person, person: Callable[..., Person]) -> None:
    case = report(point=(117.2230, 39.0960))
    secret = Reported.objects.get(case=case).secret
    issue_key("示例·系统")
    known = {
        "path:number": [case.number], "/api/cases/{number}:number": [case.pk], "/api/cases/{number}/actions/{action}:number": [case.pk],
        "path:action": ["accept", "refuse", "send_out", "merge", "recategorise", "ask_more_time"], "path:form": ["json", "xml"],
        "path:code": ["lamp.light.out"], "path:file": [1], "head:if-match": ['"1"', '"2"'], "body:kind": ["lamp"], "body:files": [[]],
        "body:category": ["", "light.out"], "body:place": [""], "body:answers": [{}], "body:source": ["resident"], "body:client_id": [""],
        "body:action": ["accept"], "body:occurred_at": [None],
    }  # fmt: skip
    readers = [reader_of(person().client, **{"X-Case-Secret": secret}), reader_of(desk.client)]
    done = fuzz(operations_of(lambda path, _: path.startswith(("/api/cases", "/api/open311"))), 8, readers, known)
    assert done.wrong == []
    assert done.sent >= 200
    assert {200, 201, 404, 409, 422} <= set(done.statuses)
