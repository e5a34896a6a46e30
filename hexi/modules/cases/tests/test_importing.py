"""Cases from other systems' files: by upload, matching, the questions that such files give rise to, preview, commit and undo."""

from __future__ import annotations

import csv
import gzip
import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hexi.core.data.tests.conftest import GRID, Person
from hexi.core.space.models import Place
from hexi.core.trust.models import Event, Notice
from hexi.modules.cases import importing
from hexi.modules.cases.models import Case, CaseClock, Category

FILES = next((found for one in Path(__file__).parents if (found := one / "shared/data/cases").is_dir()), None)
HEADS = "Service_Request_Number,Creation_Date,Completion_Date,Status,Type_of_Service_Request,Nature,Street_Address,Latitude,Longitude,Ward"
LAMP = "L-1,03/28/2025 10:58:54 AM,03/29/2025 12:05:00 AM,Closed,路灯不亮,灯杆倾斜,友谊路1号,39.0712345678,117.2212345678,7"
INSIDE = {"west": 117.22, "south": 39.07, "east": 117.23, "north": 39.08}
ANSWERS = {"kind": "lamp"}


@pytest.fixture
def importer(person: Callable[..., Person], rules: None) -> Person:
    west, south, east, north = INSIDE.values()
    ring = (west, south, east, south, east, north, west, north, west, south)
    square = struct.pack("<BIII10d", 1, 3, 1, 5, *ring)  # a polygon of one ring in WKB
    Place.objects.filter(code=GRID).update(geometry=square, updated_at=timezone.now(), **INSIDE)
    return person("case_importer")


class Upload:
    """A file sent by somebody, matched as it was proposed."""

    def __init__(self, who: Person, content: str | bytes, name: str = "cases.csv") -> None:
        self.who, raw = who, content.encode() if isinstance(content, str) else content
        answer = who.client.post("/api/imports", {"entity": "cases.case", "file": SimpleUploadedFile(name, raw)})
        assert answer.status_code == 201, answer.content.decode()
        self.begun = answer.json()
        self.path = f"/api/imports/{self.begun['id']}"
        self.mapping = {column["index"]: column["field"] for column in self.begun["columns"] if column["field"]}

    @property
    def heads(self) -> dict[str, str]:
        return {column["field"]: column["header"] for column in self.begun["columns"] if column["field"]}

    def preview(self, **answers: str) -> dict[str, Any]:
        answer = self.who.post(f"{self.path}/preview", {"mapping": self.mapping, "answers": answers})
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def proposals(self, **answers: str) -> dict[str, str]:
        """Every question with what the file itself speaks for, as a reader would confirm it."""
        return {**{one["key"]: one["proposed"] for one in self.preview(**answers)["questions"]}, **answers}

    def commit(self, answers: dict[str, str], mode: str = "all_or_nothing") -> Any:
        return self.who.post(f"{self.path}/commit", {"mapping": self.mapping, "mode": mode, "answers": answers})

    def undo(self) -> Any:
        return self.who.post(f"{self.path}/undo", {"why": "重复导入"})


def sheet(*rows: str, heads: str = HEADS) -> str:
    return "\n".join((heads, *rows))


def test_a_case_from_elsewhere_keeps_its_own_number_its_times_and_its_place(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP))
    done = file.commit(file.proposals(**ANSWERS))
    assert done.json()["added"] == 1, done.json()
    case = Case.objects.get()
    assert (case.number_elsewhere, case.kind, case.state, case.phase, case.source) == ("L-1", "lamp", "closed", "closed", "import")
    assert case.number != case.number_elsewhere
    assert (case.opened_at.isoformat(), case.closed_at and case.closed_at.isoformat()) == (
        "2025-03-28T02:58:54+00:00",
        "2025-03-28T16:05:00+00:00",
    )
    assert (case.category and case.category.code, case.place, str(case.lon), case.address) == ("light.out", GRID, "117.221235", "友谊路1号")
    assert case.spot is not None


def test_imported_cases_have_an_event_each_no_clocks_and_tell_nobody(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP, LAMP.replace("L-1", "L-2")))
    before = Notice.objects.count()
    assert file.commit(file.proposals(**ANSWERS)).status_code == 200
    assert CaseClock.objects.count() == 0
    assert Event.objects.filter(entity="cases.case", action="import").exclude(object_id=0).count() == 2
    assert Notice.objects.count() == before + 1  # one for them all, so that open lists read anew


