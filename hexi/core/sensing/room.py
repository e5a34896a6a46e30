"""What the sensing room declares."""

from datetime import UTC, datetime, timedelta

from hexi.core.sensing.figures import fates
from hexi.core.sensing.history.files import sweep
from hexi.core.sensing.history.keeping import KEEP, clear_journal, forget_old, keep_new, merge
from hexi.core.sensing.models import Finding
from hexi.core.sensing.shards import shard_count
from hexi.kernel.declare import Grant, Job, MenuItem, Room, Source
from hexi.kernel.label import t


def keep_readings(_topics: frozenset[str]) -> None:
    """From the journals into the history."""
    for shard in range(shard_count()):
        while keep_new(shard):
            pass
        clear_journal(shard)


def tidy_readings(_topics: frozenset[str]) -> None:
    """Few large files instead of many small ones, and none that is too old or on no list."""
    today = datetime.now(UTC).date()
    forget_old(today)
    merge(today)
    sweep()


room = Room(
    key="sensing",
    label=t("城市感知", "sensing"),
    entities=(Finding,),
    params=tuple(KEEP.values()),
    grants=(Grant("data_steward", "sensing.finding", ("read", "export"), reach="everywhere"),),
    jobs=(
        Job("keep_readings", t("读数入库", "keep readings"), keep_readings, every=timedelta(minutes=1)),
        Job("tidy_readings", t("读数整理与到期清理", "tidy readings"), tidy_readings, every=timedelta(hours=1)),
    ),
    sources=(Source("sensing.fates", t("读数处理", "what became of readings"), fates),),
    menu=(MenuItem("findings", t("感知发现", "findings"), entity="sensing.finding"),),
)
