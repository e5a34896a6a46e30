"""三床联动: the hand-over sheet between home, care home and hospital. The giver signs, then the receiver; nobody signs for both."""

from __future__ import annotations

from typing import Any

from hexi.kit import Action, Change, Conflict, Forbidden, Form, Invalid, Lifecycle, Party, Problem, State, Step, Viewer, question, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.files import elder_of, must_be, next_visit
from hexi.scenarios.eldercare.models import Contact, Elder
from hexi.scenarios.eldercare.models_beds import CareHome, HandOver
from hexi.scenarios.eldercare.parties import CENTRE, HOME, KEEPERS
from hexi.scenarios.eldercare.today import day_of

AT_HOME = ("home", "sick")
WRITERS = (*KEEPERS, HOME)


class Written(Form):
    """What goes with the elder."""

    elder: int = question(t("老人", "elder"), reference="eldercare.elder")
    from_bed: str = question(t("从哪种床", "from which bed"), options=words.BEDS)
    from_home: int | None = question(t("交出机构（居家不填）", "giver, unless at home"), None, reference="eldercare.carehome")
    to_bed: str = question(t("到哪种床", "to which bed"), options=words.BEDS)
    to_home: int | None = question(t("接收机构（居家不填）", "receiver, unless at home"), None, reference="eldercare.carehome")
    reason: str = question(t("转床原因", "why"), widget="textarea", min_length=2, max_length=1000)
    state_of_health: str = question(t("目前情况", "present state"), widget="textarea", min_length=2, max_length=2000)
    medicines: str = question(t("用药", "medicines"), "", widget="textarea", max_length=2000)
    risks: str = question(
        t("风险提示（跌倒、压疮、走失、过敏等）", "risks (falls, sores, straying, allergies)"), widget="textarea", min_length=1, max_length=2000
    )
    belongings: str = question(t("随身物品", "belongings"), "", max_length=500)


class Received(Form):
    """How they live from now on; who comes home from a care home has to say it."""

    lives: str = question(t("今后的居住状况", "how they live from now on"), "", options=(("", t("不变", "as before")), *words.LIVES))


def write(change: Change) -> HandOver:
    """A sheet, to be signed by the giver. One at a time for an elder; a receiver without a free bed is refused."""
    given = change.answers
    elder = elder_of(change, given.elder)
    for name in ("from_bed", "to_bed"):
        must_be(name, getattr(given, name), words.BEDS)
    if given.from_bed == given.to_bed and given.from_home == given.to_home:
        raise Invalid([Problem("to_bed", t("交出和接收是同一张床", "That is the same bed"))])
    if HandOver.objects.filter(elder=elder, state__in=("written", "handed")).exists():
        raise Conflict(t("已有一张交接单在办", "A sheet is under way already"))
    giver, receiver = _home(given.from_bed, given.from_home, "from_home"), _home(given.to_bed, given.to_home, "to_home")
    if receiver and receiver.taken >= receiver.beds:
        raise Conflict(t("接收机构没有空床", "The receiver has no free bed"), do=t("请换一家，或先腾出床位", "Choose another, or free a bed first"))
    offices = [one.office for one in (giver, receiver) if one and one.office]
    return change.create(
        HandOver, **{**given.model_dump(), **carried(elder), "elder": elder, "from_home": giver, "to_home": receiver}, state="written",
        offices=f";{';'.join(dict.fromkeys(offices))};" if offices else "", place=elder.home,
    )  # fmt: skip


def carried(elder: Elder) -> dict[str, Any]:
    """Who comes, and whom to ring, as it stands in the file: the receiver may not read the file itself."""
    first = Contact.objects.filter(elder=elder).order_by("turn", "pk").first()
    ring = f"{first.name} {words.label_of(words.RELATIONS, first.relation).zh} {first.phone}" if first else ""
    return {"called": elder.name, "born_on": elder.born_on, "phone": elder.phone, "contact": ring}


def _home(bed: str, number: int | None, field: str) -> CareHome | None:
    if bed in AT_HOME:
        return None
    found = CareHome.objects.filter(pk=number, kind=bed).first() if number else None
    if found is None:
        raise Invalid([Problem(field, t("请选择这类床位的机构", "Choose a home with beds of that kind"), value=str(number or ""))])
    return found


