"""A folder or a database that cannot be used is told in a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.utils import OperationalError

from hexi.kernel.errors import Unavailable
from hexi.tools.house import needing_disk_and_database
from hexi.tools.processes.alone import alone


def test_two_platforms_do_not_run_in_one_folder(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(Unavailable) as raised, alone(tmp_path):
        pass
    assert raised.value.which == str(tmp_path) and raised.value.do is not None and "HEXI_VAR" in raised.value.do.en


def test_a_folder_is_free_again_when_its_platform_has_stopped(tmp_path: Path) -> None:
    with alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(Unavailable, match="/proc/nothing"), alone(Path("/proc/nothing/var")):
        pass


def test_a_database_that_does_not_answer_is_told_by_its_first_line_and_its_setting() -> None:
    with pytest.raises(Unavailable, match=r"connection refused$") as raised, needing_disk_and_database():
        raise OperationalError("connection refused\nIs the server running?")
    assert raised.value.do is not None and "HEXI_DATABASE_URL" in raised.value.do.en
