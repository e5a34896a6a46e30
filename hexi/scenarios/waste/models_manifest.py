"""The manifest, what it loads, its signatures, the movements of mass, and corrections by consent. Only actions write these."""

# pyright: reportIncompatibleVariableOverride=false
# An inner class Meta stands for itself, as in models.py, which is not checked.
from __future__ import annotations

from django.db import models

from hexi.kit import Choice, Document, Entity, File, Flag, Group, LongText, Moment, Number, Office, Offices, Place, Reference, Text, t
from hexi.scenarios.waste import words


def code_on_label() -> Text:
    """What the square code of a label says: nobody can guess it, so whoever has it has seen the label."""
    about = t("标签上的二维码打开公众核验页", "The square code on the label opens the public page")
    return Text(t("核验码", "check code"), max_length=20, unique=True, default=words.new_code, privacy="internal", help=about)


class Manifest(Entity):
    """One transfer of one code from one firm to another. Its life is the one state machine of every stream."""

    number = Text(t("本平台联单号", "number here"), max_length=40, missing=True, search=True)
    national_number = Text(
        t("国家系统联单号", "number of the national system"), max_length=20, missing=True, search=True,
        help=t("危险废物以国家系统的联单为准，此处只作镜像", "For hazardous waste the national system is the legal one; this mirrors it"),
    )  # fmt: skip
    state = Choice(t("状态", "state"), options=words.STATES, default="planned")
    stream = Choice(t("废物种类", "stream"), options=words.STREAMS)
    code = Text(t("废物代码", "code"), max_length=20, search=True)
    name = Text(t("废物名称", "name"), max_length=80)
    producer = Reference("waste.Firm", t("移出人", "producer"), related_name="+")
    carrier = Reference("waste.Firm", t("承运人", "carrier"), missing=True, related_name="+")
    next_carrier = Reference("waste.Firm", t("下一承运人", "next carrier"), missing=True, related_name="+")
    receiver = Reference("waste.Firm", t("接受人", "receiver"), missing=True, related_name="+")
    crew = Office(t("车组", "crew"), missing=True)
    plate = Text(t("车牌", "plate"), max_length=20, missing=True, search=True)
    packages = Number(t("包装件数", "packages"), low=0, missing=True)
    note = LongText(t("备注", "note"), missing=True)
    expected_kg = Number(t("预计数量", "expected"), unit="kg", decimals=3, low=0, missing=True)
    shipped_kg = Number(t("移出数量", "shipped"), unit="kg", decimals=3, low=0, missing=True)
    received_kg = Number(t("接受数量", "received"), unit="kg", decimals=3, low=0, missing=True)
    refused_kg = Number(t("拒收数量", "refused"), unit="kg", decimals=3, low=0, missing=True)
    returned_kg = Number(t("已退回", "taken back"), unit="kg", decimals=3, low=0, default=0)
    held_kg = Number(t("接受方尚存", "still held by the receiver"), unit="kg", decimals=3, low=0, default=0)
    treated_kg = Number(t("已利用处置量", "treated"), unit="kg", decimals=3, low=0, default=0)
    method = Choice(t("利用处置方式", "method"), options=words.METHODS, missing=True)
    signed_at = Moment(t("移出签署", "signed"))
    picked_at = Moment(t("启运", "picked up"))
    arrived_at = Moment(t("运抵时间", "arrived at"))
    received_at = Moment(t("确认时间", "confirmed at"))
    confirm_due = Moment(t("最迟确认", "to be confirmed by"), help=words.UNCHECKED)
    closed_at = Moment(t("办结时间", "closed at"))
    paper = Flag(t("纸质补录", "entered from paper"))
    scan = File(t("纸质联单扫描件", "scan of the paper"))
    last_seal = Text(t("末次签署摘要", "hash of the last signature"), max_length=64, missing=True)
    run = Reference("waste.CollectionRun", t("收集趟次", "collection run"), missing=True, related_name="manifests")
    check_code = code_on_label()
    parties = Offices(t("相关单位", "parties"))
    place = Place(t("移出地", "place"), source="the producer's place")
    invented = Flag(t("虚构", "invented"))

    producer_id: int
    carrier_id: int | None
    receiver_id: int | None
    run_id: int | None
    loads: models.Manager[Load]
    children: models.Manager[Load]
    signatures: models.Manager[Signature]
    movements: models.Manager[Movement]
    revisions: models.Manager[Revision]
    alerts: models.Manager[Alert]

    class Meta:
        indexes = (  # each signature asks for other manifests of the vehicle, of the number, and of the producer's year
            models.Index(fields=["plate", "picked_at"], name="manifest_of_vehicle"),
            models.Index(fields=["national_number"], name="manifest_national"),
            models.Index(fields=["producer", "code", "signed_at"], name="manifest_of_year"),
        )

    class Describe:
        label = t("转移联单", "manifest")
        about = t(
            "一单一码，从计划到办结；危险废物的法定联单在国家系统运行，本平台只作镜像",
            "One code from plan to close. For hazardous waste the national system is the legal one; this mirrors it",
        )
        title, place, organisation, importable, sort = "number", "place", "parties", False, "-id"
        list = (
            "number",
            "national_number",
            "state",
            "stream",
            "code",
            "producer",
            "carrier",
            "receiver",
            "shipped_kg",
            "received_kg",
            "picked_at",
        )
        groups = (
            Group(t("联单", "Manifest"), ("number", "national_number", "state", "stream", "code", "name", "paper", "scan")),
            Group(t("各方", "Parties"), ("producer", "carrier", "next_carrier", "receiver", "crew", "plate", "place")),
            Group(t("数量", "Quantities"), ("expected_kg", "shipped_kg", "received_kg", "refused_kg", "returned_kg", "held_kg", "treated_kg",
                                           "packages", "method")),
            Group(t("时间", "Times"), ("signed_at", "picked_at", "arrived_at", "confirm_due", "received_at", "closed_at")),
            Group(t("其他", "More"), ("note", "run", "last_seal", "check_code", "parties", "invented")),
        )  # fmt: skip
        fixed = (
            "number", "national_number", "state", "stream", "code", "name", "producer", "carrier", "next_carrier", "receiver", "crew",
            "plate", "packages", "note", "expected_kg", "shipped_kg", "received_kg", "refused_kg", "returned_kg", "held_kg", "treated_kg",
            "method", "signed_at", "picked_at", "arrived_at", "received_at", "confirm_due", "closed_at", "paper", "scan", "last_seal",
            "run", "check_code", "parties", "place", "invented",
        )  # fmt: skip


