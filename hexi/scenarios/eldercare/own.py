"""Who holds which code: the elder's own, or one of the family whom the elder named; and so whose looks they may see."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.kit import NotFound, Own, People, t
from hexi.scenarios.eldercare.models import Contact, Elder

UNKNOWN = t("这个链接或码不对", "This link or code is not known")
ASK = t("请核对社区给您的链接，或给社区打电话", "Check the link that the community gave you, or call them")


def clean(code: str) -> str:
    """As people write it down: in groups, small or capital."""
    return "".join(code.split()).replace("-", "").upper()


def elder_with(code: str) -> Elder:
    """Whose own code it is. Raises NotFound in words for somebody who was given a link."""
    found = Elder.objects.filter(code=clean(code)).exclude(state="left").first() if clean(code) else None
    if found is None:
        raise NotFound(UNKNOWN, do=ASK)
    return found


def contact_with(code: str) -> Contact:
    """Whose of the family it is. Raises NotFound."""
    found = Contact.objects.filter(code=clean(code)).select_related("elder").first() if clean(code) else None
    if found is None or found.elder.state == "left":
        raise NotFound(UNKNOWN, do=ASK)
    return found


def speaker_of(code: str) -> tuple[Elder, str]:
    """The elder whom the code speaks for, and who speaks: "elder" or "family". Raises NotFound."""
    own = Elder.objects.filter(code=clean(code)).exclude(state="left").first() if clean(code) else None
    return (own, "elder") if own else (contact_with(code).elder, "family")


def _by_secret(secret: str) -> Iterator[Own]:
    """The elder sees who looked; of the family those whom the elder lets see it."""
    own = Elder.objects.filter(code=clean(secret)).first() if clean(secret) else None
    if own is not None:
        yield Own(own.pk, own.created_at)
    for one in Contact.objects.filter(code=clean(secret), sees_looks=True).select_related("elder") if clean(secret) else ():
        yield Own(one.elder_id, one.created_at)


PEOPLE = People("eldercare.elder", of_account=lambda _account: (), of_secret=_by_secret)
