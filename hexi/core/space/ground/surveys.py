"""Where the present map comes from, in words that stand on every map: who made the data asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from hexi.core.space.ground.tables import Survey
from hexi.kernel.label import Label, t

CREDITS = {"osm": t("© OpenStreetMap 贡献者（ODbL）", "© OpenStreetMap contributors (ODbL)")}
"""By source; another one is named by its file."""


@dataclass(frozen=True, slots=True)
class SurveyRecord:
    """One import of a map: its number, source and origin in words."""

    number: int
    source: str
    origin: Label


def newest_survey() -> SurveyRecord | None:
    """The newest import that brought anything but a sketch; None before the first."""
    row = Survey.objects.exclude(source="sketch").order_by("-pk").values_list("pk", "source", "file_name", "as_of", "at").first()
    if row is None:
        return None
    number, source, file_name, as_of, at = row
    credit = CREDITS.get(source) or t(f"来源：{file_name}", f"source: {file_name}")
    day = f"{timezone.localtime(as_of or at):%Y-%m-%d}"
    return SurveyRecord(number, source, t(f"{credit.zh}，{day}", f"{credit.en}, {day}"))
