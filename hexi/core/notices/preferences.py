"""How people want to be told, and by what they can be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, cast

from django.utils import timezone

from hexi.core.data.api import target_of
from hexi.core.notices.contracts import Letter, Reader
from hexi.core.notices.models import Browser, Preference
from hexi.core.notices.words import CHANNELS
from hexi.core.trust.api import seal, unseal

PURPOSE = "notice address"
Way = tuple[str, str]
"""A channel and the address there; "inside" needs none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody chose: ways that are off, quiet hours of the district's day, own telephone and mail."""

    off: tuple[str, ...] = ()
    quiet: tuple[time, time] | None = None
    phone: str = ""
    mail: str = ""

    def is_quiet(self) -> bool:
        """Is it quiet now? From later to earlier means over midnight."""
        if self.quiet is None:
            return False
        begin, end = self.quiet
        now = timezone.localtime().time()
        return begin <= now < end if begin < end else now >= begin or now < end


def wanted_by(account: int) -> Wanted:
    """What they chose; everything is on where they chose nothing."""
    row = Preference.objects.filter(account=account).first()
    if row is None:
        return Wanted()
    quiet = (row.quiet_from, row.quiet_to) if row.quiet_from and row.quiet_to else None
    return Wanted(tuple(cast("list[str]", cast(Any, row).off)), quiet, _opened(row.sealed_phone), _opened(row.sealed_mail))


def keep_wanted(account: int, wanted: Wanted) -> None:
    """From now on."""
    begin, end = wanted.quiet or (None, None)
    values: dict[str, Any] = {
        "off": sorted(wanted.off), "quiet_from": begin, "quiet_to": end, "sealed_phone": _sealed(wanted.phone),
        "sealed_mail": _sealed(wanted.mail),
    }  # fmt: skip
    Preference.objects.update_or_create(account=account, defaults=values)


def ways(reader: Reader, letter: Letter) -> Iterator[Way]:
    """Every way by which this reader is told this letter. An urgent one goes by all that they have, whatever is off."""
    if reader.account is None:
        yield from (way for way in (("sms", reader.phone), ("mail", reader.mail)) if way[1])
        return
    wanted = wanted_by(reader.account)
    off: Collection[str] = () if letter.urgent else wanted.off
    phone, mail = wanted.phone or reader.phone, wanted.mail or reader.mail
    browsers = Browser.objects.filter(account=reader.account).values_list("pk", flat=True)
    found = [("inside", ""), *(("push", str(pk)) for pk in browsers), *((("sms", phone),) if phone else ())]
    found += [("mail", mail)] if mail else []
    yield from (way for way in found if way[0] not in off)


def is_quiet_for(reader: Reader, letter: Letter) -> bool:
    """Does the letter wait out of their hearing? It is kept, and stands in the platform."""
    return not letter.urgent and reader.account is not None and wanted_by(reader.account).is_quiet()


def keep_browser(account: int, endpoint: str, p256dh: str, auth: str) -> None:
    """This browser takes pushes for them. Raises AddressRefused for an address that nothing may be sent to."""
    target_of(endpoint)
    Browser.objects.update_or_create(endpoint=endpoint, defaults={"account": account, "p256dh": p256dh, "auth": auth})


def forget_browser(account: int, endpoint: str) -> None:
    """It takes no more."""
    Browser.objects.filter(endpoint=endpoint, account=account).delete()


KEYS = frozenset(key for key, _ in CHANNELS)


def _sealed(text: str) -> bytes | None:
    return seal(text.encode(), PURPOSE) if text else None


def _opened(sealed: Any) -> str:
    return unseal(bytes(sealed), PURPOSE).decode() if sealed else ""
