"""What every Python test stands on: a database of its own, a frozen clock on demand, no network but loopback, no leftovers."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator

import pytest

from tests.support.environment import SCRATCH
from tests.support.houses import HOUSES, SAMPLES, empty

pytest_plugins = ["tests.support.database", "tests.support.clock"]
SHARED = bool(os.environ.get(HOUSES))
LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure() -> None:
    """Every test client makes its middleware anew, and WhiteNoise would list all built files each time: half of the suite's time."""
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A file and not Django's database in memory: threads and processes see one database, with the locks that it has in a district.

    Among other stages it begins with the tables that all of them share.
    """
    from django.db import connections

    settings = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        settings["TEST"]["NAME"] = str(SCRATCH / "test.sqlite3")
        if SHARED:
            shutil.copy(empty(SAMPLES) / "hexi.sqlite3", SCRATCH / "test.sqlite3")
    elif SHARED:
        settings["TEST"]["TEMPLATE"] = settings["NAME"]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Tables that are there already are kept; what is missing is migrated all the same."""
    return SHARED


@pytest.fixture(autouse=True, scope="session")
def no_network_but_loopback() -> Iterator[None]:
    """A test that would reach another machine fails, and says where it wanted to go."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in {socket.AF_INET, socket.AF_INET6} and not str(host).startswith(LOOPBACK):
            raise AssertionError(f"A test wanted to reach {address}: tests talk to this machine only.")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]