def _speaks_for(viewer: Viewer, home: CareHome | None) -> bool:
    """A home with accounts signs for itself; the elder's own home, and one without accounts, is signed for by who looks after the elder."""
    if home is not None and home.office:
        return any(home.office in post.organisations for post in viewer.posts if post.role == HOME)
    return viewer.holds(*KEEPERS)


def hand_over(change: Change) -> None:
    """The giver signs."""
    sheet: HandOver = change.record
    _must_speak(change, sheet.from_home)
    change.amend(sheet, given_by=change.viewer.name, given_id=change.viewer.account, given_at=change.context.now)


def receive(change: Change) -> None:
    """The receiver signs, somebody else than the giver: from now on the elder lies there, and the beds are counted so."""
    sheet: HandOver = change.record
    _must_speak(change, sheet.to_home)
    if sheet.given_id is not None and sheet.given_id == change.viewer.account:
        raise Forbidden(t("交出人不能代接收方签认", "Whoever handed over may not sign for the receiver"))
    if sheet.to_home is not None:
        _count(change, sheet.to_home, +1)
    if sheet.from_home is not None:
        _count(change, sheet.from_home, -1)
    change.amend(sheet, received_by=change.viewer.name, received_at=change.context.now)
    lives = "institution" if sheet.to_bed == "institution" else change.answers.lives or sheet.elder.lives
    must_be("lives", lives, words.LIVES)
    elder = sheet.elder
    if lives != elder.lives:
        elder.lives = lives
        need, due = next_visit(elder, day_of(change))
        change.save(elder, lives=lives, need=need, visit_due=due)


def lies_in(elder: Elder) -> CareHome | None:
    """Where the last sheet that both sides signed left the elder; None for their own home."""
    last = HandOver.objects.filter(elder=elder, state="received").select_related("to_home").order_by("-received_at", "-pk").first()
    return last.to_home if last else None


def _must_speak(change: Change, home: CareHome | None) -> None:
    if not _speaks_for(change.viewer, home):
        raise Forbidden(OWN_SIDE)


def _count(change: Change, home: CareHome, more: int) -> None:
    """Beds are taken and freed under a lock, so that two never lie in one."""
    found: Any = CareHome.objects.select_for_update(of=("self",)).get(pk=home.pk)
    if not 0 <= found.taken + more <= found.beds:
        raise Conflict(t("床位数不够，或登记数有误", "There is no free bed, or the count is wrong"), do=t("请核对机构床位", "Check the home's beds"))
    change.save(found, taken=found.taken + more, counted_on=day_of(change))


OWN_SIDE = t("只能为自己一方签认", "You sign for your own side only")
GIVER = Party(t("交出方", "the giver"), lambda viewer, sheet: _speaks_for(viewer, sheet.from_home), OWN_SIDE)
RECEIVER = Party(
    t("接收方", "the receiver"),
    lambda viewer, sheet: _speaks_for(viewer, sheet.to_home) and (sheet.given_id is None or sheet.given_id != viewer.account),
    OWN_SIDE,
)
LIFE = Lifecycle(
    key="hand_over", label=t("三床联动交接", "hand-over between beds"), field="state", start="written",
    states=tuple(State(key, label, final=key in {"received", "cancelled"}) for key, label in words.SHEET_STATES),
    steps=(
        Step("hand_over", t("交出方签认", "the giver signs"), ("written",), "handed", by=WRITERS, run=hand_over, primary=True,
             party=GIVER),
        Step("receive", t("接收方签认", "the receiver signs"), ("handed",), "received", by=WRITERS, form=Received, run=receive,
             primary=True, party=RECEIVER),
        Step("refuse_sheet", t("接收方退回", "the receiver sends it back"), ("handed",), "refused", by=WRITERS, needs_reason=True),
        Step("hand_again", t("重新交出", "hand over again"), ("refused",), "handed", by=WRITERS, run=hand_over, primary=True,
             party=GIVER),
        Step("cancel_sheet", t("取消", "cancel"), ("written", "refused"), "cancelled", by=(CENTRE, *WRITERS), needs_reason=True),
    ),
)  # fmt: skip
ACTIONS = (Action("write_sheet", t("写交接单", "write a sheet"), "eldercare.handover", write, Written, by=WRITERS, creates=True, primary=True),)
