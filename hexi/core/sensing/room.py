"""What the sensing room declares."""

from datetime import UTC, datetime, timedelta

from hexi.core.data.api import erasing, tuned_context
from hexi.core.sensing.detectors.judging import forget_judged
from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.devices import acts, sample
from hexi.core.sensing.devices.models import Datastream, Device, Quarantined
from hexi.core.sensing.figures import fates, kinds
from hexi.core.sensing.history import pages as history_pages
from hexi.core.sensing.history.erasing import forget_erased
from hexi.core.sensing.history.files import sweep
from hexi.core.sensing.history.keeping import KEEP, clear_journal, forget_old, keep_new, merge
from hexi.core.sensing.history.sealing import check_days, seal_days
from hexi.core.sensing.history.thinning import thin
from hexi.core.sensing.home import DETECTORS, FALL_LIMIT, KINDS, RULE
from hexi.core.sensing.intake import limits, quarantine
from hexi.core.sensing.intake.counting import BATTERY
from hexi.core.sensing.intake.standing import PAGE, standing
from hexi.core.sensing.models import DayDigest, Finding
from hexi.core.sensing.shards import shard_count
from hexi.kernel.declare import Grant, Job, MenuItem, Room, Source
from hexi.kernel.label import t
from hexi.kernel.reading import ReadingKind


def keep_readings(_topics: frozenset[str]) -> None:
    """From the journals into the history."""
    for shard in range(shard_count()):
        while keep_new(shard):
            pass
        clear_journal(shard)


def forget_erased_people(_topics: frozenset[str]) -> None:
    """What was measured of whoever was erased from a register."""
    forget_erased()


def tidy_readings(_topics: frozenset[str]) -> None:
    """Few large files instead of many small ones, none that is too old or on no list, and the ledger told of each day that is whole."""
    now = datetime.now(UTC)
    today = now.date()
    forget_old(today)
    merge(today)
    seal_days(now)
    thin(today)
    check_days(now)
    forget_judged(tuned_context().value(KEEP["sensitive"]))
    sweep()


room = Room(
    key="sensing",
    label=t("城市感知", "sensing"),
    entities=(Finding, Device, Datastream, Quarantined, Judged, DayDigest),
    reading_kinds=(ReadingKind(BATTERY, t("电量", "battery"), "percent", low=0, high=100), *KINDS),
    stream_rules=(RULE,),
    detectors=DETECTORS,
    params=(*KEEP.values(), acts.CODE_VALID, limits.PER_MINUTE, limits.ENROLMENTS, limits.WINDOWS, FALL_LIMIT),
    actions=(*acts.ACTIONS, erasing("sensing.device"), *quarantine.ACTIONS, history_pages.COMPARE),
    sources=(
        Source("sensing.intake", t("接入状态", "the intake"), standing),
        Source("sensing.fates", t("读数处理", "what became of readings"), fates),
        Source("sensing.kinds", t("各类读数的规则", "rules of the kinds of readings"), kinds),
    ),
    pages=(PAGE,),
    grants=(
        Grant("data_steward", "sensing.finding", ("read", "export"), reach="everywhere"),
        Grant("data_steward", "sensing.device", ("read", "export", "import", "create", "revise"), sees="personal"),
        Grant("data_steward", "sensing.datastream", ("read", "export")),
        Grant("data_steward", "sensing.quarantined", ("read",), sees="personal"),
        Grant("data_steward", "sensing.judged", ("read", "export")),
        Grant("data_steward", "sensing.daydigest", ("read", "export"), reach="everywhere"),
        Grant("administrator", "sensing.daydigest", ("read",)),
        Grant("administrator", "sensing.quarantined", ("read",), sees="personal"),
    ),
    jobs=(
        Job("keep_readings", t("读数入库", "keep readings"), keep_readings, every=timedelta(minutes=1)),
        Job("forget_erased", t("抹除个人读数", "erase readings of people"), forget_erased_people, every=timedelta(minutes=5)),
        Job("tidy_readings", t("读数整理与到期清理", "tidy readings"), tidy_readings, every=timedelta(hours=1)),
    ),
    demo=(sample.load,),
    demo_order=300,  # behind the registers of people: devices stand in their homes
    menu=(
        MenuItem("findings", t("感知发现", "findings"), entity="sensing.finding"),
        MenuItem("judged", t("识别结果", "judgements"), entity="sensing.judged"),
        MenuItem("devices", t("感知设备", "devices"), entity="sensing.device"),
        MenuItem("quarantine", t("隔离数据", "quarantine"), entity="sensing.quarantined"),
        MenuItem("days", t("读数日摘要", "days of readings"), entity="sensing.daydigest"),
        MenuItem("intake", t("感知接入", "intake"), page="intake"),
    ),
)
