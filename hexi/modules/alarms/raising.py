"""An alarm is raised: by a device, a person or the desk. Case, rescue and the first calls are one transaction; a second call joins it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hexi.core.data.api import Change
from hexi.core.sensing.api import Finding, act_on_findings
from hexi.core.trust.api import PLATFORM, Viewer, insert_row
from hexi.kernel.alarm import Alarm
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.modules.alarms.calling import after, call_from, held, kept
from hexi.modules.alarms.models import Rescue
from hexi.modules.alarms.whom import Located, Point, located, masked_name, whom_of
from hexi.modules.alarms.words import said_title
from hexi.modules.cases.api import NewCase, opened

log = logging.getLogger("hexi.rules")
TEST = "【测试】"


@dataclass(frozen=True, slots=True)
class Raised:
    """One call for help. `subject` names the record it is about (`eldercare.elder:12`), or a device; `point` is a fix (WGS-84)."""

    alarm: str
    subject: str
    source: str = "sensor"
    rule: str = ""
    place: str = ""
    point: Point | None = None
    at: datetime | None = None
    is_test: bool = False
    simulated: bool = False
    why: str = ""


def raise_alarm(raised: Raised, viewer: Viewer = PLATFORM) -> Rescue:
    """The rescue that runs for it now: a new one, or the one that this subject has already. Raises NotFound for an unknown alarm."""
    alarm = catalogue.alarms.get(raised.alarm)
    if alarm is None:
        known = "、".join(catalogue.alarms) or "—"
        raise NotFound(t("没有这种告警", "There is no such alarm"), which=raised.alarm, do=t(f"现有：{known}", f"There are: {known}"))
    try:
        with transaction.atomic():
            return _joined(viewer, raised) or _begun(viewer, alarm, raised)
    except IntegrityError:  # somebody else's transaction began the same rescue meanwhile
        with transaction.atomic():
            found = _joined(viewer, raised)
        if found is None:
            raise
        return found


def _joined(viewer: Viewer, raised: Raised) -> Rescue | None:
    """The running rescue of the same subject, with one call more. A real call does not vanish in a test: it makes it real."""
    if not raised.subject:
        return None
    number = Rescue.objects.filter(alarm=raised.alarm, subject=raised.subject, ended_at=None).values_list("pk", flat=True).first()
    rescue = held(number) if number else None
    if rescue is None or rescue.ended_at is not None:
        return None
    change = Change(viewer, "call_again", raised.why, record=rescue)
    was_test = rescue.is_test
    change.save(rescue, presses=rescue.presses + 1, is_test=rescue.is_test and raised.is_test)
    if was_test and not rescue.is_test:
        _now_real(change, rescue)
        call_from(change, rescue, 0)
    kept(change)
    return rescue


def _now_real(change: Change, rescue: Rescue) -> None:
    """Nobody may read on a real call that it is a test: neither in the rescue nor in its case."""
    title = rescue.title.removeprefix(TEST)
    change.amend(rescue, title=title)
    change.save(rescue.case, title=title, title_en=said_title(rescue.alarm, title).en)


def _begun(viewer: Viewer, alarm: Alarm, raised: Raised) -> Rescue:
    whom, now = whom_of(alarm, raised.subject), timezone.now()
    at = located(whom, raised.place, raised.point)
    mark = TEST if raised.is_test else "【模拟】" if raised.simulated else ""
    title = f"{mark}{alarm.label.zh} {masked_name(whom)}".strip()[:200]
    new = NewCase(
        alarm.case.key, title, urgency="danger", source="sensor" if raised.source == "sensor" else "resident", place=at.place,
        point=at.point, occurred_at=min(raised.at, now) if raised.at else None, subject=raised.subject, why=raised.why,
        title_en=said_title(alarm.key, title).en,
    )  # fmt: skip
    opening = Change(PLATFORM, "open", raised.why)
    case = opened(PLATFORM, alarm.case, new, opening).case
    change = Change(viewer, "raise", raised.why, happenings=opening.happenings)  # written together: somebody waits
    waits_until = after(alarm, alarm.call(0).key, now)
    rescue = Rescue(case=case, title=title, raised_at=now, next_at=waits_until, **_values(raised, case.place, at))
    insert_row(rescue)
    change.added(rescue)
    call_from(change, rescue, 0, whom, is_new=True)
    kept(change)
    return rescue


def _values(raised: Raised, place: str, at: Located) -> dict[str, object]:
    lon, lat = at.point or (None, None)
    return {
        "alarm": raised.alarm, "subject": raised.subject[:120], "source": raised.source, "rule": raised.rule, "place": place,
        "lon": lon, "lat": lat, "located": at.by, "is_test": raised.is_test,
    }  # fmt: skip


def raise_found() -> int:
    """Every finding of an alarm's rule that nobody acted on raises its alarm. Returns how many."""
    return act_on_findings(_found, only=frozenset(rules()))


def rules() -> dict[str, str]:
    """The key of the alarm by that of each rule that raises it."""
    return {rule.key: alarm.key for alarm in catalogue.alarms.values() for rule in alarm.rules}


def _found(finding: Finding) -> None:
    key = rules()[finding.rule]
    raise_alarm(Raised(key, finding.key, rule=finding.rule, place=finding.place, at=finding.moment, simulated=finding.simulated))
