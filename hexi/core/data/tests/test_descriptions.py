"""A register that describes itself wrongly fails at start, with a sentence that says what to write."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.core.data.entities import describe
from hexi.core.data.fields import Text
from hexi.core.data.tests.samples.models import Thing
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import t

SAID = t("样品", "sample")


@pytest.mark.parametrize(("said", "sentence"), [
    ({}, "no inner class Describe with a label"), ({"label": SAID, "titel": "code"}, "'titel'.*known words"), ({"label": SAID, "title": "nmae"}, "'nmae'.*which are no fields"),
    ({"label": SAID, "sort": "-nmae"}, "'nmae'.*which are no fields"), ({"label": SAID, "place": "title"}, "place='title' is no Place field"), ({"label": SAID, "organisation": "title"}, "organisation='title' is no Office or Offices field"),
])  # fmt: skip
def test_a_wrong_description_names_the_word_and_the_known_ones(said: dict[str, Any], sentence: str) -> None:
    model = type("Thing", (), {"_meta": Thing._meta, "Describe": type("Describe", (), said)})
    with pytest.raises(DeclarationError, match=sentence):
        describe(model)


def test_a_misspelt_privacy_class_names_the_known_ones() -> None:
    with pytest.raises(DeclarationError, match=r"'name': privacy= 'persnal' means nothing here\. Choose from internal, open"):
        Text(t("姓名", "name"), privacy="persnal")
