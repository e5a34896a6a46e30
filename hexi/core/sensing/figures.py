"""What became of readings, by kind: what is not evaluated must be seen by somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from hexi.core.data.api import describe, may, plain
from hexi.core.sensing.engine.keeping import counts_in
from hexi.core.sensing.models import Finding, ShardState
from hexi.core.sensing.stream.arrivals import Fate
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Envelope

COLUMNS = {
    "kind": t("读数种类", "kind of reading"), "judged": t("已判断", "judged"), "duplicate": t("重复", "doubled"), "late": t("迟到", "late"),
    "ancient": t("过旧", "too old"), "future": t("超前", "from the future"), "implausible": t("不可信", "impossible"),
    "unknown_kind": t("种类未登记", "of no declared kind"),
}  # fmt: skip
UNKNOWN = t("未登记", "not declared")


def fates(viewer: Viewer, _params: Mapping[str, str]) -> Envelope:
    """For each kind how many readings were evaluated, and how many were not and why; for whoever may read findings."""
    rows = _rows() if may(viewer, describe(Finding), "read") else []
    return Envelope(rows=rows, as_of=plain(timezone.now()), origin=t("规则引擎", "the rules' engine"), dictionary={"columns": COLUMNS})


def _rows() -> list[dict[str, Any]]:
    total = Counter[tuple[str, Fate]]()
    for state in ShardState.objects.all():
        total += counts_in(state.counts)
    found: dict[str, dict[str, Any]] = {}
    for (kind, fate), number in sorted(total.items()):
        found.setdefault(kind, {"kind": _name(kind).as_dict(), **dict.fromkeys(list(COLUMNS)[1:], 0)})[fate] = number
    return list(found.values())


def _name(kind: str) -> Label:
    declared = catalogue.reading_kinds.get(kind)
    return declared.label if declared else t(kind, kind) if kind else UNKNOWN
