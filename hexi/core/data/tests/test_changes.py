"""Changes over HTTP: who may, what is refused and how it is said, versions, sending twice."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from hexi.core.data.actions import Change
from hexi.core.data.models import Intake
from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Errand, Thing
from hexi.core.trust.models import Event, Notice
from hexi.kernel.errors import Invalid

URL = "/api/records/samples.thing"
ERRAND = "/api/records/samples.errand"
GOOD = {"code": "n1", "title": "新样品", "home": COMMUNITY}


def faults(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def test_a_new_record_is_kept_with_its_event_and_a_notice(steward: Any) -> None:
    answer = steward.post(
        URL, {"values": {**GOOD, "amount": 10.5, "done": True, "due": "2025-10-31", "seen_at": "2025-10-31T08:30:00+08:00"}, "why": "登记"}
    )
    assert answer.status_code == 201
    body = answer.json()
    assert body["record"] | {"amount": 10.5, "done": True, "due": "2025-10-31", "seen_at": "2025-10-31T00:30:00Z"} == body["record"]
    event = Event.objects.get(entity="samples.thing")
    assert (event.action, event.object_id, event.version, event.place, event.why) == ("create", body["record"]["id"], 1, COMMUNITY, "登记")
    assert event.after["title"] == "新样品"
    assert Notice.objects.get(entity="samples.thing").object_id == body["record"]["id"]


@pytest.mark.parametrize(("field", "value", "said"), [
    ("title", "", "必填"), ("title", None, "必填"), ("title", "长" * 61, "最多 60 字"), ("title", ["a"], "应为文字"), ("title", {"a": 1}, "应为文字"), ("title", True, "应为文字"),
    ("count", "many", "应为数字"), ("count", 1.5, "整数"), ("count", True, "应为数字"), ("count", [1], "应为数字"), ("count", "1e400", "过大"), ("count", "9" * 400, "应为数字"),
    ("count", 10**400, "应为数字"), ("count", "1_000", "应为数字"), ("count", "NaN", "有限"), ("count", "-Infinity", "有限"), ("level", 101, "不能大于 100"), ("level", "-101", "不能小于 -100"),
    ("amount", "1.234", "最多 2 位小数"), ("amount", 12345678901234.5, "过大"), ("share", "0.12345", "最多 4 位小数"), ("done", "perhaps", "应为 是 或 否"), ("done", {}, "应为 是 或 否"),
    ("stage", "none", "应为以下之一"), ("stage", 3, "应为以下之一"), ("due", "31.12.2025", "应为日期"), ("due", "2025-02-30", "没有这一天"), ("due", 20251, "应为日期"), ("due", "03/04/2025", "应为日期"),
    ("seen_at", "soon", "应为时间"), ("seen_at", 5, "应为时间"), ("seen_at", "0001-01-01T00:00:00+14:00", "应为时间"), ("home", "120199", "没有编码为"), ("home", 1.5, "没有编码为"),
    ("home", ["x"], "应为文字"), ("owner", "nobody", "没有名为"), ("team", 999, "不存在"), ("team", "²", "不存在"), ("team", -1, "不存在"), ("team", 10**30, "不存在"), ("team", True, "不存在"),
    ("team", [1], "不存在"), ("photo", 999, "没有这个文件"), ("album", [1, 2], "没有这个文件"), ("album", {"a": 1}, "文件列表"), ("album", ["x"], "文件列表"), ("marks", "text", "结构"),
    ("nothing", 1, "没有这一栏"), ("version", 7, "没有这一栏"), ("id", 7, "没有这一栏"), ("import_id", 7, "没有这一栏"), ("team_id", 7, "没有这一栏"),
])  # fmt: skip
def test_a_wrong_value_is_refused_in_words(steward: Any, field: str, value: Any, said: str) -> None:
    before = Thing.objects.count()
    assert said in faults(steward.post(URL, {"values": {**GOOD, field: value}}))[field]
    assert Thing.objects.count() == before
    assert not Event.objects.filter(entity="samples.thing").exists()


@pytest.mark.parametrize(("field", "value", "kept"), [
    ("count", "１２", 12), ("count", "1,200", 1200), ("count", "12.0", 12), ("count", 3.0, 3), ("amount", "¥1,234.50", 1234.5), ("amount", "12.5元", 12.5), ("share", "85%", 85),
    ("amount", 0.1 + 0.2, 0.3), ("done", "是", True), ("done", 0, False), ("stage", "公开", "shown"), ("stage", "SHOWN", "shown"), ("due", "2025年1月2日", "2025-01-02"), ("due", "20250102", "2025-01-02"),
    ("due", "2025/1/2", "2025-01-02"), ("due", "2025-01-02T00:00:00", "2025-01-02"), ("seen_at", "2025-10-31 8:30", "2025-10-31T00:30:00Z"), ("seen_at", "2025/1/2 08:30:15", "2025-01-02T00:30:15Z"),
    ("owner", "区住建委", "housing"), ("owner", "Civil Affairs Bureau", "civil"), ("title", "  空格\x00  ", "空格"), ("title", 13800000000, "13800000000"), ("note", "一行\n两行", "一行\n两行"),
    ("title", "=1+1", "=1+1"), ("title", "<script>", "<script>"), ("title", "🌊", "🌊"), ("agreed", "", None), ("count", "", None), ("marks", {"a": [1]}, {"a": [1]}),
])  # fmt: skip
def test_what_people_write_is_understood(steward: Any, field: str, value: Any, kept: Any) -> None:
    answer = steward.post(URL, {"values": {**GOOD, field: value}})
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["record"][field] == kept


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"[]",
        b"null",
        b'{"values": 1}',
        b'{"values": {}',
        b"\xff\xfe",
        '{"values": {"code": "名'.encode("gb18030"),
        b'{"version": "x", "values": {}}',
    ],
)
def test_a_body_that_is_no_such_json_is_a_problem_document(steward: Any, body: bytes) -> None:
    answer = steward.client.generic("POST", URL, body, "application/json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert "title" in answer.json()


def test_half_a_character_is_dropped_not_stored(steward: Any) -> None:
    answer = steward.client.generic("POST", URL, b'{"values": {"code": "h1", "title": "a\\ud800b", "home": "120103"}}', "application/json")
    assert answer.json()["record"]["title"] == "ab"


def test_an_oversized_body_is_refused_before_it_is_read(steward: Any, settings: Any) -> None:
    answer = steward.post(URL, {"values": {**GOOD, "note": "长" * 3_000_000}})
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_the_same_key_twice_is_refused(steward: Any) -> None:
    assert steward.post(URL, {"values": GOOD}).status_code == 201
    assert "已有相同的" in faults(steward.post(URL, {"values": {**GOOD, "title": "另一个"}}))["code"]


def test_nobody_adds_outside_their_area_or_without_the_right(person: Any) -> None:
    assert person("community_worker", OTHER_STREET).post(URL, {"values": GOOD}).status_code == 403
    assert person("grid_worker", STREET).post(URL, {"values": GOOD}).status_code == 403
    assert person().post(URL, {"values": {"nonsense": 1}}).status_code == 403
    assert not Thing.objects.exists()


def test_nobody_moves_a_record_out_of_their_area(person: Any, thing: Any) -> None:
    row = thing(home=COMMUNITY)
    answer = person("community_worker", STREET).patch(f"{URL}/{row.pk}", {"values": {"home": OTHER_STREET}, "version": 1})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert (row.home, row.version) == (COMMUNITY, 1)


def test_a_revision_keeps_what_was_before_and_says_why(steward: Any, thing: Any) -> None:
    row = thing(title="旧名", count=1)
    body = steward.patch(f"{URL}/{row.pk}", {"values": {"title": "新名", "count": 1}, "version": 1, "why": "更名"}).json()
    assert (body["version"], body["record"]["title"]) == (2, "新名")
    entry = steward.get(f"{URL}/{row.pk}/history").json()["rows"][0]
    assert (entry["action"], entry["why"], [c["field"] for c in entry["changes"]]) == ("revise", "更名", ["title"])
    assert (entry["changes"][0]["before"], entry["changes"][0]["after"]) == ("旧名", "新名")


def test_a_revision_that_changes_nothing_leaves_no_trace(steward: Any, thing: Any) -> None:
    row = thing(title="名", amount=1)
    assert steward.patch(f"{URL}/{row.pk}", {"values": {"title": "名", "amount": "1.00"}, "version": 1}).json()["version"] == 1
    assert not Event.objects.filter(entity="samples.thing").exists()


def test_a_stale_version_is_answered_with_the_present_state(steward: Any, thing: Any) -> None:
    row = thing(title="一")
    assert steward.patch(f"{URL}/{row.pk}", {"values": {"title": "二"}, "version": 1}).status_code == 200
    answer = steward.patch(f"{URL}/{row.pk}", {"values": {"title": "三"}, "version": 1})
    assert answer.status_code == 409
    assert answer.json()["present"]["version"] == 2
    assert answer.json()["present"]["values"]["title"] == "二"
    assert answer.json()["do"]


def test_sending_again_changes_nothing(steward: Any) -> None:
    first = steward.post(URL, {"values": GOOD, "client_id": "phone-1"})
    again = steward.post(URL, {"values": GOOD, "client_id": "phone-1"})
    assert first.json() == again.json()
    assert Thing.objects.count() == 1
    assert Event.objects.filter(entity="samples.thing").count() == 1


def test_a_client_id_belongs_to_one_person_and_one_register(steward: Any, person: Any) -> None:
    steward.post(URL, {"values": GOOD, "client_id": "x"})
    other = person("community_worker", STREET).post(URL, {"values": {**GOOD, "code": "n2"}, "client_id": "x"})
    assert other.json()["record"]["code"] == "n2"
    assert steward.post("/api/records/samples.team", {"values": {"code": "t", "name": "队"}, "client_id": "x"}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_leave_one_record(person: Any) -> None:
    worker = person("community_worker", STREET)

    def send(_: int) -> Any:
        try:
            return worker.client.generic("POST", URL, json.dumps({"values": GOOD, "client_id": "twice"}), "application/json")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["record"]["id"] for answer in answers}) == 1
    assert Thing.objects.count() == Intake.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_revisions_at_once_one_is_told_of_the_other(person: Any, thing: Any) -> None:
    row, worker = thing(), person("community_worker", STREET)

    def send(n: int) -> int:
        try:
            return worker.patch(f"{URL}/{row.pk}", {"values": {"note": f"第{n}次"}, "version": 1}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(send, range(3))) == [200, 409, 409]


def test_nobody_points_at_what_they_may_not_see(person: Any, thing: Any, team: Any, steward: Any) -> None:
    hidden = team(area=STREET)
    far = person("data_steward", OTHER_STREET)
    forged = faults(far.post(URL, {"values": {**GOOD, "home": OTHER_STREET, "team": hidden.pk}}))
    absent = faults(far.post(URL, {"values": {**GOOD, "home": OTHER_STREET, "team": hidden.pk + 999}}))
    assert forged == absent
    row = thing(home=OTHER_STREET, team=hidden)
    assert far.patch(f"{URL}/{row.pk}", {"values": {"team": hidden.pk, "note": "别的栏目"}, "version": 1}).status_code == 200


def test_the_public_files_something_and_learns_its_number_only(person: Any, thing: Any) -> None:
    shown = thing(stage="shown")
    answer = person().post(
        f"{ERRAND}/actions/file", {"values": {"title": "路灯不亮", "place": COMMUNITY, "thing": shown.pk}, "client_id": "m-1"}
    )
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["record"] == {"id": Errand.objects.get().pk}
    assert person().get(f"{ERRAND}/{Errand.objects.get().pk}").status_code == 404
    assert person().post(f"{ERRAND}/actions/file", {"values": {"title": "路灯不亮"}, "client_id": "m-1"}).json() == answer.json()


@pytest.mark.parametrize(("values", "field"), [({}, "title"), ({"title": "x"}, "title"), ({"title": "路灯不亮", "more": 1}, "more"), ({"title": 5}, "title"), ({"title": "路灯不亮", "proof": 77}, "proof"),
                                               ({"title": "路灯不亮", "thing": 77}, "thing"), ({"title": "路灯不亮", "thing": "x"}, "thing")])  # fmt: skip
def test_answers_to_an_action_are_checked(person: Any, values: dict[str, Any], field: str) -> None:
    assert field in faults(person().post(f"{ERRAND}/actions/file", {"values": values}))


def test_an_action_points_only_at_what_its_sender_sees(person: Any, thing: Any) -> None:
    draft = thing(stage="draft")
    assert "thing" in faults(person().post(f"{ERRAND}/actions/file", {"values": {"title": "路灯不亮", "thing": draft.pk}}))


def test_a_life_goes_by_its_steps(person: Any, steward: Any) -> None:
    errand = Errand.objects.create(title="路灯", state="filed", place=COMMUNITY)
    worker, path = person("community_worker", STREET), f"{ERRAND}/{errand.pk}"
    assert worker.get(path).json()["allowed_actions"] == ["take"]
    assert worker.post(f"{path}/actions/close", {"values": {}, "version": 1}).status_code == 403
    assert worker.post(f"{path}/actions/nothing", {"values": {}, "version": 1}).status_code == 403
    assert worker.post(f"{path}/actions/take", {"values": {}, "version": 1}).json()["record"]["state"] == "taken"
    assert set(faults(worker.post(f"{path}/actions/close", {"values": {}, "version": 2}))) == {"note", "tags", "proof"}
    assert "tags" in faults(worker.post(f"{path}/actions/close", {"values": {"note": "好了", "tags": []}, "version": 2}))
    assert worker.patch(path, {"values": {"state": "closed"}, "version": 2}).status_code == 422
    assert person("community_worker", OTHER_STREET).post(f"{path}/actions/take", {"version": 2}).status_code == 404


def test_without_the_pages_token_nothing_changes(person: Any) -> None:
    worker = person("community_worker", STREET)
    worker.client.handler.enforce_csrf_checks = True
    assert worker.post(URL, {"values": GOOD}).status_code == 403
    assert not Thing.objects.exists()


def test_saved_views_are_ones_own_unless_shared(person: Any) -> None:
    one, other = person("community_worker", STREET), person("grid_worker", STREET)
    path = "/api/views/samples.thing"
    kept = one.post(path, {"name": "红色", "query": {"where": ["colour:eq:red"]}}).json()
    assert [view["name"] for view in one.get(path).json()["rows"]] == ["红色"]
    assert other.get(path).json()["rows"] == []
    assert other.send("DELETE", f"{path}/{kept['id']}").status_code == 404
    one.post(path, {"name": "红色", "query": {"q": "x"}, "shared": True})
    assert [(view["query"], view["mine"]) for view in other.get(path).json()["rows"]] == [({"q": "x"}, False)]
    assert one.send("DELETE", f"{path}/{kept['id']}").status_code == 204
    assert person().post(path, {"name": "x", "query": {}}).status_code == 401


@pytest.mark.parametrize("number", [10**30, 2**63, -(10**30), True])
def test_a_number_that_no_database_looks_for_is_no_file_and_no_record(steward: Any, person: Any, number: Any) -> None:
    assert steward.post(URL, {"values": {**GOOD, "album": [number]}}).status_code == 422
    for name in ("proof", "thing"):
        answer = person().post(f"{ERRAND}/actions/file", {"values": {"title": "路灯不亮", name: number}})
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [name]
    assert not Thing.objects.exists() and not Errand.objects.exists()


@pytest.mark.parametrize("marks", ['{"a": 1' + "0" * 30 + "}", '{"a": NaN}', '["\\u0000"]', '{"\\ud800": 1}', "[" * 300 + "]" * 300])
def test_a_structure_that_would_not_come_out_again_is_not_kept(steward: Any, marks: str) -> None:
    body = json.dumps({"values": {**GOOD, "marks": "HERE"}}).replace('"HERE"', marks)
    answer = steward.client.generic("POST", URL, body, "application/json")
    assert answer.status_code == 422, answer.content.decode()
    assert not Thing.objects.exists()
    assert steward.get(URL).status_code == 200


def test_a_client_id_stands_for_one_deed(steward: Any, thing: Any) -> None:
    errands = [Errand.objects.create(title=name, state="filed", place=COMMUNITY) for name in ("甲", "乙")]
    body = {"values": {}, "version": 1, "client_id": "phone-7"}
    assert steward.post(f"{ERRAND}/{errands[0].pk}/actions/take", body).status_code == 200
    assert steward.post(f"{ERRAND}/{errands[0].pk}/actions/take", body).json()["record"]["state"] == "taken"
    other = steward.post(f"{ERRAND}/{errands[1].pk}/actions/take", body)
    assert other.status_code == 409 and other.json()["do"]
    assert steward.post(f"{ERRAND}/{errands[0].pk}/actions/close", {**body, "version": 2}).status_code == 409
    errands[1].refresh_from_db()
    assert errands[1].state == "filed"


def test_a_client_id_is_read_without_what_no_database_keeps(steward: Any) -> None:
    first = steward.post(URL, {"values": GOOD, "client_id": "a\x00b"})
    assert first.status_code == 201
    assert steward.post(URL, {"values": GOOD, "client_id": "ab"}).json()["record"]["id"] == first.json()["record"]["id"]


def test_what_an_actions_form_lets_through_and_no_column_holds_is_told(steward: Any) -> None:
    change = Change(steward.viewer, "create")
    with transaction.atomic(), pytest.raises(Invalid) as caught:
        change.create(Thing, code="x", title="t", home=COMMUNITY, count=10**30)
    assert "改小" in caught.value.problems[0].message.zh
