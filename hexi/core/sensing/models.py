"""Tables of the sensing room: what stream rules found, and how far each shard has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from hexi.core.data.fields import Choice, Day, Entity, Flag, Moment, Number, Place, Text
from hexi.core.sensing.detectors.models import Judged as Judged  # noqa: PLC0414  Django looks for tables here
from hexi.core.sensing.devices.models import Datastream as Datastream  # noqa: PLC0414
from hexi.core.sensing.devices.models import Device as Device  # noqa: PLC0414
from hexi.core.sensing.devices.models import IntakeStatus as IntakeStatus  # noqa: PLC0414
from hexi.core.sensing.devices.models import Quarantined as Quarantined  # noqa: PLC0414
from hexi.core.sensing.devices.words import DAYS, kind_labels
from hexi.core.sensing.words import rule_labels
from hexi.kernel.label import t
from hexi.kernel.logged import Unlogged


class Finding(Entity):
    """What a stream rule found in the readings of one key. At most one of a rule, key and moment; it is never changed but for `acted`."""

    rule = Choice(t("规则", "rule"), options=rule_labels, max_length=80)
    key = Text(t("设备或对象", "device or subject"), search=True)
    moment = Moment(t("发现时刻", "moment"), missing=False)
    since = Moment(t("起始时刻", "since"), missing=False)
    value = Number(t("读数", "reading"), decimals=4, missing=True, privacy="sensitive", source="readings of the device")
    place = Place(t("地点", "place"), missing=True)
    acted = Flag(t("已处理", "acted on"), default=False)
    simulated = Flag(t("模拟", "simulated"), default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["rule", "key", "moment"], name="finding_once"),)
        indexes = (models.Index(fields=["id"], condition=models.Q(acted=False), name="findings_to_act_on"),)

    class Describe:
        label = t("感知发现", "finding of a stream rule")
        about = t("流式规则在读数中发现的情况", "What stream rules found in readings")
        title, place, importable = "rule", "place", False
        person = None  # the key names a device or a record; whose it is stands there
        list = ("rule", "key", "moment", "since", "value", "place", "simulated", "acted")
        sort = "-moment"
        fixed = ("rule", "key", "moment", "since", "value", "place", "acted", "simulated")
        unlogged = (
            Unlogged(t("测得的值按读数的期限保存，不写入留痕", "what was measured is kept no longer than readings, and out of events"), fields=("value",)),
            Unlogged(t("处置本身另有留痕", "what was done about it has events of its own"), fields=("acted",)),
        )


class ShardState(models.Model):
    """How far one shard's engine has come. `turns` fences: who did not see the last turn may not write the next.

    What waits for earlier readings is not stored: it is read again from batch `recall_from`. Moments are microseconds, UTC.
    """

    shard = models.PositiveIntegerField(primary_key=True)
    turns = models.BigIntegerField(default=0)
    offset = models.BigIntegerField(default=0)
    recall_from = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    clock = models.BigIntegerField(null=True)
    layout: Any = models.JSONField(default=list)
    counts: Any = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.shard}: {self.offset}"


class KeyState(models.Model):
    """The state of every rule about one key, as numbers in the shard's layout, and when the first of them is due without a reading.

    Nothing but its key is indexed: an engine reads all of its shard when it begins, and then writes every key that moved, each second.
    """

    key = models.CharField(max_length=200, primary_key=True)
    shard = models.PositiveIntegerField()
    due = models.BigIntegerField(null=True)
    state = models.BinaryField()

    def __str__(self) -> str:
        return self.key


class ReadingFile(models.Model):
    """One Parquet file of the history that counts; `path` from the history's folder, `first` and `last` in microseconds, UTC."""

    path = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    day = models.DateField()
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["kind", "day"], name="readings_of_day"),)

    def __str__(self) -> str:
        return self.path


class DayDigest(Entity):
    """What the ledger knows of one day's readings of a kind. `file` is where they lie, `salt` what their digest needs to be made again."""

    kind = Choice(t("读数类型", "kind of reading"), options=kind_labels, max_length=80)
    day = Day(t("日期（UTC）", "day (UTC)"), missing=False)
    rows = Number(t("读数条数", "readings"), default=0, low=0)
    digest = Text(t("内容摘要（加盐）", "digest (salted)"), max_length=64, missing=True, help=t("读数删除后为空", "empty once they are deleted"))
    intact = Flag(t("历次变动前均与账本一致", "as in the ledger before each change"), default=True)
    standing = Choice(t("与账本核对", "against the ledger"), options=DAYS, default="matches")
    checked_at = Moment(t("最近核对", "last compared"))
    file = models.CharField(max_length=200, default="", editable=False)
    salt = models.BinaryField(max_length=16, null=True, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "day"], name="one_digest_of_a_day"),)
        indexes = (models.Index(fields=["file"], name="digest_of_file"),)

    class Describe:
        label = t("读数日摘要", "digest of a day's readings")
        about = t(
            "每日每类读数的摘要，已记入账本；迟到并入、抹除、到期删除都另有留痕，其余改动即为不符",
            "The digest of each day's readings of a kind, as the ledger has it; late, erased and expired readings are told there too",
        )
        title, importable, sort = "kind", False, "-day"
        list = ("day", "kind", "rows", "standing", "checked_at", "intact", "digest")
        fixed = ("kind", "day", "rows", "digest", "intact", "standing", "checked_at")
        derived = ("standing", "checked_at")

    @property
    def of(self) -> tuple[str, date]:
        """Which kind and day."""
        assert self.day is not None
        return self.kind, self.day


class ErasuresHeard(models.Model):
    """The one row that says up to which event erasures of records were followed by those of their readings."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.event)


class ThinnedFile(models.Model):
    """One Parquet file of a month's thinned readings of one kind, for charts: four of each hour, or of each day by the district's clock.

    `days`: which days it holds, from which files each.
    """

    path = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    month = models.DateField()
    step = models.CharField(max_length=4)
    rows = models.BigIntegerField()
    days: Any = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "month", "step"], name="thinned_once"),)

    def __str__(self) -> str:
        return self.path


class ForgottenKey(models.Model):
    """A key whose readings received before this moment (microseconds, UTC) are to come into no file any more."""

    key = models.CharField(max_length=200, primary_key=True)
    before = models.BigIntegerField()
    by_rules = models.BooleanField(default=False)
    """Has the engine forgotten it too?"""

    class Meta:
        indexes = (models.Index(fields=["key"], condition=models.Q(by_rules=False), name="keys_to_forget"),)

    def __str__(self) -> str:
        return self.key
