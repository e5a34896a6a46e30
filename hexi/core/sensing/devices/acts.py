"""What people do with devices: hand out a one-time code, revoke. What a device does: exchange the code for its key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.api import platform_change
from hexi.core.sensing.devices.keys import digest, edge_digest, new_code, new_key
from hexi.core.sensing.devices.models import Device
from hexi.kernel.context import Param
from hexi.kernel.declare import Action
from hexi.kernel.errors import SignInNeeded
from hexi.kernel.label import t

BY = ("administrator", "data_steward")
REVOKED: dict[str, Any] = {"state": "revoked", "key_digest": None, "code_digest": None, "code_until": None, "edge_digest": ""}
CODE_VALID = Param(
    "enrolment_code_valid", t("设备注册码多久有效", "how long an enrolment code of a device counts"),
    timedelta(days=7), timedelta(hours=1), timedelta(days=60),
)  # fmt: skip


def give_code(change: Any) -> Device:
    """A one-time code, shown this once. The present key goes on until the code is exchanged; an earlier code ends."""
    code = new_code()
    change.once["code"] = code
    change.save(change.record, code_digest=digest(code), code_until=timezone.now() + change.context.value(CODE_VALID))
    return change.record


def revoke(change: Any) -> Device:
    """Nothing more is taken from it, and its connection is closed. What it sent before stays."""
    change.save(change.record, **REVOKED)
    return change.record


def exchange(code: str) -> tuple[Device, str]:
    """The device's key for its code, which counts no more then. Raises SignInNeeded for one that is unknown, used or too old."""
    with platform_change("activate", "") as change:
        row = Device.objects.select_for_update().filter(code_digest=digest(code.upper()), code_until__gt=timezone.now()).first()
        if row is None:
            raise SignInNeeded(
                t("注册码不对、已用过或已过期", "The code is not right, was used, or is too old"), code="wrong_code",
                do=t("请管理员在设备页重新发放注册码", "Ask whoever looks after the device for a new code"),
            )  # fmt: skip
        key = new_key()
        change.save(row, state="active", key_digest=digest(key), edge_digest=edge_digest(key), code_digest=None, code_until=None)
    return row, key


ACTIONS = (
    Action("give_code", t("发放注册码", "give an enrolment code"), "sensing.device", give_code, by=BY, needs_reason=True, primary=True,
           confirm=t("注册码只显示一次，用后即失效；设备换取新密钥时原密钥失效",
                     "The code is shown this once and counts once; the present key ends when the device exchanges it for a new one")),
    Action("revoke", t("吊销", "revoke"), "sensing.device", revoke, by=BY, needs_reason=True, when=~(Device.state == "revoked"),
           confirm=t("立即断开并拒收该设备的上报", "Its connection is closed at once and nothing more is taken from it")),
)  # fmt: skip
