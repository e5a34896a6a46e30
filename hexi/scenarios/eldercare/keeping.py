"""Which readings of an elder may be kept: the last word on each device, the dignity zones, and only while the file is served."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

from hexi.kit import Allowed, Consents, Quiet, t
from hexi.scenarios.eldercare.models import Consent, Elder, QuietZone

DEVICES = {"radar": "radar", "mattress": "bed", "wristband": "wristband", "door": "door"}
"""What elders are asked about, and what the register of devices calls it."""
FREE = ("button", "smoke", "gas")
"""The button is the elder's own call; a detector of smoke or gas guards the house and tells nothing of a person's day."""
EVER = datetime.max.replace(tzinfo=UTC)


def allowed(records: Collection[int]) -> Iterator[Allowed]:
    """The yes of these elders. Any purpose is enough for keeping; what may be done with it is asked again where it is done."""
    served = set(Elder.objects.filter(pk__in=records, state="served").values_list("pk", flat=True))
    quiet, now = _zones(served), datetime.now(UTC)
    said = Consent.objects.filter(elder__in=served, device__in=DEVICES).order_by("elder_id", "device", "purpose", "pk")
    for (elder, device), words in groupby(said.iterator(), lambda one: (one.elder_id, one.device)):
        spans = [span for _, each in groupby(words, lambda one: one.purpose) if (span := _standing(each)) and span[1] > now]
        if spans:  # all of them hold now, so together they leave no gap
            until = max(end for _, end in spans)
            since = min(begin for begin, _ in spans)
            yield Allowed(elder, DEVICES[device], since, None if until == EVER else until, quiet.get(elder, ()))


def _standing(words: Iterable[Consent]) -> tuple[datetime, datetime] | None:
    """From when until when the last yes holds; one that was said again in time goes on from its beginning."""
    begin = end = None
    for one in words:
        goes_on = begin is not None and end is not None and one.at is not None and one.at <= end
        begin = (begin if goes_on else one.at) if one.agreed else None
        end = one.until or EVER
    return (begin, end) if begin is not None and end is not None else None


def _zones(elders: Collection[int]) -> dict[int, tuple[Quiet, ...]]:
    found = dict[int, tuple[Quiet, ...]]()
    for one in QuietZone.objects.filter(elder__in=elders, lifted_at=None):
        room = "" if one.room == "home" else one.room
        found[one.elder_id] = (*found.get(one.elder_id, ()), Quiet(int(one.from_hour or 0), int(one.to_hour or 24), room))
    return found


def changed(since: datetime) -> set[int]:
    """Elders whose file, words or zones were written since."""
    return {
        *Elder.objects.filter(updated_at__gte=since).order_by().values_list("pk", flat=True),
        *Consent.objects.filter(updated_at__gte=since).order_by().values_list("elder", flat=True),
        *QuietZone.objects.filter(updated_at__gte=since).order_by().values_list("elder", flat=True),
    }


CONSENTS = Consents("elder_consents", t("老人本人同意", "consents of elders"), Elder, allowed, changed, FREE)
