"""The way in by HTTP: who sends, what they say, and what they are told."""

from __future__ import annotations

from hexi.core.sensing.devices.cards import Card, card_of_secret
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.intake.line import hand_in
from hexi.core.sensing.intake.quarantine import problems_of, put_aside
from hexi.core.sensing.intake.reception import Fault, Received, understood, understood_columns
from hexi.core.sensing.intake.sent import Outcome
from hexi.kernel.errors import Forbidden, Invalid, SignInNeeded, TooMany
from hexi.kernel.label import t

ARROW = "application/vnd.apache.arrow.stream"
MINUTE_S = 60


def device_of(authorization: str, claimed: str = "") -> Card:
    """The device by its key. Raises SignInNeeded for an unknown or revoked key, Forbidden where it claims to be another device."""
    scheme, _, secret = authorization.partition(" ")
    card = card_of_secret(secret) if scheme.lower() == "bearer" and secret else None
    if card is None or not card.active:
        raise SignInNeeded(
            t("设备密钥不对，或设备已吊销", "The device's key is not right, or the device was revoked"), code="wrong_key",
            do=t("请在请求头写 Authorization: Bearer 密钥；没有密钥请用注册码换取",
                 "Send the head Authorization: Bearer KEY; whoever has no key exchanges an enrolment code for one"),
        )  # fmt: skip
    if claimed and claimed != card.code:
        raise Forbidden(
            t("设备只能上报自己的读数", "A device may send readings of its own only"), which=claimed[:60],
            do=t("请使用该设备自己的密钥", "Use that device's own key"), code="foreign",
        )  # fmt: skip
    return card


def taken(card: Card, body: bytes, *, columns: bool = False) -> Outcome:
    """Store what can be stored, put aside what cannot. Raises Invalid with every fault, TooMany, Unavailable."""
    found = understood_columns(body, card, now_us()) if columns else understood(body, card, now_us())
    return settled(card, found, "http")


def settled(card: Card, found: Received, way: str) -> Outcome:
    """The same for what was understood already."""
    outcome = hand_in(found.sent)
    if outcome.throttled:
        raise TooMany(t("超过该设备每分钟读数上限，未保存", "More readings than the device may send in a minute; they were not stored"),
                      retry_after=MINUTE_S)  # fmt: skip
    if found.faults:
        put_aside(found.faults, card, way=way)
        raise refusal(found.faults, outcome)
    return outcome


def refusal(faults: list[Fault], outcome: Outcome) -> Invalid:
    """What a sender is told: each fault, and that the rest is stored."""
    what = t(
        "{bad} 条读数不能接入，已隔离；另外 {good} 条已保存", "{bad} readings cannot be taken and were put aside; {good} others are stored"
    )
    return Invalid(
        problems_of(faults), what.filled(bad=len(faults), good=outcome.stored + outcome.duplicates),
        do=t("请按说明修正后重发；原样重发不会重复保存", "Mend them and send again; nothing is stored twice"), code="readings_refused",
    )  # fmt: skip
