"""Who speaks for which firm: accounts of its own organisation, and the district office for a firm that has none."""

from __future__ import annotations

from hexi.kit import Change, Forbidden, Viewer, t
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest

PRODUCER, CARRIER, DRIVER, RECEIVER, OFFICE = "waste_producer", "waste_carrier", "waste_driver", "waste_receiver", "waste_office"
FIRMS = (PRODUCER, CARRIER, DRIVER, RECEIVER)


def acts_for(viewer: Viewer, firm: Firm) -> bool:
    """Does the viewer hold a post of this firm, or of the office where the firm has no accounts?"""
    if viewer.holds("platform"):
        return True
    own = any(firm.office and firm.office in post.organisations for post in viewer.posts)
    return own or (not firm.office and viewer.holds(OFFICE))


def carries_for(viewer: Viewer, row: Manifest) -> bool:
    """Does the viewer speak for the carrier, or ride in the crew that the pick-up was given to?"""
    crew = any(row.crew and row.crew in post.organisations for post in viewer.posts if post.role in {DRIVER, CARRIER})
    return crew or (row.carrier is not None and acts_for(viewer, row.carrier))


def way_of(viewer: Viewer, firm: Firm | None) -> str:
    """How a signature came about: by an account of the firm, or through the office."""
    return "office" if firm is not None and not firm.office and viewer.holds(OFFICE) else "account"


def own_firm(change: Change, **kind: bool) -> Firm:
    """The firm for which the viewer acts. Raises Forbidden where there is none of this kind."""
    keys = {key for post in change.viewer.posts for key in post.organisations}
    found = Firm.objects.filter(office__in=keys, **kind).exclude(office="").order_by("pk").first()
    if found is None:
        raise Forbidden(t("您的账号没有登记对应的单位", "No such firm belongs to your account"))
    return found


def written(*keys: str) -> str:
    """Organisations as a field of several keeps them."""
    kept = tuple(dict.fromkeys(key for key in keys if key))
    return f";{';'.join(kept)};" if kept else ""


def parties_of(row: Manifest) -> str:
    """Everybody whom a manifest concerns, the crew and a next carrier included, and those whom it concerned before."""
    firms = (row.producer, row.carrier, row.next_carrier, row.receiver)
    before = [key for key in row.parties.split(";") if key]
    return written(*before, *(firm.office for firm in firms if firm is not None), row.crew)
