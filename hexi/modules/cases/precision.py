"""How often machines were right, for everybody to read: by rule, and by rule and device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hexi.core.data.api import describe, may, plain, tuned_context
from hexi.core.sensing.api import devices_of_keys
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Source
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Envelope
from hexi.modules.cases.models import Suspect
from hexi.modules.cases.suspicion import ENOUGH, FLOOR, Precision, is_under_floor, precisions

Row = dict[str, Any]
ORIGIN = t("人工确认与案件办理结果", "people's verdicts, and how cases ended")
COLUMNS = {
    "name": t("规则", "rule"), "device_name": t("设备", "device"), "right": t("属实", "right"), "wrong": t("不属实", "wrong"),
    "waiting": t("待确认", "waiting"), "percent": t("准确率", "precision"), "interval": t("95% 区间（%）", "95 % interval (%)"),
    "standing": t("能否自动立案", "may it open cases"),
}  # fmt: skip
STANDING = {
    "few": t("样本不足，未评定", "too few verdicts to judge"), "good": t("达到下限，可自动立案", "above the floor: it may"),
    "under": t("低于下限，只报疑似", "under the floor: it only suspects"), "simulated": t("模拟数据，不作评定", "simulated: judges nothing"),
}  # fmt: skip
STATUS = {"ok": t("正常", "fine"), "breach": t("低于下限", "under the floor")}
NOTE = t(
    "准确率＝属实÷（属实＋不属实）。由人确认疑似问题，或看自动立案的案件是否办结；并案的不计。少于 {enough} 个结论不评定，下限 {floor}%。",
    "Precision = right ÷ (right + wrong): what people decided of suspicions, and whether cases that a rule opened were closed or not"
    " taken on; merged ones say nothing. Under {enough} verdicts nothing is judged; the floor is {floor} %.",
)
NONE = t("还没有疑似问题或自动立案。", "No suspicions and no cases opened by rules yet.")
OF_NONE = t("还没有来自设备的发现。", "Nothing was found by a device yet.")


MOST = 40
"""Ours: the devices that are least right; all of them stand in the register of suspicions."""


def by_rule(_viewer: Viewer, _params: Mapping[str, str]) -> Envelope:
    """Every rule that found something, whoever asks: a figure that counts all."""
    return _envelope([_row(one) for one in _both()], NONE)


def by_device(viewer: Viewer, _params: Mapping[str, str]) -> Envelope:
    """Every rule and device, the least right first, for whoever may read suspicions; a device that they may not read has its key alone."""
    if not may(viewer, describe(Suspect), "read"):
        return _envelope([], OF_NONE)
    found = [one for one in _both(by_device=True) if one.device]
    called = devices_of_keys(viewer, {one.device for one in found})
    worst = sorted(found, key=_goodness)[:MOST]
    return _envelope([_row(one) | {"device": one.device, "device_name": called.get(one.device, one.device)} for one in worst], OF_NONE)


def _goodness(one: Precision) -> tuple[bool, bool, float, int]:
    """Found in earnest before simulated; the least right before the better, those that nobody judged last."""
    return (one.simulated, one.share is None, one.share or 0.0, one.confirmed - one.decided)


def _both(*, by_device: bool = False) -> list[Precision]:
    """Of what was found in earnest, then of what was simulated."""
    return [*precisions(by_device=by_device), *precisions(by_device=by_device, simulated=True)]


def _row(one: Precision) -> Row:
    low, high = one.interval or (None, None)
    standing = _standing(one)
    return {
        "key": one.rule, "name": _called(one).as_dict(), "right": one.confirmed, "wrong": one.decided - one.confirmed,
        "waiting": one.waiting, "share": one.share, "standing": standing,
        "percent": "—" if one.share is None else f"{one.share * 100:.1f}%",
        "interval": "—" if low is None or high is None else f"{low * 100:.1f}–{high * 100:.1f}",
        "status": "breach" if standing == "under" else "ok",
    }  # fmt: skip


def _standing(one: Precision) -> str:
    context = tuned_context()
    if one.simulated:
        return "simulated"
    if one.decided < context.value(ENOUGH):
        return "few"
    return "under" if is_under_floor(one, context) else "good"


def _called(one: Precision) -> Label:
    label = rule_label(one.rule)
    return t(f"【模拟】{label.zh}", f"[simulated] {label.en}") if one.simulated else label


def rule_label(key: str) -> Label:
    """What a rule, or whatever else suspects, is called; its key where nobody declares it now."""
    found = catalogue.rules.get(key) or catalogue.stream_rules.get(key)
    return found.label if found else t(key, key)


def _envelope(rows: Iterable[Row], empty: Label) -> Envelope:
    context, found = tuned_context(), list(rows)
    note = NOTE.filled(enough=context.value(ENOUGH), floor=f"{context.value(FLOOR) * 100:g}")
    words = {"columns": COLUMNS, "standing": STANDING, "status": STATUS}
    return Envelope(
        rows=found, as_of=plain(context.now), quality="computed", origin=ORIGIN, dictionary=words, note=note, empty=None if found else empty
    )


SOURCES = (
    Source("cases.precision", t("规则准确率", "precision of rules"), by_rule, ("cases.suspect", "cases.case")),
    Source("cases.precision_by_device", t("设备准确率", "precision of devices"), by_device, ("cases.suspect", "cases.case")),
)
