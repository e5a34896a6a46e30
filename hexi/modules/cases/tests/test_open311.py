"""GeoReport v2, read by clients and rules that are not ours.

The client is `georeport` 0.3.1 (PyPI, Apache-2.0), which other cities' endpoints are read with. The shapes below are the required
fields and allowed values of open311/schema-validation (GitHub, schema/georeport-v2, read in November 2026); names of elements, errors
and the 90 days are those of https://wiki.open311.org/GeoReport_v2.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client
from django.utils import timezone
from georeport import GeoReport

from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, Person
from hexi.kernel.catalogue import catalogue
from hexi.modules.cases.api import issue_key, withdraw_key
from hexi.modules.cases.models import Caller, Case, CaseTask
from hexi.modules.cases.models import Person as Reported
from hexi.modules.cases.people import reporter_of
from hexi.modules.cases.tests.conftest import do

Report = Callable[..., Case]
ROOT = "/api/open311/v2"
HERE = (117.2230, 39.0960)
NOTHING = type(None)
SERVICE = {"service_code": {str}, "service_name": {str}, "metadata": {bool}, "type": {str}, "description": {str, NOTHING}, "keywords": {str, NOTHING}, "group": {str, NOTHING}}
ATTRIBUTE = {"variable": {bool}, "code": {str}, "datatype": {str}, "required": {bool}, "order": {int, NOTHING}, "description": {str, NOTHING}, "datatype_description": {str, NOTHING}}
REQUEST = {
    "service_request_id": {str}, "status": {str}, "service_code": {str}, "requested_datetime": {str}, "service_name": {str, NOTHING}, "status_notes": {str, NOTHING},
    "description": {str, NOTHING}, "agency_responsible": {str, NOTHING}, "service_notice": {str, NOTHING}, "updated_datetime": {str, NOTHING}, "expected_datetime": {str, NOTHING},
    "address": {str, NOTHING}, "address_id": {str, NOTHING}, "zipcode": {str, NOTHING}, "lat": {float, int, NOTHING}, "long": {float, int, NOTHING}, "media_url": {str, NOTHING},
}  # fmt: skip
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}


def fits(document: dict[str, Any], shape: dict[str, set[type]]) -> bool:
    return set(document) - {"values"} == set(shape) and all(type(document[name]) in kinds for name, kinds in shape.items())


def asked(path: str, **query: Any) -> Any:
    return Client().get(f"{ROOT}/{path}", query)


def xml(got: Any) -> Xml.Element:
    assert got["Content-Type"] == "text/xml; charset=utf-8"
    assert got.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return Xml.fromstring(got.content)


@pytest.fixture
def key(db: None) -> str:
    return issue_key("示例·城市")


def post(form: dict[str, Any], what: str = "requests.json", **headers: Any) -> Any:
    """As another system sends it: a form, without cookies or tokens of ours."""
    body = urlencode(form, doseq=True)
    return Client(enforce_csrf_checks=True).post(f"{ROOT}/{what}", body, content_type="application/x-www-form-urlencoded", **headers)


def lamp(key: str, **more: Any) -> dict[str, Any]:
    return {"api_key": key, "service_code": "lamp.light.out", "lat": HERE[1], "long": HERE[0], "description": "门口的灯不亮", "attribute[lamps]": "2", **more}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_client_for_other_cities_reads_services_definition_and_requests(report: Report, live_server: Any, form: str) -> None:
    cases = [report(point=HERE), report(point=HERE)]
    client = GeoReport(f"{live_server.url}{ROOT}", jurisdiction="tjhx.gov.cn", output_format=form)
    codes = [one["service_code"] for one in client.get_service_list() if one["service_code"].startswith("lamp")]
    assert codes == ["lamp.light", "lamp.light.out"]
    definition = client.get_service_definition("lamp.light.out")
    assert definition["service_code"] == "lamp.light.out"
    found = client.get_service_requests(service_code="lamp.light.out", status="open")
    assert {one["service_request_id"] for one in found} == {case.number for case in cases}
    one = client.get_service_request(cases[0].number)
    assert (one["service_request_id"], float(one["lat"]), float(one["long"])) == (cases[0].number, HERE[1], HERE[0])
    listed = client.get_service_requests(service_request_id=",".join(case.number for case in cases))
    assert len(listed) == 2


def test_services_definition_and_requests_have_the_published_shape(report: Report) -> None:
    report(point=HERE)
    services = asked("services.json").json()
    assert all(fits(one, SERVICE) and one["type"] in {"realtime", "batch", "blackbox"} for one in services)
    definition = asked("services/lamp.light.out.json").json()
    assert set(definition) == {"service_code", "attributes"}
    assert all(fits(one, ATTRIBUTE) and one["datatype"] in DATATYPES for one in definition["attributes"])
    (request,) = asked("requests.json").json()
    assert fits(request, REQUEST)
    assert request["status"] in {"open", "closed"}
    assert asked(f"requests/{request['service_request_id']}.json").json() == [request]


def test_each_question_has_its_type_of_data(rules: None) -> None:
    found = {one["code"]: one for one in asked("services/lamp.light.out.json").json()["attributes"]}
    assert {code: one["datatype"] for code, one in found.items()} == {"lamps": "number", "pole": "string", "sort": "singlevaluelist", "seen": "multivaluelist"}
    assert found["sort"]["values"] == [{"key": "out", "name": "不亮"}, {"key": "flickers", "name": "闪烁"}]


def test_xml_and_json_say_the_same(report: Report) -> None:
    report(point=HERE)
    (told,) = asked("requests.json").json()
    root = xml(asked("requests.xml"))
    assert (root.tag, [one.tag for one in root]) == ("service_requests", ["request"])
    assert {one.tag: one.text for one in root[0]} == {name: None if value is None else str(value) for name, value in told.items()}
    services = xml(asked("services.xml"))
    assert {one.tag for one in services} == {"service"}
    assert [one.findtext("service_code") for one in services] == [one["service_code"] for one in asked("services.json").json()]
    attributes = xml(asked("services/lamp.light.out.xml")).find("attributes")
    assert attributes is not None
    assert attributes[0].tag == "attribute"
    assert [value.findtext("key") for value in attributes.iter("value")] == ["out", "flickers", "night", "day"]


def test_characters_that_xml_cannot_write_are_left_out(report: Report) -> None:
    case = report(point=HERE)
    Case.objects.filter(pk=case.pk).update(title="a\x0b<&>\x1fb")
    assert xml(asked(f"requests/{case.number}.xml"))[0].findtext("description") == "a<&>b"


def test_a_posted_request_becomes_a_case_with_its_answers_and_its_reporter_apart(rules: None, key: str) -> None:
    got = post(lamp(key, **{"attribute[seen][]": ["night", "day"], "first_name": "甲", "last_name": "示例", "phone": "138 0000 0000", "media_url": "http://example.org/a.jpg"}))
    assert got.status_code == 200, got.content
    (told,) = got.json()
    assert set(told) == {"service_request_id", "service_notice", "account_id"}
    case = Case.objects.get(number=told["service_request_id"])
    assert (case.source, case.title, case.answers) == ("open311", "路灯不亮", {"lamps": 2, "pole": "", "sort": "out", "seen": ["night", "day"]})
    assert case.description == "门口的灯不亮\n附件链接：http://example.org/a.jpg"
    assert reporter_of(Reported.objects.get(case=case)).name == "示例甲"
    public = asked(f"requests/{case.number}.json").content.decode()
    assert "门口" not in public
    assert "example.org" not in public
    answer = xml(post(lamp(key), "requests.xml"))
    assert (answer.tag, answer[0].tag, answer[0].findtext("account_id")) == ("service_requests", "request", "")


def test_a_request_by_address_or_by_place_needs_no_point(rules: None, key: str) -> None:
    form = {"api_key": key, "service_code": "lamp.light.out"}
    assert post({**form, "address_string": "甲路 12 号"}).status_code == 200
    assert post({**form, "address_id": COMMUNITY}).status_code == 200
    assert Case.objects.filter(place=COMMUNITY).count() == 1


@pytest.mark.parametrize("wrong", [{"api_key": ""}, {"api_key": "guess"}])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_missing_or_wrong_key_is_403_in_the_form_of_the_specification(rules: None, key: str, wrong: dict[str, str], form: str) -> None:
    got = post({**lamp(key), **wrong}, f"requests.{form}")
    assert got.status_code == 403
    if form == "json":
        (error,) = got.json()
    else:
        root = xml(got)
        assert (root.tag, root[0].tag) == ("errors", "error")
        error = {one.tag: one.text for one in root[0]}
    assert (str(error["code"]), "api_key" in error["description"]) == ("403", True)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "wrong, status, word",
    [
        ({"service_code": ""}, 400, "service_code"), ({"service_code": "lamp.nothing"}, 404, "service_code"), ({"service_code": "alarm"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "lat"), ({"lat": "91"}, 400, "lat"), ({"lat": "nan"}, 400, "lat"), ({"attribute[lamps]": "many"}, 400, "lamps"),
        ({"attribute[colour]": "red"}, 400, "colour"), ({"address_id": "99"}, 400, "place"), ({"description": "x" * 4001}, 400, "description"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_400_or_404(rules: None, key: str, wrong: dict[str, str], status: int, word: str) -> None:
    got = post({**lamp(key), **wrong})
    assert (got.status_code, got.json()[0]["code"], word in got.json()[0]["description"]) == (status, status, True)
    assert not Case.objects.exists()


def test_a_withdrawn_key_is_of_no_use_and_no_key_lies_in_the_database(rules: None, key: str) -> None:
    assert key not in str(list(Caller.objects.values()))
    withdraw_key("示例·城市")
    assert post(lamp(key)).status_code == 403


def test_a_system_that_sends_too_often_is_told_when_to_come_back(rules: None) -> None:
    key = issue_key("示例·常发", hourly=1)
    assert post(lamp(key)).status_code == 200
    got = post(lamp(key))
    assert (got.status_code, int(got["Retry-After"]) > 0) == (429, True)


def test_a_request_sent_again_with_its_idempotency_key_is_the_same(rules: None, key: str) -> None:
    mark = str(uuid.uuid4())
    first, second = (post(lamp(key), HTTP_IDEMPOTENCY_KEY=mark).json() for _ in range(2))
    assert first == second
    other = issue_key("示例·另一系统")
    assert post(lamp(other), HTTP_IDEMPOTENCY_KEY=mark).json() != first


def test_a_kind_that_the_public_does_not_see_gives_a_token_first_and_its_number_once_accepted(rules: None, key: str, desk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue.case_types, "lamp", replace(catalogue.case_types["lamp"], public=False))
    assert {one["type"] for one in asked("services.json").json() if one["service_code"].startswith("lamp")} == {"batch"}
    (told,) = post(lamp(key)).json()
    assert "service_request_id" not in told
    assert asked(f"tokens/{told['token']}.json").json() == [{"service_request_id": "", "token": told["token"]}]
    case = Case.objects.get()
    assert do(desk, case, "accept").status_code == 200
    assert xml(asked(f"tokens/{told['token']}.xml"))[0].findtext("service_request_id") == case.number
    assert asked("tokens/guess.json").status_code == 404
    assert asked(f"requests/{case.number}.json").status_code == 404


def test_status_and_codes_narrow_the_list(report: Report) -> None:
    first, second = report(point=HERE), report(point=HERE, category="light")
    Case.objects.filter(category__code="light").update(is_public=True, phase="closed", closed_at=timezone.now())

    def numbers(**query: Any) -> set[str]:
        return {one["service_request_id"] for one in asked("requests.json", **query).json()}

    assert numbers(status="open") == {first.number}
    assert numbers(status="closed") == {second.number}
    assert numbers(status="open,closed") == {first.number, second.number}
    assert numbers(service_code="lamp.light") == {second.number}
    assert numbers(service_code="lamp.light,lamp.light.out") == numbers(service_code="lamp") == {first.number, second.number}
    assert numbers(service_request_id=f"{second.number},261128-000000", status="open") == {second.number}


def test_dates_of_request_and_of_change_narrow_the_list(report: Report) -> None:
    now = timezone.now()
    old, new = report(point=HERE), report(point=HERE)
    Case.objects.filter(pk=old.pk).update(opened_at=now - timedelta(days=100), updated_at=now - timedelta(days=1))

    def numbers(**query: Any) -> list[str]:
        return [one["service_request_id"] for one in asked("requests.json", **{k: f"{v:%Y-%m-%dT%H:%M:%SZ}" for k, v in query.items()}).json()]

    day = timedelta(days=1)
    assert numbers() == [new.number]
    assert numbers(start_date=now - 120 * day, end_date=now - 90 * day) == [old.number]
    assert numbers(end_date=now - 99 * day) == [old.number]
    assert numbers(start_date=now - 110 * day) == [old.number]
    assert numbers(updated_after=now - 2 * day) == [new.number, old.number]
    assert numbers(updated_before=now - timedelta(hours=1)) == [old.number]


@pytest.mark.parametrize(
    "wrong",
    [{"status": "lost"}, {"page": "0"}, {"page_size": "1001"}, {"page": "x"}, {"start_date": "yesterday"}, {"updated_after": "0001-01-01T00:00:00+08:00"},
     {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}],
)  # fmt: skip
def test_a_faulty_question_is_400(rules: None, wrong: dict[str, str]) -> None:
    assert asked("requests.json", **wrong).status_code == 400


def test_pages_are_cut_by_page_and_page_size(report: Report) -> None:
    numbers = [report(point=HERE).number for _ in range(5)][::-1]
    pages = [[one["service_request_id"] for one in asked("requests.json", page=page, page_size=2).json()] for page in (1, 2, 3, 4)]
    assert pages == [numbers[:2], numbers[2:4], numbers[4:], []]


def test_a_list_of_many_costs_as_many_statements_as_a_list_of_one(report: Report, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        report(point=HERE)
    asked("requests.json")
    with django_assert_max_num_queries(2):
        assert len(asked("requests.json").json()) == 20


def test_the_course_of_a_case_is_read_through_open311(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case, office = report(point=HERE), person("department_staff", DISTRICT, "housing")

    def told() -> tuple[str, str, Any]:
        (one,) = asked(f"requests/{case.number}.json").json()
        return one["status"], one["status_notes"], one["agency_responsible"]

    assert told() == ("open", "待受理", None)
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing")
    assert told() == ("open", "待签收", "区住建委")
    task = CaseTask.objects.get(case=case)
    do(office, task, "accept_task")
    do(office, task, "finish_task", result="已更换")
    do(desk, case, "pass_check", way="photo")
    assert told() == ("closed", "办结", "区住建委")
    (one,) = asked(f"requests/{case.number}.json").json()
    case.refresh_from_db()
    assert one["updated_datetime"] == f"{case.closed_at:%Y-%m-%dT%H:%M:%SZ}"


def test_what_is_not_public_is_not_there(report: Report) -> None:
    case = report(point=HERE)
    Case.objects.update(is_public=False)
    assert asked("requests.json").json() == []
    assert asked(f"requests/{case.number}.json").status_code == 404


def test_discovery_names_the_endpoint_and_its_formats(rules: None) -> None:
    got = Client().get("/api/open311/discovery.json").json()
    assert set(got) == {"changeset", "contact", "key_service", "endpoints"}
    assert got["endpoints"] == [{"specification": "http://wiki.open311.org/GeoReport_v2", "url": "http://testserver/api/open311/v2", "changeset": got["changeset"], "type": "production", "formats": ["text/xml", "application/json"]}]
    root = xml(Client().get("/api/open311/discovery.xml"))
    assert [one.text for one in root.iter("format")] == ["text/xml", "application/json"]


def test_another_format_is_404(rules: None) -> None:
    assert asked("services.csv").status_code == 404
