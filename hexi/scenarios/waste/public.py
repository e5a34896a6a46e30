"""What anybody sees who scans a label: the waste, its manifest with every signature and its proof, and no firm's or person's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hexi.kit import (
    Action,
    Change,
    Fact,
    Form,
    Invalid,
    Label,
    NotFound,
    Problem,
    Sheet,
    Slip,
    district_calendar,
    names,
    proof_link,
    question,
    t,
)
from hexi.scenarios.waste import words
from hexi.scenarios.waste.models import Container, Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Alert, Manifest, Signature
from hexi.scenarios.waste.rules import catalogue, name_of
from hexi.scenarios.waste.sealing import canonical, chain_faults

Thing = Manifest | StorageLot | Container
MOST_OPEN, MOST_SHOWN = 5, 12
MIRROR = t(
    "危险废物的法定联单在国家危险废物信息系统；本平台为镜像", "The legal manifest of hazardous waste is in the national system; this mirrors it"
)
UNNAMED = t("单位名称不公开", "the firm's name is not public")


class Doubt(Form):
    """What somebody saw that does not fit."""

    code: str = question(t("核验码", "check code"), min_length=4, max_length=40)
    said: str = question(t("看到的与此不符？请写明情况", "Does it look otherwise? Say what you saw"), widget="textarea", min_length=4, max_length=280)


def thing_of(code: str) -> Thing:
    """What a label's code stands for. Raises NotFound in words for whoever typed it."""
    wanted = "".join(code.split()).replace("-", "").upper()
    for register in (Manifest, StorageLot, Container) if wanted else ():
        if found := register.objects.filter(check_code=wanted).first():
            return found
    raise NotFound(t("没有这个核验码", "This code is not known"), do=t("请核对标签上的核验码", "Check the code on the label"))


def opens(code: str) -> Sheet:
    """The public page of a manifest, a batch or a container. Raises NotFound."""
    thing = thing_of(code)
    if isinstance(thing, Manifest):
        return Sheet(t(f"联单 {thing.number}", f"Manifest {thing.number}"), (*_of_manifest(thing), *_signed(thing)))
    if isinstance(thing, StorageLot):
        return Sheet(t(f"批次 {thing.batch}", f"Batch {thing.batch}"), tuple(_of_lot(thing)))
    return Sheet(t(f"容器 {thing.label}", f"Container {thing.label}"), tuple(_of_container(thing)))


def _of_container(thing: Container) -> Iterator[Fact]:
    yield Fact(t("容器", "container"), words.label_of(words.CONTAINERS, thing.kind))
    lots = thing.lots.filter(left_kg__gt=0).order_by("-pk")[:MOST_SHOWN]
    if not lots:
        yield Fact(t("现装", "holds"), t("空", "nothing"))
    for lot in lots:
        yield Fact(t("现装批次", "holds"), _same(lot.batch), _page(lot.check_code))
        yield from _waste(lot)


def _of_lot(thing: StorageLot) -> Iterator[Fact]:
    yield from _waste(thing)
    yield Fact(t("数量", "quantity"), _same(f"{words.kilos(thing.kg)} kg"))
    yield Fact(t("尚存", "left"), _same(f"{words.kilos(thing.left_kg)} kg"))
    yield Fact(t("产生时间", "produced at"), _when(thing.produced_at))
    if thing.due_on:
        yield Fact(t("最迟移出", "to be gone by"), t(f"{thing.due_on}（法定期限待与原文核对）", f"{thing.due_on} (limit not yet compared with its text)"))
    yield Fact(t("产生单位", "producer"), _firm(thing.firm))
    for load in thing.loads.select_related("manifest").order_by("pk")[:MOST_SHOWN]:
        yield Fact(t("装入联单", "went with manifest"), _same(load.manifest.number), _page(load.manifest.check_code))


def _of_manifest(row: Manifest) -> Iterator[Fact]:
    if row.national_number:
        yield Fact(t("国家系统联单号", "national number"), _same(row.national_number))
    yield from _waste(row)
    yield Fact(t("状态", "state"), words.label_of(words.STATES, row.state))
    for label, firm in ((t("移出人", "producer"), row.producer), (t("承运人", "carrier"), row.carrier), (t("接受人", "receiver"), row.receiver)):
        if firm is not None:
            yield Fact(label, _firm(firm))
    weights = ((t("移出数量", "shipped"), row.shipped_kg), (t("接受数量", "received"), row.received_kg), (t("拒收数量", "refused"), row.refused_kg))
    for label, kg in weights:
        if kg:
            yield Fact(label, _same(f"{words.kilos(kg)} kg"))
    for load in row.loads.select_related("lot").exclude(lot=None).order_by("pk")[:MOST_SHOWN]:
        said = t("{batch}，{kg} kg", "{batch}, {kg} kg").filled(batch=load.lot.batch, kg=words.kilos(load.kg))
        yield Fact(t("装载批次", "batch"), said, _page(load.lot.check_code))


