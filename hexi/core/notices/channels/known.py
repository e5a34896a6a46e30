"""The ways that there are, by their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hexi.core.notices.channels import mail, push, sms
from hexi.core.notices.contracts import Sent
from hexi.core.notices.models import Delivery
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Channel:
    """One way. `lacks()` says in words what is not set up, None when all is; `send(delivery, address, link)` raises NotSent."""

    lacks: Callable[[], Label | None]
    send: Callable[[Delivery, str, str], Sent]


CHANNELS = {"push": Channel(push.lacks, push.send), "sms": Channel(sms.lacks, sms.send), "mail": Channel(mail.lacks, mail.send)}


def not_set_up(channel: str) -> Label | None:
    """What this way lacks, in words; None where it can be used."""
    return CHANNELS[channel].lacks() if channel in CHANNELS else None