class Load(Entity):
    """So much of a batch, or of another manifest in temporary storage, goes with this manifest: grouping and splitting are both this."""

    manifest = Reference("waste.Manifest", t("联单", "manifest"), owned=True, related_name="loads")
    lot = Reference("waste.StorageLot", t("贮存批次", "batch"), missing=True, related_name="loads")
    parent = Reference("waste.Manifest", t("上游联单", "from manifest"), missing=True, related_name="children")
    kg = Number(t("数量", "quantity"), unit="kg", decimals=3, low=0)
    parties = Offices(t("相关单位", "parties"))

    manifest_id: int
    lot_id: int | None
    parent_id: int | None

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(lot__isnull=True) ^ models.Q(parent__isnull=True), name="a_load_has_one_origin"),
            models.CheckConstraint(condition=models.Q(kg__gt=0), name="a_load_weighs_something"),
        )

    class Describe:
        label = t("装载", "load")
        title, organisation, importable = "kg", "parties", False
        list = ("manifest", "lot", "parent", "kg")
        fixed = ("manifest", "lot", "parent", "kg", "parties")


class Signature(Entity):
    """One signature: what was signed, its hash, the hash before it, by whom, and both times: the device's and the server's."""

    manifest = Reference("waste.Manifest", t("联单", "manifest"), owned=True, related_name="signatures")
    seq = Number(t("次序", "number"), low=1)
    step = Choice(t("签署", "signature"), options=words.SEALS)
    role = Choice(t("身份", "role"), options=words.ROLES)
    firm = Reference("waste.Firm", t("单位", "firm"), missing=True, related_name="+")
    by = Text(t("签署人", "signed by"), max_length=80, privacy="personal", source="the account that signed")
    account = Number(t("账号", "account"), missing=True)
    way = Choice(t("签署方式", "way"), options=words.WAYS)
    device_at = Moment(t("设备时间", "time of the device"), missing=False)
    server_at = Moment(t("平台收到", "received by the platform"), missing=False)
    offline = Flag(t("离线签署", "signed without a network"))
    document = Document(t("签署内容", "what was signed"), default=dict)
    document_hash = Text(t("内容摘要", "hash of the content"), max_length=64)
    previous_hash = Text(t("前一签署摘要", "hash of the signature before"), max_length=64, missing=True)
    seal = Text(t("签署摘要", "hash of the signature"), max_length=64)
    extract = Document(
        t("公开摘录", "public extract"), default=dict, help=t("其摘要写入公开日志，不含单位与人员", "Its hash stands in the public log; it names nobody")
    )
    parties = Offices(t("相关单位", "parties"))

    manifest_id: int
    firm_id: int | None

    class Meta:
        constraints = (models.UniqueConstraint(fields=["manifest", "seq"], name="one_signature_each_turn"),)

    class Describe:
        label = t("联单签署", "signature")
        about = t("逐次签署，前后相扣；两种时间都保留", "Each signature holds the hash of the one before; both times are kept")
        title, organisation, importable = "step", "parties", False
        person = None  # whoever signed in for the firm; what is sealed stays
        list = ("manifest", "seq", "step", "role", "firm", "by", "device_at", "server_at", "offline", "seal")
        fixed = (
            "manifest", "seq", "step", "role", "firm", "by", "account", "way", "device_at", "server_at", "offline", "document",
            "document_hash", "previous_hash", "seal", "extract", "parties",
        )  # fmt: skip


