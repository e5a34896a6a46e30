"""The reporter follows their case with number and secret: stages, clocks, photos, a rating, one reopening, a word more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hexi.core.data.files import forget_unused
from hexi.core.data.models import StoredFile
from hexi.core.data.tests.conftest import Person
from hexi.core.data.tests.test_pictures import photo
from hexi.core.trust.models import Event
from hexi.modules.cases.models import Case, Note, Rating, SamePhoto
from hexi.modules.cases.models import Person as Reported
from hexi.modules.cases.tests.conftest import do, lead_task

Report = Callable[..., Case]


def upload(who: Person, seed: int, **more: Any) -> int:
    got = who.client.post("/api/files", {"file": SimpleUploadedFile("a.jpg", photo(seed, **more))})
    assert got.status_code == 201, got.content
    return got.json()["id"]


def secret_of(case: Case) -> str:
    return Reported.objects.filter(case=case).earliest("pk").secret


def see(case: Case, who: Person, secret: str = "", what: str = "progress", body: Any = None) -> Any:
    method = "GET" if body is None else "POST"
    return who.send(method, f"/api/cases/{case.number}/{what}", body, HTTP_X_CASE_SECRET=secret or secret_of(case))


def finish(case: Case, desk: Person, office: Person, *, photos: tuple[int, ...] = (), close: bool = True) -> None:
    """The case from its report to its end."""
    assert do(desk, case, "accept").status_code == 200
    assert do(desk, case, "send_out", lead="housing").status_code == 200
    task = lead_task(case)
    assert do(office, task, "accept_task").status_code == 200
    got = do(office, task, "finish_task", result="已更换灯泡", photos=list(photos))
    assert got.status_code == 200, got.content
    if close:
        assert do(desk, case, "pass_check", way="photo").status_code == 200


@pytest.fixture
def office(person: Callable[..., Person]) -> Person:
    return person("department_staff", "120103", "housing")


def test_the_reporter_sees_each_step_with_its_time_its_office_and_its_limit(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case = report()
    finish(case, desk, office)
    told = see(case, person()).json()
    assert [step["stage"]["zh"] for step in told["steps"]] == ["待受理", "待派遣", "待签收", "处置中", "待核查", "办结"]
    assert all(step["at"].endswith("Z") for step in told["steps"])
    assert told["steps"][3]["office"]["zh"] == "区住建委"
    assert told["steps"][0]["due_at"]
    assert {one["key"]: bool(one["met_at"]) for one in told["clocks"]} == {"accepting": True, "mending": True}
    assert told["next"]["zh"] == "案件已办结，欢迎评价"
    assert told["may"] == {"add": True, "rate": True, "reopen": True}


def test_no_name_of_an_official_stands_on_the_reporters_page(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case = report()
    finish(case, desk, office)
    do(desk, case, "add_note", text="内部意见", readers="staff")
    do(desk, case, "add_note", text="已为您更换", readers="reporter")
    got = see(case, person())
    text = got.content.decode()
    assert desk.account.name not in text
    assert office.account.name not in text
    assert "内部意见" not in text
    assert [note["text"] for note in got.json()["notes"]] == ["已为您更换"]
    assert got["Cache-Control"] == "private, no-store"


def test_a_wrong_secret_and_a_wrong_number_are_answered_alike(report: Report, person: Callable[..., Person]) -> None:
    case, other, who = report(), report(), person()
    answers = [see(case, who, "x" * 32), see(case, who, secret_of(other)), see(Case(number="261128-000000"), who, secret_of(case)), who.get(f"/api/cases/{case.number}/progress")]
    assert {got.status_code for got in answers} == {404}
    assert len({got.content for got in answers}) == 1
    for what, body in (("rate", {"solved": True, "satisfied": True}), ("add", {"text": "甲"}), ("reopen", {"reason": "没修好"}), ("files/5", None)):
        assert see(case, who, "x" * 32, what, body).content == answers[0].content


def test_the_secret_is_taken_from_the_header_or_the_address(report: Report, person: Callable[..., Person]) -> None:
    case = report()
    assert see(case, person()).json() == person().get(f"/api/cases/{case.number}/progress", secret=secret_of(case)).json()


def test_photos_of_the_work_are_shown_once_it_is_done_and_only_with_the_secret(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    who = person()
    before, after = upload(who, 1), upload(office, 2)
    case = report(files=(before,))
    assert see(case, who).json()["photos"] == {"before": [before], "after": []}
    assert see(case, who, what=f"files/{after}").status_code == 404
    finish(case, desk, office, photos=(after,), close=False)
    assert see(case, who).json()["photos"] == {"before": [before], "after": [after]}
    got = see(case, who, what=f"files/{after}")
    assert (got.status_code, got["Content-Type"], b"".join(got.streaming_content)[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert person().get(f"/api/files/{after}").status_code == 404


def test_whoever_checks_the_work_sees_its_photo_and_it_is_not_removed_as_unused(report: Report, desk: Person, office: Person) -> None:
    case, after = report(), upload(office, 2)
    finish(case, desk, office, photos=(after,), close=False)
    got = desk.get(f"/api/files/{after}")
    assert (got.status_code, b"".join(got.streaming_content)[:2]) == (200, b"\xff\xd8")
    assert forget_unused(timedelta(0)) == 0
    assert StoredFile.objects.filter(pk=after).exists()


def test_a_supporter_sees_neither_the_reporters_photos_nor_their_words(report: Report, person: Callable[..., Person]) -> None:
    who = person()
    case = report(files=(upload(who, 1),))
    assert see(case, who, what="add", body={"text": "我家 3 楼"}).status_code == 201
    secret = who.post(f"/api/cases/{case.number}/support", {"reporter": {"phone": "13900000001"}}).json()["follow"]["secret"]
    told = see(case, who, secret).json()
    assert told["photos"]["before"] == []
    assert told["notes"] == []
    assert told["may"]["reopen"] is False


def test_a_rating_is_given_once_after_the_end_and_changed_for_a_day(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case, who = report(), person()
    assert see(case, who, what="rate", body={"solved": True, "satisfied": True}).status_code == 409
    finish(case, desk, office)
    assert see(case, who, what="rate", body={"solved": True, "satisfied": False, "words": "慢"}).status_code == 200
    told = see(case, who, what="rate", body={"solved": True, "satisfied": True}).json()
    assert (told["rating"]["satisfied"], told["may"]["rate"]) == (True, True)
    assert (Rating.objects.count(), Rating.objects.get().office) == (1, "housing")
    Case.objects.update(closed_at=timezone.now() - timedelta(hours=26))
    Rating.objects.update(at=timezone.now() - timedelta(hours=25))
    assert see(case, who, what="rate", body={"solved": False, "satisfied": False}).status_code == 409
    assert see(case, who).json()["may"]["rate"] is False
    assert Event.objects.filter(entity="cases.rating", action="rate").count() == 2


def test_a_case_that_was_opened_again_is_rated_again_at_its_new_end(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case, who = report(), person()
    finish(case, desk, office)
    see(case, who, what="rate", body={"solved": False, "satisfied": False})
    Rating.objects.update(at=timezone.now() - timedelta(hours=25))
    assert see(case, who, what="reopen", body={"reason": "还是不亮"}).status_code == 200
    do(desk, case, "send_out", lead="housing")
    do(office, lead_task(case), "accept_task")
    do(office, lead_task(case), "finish_task", result="已换线")
    do(desk, case, "pass_check", way="photo")
    told = see(case, who, what="rate", body={"solved": True, "satisfied": True}).json()
    assert (told["rating"]["solved"], Rating.objects.count()) == (True, 1)
    Case.objects.update(closed_at=timezone.now() - timedelta(hours=26))
    Rating.objects.update(at=timezone.now() - timedelta(hours=25))
    assert see(case, who).json()["may"]["rate"] is False


def test_the_reporter_reopens_once_within_the_days_with_a_reason_and_a_photo(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case, who = report(), person()
    assert see(case, who, what="reopen", body={"reason": "还是不亮"}).status_code == 409
    finish(case, desk, office)
    picture = upload(who, 3)
    told = see(case, who, what="reopen", body={"reason": "还是不亮", "files": [picture]})
    assert told.status_code == 200, told.content
    assert (told.json()["stage"]["key"], told.json()["may"]["reopen"]) == ("accepted", False)
    assert [(note.text, note.files, note.readers) for note in Note.objects.filter(case=case)] == [("还是不亮", [picture], "reporter")]
    case.refresh_from_db()
    assert (case.reopenings, case.closed_at) == (1, None)
    Case.objects.filter(pk=case.pk).update(state="closed", phase="closed", closed_at=timezone.now())
    assert see(case, who, what="reopen", body={"reason": "还是不亮"}).status_code == 409


def test_after_the_days_of_its_kind_a_case_is_reported_anew(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case = report()
    finish(case, desk, office)
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=7, minutes=1))
    got = see(case, person(), what="reopen", body={"reason": "还是不亮"})
    assert (got.status_code, "7 天" in got.json()["title"]) == (409, True)
    assert not Note.objects.exists()


def test_what_a_reporter_adds_stands_in_nobodys_way(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case, who = report(), person()
    version = case.version
    got = see(case, who, what="add", body={"text": "灯杆在门口"})
    assert (got.status_code, got.json()["notes"][0]["mine"]) == (201, True)
    assert desk.post(f"/api/records/cases.case/{case.pk}/actions/accept", {"values": {}, "version": version}).status_code == 200
    assert see(case, who, what="add", body={}).status_code == 422
    assert see(case, who, what="add", body={"files": [5]}).status_code == 422


def test_additions_without_end_are_a_flood(report: Report, person: Callable[..., Person]) -> None:
    case, who = report(), person()
    codes = [see(case, who, what="add", body={"text": f"{n}"}).status_code for n in range(41)]
    assert codes == [201] * 40 + [409]


def test_whoever_reported_a_merged_case_follows_the_one_that_goes_on(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    who, master = person(), report()
    case = report(files=(upload(who, 1),))
    secret, old = secret_of(case), secret_of(master)
    see(case, who, what="add", body={"text": "我家 3 楼"})
    do(desk, case, "merge", "同一路灯", into=master.number)
    told = see(case, who, secret).json()
    assert (told["number"], told["merged_into"], told["phase"]) == (case.number, master.number, "new")
    assert ([note["text"] for note in told["notes"]], told["photos"]["before"]) == (["我家 3 楼"], case.files), "what they sent is still theirs"
    got = see(case, who, secret, what=f"files/{case.files[0]}")
    assert (got.status_code, b"".join(got.streaming_content)[:2]) == (200, b"\xff\xd8")
    other = see(master, who, old).json()
    assert (other["notes"], other["photos"]["before"]) == ([], [])


def test_a_report_sent_again_after_it_was_merged_is_answered_as_before(rules: None, desk: Person, report: Report, person: Callable[..., Person]) -> None:
    who, body = person(), {"kind": "lamp", "title": "路灯不亮", "client_id": "0f2c6c1e-7a0e-4f3f-9a38"}
    first = who.post("/api/cases", body).json()
    do(desk, Case.objects.get(number=first["number"]), "merge", "同一路灯", into=report().number)
    again = who.post("/api/cases", body)
    assert (again.status_code, again.json()["number"], again.json()["follow"]) == (200, first["number"], first["follow"])
    assert "已并入" in again.json()["next"]["zh"], "it is not given up"


def test_the_same_photo_before_and_after_the_work_is_flagged(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    before, after = upload(person(), 5), upload(office, 5, size=(320, 240), quality=50)
    case = report(files=(before,))
    assert not case.same_photo
    finish(case, desk, office, photos=(after,), close=False)
    case.refresh_from_db()
    row = SamePhoto.objects.get(case=case)
    assert (case.same_photo, row.kind, row.part, row.photo_id, row.other_photo_id) == (True, "before_after", "work", after, before)
    assert desk.get("/api/records/cases.case", where="same_photo:eq:true").json()["rows"][0]["id"] == case.pk


def test_a_check_that_shows_the_photo_of_the_work_is_flagged(report: Report, desk: Person, office: Person) -> None:
    case = report()
    finish(case, desk, office, photos=(upload(office, 5),), close=False)
    got = do(desk, case, "pass_check", way="photo", photos=[upload(desk, 5, size=(320, 240), quality=50)])
    assert got.status_code == 200, got.content
    assert SamePhoto.objects.get(case=case).kind == "work_check"


def test_the_same_photo_in_two_cases_is_flagged_at_intake(report: Report, person: Callable[..., Person]) -> None:
    who = person()
    first = report(files=(upload(who, 6),))
    body = {"kind": "lamp", "title": "路灯不亮", "files": [upload(who, 6, form="WEBP")]}
    got = who.post("/api/cases", body)
    assert got.json()["same_photo"] is True
    row = SamePhoto.objects.get()
    assert (row.other_id, row.kind, row.part) == (first.pk, "other_case", "report")
    assert first.number not in got.content.decode()


def test_other_photos_are_not_flagged(report: Report, desk: Person, office: Person, person: Callable[..., Person]) -> None:
    case = report(files=(upload(person(), 1),))
    report(files=(upload(person(), 2),))
    finish(case, desk, office, photos=(upload(office, 3),))
    assert not SamePhoto.objects.exists()
