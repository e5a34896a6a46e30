"""Services by booking, homes fitted for old age, and sheets between beds."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from hexi.core.data.api import described, paper_page
from hexi.core.data.models import StoredFile
from hexi.scenarios.eldercare import sos
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_beds import CareHome, HandOver
from hexi.scenarios.eldercare.models_retrofit import Retrofit
from hexi.scenarios.eldercare.models_services import Booking, CatalogueItem
from hexi.scenarios.eldercare.tests.conftest import (
    CODE,
    DOOR,
    FAMILY_CODE,
    GRID,
    Around,
    Make,
    Person,
    begin,
    do,
    facts,
    fine,
    refused,
    sheet,
)
from hexi.scenarios.eldercare.today import today, word_of_day

pytestmark = pytest.mark.django_db


def booked(around: Around, elder: Elder, item: CatalogueItem, **more: Any) -> Booking:
    fine(begin(around["steward"], "booking", "book_service", **{"elder": elder.pk, "item": item.pk, "on": today().isoformat(), **more}))
    return Booking.objects.latest("pk")


def done(around: Around, elder: Elder, item: CatalogueItem) -> Booking:
    one = booked(around, elder, item)
    fine(do(around["kitchen"], one, "take"))
    fine(do(around["kitchen"], one, "finish", word=word_of_day(elder, today())))
    return one


def test_a_booking_says_price_subsidy_and_own_share_with_the_rule_in_words(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    one = booked(around, elder, meal)
    assert (one.price, one.subsidy, one.own, one.called) == (13, 3, 10, elder.name)
    assert "每餐补3元" in one.why["zh"] and "待与原文核对" in one.why["zh"]


def test_the_desk_offers_what_may_be_begun_in_a_register_and_for_an_elder_to_those_who_may(elder: Elder, around: Around) -> None:
    steward, kitchen = around["steward"], around["kitchen"]
    assert [steward.get(f"/api/models/eldercare.{name}").json()["begins"] for name in ("booking", "handover")] == [["book_service"], ["write_sheet"]]
    assert kitchen.get("/api/models/eldercare.booking").json()["begins"] == []
    offered = steward.get(f"/api/records/eldercare.elder/{elder.pk}").json()["begins"]
    assert {(one["entity"].split(".")[1], one["action"], one["question"]) for one in offered} == {
        ("booking", "book_service", "elder"), ("consent", "switch", "elder"), ("contact", "name_contact", "elder"),
        ("handover", "write_sheet", "elder"), ("quietzone", "set_zone", "elder"), ("retrofit", "apply_home", "elder"),
    }  # fmt: skip
    assert around["leader"].get(f"/api/records/eldercare.elder/{elder.pk}").json()["begins"] == []
    said = begin(steward, "retrofit", "apply_home", elder=elder.pk).json()
    assert said["entity"] == "eldercare.retrofit"


def test_the_second_meal_of_a_day_is_paid_in_full_and_a_cancelled_one_does_not_count(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    first = booked(around, elder, meal)
    assert booked(around, elder, meal).subsidy == 0
    fine(do(around["steward"], first, "cancel", "不舒服"))
    assert booked(around, elder, meal).subsidy == 3


def test_a_full_canteen_takes_no_more(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    booked(around, elder, meal, number=3)
    answer = begin(around["steward"], "booking", "book_service", elder=elder.pk, item=meal.pk, on=today().isoformat())
    assert "已约满" in refused(answer)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert booked(around, elder, meal, on=tomorrow).state == "booked"


def test_an_elder_books_a_meal_by_the_own_code_alone(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    fine(begin(around["nobody"], "booking", "book_by_code", code=CODE, when="1", handed="delivered"))
    one = Booking.objects.get()
    assert (one.on, one.item_id, one.subsidy) == (today() + timedelta(days=1), meal.pk, 3)
    assert "没有" not in facts(sheet(around["nobody"], "elder_meal", CODE))
    refused(begin(around["nobody"], "booking", "book_by_code", code=FAMILY_CODE, when="1", handed="delivered"))


def test_an_elder_takes_back_a_meal_until_the_canteen_cooks_it(
    elder: Elder, around: Around, meal: CatalogueItem
) -> None:
    for when in "01":
        fine(begin(around["nobody"], "booking", "book_by_code", code=CODE, when=when, handed="delivered"))
    cooking, later = Booking.objects.order_by("on")
    fine(do(around["kitchen"], cooking, "take"))
    fine(do(around["kitchen"], later, "take"))
    assert "已经在做" in refused(begin(around["nobody"], "booking", "call_off", code=CODE, when="0"))
    refused(begin(around["nobody"], "booking", "call_off", code=FAMILY_CODE, when="1"))
    assert {"今天", "明天", "不想要了"} <= set(facts(sheet(around["nobody"], "elder_meal", CODE)))
    fine(begin(around["nobody"], "booking", "call_off", code=CODE, when="1"))
    assert [Booking.objects.get(pk=one.pk).state for one in (cooking, later)] == ["taken", "cancelled"]
    assert "明天" not in facts(sheet(around["nobody"], "elder_meal", CODE))
    assert "没有可以取消" in refused(begin(around["nobody"], "booking", "call_off", code=CODE, when="1"))


def test_a_service_counts_when_the_elder_said_so_and_is_then_paid(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    one = done(around, elder, meal)
    assert (one.state, one.witnessed) == ("done", True)
    assert "补贴依据" in facts(sheet(around["nobody"], "elder_service", CODE))
    fine(begin(around["nobody"], "booking", "judge", code=CODE, verdict="done"))
    one.refresh_from_db()
    assert (one.state, one.verdict) == ("confirmed", "done")
    fine(do(around["office"], one, "settle"))
    assert one.state == "settled"


def test_what_was_not_done_is_disputed_by_the_family_and_never_paid(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    one = done(around, elder, meal)
    fine(begin(around["nobody"], "booking", "judge", code=FAMILY_CODE, verdict="not_done", said="没人来"))
    one.refresh_from_db()
    assert (one.state, one.said) == ("disputed", "没人来")
    assert do(around["office"], one, "settle").status_code in {403, 409, 422}
    fine(do(around["centre"], one, "do_again", "请重新送"))
    assert one.state == "taken"


def test_a_wrong_word_ends_no_service_and_another_provider_sees_nothing(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    one = booked(around, elder, meal)
    fine(do(around["kitchen"], one, "take"))
    assert "口令不对" in refused(do(around["kitchen"], one, "finish", word="nope"))
    assert around["home"].get(f"/api/records/eldercare.booking/{one.pk}").status_code == 404


def fitted(around: Around, elder: Elder) -> Retrofit:
    fine(begin(around["community"], "retrofit", "apply_home", elder=elder.pk))
    row = Retrofit.objects.get()
    fine(do(around["centre"], row, "assess_home"))
    fine(do(around["centre"], row, "design", items=["grab_rail"]))
    fine(do(around["centre"], row, "design", items=["grab_rail", "care_bed"]))
    assert "您付2156元" in facts(sheet(around["nobody"], "elder", CODE))["家里改造的方案"], "the elder sees what it costs them before anybody says yes"
    refused(do(around["centre"], row, "begin_works", builder="示例工程"))
    assert around["centre"].get(f"/api/records/eldercare.retrofit/{row.pk}").json()["allowed_actions"][0] == "agree_plan"
    fine(do(around["centre"], row, "agree_plan", voice="elder"))
    fine(do(around["centre"], row, "begin_works", builder="示例工程"))
    fine(do(around["community"], row, "end_works", built_on=today().isoformat()))
    return row


def test_the_plan_of_a_home_asks_for_several_items_by_their_names(around: Around) -> None:
    steps = around["centre"].get("/api/models/eldercare.retrofit").json()["actions"]
    asked = next(step for step in steps if step["id"] == "design")["fields_schema"]["properties"]["items"]
    assert asked["type"] == "array" and {"const": "grab_rail", "title": "卫生间扶手（480元）"} in asked["items"]["oneOf"]


def test_a_home_is_fitted_accepted_by_somebody_else_and_paid(elder: Elder, around: Around) -> None:
    row = fitted(around, elder)
    row.refresh_from_db()
    assert [item["zh"] for item in row.items] == ["卫生间扶手", "护理床"]
    assert (row.agreed_by, row.agreed_on) == ("elder", today())
    assert (row.cost, row.subsidy, row.own) == (Decimal(3080), Decimal(924), Decimal(2156))
    assert "30%" in row.why["zh"]
    assert "不能验收" in refused(do(around["centre"], row, "accept_home", photo=photo_of(around["centre"])))
    fine(do(around["second"], row, "accept_home", photo=photo_of(around["second"])))
    fine(do(around["office"], row, "pay"))
    assert (row.state, row.paid_on) == ("paid", today())
    assert "在办" not in begin(around["community"], "retrofit", "apply_home", elder=elder.pk).content.decode()


def photo_of(who: Person) -> int:
    made = StoredFile.objects.create(sha256="a" * 64, name="a.jpg", media_type="image/jpeg", size=1, account_id=who.viewer.account)
    return made.pk


@pytest.fixture
def homes(door: str) -> tuple[CareHome, CareHome]:
    return (
        CareHome.objects.create(name="示例养老院", kind="institution", place=door, beds=2, taken=1, office="home"),
        CareHome.objects.create(name="示例病区", kind="hospital", place=door, beds=1, taken=0, office="ward"),
    )


def written(around: Around, elder: Elder, who: str = "steward", **more: Any) -> HandOver:
    told = {"elder": elder.pk, "from_bed": "home", "to_bed": "institution", "reason": "短期托养", "state_of_health": "平稳", "risks": "夜间跌倒"}
    fine(begin(around[who], "handover", "write_sheet", **{**told, **more}))
    return HandOver.objects.latest("pk")


def test_a_sheet_counts_when_both_sides_have_signed_each_for_itself(elder: Elder, around: Around, homes: tuple[CareHome, CareHome]) -> None:
    row = written(around, elder, to_home=homes[0].pk)
    fine(do(around["steward"], row, "hand_over"))
    assert "自己一方" in refused(do(around["steward"], row, "receive"))
    refused(do(around["ward"], row, "receive"))
    fine(do(around["home"], row, "receive"))
    homes[0].refresh_from_db()
    elder.refresh_from_db()
    assert (row.state, homes[0].taken, elder.lives) == ("received", 2, "institution")
    assert (elder.need, elder.visit_due) == ("none", None), "nobody is sent to a door behind which nobody lives"
    CareHome.objects.filter(pk=homes[0].pk).update(place=GRID)
    found = sos.whom(elder.pk)
    assert found is not None and found.place == GRID and homes[0].name in found.facts[-1].said.zh
    assert sos.raised(elder, "person").place == GRID


def test_from_the_home_to_the_ward_a_bed_is_freed_and_one_is_taken(make: Make, around: Around, homes: tuple[CareHome, CareHome]) -> None:
    elder = make(lives="institution")
    row = written(around, elder, from_bed="institution", from_home=homes[0].pk, to_bed="hospital", to_home=homes[1].pk)
    fine(do(around["home"], row, "hand_over"))
    fine(do(around["ward"], row, "refuse_sheet", "请先隔离"))
    fine(do(around["home"], row, "hand_again"))
    fine(do(around["ward"], row, "receive"))
    assert list(CareHome.objects.order_by("pk").values_list("taken", flat=True)) == [0, 1]
    assert "没有空床" in refused(begin(around["steward"], "handover", "write_sheet", elder=make(code="OTHER").pk, from_bed="home", to_bed="hospital",
                                   to_home=homes[1].pk, reason="急诊", state_of_health="x y", risks="无"))  # fmt: skip


def test_health_on_a_sheet_is_masked_for_everybody_but_the_two_sides(elder: Elder, around: Around, homes: tuple[CareHome, CareHome]) -> None:
    row = written(around, elder, to_home=homes[0].pk)
    path = f"/api/records/eldercare.handover/{row.pk}"
    assert around["home"].get(path).json()["record"]["medicines"] == row.medicines
    assert around["home"].get(path).json()["record"]["risks"] == "夜间跌倒"
    assert around["office"].get(path).json()["record"]["risks"] != "夜间跌倒"
    assert around["ward"].get(path).status_code == 404


def test_the_sheet_says_whom_it_goes_with_and_on_paper_health_stands_for_the_two_sides_alone(
    elder: Elder, around: Around, homes: tuple[CareHome, CareHome]
) -> None:
    row = written(around, elder, to_home=homes[0].pk)
    told = around["home"].get(f"/api/records/eldercare.handover/{row.pk}").json()["record"]
    assert (told["called"], told["contact"]) == ("示例张奶奶", "示例女儿 子女 00000000002")
    fine(do(around["steward"], row, "hand_over"))
    giver, receiver, office = (printed(around[who], row) for who in ("steward", "home", "office"))
    assert all("示例张奶奶" in one and "夜间跌倒" in one and "尚未签认" in one for one in (giver, receiver))
    assert "示例张奶奶" not in office and "夜间跌倒" not in office and "（仅双方可见）" in office


def printed(who: Person, row: HandOver) -> str:
    return paper_page(who.viewer, described("eldercare.handover"), row.pk)


def test_price_lists_are_open_to_everybody(meal: CatalogueItem, around: Around) -> None:
    rows = around["nobody"].get("/api/records/eldercare.catalogueitem").json()["rows"]
    assert [row["name"] for row in rows] == ["标准套餐"] and DOOR


def test_goods_of_the_shop_are_sent_back_and_paid_back_and_the_elder_reads_so(elder: Elder, around: Around, meal: CatalogueItem) -> None:
    CatalogueItem.objects.filter(pk=meal.pk).update(kind="shop")
    one = done(around, elder, meal)
    fine(begin(around["nobody"], "booking", "judge", code=CODE, verdict="return", said="鞋大了"))
    fine(do(around["kitchen"], one, "refund", "退回门店，已退79元"))
    one.refresh_from_db()
    assert (one.state, one.verdict) == ("refunded", "return")
    assert "已退款" in facts(sheet(around["nobody"], "elder", CODE))["不认可的服务"]
    assert "已退款" in facts(sheet(around["nobody"], "elder_family", FAMILY_CODE))["不认可的服务"]
    refused(do(around["office"], one, "settle"))


def test_a_meal_cannot_be_sent_back_and_one_that_never_came_is_paid_back_and_leaves_its_quota(
    elder: Elder, around: Around, meal: CatalogueItem
) -> None:
    one = done(around, elder, meal)
    assert facts(sheet(around["nobody"], "elder_meal", CODE))["本周补贴餐"] == "还剩4餐（每周5餐）"
    assert "只有商城商品" in refused(begin(around["nobody"], "booking", "judge", code=CODE, verdict="return"))
    fine(begin(around["nobody"], "booking", "judge", code=CODE, verdict="not_done"))
    fine(do(around["kitchen"], one, "refund", "没有送到"))
    assert facts(sheet(around["nobody"], "elder_meal", CODE))["本周补贴餐"] == "还剩5餐（每周5餐）"
