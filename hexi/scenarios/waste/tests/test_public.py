"""What leaves the desk: the public page behind a label's code, its proofs, labels to print, the driver's round, and pooled collection."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.trust.api import Sequencer
from hexi.scenarios.waste.models import CollectionRun, Container, Firm, Permit, StorageLot
from hexi.scenarios.waste.models_manifest import Alert, Manifest, Signature
from hexi.scenarios.waste.sealing import canonical
from hexi.scenarios.waste.tests.conftest import COMMUNITY, OIL, Person, Town, begin, do, draft, fine, lot, on_the_road, refused, there

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)


@pytest.fixture
def log(settings: Any, tmp_path: Path) -> Sequencer:
    """The public log, which makes its keys at its first turn."""
    settings.LEDGER, settings.DEMO = tmp_path / "ledger", True
    return Sequencer()


def page(who: Person, code: str) -> Any:
    return who.client.get("/api/slips/waste", headers={"X-Slip-Secret": code})


def facts(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200, answer.content.decode()
    return {fact["label"]["zh"]: fact["said"]["zh"] for fact in answer.json()["facts"]}


def test_anybody_with_the_code_sees_states_times_and_weights_and_nobodys_name(town: Town, person: Callable[..., Person]) -> None:
    row = there(town, lot(town))
    seen = facts(page(person(), row.check_code))
    assert (seen["状态"], seen["移出数量"], seen["危险特性"]) == ("已运抵", "100 kg", "毒性、易燃性")
    assert "汽车维修" in seen["移出人"]
    assert seen["签署链核对"].startswith("每次签署都与前一次相扣")
    assert "签署" in seen["承运人签收"] and "平台收到" in seen["承运人签收"]
    said = page(person(), row.check_code).content.decode()
    assert not [firm.name for firm in Firm.objects.all() if firm.name in said] and "王示例" not in said and "津A00001" not in said
    Manifest.objects.filter(pk=row.pk).update(shipped_kg=90)
    assert facts(page(person(), row.check_code))["签署链核对"] == "有 1 处与签署时不符"


def test_a_code_that_nobody_has_opens_nothing(town: Town, person: Callable[..., Person]) -> None:
    row = draft(town, lot(town))
    assert page(person(), row.number).status_code == 404
    assert page(person(), "").status_code == 404
    assert "没有这个核验码" in page(person(), "A" * 16).content.decode()
    assert facts(page(person(), f" {row.check_code.lower()[:4]} {row.check_code[4:]}"))["状态"] == "草稿"


def test_the_page_of_a_batch_leads_to_its_manifest_and_that_of_a_container_to_its_filling(town: Town, person: Callable[..., Person]) -> None:
    made = fine(begin(town.people["maker"], "container", "label_container", label="HX-0001", kind="drum", volume_l=200))["record"]["id"]
    drum = Container.objects.get(pk=made)
    assert facts(page(person(), drum.check_code))["现装"] == "空"
    fine(begin(town.people["maker"], "storagelot", "store_lot", code=OIL, kg="10", container=drum.pk))
    one = StorageLot.objects.get()
    assert (one.category, one.vessel, one.vessels) == ("HW08", "drum", 1)
    assert facts(page(person(), drum.check_code))["现装批次"] == one.batch
    row = draft(town, one)
    (link,) = [fact["link"] for fact in page(person(), one.check_code).json()["facts"] if fact["label"]["zh"] == "装入联单"]
    assert link == f"/m/slip/waste#{row.check_code}"


def test_each_signature_stands_in_the_public_log_with_the_hash_of_its_extract(town: Town, person: Callable[..., Person], log: Sequencer) -> None:
    row = on_the_road(town, lot(town))
    assert "存证写入中" in facts(page(person(), row.check_code))["移出人签署"]
    log.turn()
    links = {fact["label"]["zh"]: fact["link"] for fact in page(person(), row.check_code).json()["facts"] if "/ledger/verify" in fact["link"]}
    assert links.keys() == {"移出人签署", "承运人签收"}
    proof, document = (read(part) for part in links["承运人签收"].partition("#")[2].split("."))
    entry = json.loads(base64.b64decode(proof.decode().splitlines()[1].removeprefix("extra ")))
    assert (entry["kind"], entry["document"], entry["sha256"]) == ("document", "waste.signature", hashlib.sha256(document).hexdigest())
    extract = json.loads(document)
    assert (extract["manifest"], extract["step"], extract["shipped_kg"]) == (row.number, "take_over", "100.000")
    assert "firm" not in extract and "by" not in extract and len(extract["salt"]) == 32
    changed = Signature.objects.get(step="take_over")
    changed.extract["shipped_kg"] = "1.000"
    assert hashlib.sha256(canonical(changed.extract)).hexdigest() != entry["sha256"]


def read(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_what_somebody_saw_becomes_an_alert_and_five_open_ones_are_enough(town: Town, person: Callable[..., Person]) -> None:
    row, one = on_the_road(town, lot(town)), lot(town)
    fine(begin(person(), "alert", "doubt", code=row.check_code, said="桶在路边渗漏"))
    fine(begin(person(), "alert", "doubt", code=one.check_code, said="标签与内容不符"))
    found = {alert.said: alert for alert in Alert.objects.filter(kind="public")}
    assert (found["桶在路边渗漏"].manifest, found["标签与内容不符"].lot) == (row, one)
    assert {alert.firm for alert in found.values()} == {town.firms["maker"]}
    rows = town.people["office"].get("/api/data/waste.alerts").json()["rows"]
    assert {one.batch, row.number} <= {alert["number"] for alert in rows}
    for _ in range(3):
        fine(begin(person(), "alert", "doubt", code=one.check_code, said="再反映一次"))
    assert "已有多条" in refused(begin(person(), "alert", "doubt", code=one.check_code, said="第六次反映"))
    assert begin(person(), "alert", "doubt", code="A" * 16, said="没有此码").status_code == 404
    fine(do(town.people["maker"], found["桶在路边渗漏"], "explain", answer="已更换容器"))


def test_a_firm_prints_its_labels_and_others_print_none(town: Town) -> None:
    one = lot(town)
    path = f"/api/records/waste.storagelot/{one.pk}/tag.svg"
    drawn = town.people["maker"].get(path)
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    said = drawn.content.decode()
    assert [word for word in ("危险废物", "HW08", OIL, "100 kg", "毒性、易燃性", "王示例", one.check_code[:4]) if word not in said] == []
    assert town.people["clinic"].get(path).status_code == 404
    assert "王示例" not in town.people["office"].get(path).content.decode()
    assert town.people["maker"].get(f"/api/records/waste.firm/{one.firm_id}/tag.svg").status_code == 404
    assert town.people["maker"].get("/api/models/waste.storagelot").json()["tag"]["zh"] == "打印标签"


def work(who: Person) -> dict[str, Any]:
    answer = who.get("/api/cases/work")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_driver_has_pick_ups_of_the_own_crew_on_the_phone_with_the_steps_to_sign(town: Town) -> None:
    given, other = draft(town, lot(town), crew="crew_1"), draft(town, lot(town))
    for row in (given, other):
        fine(do(town.people["maker"], row, "sign_producer"))
    found = work(town.people["driver"])
    round_, handed = found["rounds"]
    (stop,) = round_["stops"]
    assert handed["stops"] == []
    assert (found["cards"], found["patrols"], round_["entity"]) == ([], False, "waste.manifest")
    assert [(act["key"], act["from"], act["to"], act["adds"]) for act in round_["acts"]] == [
        ("take_over", ["signed"], "carried", False), ("arrive", ["carried"], "arrived", False),
    ]  # fmt: skip
    assert round_["acts"][0]["form"]["properties"]["device_at"]["x-hexi-widget"] == "written"
    given.refresh_from_db()
    assert (stop["record"], stop["state"], stop["version"], stop["title"]["zh"]) == (given.pk, "signed", given.version, "收取：示例maker，废润滑油 100 kg")
    assert len(work(town.people["truck"])["rounds"][0]["stops"]) == 2
    assert town.people["maker"].get("/api/cases/work").status_code == 403


def test_both_steps_written_offline_arrive_one_after_the_other_with_both_times(town: Town) -> None:
    row = draft(town, lot(town), crew="crew_1")
    fine(do(town.people["maker"], row, "sign_producer"))
    Signature.objects.update(device_at=timezone.now() - 5 * HOURS)
    (stop,) = work(town.people["driver"])["rounds"][0]["stops"]
    version, times = stop["version"], [timezone.now() - 3 * HOURS, timezone.now() - 2 * HOURS]
    for key, at, more in (("take_over", times[0], {"plate": "津A00001"}), ("arrive", times[1], {})):
        body = {"values": {**more, "device_at": at.isoformat()}, "version": version, "client_id": f"phone-{key}"}
        version = fine(town.people["driver"].post(f"/api/records/waste.manifest/{row.pk}/actions/{key}", body))["version"]
    signed = {one.step: one for one in row.signatures.all()}
    assert [signed[key].device_at for key in ("take_over", "arrive")] == times
    assert all(signed[key].offline and signed[key].server_at - at > HOURS for key, at in zip(("take_over", "arrive"), times, strict=True))
    row.refresh_from_db()
    assert (row.state, row.picked_at, row.arrived_at) == ("arrived", *times)
    assert work(town.people["driver"])["rounds"][0]["stops"] == []


def test_the_next_carrier_takes_a_load_on_and_delivers_it_from_the_phone_without_a_network(town: Town) -> None:
    row = on_the_road(town, lot(town))
    assert work(town.people["van"])["rounds"][1]["stops"] == []
    fine(do(town.people["truck"], row, "name_next", carrier=town.firms["van"].pk))
    Signature.objects.update(device_at=timezone.now() - 5 * HOURS)
    (round_,) = [one for one in work(town.people["van"])["rounds"] if one["stops"]]
    (stop,) = round_["stops"]
    assert (stop["title"]["zh"], [act["key"] for act in round_["acts"]]) == ("接车：示例truck，废润滑油 100 kg", ["hand_on", "arrive"])
    assert [one["stops"] for one in work(town.people["truck"])["rounds"]] == [[], []]
    version, times = stop["version"], [timezone.now() - 3 * HOURS, timezone.now() - 2 * HOURS]
    for key, at, more in (("hand_on", times[0], {"plate": "津A00002"}), ("arrive", times[1], {})):
        body = {"values": {**more, "device_at": at.isoformat()}, "version": version, "client_id": f"van-{key}"}
        version = fine(town.people["van"].post(f"/api/records/waste.manifest/{row.pk}/actions/{key}", body))["version"]
    assert {one.step: one.device_at for one in row.signatures.filter(firm=town.firms["van"])} == dict(zip(("hand_on", "arrive"), times, strict=True))


def offered(town: Town, **more: Any) -> CollectionRun:
    said = {"name": "示例拼车", "on": (timezone.localdate() + timedelta(days=2)).isoformat(), "receiver": town.firms["plant"].pk, "covers": "HW08",
            "capacity_kg": "50", "place": COMMUNITY, "crew": "crew_1"}  # fmt: skip
    return CollectionRun.objects.get(pk=fine(begin(town.people["truck"], "collectionrun", "offer_run", **{**said, **more}))["record"]["id"])


def test_small_producers_share_a_vehicle_and_each_keeps_a_manifest(town: Town) -> None:
    Firm.objects.filter(number="T-maker").update(risk="registered")
    run = offered(town)
    for who in ("maker", "clinic"):
        fine(do(town.people[who], run, "book", code=OIL, kg="25"))
    booked = Manifest.objects.filter(run=run).order_by("pk")
    assert [(row.producer, row.carrier, row.receiver, row.crew, row.state) for row in booked] == [
        (town.firms[who], town.firms["truck"], town.firms["plant"], "crew_1", "planned") for who in ("maker", "clinic")
    ]
    assert (run.stage, run.booked_kg) == ("full", 50)
    (row,) = town.people["maker"].get("/api/data/waste.runs").json()["rows"]
    assert (row["booked"], row["room"], row["run"]) == (2, 0, "full")
    fine(do(town.people["clinic"], booked[1], "drop", why="本月不交"))
    run.refresh_from_db()
    assert (run.stage, run.booked_kg) == ("open", 25), "whoever steps back leaves room for others"
    other = booked[0]
    fine(do(town.people["maker"], other, "begin_draft"))
    fine(do(town.people["maker"], other, "fill_draft", carrier=town.firms["van"].pk))
    run.refresh_from_db()
    assert (other.run, run.booked_kg) == (None, 0)


def test_a_run_says_why_a_booking_does_not_fit(town: Town) -> None:
    run = offered(town)
    assert "重点监管" in refused(do(town.people["maker"], run, "book", code=OIL, kg="1"))
    assert "余量" in refused(do(town.people["clinic"], run, "book", code=OIL, kg="51"))
    assert "不收集这个代码" in refused(do(town.people["clinic"], run, "book", code="900-252-12", kg="1"))
    Permit.objects.filter(firm=town.firms["truck"]).update(covers="HW49")
    assert "许可不包括" in refused(do(town.people["clinic"], run, "book", code=OIL, kg="1"))
    assert not Manifest.objects.exists()
    assert "不代表" in refused(do(town.people["office"], run, "call_off", why="车辆故障"))
    fine(do(town.people["truck"], run, "call_off", why="车辆故障"))
    assert do(town.people["clinic"], run, "book", code=OIL, kg="1").status_code == 403
    assert "不能早于今天" in refused(begin(town.people["truck"], "collectionrun", "offer_run", name="昨天", on="2020-01-01", covers="HW08",
                                       receiver=town.firms["plant"].pk, capacity_kg="1", place=COMMUNITY))  # fmt: skip
