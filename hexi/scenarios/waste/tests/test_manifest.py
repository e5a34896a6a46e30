"""A manifest from plan to close: who signs, what each signature seals, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from hexi.scenarios.waste.models import Firm, Permit, StorageLot
from hexi.scenarios.waste.models_manifest import Alert, Manifest, Signature
from hexi.scenarios.waste.sealing import chain_faults
from hexi.scenarios.waste.tests.conftest import PAINT, Person, Town, begin, do, draft, fine, held, lot, on_the_road, refused, there

pytestmark = pytest.mark.django_db


def test_a_manifest_goes_from_plan_to_close_with_three_signatures(town: Town) -> None:
    row = there(town, lot(town))
    fine(do(town.people["plant"], row, "accept", received_kg="99.5"))
    fine(do(town.people["plant"], row, "treat", method="D10"))
    fine(do(town.people["plant"], row, "close"))
    assert row.state == "closed"
    assert [(one.step, one.role) for one in row.signatures.order_by("seq")] == [
        ("sign_producer", "producer"), ("take_over", "carrier"), ("arrive", "carrier"), ("accept", "receiver"),
    ]  # fmt: skip
    assert chain_faults(row) == []
    assert (held("outside"), held("done"), held("gap"), held("road", row.pk)) == (-100, Decimal("99.5"), Decimal("0.5"), 0)


def test_each_post_is_offered_what_it_may_begin_and_nobody_what_has_a_page_of_its_own(town: Town) -> None:
    def begins(who: str, entity: str) -> list[str]:
        return town.people[who].get(f"/api/models/waste.{entity}").json()["begins"]

    assert (begins("maker", "manifest"), begins("truck", "manifest")) == (["plan_pickup"], [])
    assert begins("office", "manifest") == ["plan_pickup", "regroup", "enter_paper"]
    assert begins("maker", "alert") == [], "whoever scans a label says so on its page"
    made = begin(town.people["maker"], "storagelot", "store_lot", code=PAINT, kg="3").json()
    assert (made["entity"], made["record"]["code"]) == ("waste.storagelot", PAINT)


def test_nobody_signs_for_another_firm(town: Town) -> None:
    row = draft(town, lot(town))
    assert "不代表" in refused(do(town.people["plant"], row, "sign_producer"))
    assert do(town.people["clinic"], row, "sign_producer").status_code == 404
    row = there(town, lot(town))
    assert "不能办理" in refused(do(town.people["truck"], row, "accept", received_kg="1"))


def test_hazardous_waste_needs_the_number_of_the_national_system(town: Town) -> None:
    for number in ("20251", "2025120100000x"):
        row = draft(town, lot(town), number=number)
        assert "14 位联单号" in refused(do(town.people["maker"], row, "sign_producer"))
    first, second = (draft(town, lot(town), number="20251201000777") for _ in range(2))
    fine(do(town.people["maker"], first, "sign_producer"))
    assert "已用于另一联单" in refused(do(town.people["maker"], second, "sign_producer"))


def test_ordinary_waste_needs_no_national_number(town: Town) -> None:
    row = draft(town, lot(town, code="SW17", stream="general"), number="-")
    fine(do(town.people["maker"], row, "sign_producer"))


def test_a_code_outside_the_catalogue_is_no_hazardous_waste(town: Town) -> None:
    assert "名录中没有" in refused(begin(town.people["maker"], "storagelot", "store_lot", code="999-999-99", kg="1"))


def test_a_receiver_without_a_permit_for_the_code_gets_nothing(town: Town) -> None:
    Permit.objects.filter(firm=town.firms["plant"]).update(covers="HW49")
    assert "不包括代码" in refused(do(town.people["maker"], draft(town, lot(town)), "sign_producer"))


def test_a_carrier_whose_permit_has_run_out_takes_nothing_over(town: Town) -> None:
    row = draft(town, lot(town))
    fine(do(town.people["maker"], row, "sign_producer"))
    Permit.objects.filter(firm=town.firms["truck"]).update(valid_until=date(2001, 1, 1))
    assert "不在有效期内" in refused(do(town.people["truck"], row, "take_over", plate="津A00001"))
    assert (row.state, row.plate) == ("signed", "")


def test_a_whole_category_on_a_permit_covers_its_codes(town: Town) -> None:
    Permit.objects.filter(firm=town.firms["plant"]).update(covers="HW12；HW08")
    fine(do(town.people["maker"], draft(town, lot(town, code=PAINT)), "sign_producer"))


def test_more_than_a_batch_holds_cannot_be_loaded(town: Town) -> None:
    one = lot(town, kg="10")
    row = draft(town)
    assert "只剩" in refused(do(town.people["maker"], row, "load", lot=one.pk, kg="10.001"))
    fine(do(town.people["maker"], row, "load", lot=one.pk, kg="6"))
    assert "只剩" in refused(do(town.people["maker"], row, "load", lot=one.pk, kg="5"))


def test_two_manifests_cannot_carry_the_same_batch(town: Town) -> None:
    one = lot(town)
    first, second = draft(town, one), draft(town, one)
    fine(do(town.people["maker"], first, "sign_producer"))
    assert "只剩 0" in refused(do(town.people["maker"], second, "sign_producer"))


def test_an_empty_draft_cannot_be_signed(town: Town) -> None:
    assert "还没有装载" in refused(do(town.people["maker"], draft(town), "sign_producer"))


def test_what_is_refused_comes_back_as_a_batch_of_its_own(town: Town) -> None:
    row = there(town, lot(town))
    assert "请写明原因" in refused(do(town.people["plant"], row, "refuse"))
    fine(do(town.people["plant"], row, "refuse", why="与联单不符"))
    fine(do(town.people["maker"], row, "take_back"))
    back = StorageLot.objects.get(back_from=row)
    assert (row.state, back.kg, back.firm, held("road", row.pk)) == ("returned", 100, town.firms["maker"], 0)
    assert chain_faults(row) == []


def test_a_partly_accepted_manifest_closes_only_after_the_rest_came_back(town: Town) -> None:
    row = there(town, lot(town))
    fine(do(town.people["plant"], row, "accept_part", why="含水", received_kg="60", refused_kg="40"))
    fine(do(town.people["plant"], row, "treat", method="R"))
    assert "尚未退回" in refused(do(town.people["plant"], row, "close"))
    fine(do(town.people["maker"], row, "take_back_part"))
    fine(do(town.people["plant"], row, "close"))
    assert (held("done"), held("store", town.firms["maker"].pk), held("gap")) == (60, 40, 0)


def test_a_load_can_be_handed_from_carrier_to_carrier(town: Town) -> None:
    row = on_the_road(town, lot(town))
    fine(do(town.people["truck"], row, "name_next", carrier=town.firms["van"].pk))
    assert "不能办理" in refused(do(town.people["truck"], row, "arrive"))
    assert "不代表" in refused(do(town.people["truck"], row, "hand_on", plate="津A00002"))
    fine(do(town.people["van"], row, "hand_on", plate="津A00002"))
    fine(do(town.people["van"], row, "arrive"))
    assert [one.firm for one in row.signatures.filter(role="carrier").order_by("seq")] == [town.firms[n] for n in ("truck", "van", "van")]
    assert chain_faults(row) == []


def test_temporary_storage_is_grouped_and_split_without_losing_a_gram(town: Town) -> None:
    parents = []
    for kg in ("30.5", "20.25"):
        row = there(town, lot(town, kg=kg), receiver="store")
        fine(do(town.people["store"], row, "accept", received_kg=kg))
        fine(do(town.people["store"], row, "hold"))
        parents.append(row)
    to = {"receiver": town.firms["plant"].pk, "carrier": town.firms["truck"].pk}
    split = fine(begin(town.people["store"], "manifest", "regroup", parents=[parents[0].pk], kg="10", **to))["record"]["id"]
    grouped = fine(begin(town.people["store"], "manifest", "regroup", parents=[p.pk for p in parents], **to))["record"]["id"]
    first, second = Manifest.objects.get(pk=split), Manifest.objects.get(pk=grouped)
    for number, row in enumerate((first, second)):
        fine(do(town.people["store"], row, "fill_draft", national_number=f"2025120199990{number}"))
    fine(do(town.people["store"], first, "sign_producer"))
    assert "只剩 20.5" in refused(do(town.people["store"], second, "sign_producer"))
    second.loads.filter(parent=parents[0]).update(kg="20.5")
    fine(do(town.people["store"], second, "sign_producer"))
    parents[0].refresh_from_db()
    assert (second.shipped_kg, parents[0].state, parents[0].held_kg) == (Decimal("40.75"), "passed_on", 0)
    assert "未办结" in refused(do(town.people["store"], parents[0], "close"))


def test_both_times_of_an_offline_signature_are_kept(town: Town) -> None:
    row = draft(town, lot(town))
    fine(do(town.people["maker"], row, "sign_producer"))
    Signature.objects.all().update(device_at=timezone.now() - timedelta(hours=5))
    then = timezone.now() - timedelta(hours=2)
    fine(do(town.people["truck"], row, "take_over", plate="津A00001", device_at=then.isoformat()))
    made = Signature.objects.get(step="take_over")
    assert (made.device_at, made.offline) == (then, True)
    assert made.server_at - then > timedelta(hours=1)
    assert row.picked_at == then


def test_a_device_cannot_sign_tomorrow_or_before_the_last_signature(town: Town) -> None:
    row = draft(town, lot(town))
    fine(do(town.people["maker"], row, "sign_producer"))
    for wrong, said in ((timezone.now() + timedelta(days=1), "晚于当前"), (timezone.now() - timedelta(days=1), "早于上一签署")):
        assert said in refused(do(town.people["truck"], row, "take_over", plate="津A00001", device_at=wrong.isoformat()))


def test_nobody_signs_before_the_manifest_was_begun(town: Town) -> None:
    row = draft(town, lot(town))
    assert "联单建立" in refused(do(town.people["maker"], row, "sign_producer", device_at="2000-01-01T00:00:00Z"))
    assert not row.signatures.exists()


def test_the_same_offline_signature_sent_twice_counts_once(town: Town) -> None:
    row = draft(town, lot(town))
    fine(do(town.people["maker"], row, "sign_producer"))
    body = {"values": {"plate": "津A00001"}, "version": row.version, "client_id": "phone-1"}
    path = f"/api/records/waste.manifest/{row.pk}/actions/take_over"
    assert [town.people["truck"].post(path, body).status_code for _ in range(2)] == [200, 200]
    assert row.signatures.filter(step="take_over").count() == 1


def test_a_driver_sees_and_signs_only_the_pick_ups_of_the_own_crew(town: Town) -> None:
    given, other = draft(town, lot(town), crew="crew_1"), draft(town, lot(town))
    for row in (given, other):
        fine(do(town.people["maker"], row, "sign_producer"))
    driver = town.people["driver"]
    assert [row["id"] for row in driver.get("/api/records/waste.manifest").json()["rows"]] == [given.pk]
    fine(do(driver, given, "take_over", plate="津A00001"))
    assert do(driver, other, "take_over", plate="津A00001").status_code == 404


def test_weights_that_differ_too_much_raise_an_alert_in_words(town: Town) -> None:
    near, far = there(town, lot(town)), there(town, lot(town))
    fine(do(town.people["plant"], near, "accept", received_kg="98"))
    fine(do(town.people["plant"], far, "accept", received_kg="96"))
    found = Alert.objects.get(kind="weight")
    assert found.manifest == far
    assert "相差 4.0%，超过 3%" in found.said
    fine(do(town.people["maker"], found, "explain", answer="途中沥水"))
    assert found.stage == "explained"


def test_a_vehicle_on_the_way_to_two_receivers_is_noticed_and_a_round_to_one_is_not(town: Town) -> None:
    on_the_road(town, lot(town)), on_the_road(town, lot(town))
    assert not Alert.objects.filter(kind="trip").exists()
    clash = on_the_road(town, lot(town), receiver="store")
    assert Alert.objects.get(kind="trip").manifest == clash


def test_a_confirmation_after_its_clock_raises_an_alert(town: Town) -> None:
    row = there(town, lot(town))
    assert row.confirm_due > row.arrived_at + timedelta(days=4)
    Manifest.objects.filter(pk=row.pk).update(confirm_due=timezone.now() - timedelta(hours=1))
    fine(do(town.people["plant"], row, "accept", received_kg="100"))
    assert Alert.objects.filter(kind="late", manifest=row).exists()


def test_what_leaves_without_a_filed_plan_raises_an_alert(town: Town) -> None:
    year = timezone.localdate().year
    fine(begin(town.people["maker"], "yearplan", "plan_year", year=year, code="900-214-08", planned_kg=150))
    plan = town.firms["maker"].plans.get()
    fine(do(town.people["maker"], plan, "file_plan"))
    first, second = draft(town, lot(town)), draft(town, lot(town))
    fine(do(town.people["maker"], first, "sign_producer"))
    assert not Alert.objects.exists()
    fine(do(town.people["maker"], second, "sign_producer"))
    assert "200 千克，已备案计划 150" in Alert.objects.get(kind="plan", manifest=second).said


def test_more_than_a_permit_allows_in_a_year_raises_an_alert(town: Town) -> None:
    Permit.objects.filter(firm=town.firms["plant"]).update(capacity_kg=150)
    for kg, wanted in (("100", 0), ("60", 1)):
        row = there(town, lot(town, kg=kg))
        fine(do(town.people["plant"], row, "accept", received_kg=kg))
        found = Alert.objects.filter(manifest=row, kind="capacity")
        assert found.count() == wanted
    assert "160 千克，许可量 150 千克" in found.get().said


def test_a_container_is_filled_once_and_again_only_when_empty(town: Town) -> None:
    who = town.people["maker"]
    number = fine(begin(who, "container", "label_container", label="HX-0001", kind="drum", volume_l=200))["record"]["id"]
    fine(begin(who, "storagelot", "store_lot", code="900-214-08", kg="10", container=number))
    assert "尚未清空" in refused(begin(who, "storagelot", "store_lot", code="900-214-08", kg="10", container=number))


def test_the_office_writes_for_firms_without_accounts_only(town: Town) -> None:
    office, clinic = town.people["office"], town.firms["clinic"]
    said = {"code": "900-214-08", "kg": "3", "firm": clinic.pk}
    assert "没有账号" in refused(begin(office, "storagelot", "store_lot", **said))
    Firm.objects.filter(pk=clinic.pk).update(office="")
    fine(begin(office, "storagelot", "store_lot", **said))
    row = Manifest.objects.get(pk=fine(begin(office, "manifest", "plan_pickup", firm=clinic.pk, code="900-214-08"))["record"]["id"])
    Manifest.objects.filter(pk=row.pk).update(receiver=town.firms["plant"], carrier=town.firms["truck"])
    fine(do(office, row, "begin_draft"))
    fine(do(office, row, "fill_draft", national_number="20251201000001"))
    fine(do(office, row, "load", lot=StorageLot.objects.get().pk))
    fine(do(office, row, "sign_producer"))
    assert row.signatures.get().way == "office"


def test_silence_and_nothing_are_told_apart(town: Town) -> None:
    over = timezone.localdate().replace(day=1) - timedelta(days=1)
    month, now = over.strftime("%Y-%m"), timezone.localdate().strftime("%Y-%m")
    assert "尚未结束" in refused(begin(town.people["clinic"], "declaration", "declare_month", month=now, nothing=True))
    StorageLot.objects.filter(pk=lot(town).pk).update(produced_at=timezone.now().replace(year=over.year, month=over.month, day=15))
    assert "不符" in refused(begin(town.people["maker"], "declaration", "declare_month", month=month, nothing=True))
    fine(begin(town.people["maker"], "declaration", "declare_month", month=month))
    fine(begin(town.people["clinic"], "declaration", "declare_month", month=month, nothing=True))
    assert "该月已申报" in refused(begin(town.people["clinic"], "declaration", "declare_month", month=month, nothing=True))


def test_a_paper_manifest_is_entered_by_the_office_with_the_names_and_times_on_it(town: Town) -> None:
    one, now = lot(town, kg="50"), timezone.now()
    at = {
        f"{what}_at": (now - timedelta(days=30, hours=-n)).isoformat()
        for n, what in enumerate(("shipped", "picked", "arrived", "received"))
    }
    names = {f"{who}_name": f"示例{who}" for who in ("producer", "carrier", "receiver")}
    said = {"lot": one.pk, "kg": "50", "carrier": town.firms["truck"].pk, "receiver": town.firms["plant"].pk, "plate": "津A00001",
            "national_number": "20251201555555", "received_kg": "50", **at, **names}  # fmt: skip
    assert begin(town.people["maker"], "manifest", "enter_paper", **said).status_code == 403
    for who, firm in (("carrier", "plant"), ("receiver", "maker")):
        wrong = begin(town.people["office"], "manifest", "enter_paper", **{**said, who: town.firms[firm].pk})
        assert "不从事此项业务" in refused(wrong) and [one["field"] for one in wrong.json()["errors"]] == [who]
    row = Manifest.objects.get(pk=fine(begin(town.people["office"], "manifest", "enter_paper", **said))["record"]["id"])
    assert (row.state, row.paper, row.held_kg) == ("accepted", True, 50)
    assert {one.way for one in row.signatures.all()} == {"paper"}
    assert row.signatures.get(step="accept").by == "示例receiver"
    assert Alert.objects.get(manifest=row, kind="paper_late")
    assert chain_faults(row) == []
    part = {**said, "lot": lot(town, kg="50").pk, "national_number": "20251201555556", "received_kg": "30", "refused_kg": "20"}
    row = Manifest.objects.get(pk=fine(begin(town.people["office"], "manifest", "enter_paper", **part))["record"]["id"])
    assert (row.state, row.held_kg, row.refused_kg) == ("partly", 30, 20), "paper tells of a part refused, too"
    fine(do(town.people["maker"], row, "take_back_part"))
    assert not Alert.objects.filter(manifest=row, kind="weight").exists() and chain_faults(row) == []


def test_the_public_sees_no_manifest_and_no_contact(town: Town, person: Callable[..., Person]) -> None:
    draft(town, lot(town))
    assert person().get("/api/records/waste.manifest").json()["rows"] == []
    assert len(town.people["office"].get("/api/records/waste.manifest").json()["rows"]) == 1
    seen = town.people["office"].get("/api/records/waste.firm").json()["rows"]
    assert {row["contact"] for row in seen} == {"王**"}


def test_the_ledger_book_leaves_with_its_columns_in_their_order(town: Town) -> None:
    lot(town)
    answer = town.people["maker"].get("/api/records/waste.storagelot/export.csv")
    head = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[0].split(",")
    wanted = ["批次号", "产生时间", "废物名称", "废物类别", "废物代码", "数量", "容器编码", "容器类型", "容器数量", "产生设施编码", "经办人", "去向",
              "尚存", "最迟移出"]  # fmt: skip
    assert head == wanted
    book = town.people["maker"].get("/api/records/waste.storagelot/export.xlsx")
    assert (book.status_code, b"".join(book.streaming_content)[:2]) == (200, b"PK")
