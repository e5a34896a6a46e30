"""Tables of devices: who may send, what they send, and what could not be taken as it was."""

from __future__ import annotations

import secrets

from django.db import models

from hexi.core.data.fields import Choice, Day, Entity, Flag, LongText, Moment, Number, Office, Place, Reference, Text
from hexi.core.sensing.devices.words import KINDS, REASONS, ROOMS, STANDINGS, STATES, WAYS, kind_labels
from hexi.kernel.concerned import Concerns
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_name() -> str:
    """What a device is called in topics and addresses. It may be read by anybody and lets nobody in."""
    return "d" + "".join(secrets.choice(LETTERS) for _ in range(9))


class Device(Entity):
    """One device that may send readings. `subject` names the record that they are about (`eldercare.elder:12`); empty: the device itself.

    Only digests of its key and of a one-time code are kept. A new key ends the old one.
    """

    code = Text(t("设备标识", "device"), max_length=40, default=new_name, search=True)
    name = Text(t("名称", "name"), max_length=120, search=True)
    kind = Choice(t("类型", "kind"), options=KINDS)
    maker = Text(t("厂商", "maker"), max_length=80, missing=True)
    model = Text(t("型号", "model"), max_length=80, missing=True)
    serial = Text(t("出厂编号", "serial number"), max_length=80, missing=True, search=True)
    firmware = Text(t("固件版本", "firmware"), max_length=40, missing=True)
    place = Place(t("安装地点", "place"), missing=True)
    room = Choice(t("房间", "room"), options=ROOMS, missing=True, help=t("不填视为全屋", "empty: it counts as being in every room"))
    organisation = Office(t("归属单位", "owner: organisation"), missing=True)
    person = Text(t("归属个人", "owner: person"), max_length=80, missing=True, privacy="personal", source="enrolment form")
    subject = Text(
        t("关联记录", "readings are about"), max_length=120, missing=True, help=t("如 eldercare.elder:12", "as in eldercare.elder:12")
    )
    gateway = Reference(
        "sensing.Device", t("经由网关", "behind the gateway"), missing=True, related_name="behind",
        help=t("该网关可代为转发此设备的上报", "that gateway may pass on what this device sends"),
    )  # fmt: skip
    calibrated_on = Day(t("校准日期", "calibrated on"))
    calibrate_by = Day(t("下次校准", "calibrate by"))
    battery_pct = Number(t("电量", "battery"), unit="percent", missing=True)
    last_seen = Moment(t("最近上报", "last seen"))
    state = Choice(t("状态", "state"), options=STATES, default="enrolled")
    simulated = Flag(t("模拟", "simulated"), default=False, help=t("所报均为模拟数据", "all that it sends is simulated"))
    code_until = Moment(t("注册码有效至", "enrolment code valid until"))
    received = Number(t("收到读数", "readings received"), default=0, low=0)
    duplicates = Number(t("重复", "duplicates"), default=0, low=0)
    disordered = Number(t("迟到（乱序）", "out of order"), default=0, low=0)
    unsure = Number(t("可能丢失方式（QoS 0）", "sent so that some may be lost (QoS 0)"), default=0, low=0)
    refused = Number(t("未接收", "refused"), default=0, low=0)
    withheld = Number(t("未经同意未存", "not kept, for want of consent"), default=0, low=0)
    key_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    edge_digest = models.CharField(max_length=200, default="", editable=False)

    gateway_id: int | None

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code"], name="one_device_of_a_code"),)
        indexes = (models.Index(fields=["updated_at"], name="devices_changed"), models.Index(
            fields=["subject"], condition=models.Q(simulated=True), name="simulated_subjects"
        ))

    class Describe:
        label = t("感知设备", "device")
        about = t("可以上报读数的设备；密钥由一次性注册码换取", "Devices that may send readings; each gets its key for a one-time code")
        title, place, organisation = "name", "place", "organisation"
        person = Concerns()  # its owner
        list = (
            "code", "name", "kind", "place", "organisation", "state", "simulated", "last_seen", "battery_pct", "received", "duplicates",
            "refused", "withheld",
        )  # fmt: skip
        fixed = (
            "code", "battery_pct", "last_seen", "state", "code_until", "received", "duplicates", "disordered", "unsure", "refused",
            "withheld",
        )  # fmt: skip
        derived = ("battery_pct", "last_seen", "received", "duplicates", "disordered", "unsure", "refused", "withheld")

    @property
    def reading_key(self) -> str:
        """Whose the readings are, as stream rules and history know it."""
        return reading_key(self.pk, self.subject)


def reading_key(number: int, subject: str) -> str:
    """The key of readings of a device of this number, put to use for this subject."""
    return subject or f"sensing.device:{number}"


class Datastream(Entity):
    """One kind of reading from one device, since its first one came."""

    device = Reference("sensing.Device", t("设备", "device"), owned=True, related_name="datastreams")
    kind = Choice(t("读数类型", "kind of reading"), options=kind_labels, max_length=80)
    last_at = Moment(t("最近读数时刻", "moment of the last reading"))
    received = Number(t("收到读数", "readings received"), default=0, low=0)
    device_id: int

    class Meta:
        constraints = (models.UniqueConstraint(fields=["device", "kind"], name="one_datastream_of_a_kind"),)

    class Describe:
        label = t("数据流", "datastream")
        about = t("某台设备的一种读数", "One kind of reading from one device")
        title, importable = "kind", False
        list = ("device", "kind", "last_at", "received")
        fixed = ("device", "kind", "last_at", "received")
        derived = ("last_at", "received")
        unlogged = (Unlogged(t("随读数自动登记", "entered by itself with a device's first reading of its kind"), rows={}),)


class Quarantined(Entity):
    """What came in and could not be taken as it was. It is kept with its reason until somebody mends it, or puts it aside."""

    device = Text(t("设备标识", "device"), max_length=40, missing=True, search=True)
    way = Choice(t("接入方式", "way in"), options=WAYS)
    topic = Text(t("主题", "topic"), max_length=300, missing=True)
    reason = Choice(t("原因", "reason"), options=REASONS)
    detail = Text(t("说明", "detail"), max_length=300, missing=True)
    payload = LongText(t("内容", "payload"), missing=True, privacy="personal", source="the device")
    received_at = Moment(t("收到时间", "received at"), missing=False)
    state = Choice(t("状态", "state"), options=STANDINGS, default="waiting")
    place = Place(t("地点", "place"), missing=True)
    organisation = Office(t("归属单位", "organisation"), missing=True)

    class Meta:
        indexes = (models.Index(fields=["device", "state"], name="quarantine_of_device"),)

    class Describe:
        label = t("隔离数据", "quarantined message")
        about = t(
            "无法直接入库的上报内容及原因；修正后可重新接入",
            "What could not be taken as it came, and why; it can be taken again once mended",
        )
        title, place, organisation, importable, sort = "reason", "place", "organisation", False, "-received_at"
        person = None  # nobody could read what it says
        list = ("received_at", "device", "reason", "detail", "way", "state", "place")
        fixed = ("device", "way", "topic", "reason", "detail", "payload", "received_at", "state", "place", "organisation")
        unlogged = (
            Unlogged(t("原样保留的来文，处置才留痕", "kept as it came; events tell what became of it"), rows={}, fields=("payload", "detail")),
        )


class IntakeStatus(models.Model):
    """The one row in which the intake says how it is: does the broker answer, when did it last look."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField(null=True)
    broker = models.CharField(max_length=12, default="off")
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.broker} {self.seen_at}"
