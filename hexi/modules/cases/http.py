"""Cases over HTTP, for residents, staff programs and other systems."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Header, Query, Router

from hexi.core.data.answers import answer
from hexi.core.data.api import List, act, counted, file_answer, left_by, listed
from hexi.core.trust.api import viewer_of
from hexi.modules.cases import following, shapes, staff
from hexi.modules.cases.fieldwork import reporter_revealed, work_of
from hexi.modules.cases.intake import ENTITY
from hexi.modules.cases.kinds import kinds_for
from hexi.modules.cases.models import Rating
from hexi.modules.cases.near import cases_near
from hexi.modules.cases.open311.http import router as open311
from hexi.modules.cases.replies import add_word, ask_again, once, rate
from hexi.modules.cases.reporting import answer_to, brake, follow, report, reporter_given, wgs84
from hexi.modules.cases.supporting import support

router = Router(tags=["cases"])
router.add_router("/open311", open311)
Secret = Header[str]
"""The follow-up secret in X-Case-Secret: better there than in the address, which logs keep."""


@router.post("/cases", response={200: shapes.Reported, 201: shapes.Reported})
def report_case(request: HttpRequest, new: shapes.NewReport, idempotency_key: Header[str] = "") -> HttpResponse:
    """Report something. 201, or 200 with the same case when the key came before; 409 when the key was used for something else."""
    opened = report(request, viewer_of(request), new, idempotency_key)
    return answer(answer_to(opened), status=200 if opened.again else 201)


@router.get("/cases", response=dict[str, Any])
def list_cases(request: HttpRequest, asked: List, count: str = "") -> HttpResponse:
    """The register's list. `count=exact` adds how many there are in all; nobody pays for a count that they do not ask for."""
    viewer, query = viewer_of(request), asked.query()
    found = listed(viewer, ENTITY, query)
    more = {"count": counted(viewer, ENTITY, query, exact=True)[0]} if count == "exact" else {}
    return answer({"rows": found.rows, "next": found.next, "dict": found.words, "masked": found.masked, "as_of": found.as_of, **more})


@router.get("/cases/kinds", response=dict[str, Any])
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of case that the reader may report, with what each asks."""
    return answer({"kinds": kinds_for(viewer_of(request))})


@router.get("/cases/work", response=dict[str, Any])
def work(request: HttpRequest) -> HttpResponse:
    """What the reader has to do outside, in one answer that a telephone can keep. For staff."""
    return _private(answer(work_of(viewer_of(request))))


@router.post("/cases/{int:number}/reporter", response=shapes.Reporter)
def see_reporter(request: HttpRequest, number: int, asked: shapes.Purpose) -> HttpResponse:
    """Who reported it, in clear, for whoever works on it; the purpose is kept in the ledger."""
    return _private(answer(reporter_revealed(viewer_of(request), number, asked.purpose)))


@router.get("/cases/near", response=shapes.NearbyCases)
def near(request: HttpRequest, where: Query[shapes.Where]) -> HttpResponse:
    """Open cases like it nearby, the likest first, for whoever is about to report the same."""
    found = cases_near(where.kind, where.category, wgs84(where.point))
    return answer({"cases": [like.document() for like in found]})


@router.post("/cases/explain", response=dict[str, Any])
def explain(request: HttpRequest, asked: shapes.Hypothesis) -> HttpResponse:
    """Where such a case would go and how long it might take, rule by rule. For staff; nothing is kept."""
    return answer(staff.explained(viewer_of(request), asked))


@router.post("/cases/bulk", response=shapes.BulkDone)
def act_on_many(request: HttpRequest, asked: shapes.Bulk) -> HttpResponse:
    """One action on up to 200 cases, each in a transaction of its own, with a result for each."""
    return answer(staff.done_to_many(viewer_of(request), asked))


@router.post("/cases/earlier", response=dict[str, Any])
def earlier(request: HttpRequest, asked: shapes.Telephone) -> HttpResponse:
    """Cases that the same telephone reported before, as far as the reader may see them. For staff."""
    return answer(staff.earlier_cases(viewer_of(request), asked.phone, timedelta(days=asked.days)))


@router.get("/cases/{int:number}", response=dict[str, Any])
def one_case(request: HttpRequest, number: int, fields: str = "", include: str = "") -> HttpResponse:
    """One case with what its reader may do with it. `include`: clocks, tasks, notes, verifications, links and more, comma-separated."""
    found = staff.whole(viewer_of(request), number, _words(fields), _words(include))
    return _tagged(answer(found), found["version"])


@router.post("/cases/{int:number}/actions/{action}", response=dict[str, Any])
def act_on_case(request: HttpRequest, number: int, action: str, deed: shapes.Act, if_match: Header[str] = "") -> HttpResponse:
    """A step or an action. `If-Match` names the version that was seen; 409 carries the present one. What only adds needs none."""
    viewer = viewer_of(request)
    version = staff.version_asked(if_match, action)
    row = act(viewer, ENTITY, number, action, deed.values, version=version, why=deed.why, client_id=deed.client_id)
    found = left_by(viewer, ENTITY, number, row.version)
    return _tagged(answer(found), found["version"])


@router.post("/cases/{number}/support", response={201: shapes.NowFollowing})
def support_case(request: HttpRequest, number: str, given: shapes.Supporter) -> HttpResponse:
    """Me too: follow an open public case. Each telephone or account counts once."""
    viewer = viewer_of(request)
    if viewer.anonymous:
        brake(request, "support", given.reporter.phone if given.reporter else "")
    done = support(viewer, number, reporter_given(given.reporter))
    told = {"number": done.case.number, "supporters": done.case.supporters, "follow": follow(done.case.number, done.secret)}
    return answer(told, status=201)


@router.get("/cases/{number}/progress", response=dict[str, Any])
def see_progress(request: HttpRequest, number: str, secret: str = "", x_case_secret: Secret = "") -> HttpResponse:
    """What the reporter may see. A wrong number and a wrong secret are answered alike."""
    return _private(answer(following.progress(following.followed(number, x_case_secret or secret))))


@router.get("/cases/{number}/files/{int:file}")
def see_file(request: HttpRequest, number: str, file: int, secret: str = "", x_case_secret: Secret = "") -> FileResponse:
    """A photograph of the reporter's page."""
    return file_answer(following.file_of(following.followed(number, x_case_secret or secret), file))


