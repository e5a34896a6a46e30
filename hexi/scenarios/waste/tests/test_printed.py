"""The print of a manifest follows the form part by part, says what is known, and leaves the rest to be written by hand."""

from __future__ import annotations

import re

import pytest

from hexi.core.data.api import described, paper_page
from hexi.scenarios.waste.form_values import parts_of
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.printed import FORMS, layout
from hexi.scenarios.waste.sources import today
from hexi.scenarios.waste.tests.conftest import Person, Town, do, draft, fine, lot, there

pytestmark = pytest.mark.django_db
ORIGIN = "https://hexi.example"
BY_HAND = {"by_hand"}
"""What no register knows anything of."""


def printed(who: Person, row: Manifest) -> str:
    return paper_page(who.viewer, described("waste.manifest"), row.pk, ORIGIN)


def boxes(page: str) -> dict[str, list[str]]:
    """By the label of each box, what stands in the boxes that carry it."""
    found: dict[str, list[str]] = {}
    for label, said in re.findall(r"<td colspan=.\d.>([^<]+)：<span class=.said.>([^<]*)</span>", page):
        found.setdefault(label, []).append(said)
    return found


def lists(page: str) -> list[dict[str, str]]:
    """The lists of both parts that have one, by their heads."""
    tables = re.findall(r"<table class=.list.>(.*?)</table>", page)
    return [dict(zip(re.findall(r"<th>([^<]*)</th>", one), re.findall(r"<td[^>]*>([^<]*)</td>", one), strict=True)) for one in tables]


def test_what_was_shipped_carried_and_received_stands_in_its_boxes(town: Town) -> None:
    row = there(town, lot(town, kg="1000"))
    fine(do(town.people["plant"], row, "accept", received_kg="900"))
    fine(do(town.people["plant"], row, "treat", method="D10"))
    page = printed(town.people["plant"], row)
    row.refresh_from_db()
    assert f"联单编号：{row.national_number}" in page
    assert boxes(page)["单位名称"] == ["示例maker", "示例truck", "示例plant"] == [town.firms[one].name for one in ("maker", "truck", "plant")]
    assert boxes(page)["营运证件号"] == ["P-truck"]
    assert boxes(page)["牌号"] == ["津A00001"]
    sent, came = lists(page)
    assert (sent["废物代码"], sent["危险特性"], sent["移出量（吨）"]) == (row.code, "毒性、易燃性", "1")
    assert came["接受量（吨）"] == "0.9"
    assert came["是否存在重大差异"] == "是", "ten percent are more than the tolerance"
    assert came["接受人处理意见"] == "接受"
    assert "焚烧" in came["拟利用处置方式"]
    assert page.count("已签署") == 3
    assert "法定联单在国家" in page


def test_before_anybody_signed_it_is_a_sheet_to_be_filled_in_by_hand(town: Town) -> None:
    row = draft(town, lot(town))
    page = printed(town.people["maker"], row)
    assert page.count("签字（盖章）") == 3
    assert boxes(page)["实际起运时间"] == [""]
    assert lists(page)[1]["接受量（吨）"] == ""
    assert boxes(page)["单位名称"][0] == "示例maker"


def test_each_carrier_on_the_way_has_a_part_of_its_own(town: Town) -> None:
    row = draft(town, lot(town))
    fine(do(town.people["maker"], row, "sign_producer"))
    fine(do(town.people["truck"], row, "take_over", plate="津A00001"))
    fine(do(town.people["truck"], row, "name_next", carrier=town.firms["van"].pk))
    fine(do(town.people["van"], row, "hand_on", plate="津B00002"))
    page = printed(town.people["maker"], row)
    assert boxes(page)["牌号"] == ["津A00001", "津B00002"]
    assert page.count("第二部分") == 2


def test_waste_of_another_stream_is_not_printed_as_the_form_of_hazardous_waste(town: Town) -> None:
    row = draft(town, lot(town, code="SW17", stream="general"))
    page = printed(town.people["maker"], row)
    assert "<h1>固体废物转移联单</h1>" in page
    assert row.number in page
    assert "法定联单" not in page


def test_every_box_of_the_layout_is_one_that_somebody_fills(town: Town) -> None:
    """A word that is misspelt in the data file would leave an empty box on every print."""
    row = there(town, lot(town))
    fine(do(town.people["plant"], row, "accept", received_kg="100"))
    row.refresh_from_db()
    form = layout(today())
    assert FORMS.exists() and form["source"]
    for part in form["parts"]:
        wanted = {one["says"] for line in part["lines"] for one in line} | {one["says"] for one in part["columns"]}
        [filled] = parts_of(town.people["office"].viewer, row, part["of"])
        assert wanted - BY_HAND <= set(filled.values), part["title"]
