"""Tags: what is printed for the thing of a record, who may print it, and where its code leads."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hexi.core.trust.api import qr_picture
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import t
from hexi.kernel.outside import Face, Fact, Tag

pytestmark = pytest.mark.django_db
LONG = "很长的说明" * 12


@pytest.fixture
def tagged(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = (Fact(t("编号", "code"), t("<A & B>", "<A & B>")), Fact(t("说明", "words"), t(LONG, LONG)))
    face = Face(t("样品", "Sample"), "/m/slip/x#CODE", facts, t("扫码核验", "scan it"))
    monkeypatch.setitem(catalogue.tags, "samples.thing", Tag("samples.thing", t("打印标签", "print"), lambda _viewer, _row: face))


def test_a_tag_says_its_words_in_lines_and_its_code_opens_the_page_here(tagged: None, steward: Any, thing: Any) -> None:
    drawn = steward.get(f"/api/records/samples.thing/{thing().pk}/tag.svg").content.decode()
    said = re.findall(r">([^<]+)</text>", drawn)
    assert said[:3] == ["样品", "编号", "&lt;A &amp; B&gt;"]
    assert "".join(said[4:-1]) == LONG and len(said) > 6
    assert said[-1] == "扫码核验"
    assert qr_picture("http://testserver/m/slip/x#CODE") in drawn


def test_nobody_prints_what_they_may_not_read_or_what_has_no_tag(tagged: None, steward: Any, thing: Any, person: Any) -> None:
    path = f"/api/records/samples.thing/{thing().pk}/tag.svg"
    assert person().get(path).status_code == 404
    assert steward.get("/api/records/samples.thing/99999/tag.svg").status_code == 404
    catalogue.tags.pop("samples.thing")
    assert steward.get(path).status_code == 404
    assert steward.get("/api/models/samples.thing").json()["tag"] is None