def _signed(row: Manifest) -> Iterator[Fact]:
    """Every signature with both times and the page that proves it, then the word of the check over all of them."""
    for one in row.signatures.order_by("seq"):
        yield Fact(words.label_of(words.SEALS, one.step), *_proven(one))
    faults = len(chain_faults(row))
    holds = t("每次签署都与前一次相扣，没有改动", "Each signature holds the one before; nothing was changed")
    broken = t("有 {n} 处与签署时不符", "{n} things differ from what was signed")
    yield Fact(t("签署链核对", "check of the chain"), broken.filled(n=str(faults)) if faults else holds)


def _proven(one: Signature) -> tuple[Label, str]:
    link = proof_link("waste.signature", one.pk, canonical(one.extract)) or ""
    online, offline = t("签署 {signed}", "signed {signed}"), t("离线签署 {signed}", "signed without a network {signed}")
    signed = (offline if one.offline else online).filled(signed=_when(one.device_at))
    proof = t("点此核验存证", "check the proof") if link else t("存证写入中", "the proof is being written")
    said = t("{signed}，平台收到 {received}；{proof}", "{signed}, received {received}; {proof}")
    return said.filled(signed=signed, received=_when(one.server_at), proof=proof), link


def _waste(thing: Manifest | StorageLot) -> Iterator[Fact]:
    known, name = catalogue().get(thing.code), name_of(thing.code, thing.name)
    yield Fact(t("废物", "waste"), t(f"{name.zh}（{thing.code}）", f"{name.en} ({thing.code})"))
    yield Fact(t("种类", "kind"), words.label_of(words.STREAMS, thing.stream))
    if known:
        said = [words.label_of(words.HAZARDS, one) for one in known.hazards]
        yield Fact(t("危险特性", "hazards"), t("、".join(one.zh for one in said), ", ".join(one.en for one in said)))
    if thing.stream == words.HAZARDOUS:
        yield Fact(t("说明", "note"), MIRROR)


def _firm(firm: Firm) -> Label:
    """Its trade and community: the name is the firm's own to show."""
    trade, place = words.label_of(words.INDUSTRIES, firm.industry), names([firm.place[:12]]).get(firm.place[:12])
    said = [one for one in (place, trade) if one is not None]
    return t(f"{' '.join(one.zh for one in said)}（{UNNAMED.zh}）", f"{' '.join(one.en for one in said)} ({UNNAMED.en})")


def _same(said: str) -> Label:
    return t(said, said)


def _when(moment: datetime | None) -> Label:
    return _same(f"{district_calendar().local(moment):%Y-%m-%d %H:%M}" if moment else "—")


def _page(code: str) -> str:
    return SLIP.link(code)


def doubt(change: Change) -> Alert:
    """What somebody saw becomes an alert that the firm explains and the office sees. Raises NotFound, Invalid."""
    thing = thing_of(change.answers.code)
    lot = thing.lots.order_by("-pk").first() if isinstance(thing, Container) else thing if isinstance(thing, StorageLot) else None
    manifest = thing if isinstance(thing, Manifest) else None
    firm = thing.producer if isinstance(thing, Manifest) else thing.firm
    if Alert.objects.filter(kind="public", stage="open", firm=firm).count() >= MOST_OPEN:
        enough = t("该单位已有多条反映在核实，请稍后再说", "Several such words about this firm are being looked at: come back later")
        raise Invalid([Problem("said", enough)])
    said, parties = change.answers.said, manifest.parties if manifest else (f";{firm.office};" if firm.office else "")
    return change.create(
        Alert, firm=firm, manifest=manifest, lot=lot, kind="public", said=said, said_en=said, at=change.context.now, stage="open",
        parties=parties, place=firm.place,
    )  # fmt: skip


SLIP = Slip("waste", t("固废核验", "waste check"), "waste.alert", "doubt", "code", opens)
ACTIONS = (Action("doubt", t("反映不符", "say that it differs"), "waste.alert", doubt, Doubt, by=("public",), creates=True),)
