"""One data folder, one running platform: two at once would load it twice and do every job twice."""

from __future__ import annotations

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

LOCK = "run.lock"


@contextmanager
def alone(var: Path) -> Generator[None]:
    """Hold the folder. Raises Unavailable when another platform runs in it; the system lets go when this process dies, however it dies."""
    from hexi.tools.house import needing_disk_and_database

    with needing_disk_and_database():
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / LOCK).open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            do = t("请先停止它，或用 HEXI_VAR 另指一个目录", "Stop it first, or name another folder by HEXI_VAR")
            raise Unavailable(
                t("这个数据目录中已有平台在运行", "A platform is running in this data folder"), which=str(var), do=do
            ) from error
        yield
