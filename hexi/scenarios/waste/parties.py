"""Who speaks for which firm: accounts of its own organisation, and the district office for a firm that has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hexi.kit import Change, Forbidden, Label, Party, Viewer, subtree_keys, t
from hexi.scenarios.waste.models import Firm
from hexi.scenarios.waste.models_manifest import Manifest, Revision

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


def crews_of(carrier: Firm | None) -> tuple[str, ...]:
    """The organisations under the carrier: who rides for it."""
    return subtree_keys(carrier.office)[1:] if carrier is not None and carrier.office else ()


def way_of(viewer: Viewer, firm: Firm | None) -> str:
    """How a signature came about: by an account of the firm, or through the office."""
    return "office" if firm is not None and not firm.office and viewer.holds(OFFICE) else "account"


def organisations_of(viewer: Viewer) -> set[str]:
    """Every organisation for which the viewer holds a post."""
    return {key for post in viewer.posts for key in post.organisations}


def firm_behind(viewer: Viewer, **kind: bool) -> Firm | None:
    """The firm of this kind for which the viewer's accounts act; None without one."""
    return Firm.objects.filter(office__in=organisations_of(viewer), **kind).exclude(office="").order_by("pk").first()


def own_firm(change: Change, **kind: bool) -> Firm:
    """The firm for which the viewer acts. Raises Forbidden where there is none of this kind."""
    found = firm_behind(change.viewer, **kind)
    if found is None:
        raise Forbidden(t("您的账号没有登记对应的单位", "No such firm belongs to your account"))
    return found


def _side(field: str, label: Label) -> Party:
    """The firm in this field of a manifest."""

    def stands(viewer: Viewer, row: Manifest) -> bool:
        firm: Firm | None = getattr(row, field)
        return firm is not None and acts_for(viewer, firm)

    return Party(label, stands)


def _firms_that(label: Label, **kind: bool) -> Party:
    """Whose firm does such things, and the office, which writes for firms without accounts."""
    return Party(label, lambda viewer, _row: viewer.holds(OFFICE) or firm_behind(viewer, **kind) is not None)


def signers_of(row: Manifest) -> list[Firm]:
    """The firms that signed so far."""
    return list(Firm.objects.filter(pk__in=row.signatures.exclude(firm=None).values("firm")).order_by("pk"))


def asked_for(row: Revision, *, still: bool) -> list[Firm]:
    """The firms whose consent a revision needs; `still`: and who have not given it."""
    given = set[int](row.given) if still else set[int]()
    return [firm for firm in Firm.objects.filter(pk__in=row.needed).order_by("pk") if firm.pk not in given]


ONLY_SIGNERS = t("只有签署过的单位可以提出或同意", "Only a firm that signed may ask or consent")


def _any_of(label: Label, firms: Callable[[Any], Iterable[Firm]]) -> Party:
    return Party(label, lambda viewer, row: any(acts_for(viewer, firm) for firm in firms(row)), ONLY_SIGNERS)


SENDER, NEXT = _side("producer", t("移出人", "the producer")), _side("next_carrier", t("下一承运人", "the next carrier"))
TAKER = _side("receiver", t("接受人", "the receiver"))
HAULIER = Party(t("承运人", "the carrier"), carries_for)
AT_THE_GATE = Party(
    t("承运人或接受人", "the carrier or the receiver"), lambda viewer, row: carries_for(viewer, row) or TAKER.stands(viewer, row)
)
SIGNERS = _any_of(t("签署过的单位", "a firm that signed"), signers_of)
CONSENTING = _any_of(t("尚未同意的签署单位", "a firm that signed and has not consented yet"), lambda row: asked_for(row, still=True))
CONCERNED = _any_of(t("签署过的单位", "a firm that signed"), lambda row: asked_for(row, still=False))
ANY_FIRM = _firms_that(t("登记单位", "a registered firm"))
PRODUCERS = _firms_that(t("产废单位", "a producer"), produces=True)
CARRIERS = _firms_that(t("承运单位", "a carrier"), carries=True)
RECEIVERS = _firms_that(t("接收单位", "a receiver"), receives=True)


def written(*keys: str) -> str:
    """Organisations as a field of several keeps them."""
    kept = tuple(dict.fromkeys(key for key in keys if key))
    return f";{';'.join(kept)};" if kept else ""


def parties_of(row: Manifest) -> str:
    """Everybody whom a manifest concerns, the crew and a next carrier included, and those whom it concerned before."""
    firms = (row.producer, row.carrier, row.next_carrier, row.receiver)
    before = [key for key in row.parties.split(";") if key]
    return written(*before, *(firm.office for firm in firms if firm is not None), row.crew)
