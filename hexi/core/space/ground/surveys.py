"""Where the present map comes from, in words that stand on every map: who made the data asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from hexi.core.space.ground.tables import Survey
from hexi.kernel.label import Label, joined, t

CREDITS = {"osm": t("© OpenStreetMap 贡献者（ODbL）", "© OpenStreetMap contributors (ODbL)")}
"""By source; another one is named by its file."""
MOST = 3


@dataclass(frozen=True, slots=True)
class SurveyRecord:
    """The newest import of a map, and in words where all of the present map comes from."""

    number: int
    source: str
    origin: Label


def newest_survey() -> SurveyRecord | None:
    """The newest import that brought anything but a sketch; None before the first."""
    newest = Survey.objects.exclude(source="sketch").values("source").annotate(last=Max("pk")).values("last")
    rows = list(Survey.objects.filter(pk__in=newest).order_by("-pk").values_list("pk", "source", "file_name", "as_of", "at")[:MOST])
    if not rows:
        return None
    told = [_credit(source, file_name, as_of or at) for _, source, file_name, as_of, at in rows]
    return SurveyRecord(rows[0][0], rows[0][1], joined(told, zh="；", en="; "))


def _credit(source: str, file_name: str, moment: datetime) -> Label:
    said = CREDITS.get(source) or t(f"来源：{file_name}", f"source: {file_name}")
    day = f"{timezone.localtime(moment):%Y-%m-%d}"
    return t(f"{said.zh}，{day}", f"{said.en}, {day}")
