"""How the intake is, for the desk: do readings come in, by which ways, what waits in the quarantine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from hexi.core.data.api import plain, readable
from hexi.core.sensing.devices.models import Device, IntakeStatus, Quarantined
from hexi.core.sensing.models import DayDigest
from hexi.core.trust.api import Viewer
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Data, Encode, Envelope, Page, Panel

SILENT = timedelta(seconds=15)
COLUMNS = {"part": t("部分", "part"), "told": t("情况", "how it is"), "since": t("自", "since"), "status": t("状态", "status")}
STATUS = {"ok": t("正常", "working"), "breach": t("需处理", "needs attention")}
BROKER = {
    "here": t("消息服务器正常，设备可用 MQTT 上报", "The broker is there: devices can send by MQTT"),
    "away": t("消息服务器没有应答，设备只能用 HTTP 上报", "The broker does not answer: devices can send by HTTP only"),
    "off": t("未启用消息服务器，设备只能用 HTTP 上报", "There is no broker: devices can send by HTTP only"),
}
WORKING = t("接入服务正常", "The intake works")
ABSENT = t("接入服务没有运行，读数不能保存", "The intake does not run: no reading can be stored")


def standing(viewer: Viewer, _params: Mapping[str, str]) -> Envelope:
    """The parts of the intake, and what the viewer may read of devices and quarantine."""
    now, row = timezone.now(), IntakeStatus.objects.first()
    runs = row is not None and row.seen_at is not None and now - row.seen_at < SILENT
    rows = [_row(t("接入服务", "intake"), WORKING if runs else ABSENT, row.seen_at if row else None, good=runs)]
    if row is not None and runs:
        rows.append(_row(t("消息服务器", "broker"), BROKER[row.broker], row.since, good=row.broker != "away"))
    rows += [_devices(viewer), *_taken(viewer), _quarantine(viewer), _days(viewer)]
    return Envelope(rows=rows, as_of=plain(now), origin=t("接入服务", "the intake"), dictionary={"status": STATUS, "columns": COLUMNS})


def _row(part: Label, told: Label, since: Any, *, good: bool) -> dict[str, Any]:
    return {"part": part.as_dict(), "told": told.as_dict(), "since": plain(since), "status": "ok" if good else "breach"}


def _devices(viewer: Viewer) -> dict[str, Any]:
    counted = dict(readable(viewer, Device).order_by().values_list("state").annotate(number=Count("pk")))
    told = t("在用 {active}，待激活 {enrolled}，已吊销 {revoked}", "{active} active, {enrolled} enrolled, {revoked} revoked")
    numbers = {state: counted.get(state, 0) for state in ("active", "enrolled", "revoked")}
    return _row(t("设备", "devices"), told.filled(**numbers), None, good=True)


def _taken(viewer: Viewer) -> Iterator[dict[str, Any]]:
    names = ("received", "duplicates", "disordered", "refused", "withheld")
    sums = readable(viewer, Device).aggregate(**{name: Sum(name) for name in names})
    numbers = {name: sums[name] or 0 for name in names}
    told = t(
        "收到 {received}；重发 {duplicates}，只存一份；迟到 {disordered}；不能接入 {refused}",
        "{received} received; {duplicates} came again and are stored once; {disordered} out of order; {refused} could not be taken",
    )
    yield _row(t("读数", "readings"), told.filled(**numbers), None, good=True)
    told = t(
        "{withheld} 条因本人未同意或在免打扰时段而未保存，内容已丢弃",
        "{withheld} not kept, as people did not agree, or not at that hour; dropped",
    )
    yield _row(t("本人同意", "consent"), told.filled(**numbers), None, good=True)


def _quarantine(viewer: Viewer) -> dict[str, Any]:
    waiting = readable(viewer, Quarantined).filter(state="waiting").count()
    return _row(t("隔离数据", "quarantine"), t("{number} 条待处理", "{number} waiting").filled(number=waiting), None, good=not waiting)


def _days(viewer: Viewer) -> dict[str, Any]:
    found = readable(viewer, DayDigest).order_by()
    counted = dict(found.values_list("standing").annotate(number=Count("pk")))
    told = t("{matches} 天与账本一致，{differs} 天不符", "{matches} days as in the ledger, {differs} not")
    numbers = {standing: counted.get(standing, 0) for standing in ("matches", "differs")}
    return _row(t("读数日摘要", "days of readings"), told.filled(**numbers), None, good=not numbers["differs"])


PAGE = Page(
    id="intake",
    kind="board",
    title=t("感知接入", "Intake of readings"),
    about=t("读数能否接入，经由哪些途径", "Whether readings come in, and by which ways"),
    panels=(
        Panel(
            id="intake", kind="table", title=t("接入状态", "How the intake is"), data=Data(source="sensing.intake"),
            encode=Encode(columns=("part", "told", "since", "status"), status="status"),
        ),
        Panel(
            id="fates", kind="table", title=t("读数处理", "What became of readings"), data=Data(source="sensing.fates"),
            encode=Encode(columns=("kind", "judged", "duplicate", "late", "ancient", "future", "implausible", "unknown_kind")),
        ),
        Panel(
            id="kinds", kind="table", title=t("各类读数的规则", "Rules of the kinds of readings"), data=Data(source="sensing.kinds"),
            encode=Encode(columns=("kind", "unit", "range", "wait", "ahead", "back", "privacy", "keep")),
        ),
    ),
)  # fmt: skip
