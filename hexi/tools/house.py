"""The platform inside a command: settings, catalogue and database, loaded only by the commands that need them."""

from __future__ import annotations

import atexit
import os
from collections.abc import Generator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.utils import OperationalError

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t
from hexi.site.opening import open_rooms


@contextmanager
def needing_disk_and_database() -> Generator[None]:
    """Raise Unavailable, a sentence, where the folder cannot be written or the database does not answer."""
    try:
        yield
    except OperationalError as error:
        do = t("请确认数据库已启动、HEXI_DATABASE_URL 正确、磁盘未满且可写", "See that it runs, that HEXI_DATABASE_URL is right, and that its disk has room")
        raise Unavailable(t("数据库不可用", "The database cannot be used"), which=str(error).partition("\n")[0], do=do) from error
    except OSError as error:
        do = t("请确认 HEXI_VAR 指向可写且未满的目录", "See that HEXI_VAR names a folder that can be written and has room")
        raise Unavailable(t("数据目录不可用", "The data folder cannot be used"), which=str(error), do=do) from error


def open_house() -> None:
    """Load settings, rooms and catalogue. Raises Unavailable when the data folder cannot be used.

    At the end of the process its connection is closed: only then are SQLite's journal and file one, and the file can be copied.
    """
    from django.db import connections

    with needing_disk_and_database():
        open_rooms()
    atexit.register(connections.close_all)


def migrate() -> None:
    """Bring the tables to the present state, quietly when they are there already."""
    call_command("migrate", interactive=False, verbosity=0)


def open_house_without_database() -> None:
    """Load the rooms for somebody who only reads declarations: an empty database in memory, and no file is touched."""
    os.environ.setdefault("HEXI_SECRET_KEY", "nothing-is-signed-here")
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["HEXI_DATABASE_URL"] = "sqlite:///:memory:"
    open_house()
