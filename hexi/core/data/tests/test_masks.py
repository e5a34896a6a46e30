"""What is masked leaks by no road: not by list, filter, search, order, counts, labels, history, files, exports, 409 or errors."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest

from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, GRID, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Team, Thing
from hexi.core.trust.models import Event
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Indicator
from hexi.kernel.label import t

URL = "/api/records/samples.thing"
NAME, CARD, BORN = "欧阳示例", "120103199001011234", date(1931, 7, 5)


@pytest.fixture
def secret(thing: Any, team: Any) -> Any:
    return thing(
        title="公开的名称",
        person=NAME,
        secret=CARD,
        born_on=BORN,
        note="内部备注",
        spot=GRID,
        home=COMMUNITY,
        stage="shown",
        first_team=team(name="从前的队"),
    )


@pytest.fixture
def worker(person: Any) -> Any:
    """Sees internal fields in their street; personal ones masked."""
    return person("community_worker", STREET)


def leaks(body: Any) -> list[str]:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return [word for word in (NAME, CARD, "1931-07-05", GRID, "从前的队") if word in text]


def test_a_list_shows_shapes_and_says_which_fields_are_masked(worker: Any, secret: Any) -> None:
    body = worker.get(URL).json()
    row = body["rows"][0]
    assert row["person"] == "欧***"
    assert row["born_on"] == "1931"
    assert row["spot"] == STREET
    assert row["first_team"] is None
    assert "first_team__label" not in row
    assert {"person", "secret", "born_on", "spot", "first_team"} <= set(row["__masked"])
    assert not {"note", "title"} & set(row["__masked"])
    assert set(body["masked"]) == set(row["__masked"])
    assert not leaks(body)


def test_the_public_sees_open_fields_only(person: Any, secret: Any) -> None:
    body = person().get(URL).json()
    assert body["rows"][0]["title"] == "公开的名称"
    assert body["rows"][0]["note"] is None
    assert "内部备注" not in json.dumps(body, ensure_ascii=False)
    assert not leaks(body)


def test_a_record_is_masked_like_its_row_in_the_list(worker: Any, secret: Any) -> None:
    body = worker.get(f"{URL}/{secret.pk}").json()
    assert not leaks(body)
    assert "person" in body["masked"]
    assert body["references"] == {}
    assert body["record"] == worker.get(URL).json()["rows"][0]


@pytest.mark.parametrize("where", [
    f"person:eq:{NAME}", "person:has:欧", f"person:ne:{NAME}x", "person:missing:false", "person:missing:true", f"secret:eq:{CARD}", "secret:has:1990", "born_on:lt:1940-01-01", "born_on:ge:1900-01-01",
    f"spot:within:{GRID}", "spot:missing:false", "first_team:missing:false", f"person:in:{NAME},x",
])  # fmt: skip
def test_nothing_is_learnt_by_filtering(worker: Any, secret: Any, where: str) -> None:
    assert worker.get(URL, where=where).json()["rows"] == []
    assert worker.get(f"{URL}/count", where=where).json()["count"] == 0
    assert worker.get(f"{URL}/facets", field="stage", where=where).json()["rows"] == []


@pytest.mark.parametrize("q", [NAME, "欧阳", CARD, "1990"])
def test_nothing_is_learnt_by_searching(worker: Any, steward: Any, secret: Any, q: str) -> None:
    assert worker.get(URL, q=q).json()["rows"] == []
    assert len(steward.get(URL, q=NAME).json()["rows"]) == 1


@pytest.mark.parametrize("sort", ["person", "-secret", "born_on", "spot", "first_team"])
def test_nothing_is_learnt_by_sorting(worker: Any, secret: Any, sort: str) -> None:
    assert worker.get(URL, sort=sort).status_code == 422


def test_what_is_internal_does_not_order_the_rows_that_the_public_sees(person: Any, thing: Any, worker: Any) -> None:
    for level, place in ((3, OTHER_STREET), (1, OTHER_STREET), (2, STREET), (5, STREET)):
        thing(level=level, home=place, stage="shown")
    assert person().get(URL, sort="level").status_code == 422
    rows = worker.get(URL, sort="-level").json()["rows"]  # two of the four are theirs; the others follow by number alone
    assert [row["level"] for row in rows] == [5, 2, None, None]
    assert [row["id"] for row in rows[2:]] == sorted((row["id"] for row in rows[2:]), reverse=True)


def test_pages_hold_where_the_order_is_seen_on_some_rows_only(worker: Any, thing: Any) -> None:
    for n in range(12):
        thing(level=n % 4, home=(STREET, OTHER_STREET)[n % 2], stage="shown")
    ids, after = [], ""
    while after is not None:
        body = worker.get(URL, sort="level", limit=2, after=after).json()
        ids += [row["id"] for row in body["rows"]]
        after = body["next"]
    assert len(ids) == len(set(ids)) == 12


def test_facets_count_only_rows_where_the_field_is_clear(person: Any, thing: Any) -> None:
    thing(home=STREET, stage="shown", colour="red")
    thing(home=OTHER_STREET, stage="shown", colour="red")
    assert person("community_worker", STREET).get(f"{URL}/facets", field="colour").json()["rows"] == [{"value": "red", "count": 1}]
    assert person().get(f"{URL}/facets", field="colour").json()["rows"] == []


def test_labels_of_references_obey_the_rights_on_what_they_point_to(person: Any, thing: Any, team: Any, steward: Any) -> None:
    row = thing(team=team(name="看不见的队", area=STREET), home=STREET)
    body = person("community_worker", STREET).get(f"{URL}/{row.pk}").json()  # may read things, not teams
    assert body["references"]["team"] == {"entity": "samples.team", "id": row.team_id, "label": f"#{row.team_id}"}
    assert "看不见的队" not in json.dumps(body, ensure_ascii=False)
    assert steward.get(f"{URL}/{row.pk}").json()["references"]["team"]["label"] == "看不见的队"
    far = person("data_steward", OTHER_STREET)
    thing(team_id=row.team_id, home=OTHER_STREET)
    assert far.get(URL).json()["rows"][0]["team__label"] is None


def test_a_mask_may_depend_on_what_stands_behind_a_reference(person: Any, thing: Any, team: Any) -> None:
    thing(person=NAME, team=team(rank=5), home=STREET, stage="ended")
    thing(person="李示例", team=team(rank=1), home=STREET, stage="ended")
    thing(person="王示例", team=None, home=STREET, stage="ended")
    rows = person("street_staff", STREET).get(URL, sort="id").json()["rows"]
    assert [row["person"] for row in rows] == [NAME, "李**", "王**"]


def test_related_registers_do_not_count_by_masked_references(person: Any, team: Any, thing: Any, steward: Any) -> None:
    own = team(area=STREET)
    thing(team=own, home=STREET)
    thing(first_team=own, home=STREET)
    counts = {one["field"]: one["count"] for one in steward.get(f"/api/records/samples.team/{own.pk}").json()["related"]}
    assert counts == {"team": 1, "first_team": 1}


def test_a_history_masks_before_and_after(worker: Any, steward: Any, secret: Any) -> None:
    steward.patch(f"{URL}/{secret.pk}", {"values": {"person": "司马示例", "note": "改过"}, "version": 1, "why": "更正"})
    body = worker.get(f"{URL}/{secret.pk}/history").json()
    assert not leaks(body)
    assert "司马示例" not in json.dumps(body, ensure_ascii=False)
    changes = {change["field"]: change for change in body["rows"][0]["changes"]}
    assert changes["person"] == {
        "field": "person",
        "label": {"zh": "联系人", "en": "contact person"},
        "before": None,
        "after": None,
        "masked": True,
    }
    assert changes["note"]["after"] == "改过"


def test_a_history_names_people_so_the_public_does_not_read_it(person: Any, secret: Any) -> None:
    assert person().get(f"{URL}/{secret.pk}/history").status_code == 401
    assert person().get("/api/models/samples.thing").json()["may"]["history"] is False


def test_a_conflict_shows_the_present_state_masked(worker: Any, secret: Any) -> None:
    answer = worker.patch(f"{URL}/{secret.pk}", {"values": {"note": "x"}, "version": 7})
    assert answer.status_code == 409
    body = answer.json()
    assert body["present"]["version"] == 1
    assert body["present"]["values"]["note"] == "内部备注"
    assert not leaks(body)


def test_exports_are_masked_like_the_list(worker: Any, secret: Any) -> None:
    columns = "title,person,secret,born_on,spot,first_team,note"
    table = b"".join(worker.get(f"{URL}/export.csv", columns=columns).streaming_content).decode("utf-8-sig")
    assert "欧***" in table and "内部备注" in table
    assert not leaks(table)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(worker.get(f"{URL}/export.xlsx", columns=columns).streaming_content)))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert cells[0][1] == "欧***"
    assert not leaks(str(cells))


def test_what_was_masked_comes_back_unharmed_when_a_form_sends_it_along(worker: Any, secret: Any) -> None:
    shown = worker.get(f"{URL}/{secret.pk}").json()["record"]
    sent = {name: shown[name] for name in ("person", "secret", "born_on", "spot", "title")} | {"note": "新备注"}
    assert worker.patch(f"{URL}/{secret.pk}", {"values": sent, "version": 1}).status_code == 200
    secret.refresh_from_db()
    assert (secret.person, secret.secret, secret.born_on, secret.spot, secret.note) == (NAME, CARD, BORN, GRID, "新备注")


def test_what_one_cannot_see_one_cannot_change_unless_one_may_reveal_it(person: Any, worker: Any, secret: Any) -> None:
    grid = person("grid_worker", STREET)
    answer = grid.patch(f"{URL}/{secret.pk}", {"values": {"person": "李示例"}, "version": 1})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "person"
    assert worker.patch(f"{URL}/{secret.pk}", {"values": {"person": "李示例"}, "version": 1}).status_code == 200


def test_a_reveal_needs_a_purpose_and_leaves_an_event(worker: Any, secret: Any) -> None:
    path = f"{URL}/{secret.pk}/reveal"
    assert worker.post(path, {"fields": ["person"], "purpose": "x"}).status_code == 422
    assert worker.post(path, {"fields": ["nothing"], "purpose": "上门走访独居老人"}).status_code == 422
    answer = worker.post(path, {"fields": ["person", "born_on"], "purpose": "上门走访独居老人"})
    assert answer.json()["values"] == {"person": NAME, "born_on": "1931-07-05"}
    event = Event.objects.get(action="reveal")
    assert (event.object_id, event.after["fields"], event.why, event.place) == (
        secret.pk,
        ["born_on", "person"],
        "上门走访独居老人",
        COMMUNITY,
    )
    assert NAME not in json.dumps(event.after, ensure_ascii=False)


def test_a_reveal_is_not_open_to_everybody(person: Any, secret: Any) -> None:
    asked = {"fields": ["person"], "purpose": "上门走访独居老人"}
    assert person("grid_worker", STREET).post(f"{URL}/{secret.pk}/reveal", asked).status_code == 403
    assert (
        person("community_worker", OTHER_STREET).post(f"{URL}/{secret.pk}/reveal", asked).status_code == 403
    )  # the public may read it there
    assert person("data_steward", "120199").post(f"{URL}/{secret.pk}/reveal", asked).status_code == 403
    secret.stage = "draft"
    secret.save()
    assert person("community_worker", OTHER_STREET).post(f"{URL}/{secret.pk}/reveal", asked).status_code == 404
    assert not Event.objects.filter(action="reveal").exists()


def test_a_record_elsewhere_is_not_found_whatever_is_done_to_it(person: Any, thing: Any) -> None:
    far = thing(home=OTHER_STREET, stage="draft")
    worker = person("community_worker", STREET)
    path = f"{URL}/{far.pk}"
    assert worker.get(path).status_code == 404
    assert worker.get(f"{path}/history").status_code == 404
    assert worker.patch(path, {"values": {"note": "x"}, "version": 1}).status_code == 404
    assert worker.post(f"{path}/actions/take", {"version": 1}).status_code == 404
    assert worker.post(f"{path}/reveal", {"fields": ["note"], "purpose": "上门走访独居老人"}).status_code == 404
    gone = worker.get(f"{URL}/{far.pk + 10_000}").json()
    here = worker.get(path).json()
    assert {**gone, "detail": ""} == {**here, "detail": ""}


def test_the_rows_of_an_indicator_are_shown_to_those_who_may_read_what_it_reads(
    person: Any, thing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged = Indicator("aged", t("老年", "aged"), Thing, "items", measure="count", where=Thing.born_on.aged(60))
    monkeypatch.setitem(catalogue.indicators, "aged", aged)
    thing(born_on=BORN, home=STREET)
    assert len(person("data_steward", DISTRICT).get(URL, set="aged.where").json()["rows"]) == 1
    assert person("community_worker", STREET).get(URL, set="aged.where").json()["rows"] == []


def test_an_indicators_rows_tell_nothing_of_another_register(person: Any, thing: Any, team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    best = Indicator("best", t("上等", "best"), Thing, "items", measure="count", where=Thing.team.to(Team.rank) >= 3)
    monkeypatch.setitem(catalogue.indicators, "best", best)
    rows = [thing(home=STREET, team_id=team(rank=5, area=area).pk).pk for area in (STREET, OTHER_STREET)]
    thing(home=STREET, team_id=team(rank=1).pk)

    def found(*post: str) -> set[int]:
        return {row["id"] for row in person(*post).get(URL, set="best.where").json()["rows"]}

    assert found("auditor") == set(rows)
    assert found("data_steward", STREET) == {rows[0]}, "the team of the other street is not theirs to know"
    assert found("community_worker", STREET) == set(), "they may read no team at all"
