"""What those are told who are called, and by which link their own page opens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from hexi.core.data.api import Change
from hexi.core.notices.api import Letter, Reader
from hexi.core.notices.api import tell as tell_readers
from hexi.core.trust.api import mark_of
from hexi.kernel.alarm import Call
from hexi.kernel.label import t
from hexi.modules.alarms.callable import Called
from hexi.modules.alarms.models import Rescue, RescueCall

LINK = "rescue link"
SLIP = "/m/slip/rescue"
PHONE = "/m/work"


def tell(change: Change, rescue: Rescue, call: Call, people: Iterable[tuple[RescueCall, Called]]) -> None:
    """One letter each. Whoever has no account gets a link of their own, of which only a mark is kept."""
    for row, one in people:
        tell_readers(change, _letter(rescue, call), [_reader(row, one)])


def _letter(rescue: Rescue, call: Call) -> Letter:
    asks = call.asks or t("请应答并尽快到场", "Answer, and come as soon as you can")
    title = t(f"{rescue.title}，{asks.zh}", f"{rescue.title}: {asks.en}")
    body = t(
        "有人求助。打开链接应答，或说明不能前往；无人应答时将呼叫下一级。",
        "Somebody calls for help. Open the link to answer, or to say that you cannot; if nobody answers, others are called.",
    )
    return Letter(title, body, PHONE, "alarms.rescue", rescue.pk, rescue.place or "", urgent=True)


def _reader(row: RescueCall, one: Called) -> Reader:
    if one.account is not None:
        return Reader(one.account, one.language, one.phone, one.email)
    secret = secrets.token_urlsafe(18)
    RescueCall.objects.filter(pk=row.pk).update(mark=mark_of(secret, LINK))
    return Reader(None, one.language, one.phone, one.email, f"{SLIP}#{secret}")
