"""What could not be taken, on its way to the people who mend it; and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from hexi.core.data.api import Form, question
from hexi.core.sensing.devices.cards import Card, card_of_code
from hexi.core.sensing.devices.models import Device, Quarantined
from hexi.core.sensing.devices.words import REASONS
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.intake.leave import present_leave
from hexi.core.sensing.intake.line import hand_in
from hexi.core.sensing.intake.reception import Fault, understood
from hexi.core.sensing.models import ForgottenKey
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, Invalid, NotFound, Problem
from hexi.kernel.label import Label, t
from hexi.kernel.reading import moment_of

LONGEST = 64 * 1024
WAITING_EACH = 1000
"""Ours: of one device so many wait at most. What is beyond is counted, not kept: a device gone mad shall not fill the disk."""
WORDS: dict[str, Label] = dict(REASONS)
BY = ("administrator", "data_steward")
WITHHELD = t(
    "本人没有同意保存，或在免打扰时段内，不能接入", "The person did not agree to its being kept, or not at that hour; it is not taken"
)
WITHHELD_DO = t("请改为“不予接入”，内容不会保存", "Put it aside instead; its content is dropped")


def put_aside(faults: Sequence[Fault], card: Card | None, *, way: str, topic: str = "", code: str = "") -> int:
    """Keep these with their reason, and count them at their device. Returns how many were kept.

    Where whom the device is about did not agree, the reason is kept and the content is not.
    """
    code = card.code if card else code
    Device.objects.filter(code=code).update(refused=F("refused") + len(faults))
    room = WAITING_EACH - Quarantined.objects.filter(device=code, state="waiting").count()
    kept = faults[: max(room, 0)]
    if card and kept and not may_lie(card):
        kept = [replace(one, payload=b"", detail="") for one in kept]
    rows = [_row(one, card, code, way, topic) for one in kept]
    Quarantined.objects.bulk_create(rows)
    return len(rows)


def may_lie(card: Card) -> bool:
    """May content of this device be read by people? Not where whom it is about did not agree, or was erased."""
    erased = not card.active and ForgottenKey.objects.filter(key=card.key).exists()
    return not erased and present_leave(card).covers(now_us())


def _row(one: Fault, card: Card | None, code: str, way: str, topic: str) -> Quarantined:
    place, organisation = (card.place, card.organisation) if card else ("", "")
    return Quarantined(
        device=code[:40], way=way, topic=topic[:300], reason=one.reason, detail=_plain(one.detail)[:300], payload=_text(one.payload),
        received_at=timezone.now(), place=place, organisation=organisation,
    )  # fmt: skip


def _text(payload: bytes) -> str:
    return _plain(payload[:LONGEST].decode("utf-8", "replace"))


def _plain(text: str) -> str:
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def problems_of(faults: Iterable[Fault]) -> list[Problem]:
    """The faults as a sender is told them."""
    return [Problem(f"readings.{one.at}", WORDS[one.reason], value=one.detail) for one in faults]


class Mended(Form):
    """The content as it should have been."""

    payload: str = question(t("修正后的内容（JSON）", "mended content (JSON)"), "", max_length=LONGEST, widget="textarea",
                            help=t("空为原样重新接入，例如读数类型已补登记", "Empty: take it as it came, as when its kind was declared since"))  # fmt: skip


def replay(change: Any) -> Quarantined:
    """Take it again, as it was or mended, as if it had come when it did. Raises Invalid with what is still wrong."""
    row: Quarantined = change.record
    card = card_of_code(row.device)
    if card is None:
        raise NotFound(t("没有这台设备", "There is no such device"), which=row.device)
    came = moment_of((row.received_at or datetime.now(UTC)).astimezone(UTC))
    kind = row.topic.rpartition("/")[2] if row.topic.count("/") > 2 else ""  # hexi/readings/DEVICE/KIND
    found = understood((change.answers.payload or row.payload).encode(), card, came, kind=kind)
    if found.faults:
        raise Invalid(problems_of(found.faults), t("内容仍不能接入", "It still cannot be taken"))
    if hand_in(found.sent).withheld:
        raise Conflict(WITHHELD, which=row.device, do=WITHHELD_DO)
    change.save(row, state="replayed")
    return row


def leave_aside(change: Any) -> Quarantined:
    """Nothing comes of it; it stays for whoever asks later, without its content where that may not be kept."""
    card = card_of_code(change.record.device)
    if card and not may_lie(card):
        change.record.payload = change.record.detail = ""
        Quarantined.objects.filter(pk=change.record.pk).update(payload="", detail="")  # without an event, which would hold it
    change.save(change.record, state="aside")
    return change.record


WAITING = Quarantined.state == "waiting"
ACTIONS = (
    Action("take_again", t("重新接入", "take again"), "sensing.quarantined", replay, Mended, by=BY, needs_reason=True, primary=True,
           when=WAITING),
    Action("put_aside", t("不予接入", "put aside"), "sensing.quarantined", leave_aside, by=BY, needs_reason=True, when=WAITING),
)  # fmt: skip