@router.post("/cases/{number}/rate", response=dict[str, Any])
def rate_case(request: HttpRequest, number: str, said: shapes.Rated, secret: str = "", x_case_secret: Secret = "") -> HttpResponse:
    """Was it solved, are they satisfied: once, changeable for a day. 409 before the end and later."""
    mine = following.followed(number, x_case_secret or secret)
    viewer = viewer_of(request)

    def reply() -> Rating:
        return rate(viewer, mine, solved=said.solved, satisfied=said.satisfied, words=said.words)

    once(viewer, _key(request), mine, f"rate {said.model_dump_json()}", reply)
    return see_progress(request, number, secret, x_case_secret)


@router.post("/cases/{number}/add", response={201: dict[str, Any]})
def add_to_case(request: HttpRequest, number: str, said: shapes.Added, secret: str = "", x_case_secret: Secret = "") -> HttpResponse:
    """One more word or photograph from the reporter."""
    mine = following.followed(number, x_case_secret or secret)
    viewer, files = viewer_of(request), tuple(dict.fromkeys(said.files))
    once(viewer, _key(request), mine, f"add {said.model_dump_json()}", lambda: add_word(viewer, mine, said.text, files))
    return _private(answer(following.progress(mine), status=201))


@router.post("/cases/{number}/reopen", response=dict[str, Any])
def reopen_case(request: HttpRequest, number: str, said: shapes.Again, secret: str = "", x_case_secret: Secret = "") -> HttpResponse:
    """It is not put right: once, within the days of its kind, with a reason."""
    mine = following.followed(number, x_case_secret or secret)
    viewer, files = viewer_of(request), tuple(dict.fromkeys(said.files))
    once(viewer, _key(request), mine, f"reopen {said.model_dump_json()}", lambda: ask_again(viewer, mine, said.reason, files))
    return see_progress(request, number, secret, x_case_secret)


def _key(request: HttpRequest) -> str:
    """The sender's own mark of this reply: sent again under the same one, nothing is done twice."""
    return request.headers.get("Idempotency-Key", "")


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _tagged(response: HttpResponse, version: int) -> HttpResponse:
    response["ETag"] = f'"{version}"'
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