def test_what_the_file_does_not_say_for_certain_is_asked_and_nothing_goes_in_before_the_answer(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP, LAMP.replace("Closed", "On Ice").replace("L-1", "L-2")))
    asked = {one["key"]: one for one in file.preview(**ANSWERS)["questions"]}
    assert [one["proposed"] for key, one in asked.items() if key.startswith("order:")] == ["month", "month"]
    assert {one["label"]: one["proposed"] for key, one in asked.items() if key.startswith("word:")} == {
        "文件里的“Closed”是哪个环节？": "closed",
        "文件里的“On Ice”是哪个环节？": "",
    }
    refused = file.commit(file.proposals(**ANSWERS))
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["word:3:On Ice"]
    assert Case.objects.count() == 0


def test_an_answer_that_was_no_option_counts_as_none(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP))
    assert file.commit({**file.proposals(**ANSWERS), "word:3:Closed": "asleep"}).status_code == 422
    assert file.commit({**file.proposals(**ANSWERS), "kind": "nothing"}).status_code == 422


@pytest.mark.parametrize(
    ("opened", "proposed"), [("13/04/2025", "day"), ("04/13/2025", "month"), ("03/04/2025", ""), ("2025-03-04", None)]
)
def test_the_order_of_days_is_proposed_by_the_columns_own_evidence_alone(importer: Person, opened: str, proposed: str | None) -> None:
    file = Upload(importer, sheet(f"L-1,{opened},,Open,,,,,,"))
    orders = [one["proposed"] for one in file.preview(**ANSWERS)["questions"] if one["key"].startswith("order:")]
    assert orders == ([] if proposed is None else [proposed])


def test_cells_that_contradict_one_another_prove_no_order_and_are_faults_in_either(importer: Person) -> None:
    file = Upload(importer, sheet("L-1,13/04/2025,,Open,,,,,,", "L-2,04/13/2025,,Open,,,,,,"))
    answers = file.proposals(**ANSWERS)
    assert answers["order:1"] == ""
    for order, cell in (("day", "B3"), ("month", "B2")):
        assert [one["cell"] for one in file.preview(**{**answers, "order:1": order})["errors"]] == [cell]


def test_closed_before_it_was_opened_is_a_fault_with_its_cell(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP.replace("03/29/2025", "03/27/2025"), LAMP.replace("L-1", "L-2")))
    answers = file.proposals(**ANSWERS)
    found = file.preview(**answers)
    assert [(one["cell"], one["message"]) for one in found["errors"]] == [("C2", importing.BEFORE.zh)]
    assert file.commit(answers, "good_rows").json() | {"id": 0, "result_url": ""} == {
        "id": 0, "status": "done", "added": 1, "bad": 1, "result_url": "",
    }  # fmt: skip


def test_a_case_without_a_place_here_comes_in_with_a_remark(importer: Person) -> None:
    far, nowhere = LAMP.replace("39.0712345678,117.2212345678", "40.69,-73.84"), LAMP.replace("39.0712345678,117.2212345678", ",")
    file = Upload(importer, sheet(far, nowhere))
    answers = file.proposals(**ANSWERS)
    found = file.preview(**answers)
    assert (found["good"], found["error_count"]) == (2, 0)
    assert [one["message"] for one in found["remarks"]] == [importing.OUTSIDE.zh, importing.NOWHERE.zh]
    assert file.commit(answers).json()["added"] == 2
    assert set(Case.objects.values_list("place", flat=True)) == {""}
    sheet_of_results = b"".join(importer.get(f"{file.path}/result.xlsx").streaming_content)
    assert sheet_of_results[:2] == b"PK"


def test_an_unknown_category_stays_in_the_title(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP.replace("路灯不亮", "Rat Sighting")))
    answers = file.proposals(**ANSWERS)
    assert [one["value"] for one in file.preview(**answers)["remarks"]] == ["Rat Sighting"]
    file.commit(answers)
    case = Case.objects.get()
    assert (case.category_id, case.title) == (None, "Rat Sighting · 灯杆倾斜")


