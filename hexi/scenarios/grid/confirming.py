"""The beneficiary's page: what was pledged, what is said to have been done, and their word on it."""

from __future__ import annotations

from collections.abc import Iterator

from hexi.kit import Fact, Label, NotFound, Own, People, Sheet, Slip, names, t, tuned_context
from hexi.scenarios.grid import words
from hexi.scenarios.grid.models import Confirmation, Need, Pledge, ServiceDeed
from hexi.scenarios.grid.today import local_day

NOT_YET = t(
    "还没有登记服务情况。等服务做完了，再打开这个链接说一句。",
    "Nothing was written down as done yet. Open this link again once the service was given.",
)
ANSWERED = t("您已在 {day} 答复：{verdict}。", "You answered on {day}: {verdict}.")
AGAIN = t("服务单位补做以后，还用这个链接确认。", "Once the unit has made it good, confirm with this same link.")


def opens(code: str) -> Sheet:
    """What the holder of the code is asked about. Raises NotFound in words for somebody who was given a link."""
    need = _need_of(code)
    if need is None:
        what = t("这个链接或确认码不对", "This link or code is not known")
        raise NotFound(what, do=t("请核对社区给您的链接或确认码，或给社区打电话", "Check what the community gave you, or call them"))
    deed = _deed(need)
    return Sheet(words.titled(need.title, need.title_en), (*_pledged(need), *(_done(deed) if deed else ())), _closed(deed))


def _need_of(code: str) -> Need | None:
    return Need.objects.filter(code=code.strip().upper()).first() if code.strip() else None


def _mine(code: str) -> Iterator[Own]:
    """Whoever holds the code is the beneficiary."""
    need = _need_of(code)
    if need is not None:
        yield Own(need.pk, need.created_at)


def _deed(need: Need) -> ServiceDeed | None:
    """The one that waits for their word, else the last one."""
    found = ServiceDeed.objects.filter(pledge__need=need)
    return found.filter(state="waiting").order_by("-pk").first() or found.order_by("-pk").first()


def _pledged(need: Need) -> list[Fact]:
    pledge = Pledge.objects.filter(need=need).exclude(state="withdrawn").select_related("unit").order_by("-pk").first()
    place = names([need.place]).get(need.place)
    return [
        *_fact(t("需要什么", "what is needed"), need.what or ""),
        *([Fact(t("社区", "community"), place)] if place else []),
        *(_fact(t("认领单位", "taken on by"), pledge.unit.name) if pledge else ()),
        *(_fact(t("承诺完成日期", "promised by"), pledge.due_on.isoformat()) if pledge and pledge.due_on else ()),
    ]


def _done(deed: ServiceDeed) -> list[Fact]:
    return [
        *_fact(t("登记的服务情况", "said to be done"), deed.outcome),
        *_fact(t("服务日期", "on"), deed.on.isoformat() if deed.on else ""),
        *_fact(t("服务小时", "hours"), f"{float(deed.hours):g}"),
        *_fact(t("服务人", "done by"), deed.by),
    ]


def _fact(label: Label, said: str) -> list[Fact]:
    return [Fact(label, t(said, said))] if said else []


def _closed(deed: ServiceDeed | None) -> Label | None:
    if deed is None:
        return NOT_YET
    if deed.state == "waiting":
        return None
    given = Confirmation.objects.filter(deed=deed).order_by("-pk").first()
    if given is None or given.at is None:
        return NOT_YET
    verdict = dict(words.VERDICTS)[given.verdict]
    said = ANSWERED.filled(day=local_day(given.at, tuned_context()).isoformat(), verdict=verdict)
    return said if deed.state == "confirmed" else t(f"{said.zh}{AGAIN.zh}", f"{said.en} {AGAIN.en}")


SLIP = Slip("deeds", t("受益人确认", "the beneficiary's word"), "grid.confirmation", "confirm_by_code", "code", opens)
BENEFICIARIES = People("grid.need", of_account=lambda _account: (), of_secret=_mine, called="title")
