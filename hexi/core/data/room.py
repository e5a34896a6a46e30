"""What the data room declares."""

from datetime import timedelta

from hexi.core.data.files import forget_unused
from hexi.core.data.parameters import ACTIONS, GRANTS, MENU, Parameter
from hexi.core.data.throttle import forget_old
from hexi.kernel.declare import Job, Room
from hexi.kernel.label import t

DAY = timedelta(days=1)


def tidy(_topics: frozenset[str]) -> None:
    """Files that were sent and put into nothing go after a month, counts of senders after a day."""
    forget_unused()
    forget_old()


room = Room(
    key="data",
    label=t("数据支撑", "data"),
    entities=(Parameter,),
    actions=ACTIONS,
    grants=GRANTS,
    menu=MENU,
    jobs=(Job("tidy_files", t("清理无人使用的文件", "remove files that nothing uses"), tidy, every=DAY),),
)