def test_a_file_without_states_is_asked_where_they_all_stand(importer: Person) -> None:
    file = Upload(importer, "Case ID,Created Date\nL-1,2025-03-04\n")
    assert [one["key"] for one in file.preview(**ANSWERS)["questions"]] == ["kind", "state"]
    assert file.commit({**ANSWERS, "state": "accepted"}).json()["added"] == 1
    assert Case.objects.get().phase == "working"


def test_an_import_of_cases_can_be_taken_back_until_somebody_works_on_one(importer: Person) -> None:
    file = Upload(importer, sheet(LAMP))
    file.commit(file.proposals(**ANSWERS))
    assert file.undo().status_code == 200
    assert Case.objects.count() == 0
    again = Upload(importer, sheet(LAMP))
    again.commit(again.proposals(**ANSWERS))
    Case.objects.update(version=2)
    assert again.undo().status_code == 409


def test_nobody_else_imports_cases(person: Callable[..., Person], rules: None) -> None:
    other = person("case_checker", "120103")
    answer = other.client.post("/api/imports", {"entity": "cases.case", "file": SimpleUploadedFile("c.csv", sheet(LAMP).encode())})
    assert answer.status_code == 403


@pytest.fixture
def real() -> Callable[[str], bytes]:
    """A published file of another city; skips where the files are not at hand: they are not part of the repository."""

    def read(name: str) -> bytes:
        if FILES is None:
            pytest.skip("the published case files (shared/data/cases) are not beside the repository")
        return gzip.decompress((FILES / name).read_bytes())

    return read


def test_new_yorks_file_goes_in_and_out(importer: Person, real: Callable[[str], bytes]) -> None:
    Category.objects.create(code="parking", name="违停", name_en="Illegal Parking")
    file = Upload(importer, real("nyc311_mixed_1k_2014_2019.csv.gz"), "nyc.csv")
    assert file.heads == {
        "number_elsewhere": "Unique Key", "opened_at": "Created Date", "closed_at": "Closed Date", "category": "Complaint Type",
        "title": "Descriptor", "state": "Status", "address": "Incident Address", "lon": "Longitude", "lat": "Latitude",
    }  # fmt: skip
    answers = file.proposals(**ANSWERS)
    assert answers["word:19:Email Sent"] == ""
    answers["word:19:Email Sent"] = "closed"
    found = file.preview(**answers)
    assert (found["total"], found["bad"]) == (1000, 10)
    assert {one["message"] for one in found["errors"]} == {importing.BEFORE.zh}
    assert file.commit(answers, "good_rows").json()["added"] == 990
    assert Case.objects.filter(category__code="parking").count() == 88
    assert Case.objects.filter(phase="closed", closed_at__isnull=False).count() == 969
    assert file.undo().status_code == 200
    assert Case.objects.count() == 0


def every_tenth(content: bytes) -> tuple[bytes, list[str]]:
    """A tenth of a table, spread over all its years, and the states of its rows; the whole one is the benchmark's business."""
    heads, *rows = csv.reader(io.StringIO(content.decode()))
    kept, out = rows[::10], io.StringIO()
    csv.writer(out).writerows([heads, *kept])
    return out.getvalue().encode(), [row[heads.index("Status")] for row in kept]


@pytest.mark.slow
def test_chicagos_file_goes_in_and_out(importer: Person, real: Callable[[str], bytes]) -> None:
    content, states = every_tenth(real("chicago_sanitation_2000_2015.csv.gz"))
    file = Upload(importer, content, "chicago.csv")
    assert file.heads == {
        "number_elsewhere": "Service_Request_Number", "opened_at": "Creation_Date", "closed_at": "Completion_Date", "state": "Status",
        "category": "Type_of_Service_Request", "title": "What_is_the_Nature_of_this_Code_Violation", "address": "Street_Address",
        "lon": "Longitude", "lat": "Latitude",
    }  # fmt: skip
    answers = file.proposals(**ANSWERS)
    assert {key: value for key, value in answers.items() if key.startswith("word:")} == {
        f"word:1:{state}": "closed" if state.startswith("Completed") else "received" for state in states
    }
    assert file.commit(answers).json()["added"] == len(states) > 7000
    assert Case.objects.filter(phase="closed").count() == sum(state.startswith("Completed") for state in states)
    assert Event.objects.filter(entity="cases.case", action="import").count() >= len(states)
    assert file.undo().status_code == 200
    assert Case.objects.count() == 0