class Movement(Entity):
    """So many kilograms went from one account to another. Nothing else changes where mass is, so none appears and none vanishes."""

    source = Choice(t("自", "from"), options=words.ACCOUNTS)
    target = Choice(t("至", "to"), options=words.ACCOUNTS)
    kg = Number(t("数量", "quantity"), unit="kg", decimals=3, low=0)
    code = Text(t("废物代码", "code"), max_length=20)
    firm = Reference("waste.Firm", t("单位", "firm"), missing=True, related_name="+")
    manifest = Reference("waste.Manifest", t("联单", "manifest"), missing=True, related_name="movements")
    lot = Reference("waste.StorageLot", t("贮存批次", "batch"), missing=True, related_name="+")
    at = Moment(t("时间", "when"), missing=False)
    office = Office(t("账号机构", "organisation"), missing=True)

    manifest_id: int | None
    firm_id: int | None

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(kg__gt=0), name="a_movement_moves_something"),)

    class Describe:
        label = t("出入库流水", "movement")
        about = t("台账的入库、出库、利用处置各环节；复式记账，每笔都有来处和去处", "Into and out of storage and to treatment; each entry says from where and to where")
        title, organisation, importable, sort = "kg", "office", False, "-id"
        list = ("at", "source", "target", "kg", "code", "firm", "manifest", "lot")
        fixed = ("source", "target", "kg", "code", "firm", "manifest", "lot", "at", "office")


class Revision(Entity):
    """A correction or cancellation that waits for everybody who signed."""

    manifest = Reference("waste.Manifest", t("联单", "manifest"), owned=True, related_name="revisions")
    kind = Choice(t("种类", "kind"), options=words.REVISIONS)
    item = Choice(t("更正项目", "field"), options=words.REVISED, missing=True)
    was = Text(t("原为", "was"), max_length=200, missing=True)
    should_be = Text(t("应为", "should be"), max_length=200, missing=True)
    reason = LongText(t("理由", "reason"))
    asked_by = Reference("waste.Firm", t("提出单位", "asked by"), related_name="+")
    needed = Document(t("须同意的单位", "firms whose consent it needs"), default=list)
    given = Document(t("已同意的单位", "firms that consented"), default=list)
    consented = Text(t("已同意", "consented"), max_length=600, missing=True)
    awaited = Text(t("待同意", "still to consent"), max_length=600, missing=True)
    stage = Choice(t("状态", "stage"), options=words.REVISION_STATES, default="open")
    parties = Offices(t("相关单位", "parties"))

    manifest_id: int

    class Meta:
        constraints = (models.UniqueConstraint(fields=["manifest"], condition=models.Q(stage="open"), name="one_open_revision_a_manifest"),)

    class Describe:
        label = t("更正与作废", "revision")
        about = t("签署后的内容只能由全体签署单位同意后更改", "What was signed changes only with the consent of all who signed")
        title, organisation, importable, owner = "kind", "parties", False, "manifest"
        list = ("manifest", "kind", "item", "was", "should_be", "asked_by", "stage", "awaited")
        groups = (
            Group(t("申请", "Asked"), ("manifest", "kind", "item", "was", "should_be", "reason", "asked_by")),
            Group(t("同意情况", "Consent"), ("stage", "consented", "awaited", "parties")),
        )
        fixed = (
            "manifest", "kind", "item", "was", "should_be", "reason", "asked_by", "needed", "given", "consented", "awaited", "stage",
            "parties",
        )  # fmt: skip


class Alert(Entity):
    """Something that a check found, or somebody in the street saw, and that nobody refused: to be looked at and explained."""

    firm = Reference("waste.Firm", t("产废单位", "producer"), owned=True, related_name="+")
    manifest = Reference("waste.Manifest", t("联单", "manifest"), missing=True, related_name="alerts")
    lot = Reference("waste.StorageLot", t("贮存批次", "batch"), missing=True, related_name="+")
    kind = Choice(t("提示", "kind"), options=words.ALERTS)
    said = Text(t("说明", "words"), max_length=300)
    said_en = Text(t("英文说明", "words in English"), max_length=300)
    at = Moment(t("发现时间", "found at"), missing=False)
    stage = Choice(t("状态", "stage"), options=words.ALERT_STATES, default="open")
    answer = LongText(t("单位说明", "explanation"), missing=True)
    parties = Offices(t("相关单位", "parties"))
    place = Place(t("地点", "place"), source="the producer's place", missing=True)

    class Describe:
        label = t("联单提示", "alert")
        about = t("核对发现的差异；不是处罚结论", "What a check found; no verdict")
        title, place, organisation, importable, sort = "said", "place", "parties", False, "-id"
        list = ("firm", "manifest", "lot", "kind", "said", "at", "stage", "answer")
        fixed = ("firm", "manifest", "lot", "kind", "said", "said_en", "at", "stage", "answer", "parties", "place")
