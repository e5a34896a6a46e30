"""What became of readings, by kind, and by which rules: what is not evaluated must be seen by somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.api import describe, may, plain, tuned_context
from hexi.core.sensing.devices.models import Device
from hexi.core.sensing.engine.keeping import counts_in
from hexi.core.sensing.history.keeping import kept_for
from hexi.core.sensing.models import Finding, ShardState
from hexi.core.sensing.stream.arrivals import Fate
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.context import Context
from hexi.kernel.label import Label, t
from hexi.kernel.reading import ReadingKind
from hexi.kernel.screen import Envelope
from hexi.kernel.units import unit

COLUMNS = {
    "kind": t("读数种类", "kind of reading"), "judged": t("已判断", "judged"), "duplicate": t("重复", "doubled"), "late": t("迟到", "late"),
    "ancient": t("过旧", "too old"), "future": t("超前", "from the future"), "implausible": t("不可信", "impossible"),
    "unknown_kind": t("种类未登记", "of no declared kind"),
}  # fmt: skip
UNKNOWN = t("未登记", "not declared")
RULES = {
    "kind": t("读数种类", "kind of reading"), "unit": t("单位", "unit"), "range": t("合理范围", "plausible"),
    "wait": t("等候迟到", "waits for late ones"), "ahead": t("最多超前", "ahead at most"), "back": t("最多滞后", "back at most"),
    "privacy": t("隐私等级", "privacy class"), "keep": t("保存期", "kept for"),
}  # fmt: skip
PRIVACY = {"open": t("公开", "open"), "internal": t("内部", "internal"), "personal": t("个人", "personal"), "sensitive": t("敏感", "sensitive")}
SPANS = ((86_400, t("{n} 天", "{n} d")), (3600, t("{n} 小时", "{n} h")), (60, t("{n} 分钟", "{n} min")))


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


def kinds(viewer: Viewer, _params: Mapping[str, str]) -> Envelope:
    """What is declared of each kind: how late, early or old a reading may be, what is plausible, how long it is kept."""
    context = tuned_context()
    rows = [_rules(one, context) for one in catalogue.reading_kinds.values()] if may(viewer, describe(Device), "read") else []
    return Envelope(rows=rows, as_of=plain(timezone.now()), origin=t("读数类型的声明", "declarations of kinds"), dictionary={"columns": RULES})


def _rules(one: ReadingKind, context: Context) -> dict[str, Any]:
    low, high = ("" if limit is None else f"{limit:g}" for limit in (one.low, one.high))
    plausible = f"{low}–{high}" if low or high else ""
    return {
        "kind": one.label.as_dict(), "unit": unit(one.unit).label.as_dict() if one.unit else "", "range": plausible,
        **{word: _span(getattr(one, word)).as_dict() for word in ("wait", "ahead", "back")},
        "privacy": PRIVACY[one.privacy].as_dict(), "keep": _span(kept_for(one.key, context)).as_dict(),
    }  # fmt: skip


def _span(length: timedelta) -> Label:
    seconds = int(length.total_seconds())
    size, said = next(((size, said) for size, said in SPANS if seconds and seconds % size == 0), (1, t("{n} 秒", "{n} s")))
    return said.filled(n=seconds // size)
