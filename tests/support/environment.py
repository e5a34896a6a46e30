"""The environment of every Python test, set before Django reads its settings.

pytest-django reads them ahead of the first conftest.py, so this is a plug-in that pytest.ini loads by `-p`.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

gc.disable()  # until everything is loaded; that stays, and need not be looked through at every turn
MEMORY = Path("/dev/shm")  # never touches the disk, where there is one
SCRATCH = Path(tempfile.mkdtemp(prefix="hexi-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
(SCRATCH / "var" / "static").mkdir(parents=True)
os.environ["HEXI_VAR"] = str(SCRATCH / "var")
os.environ["HEXI_SECRET_KEY"] = "tests-only"
os.environ["HEXI_LANG"] = "zh"
os.environ["HEXI_DEMO"] = "1"

if os.environ.get("HEXI_TEST_DATABASE") == "postgresql":
    from tests.support.houses import HOUSES, SAMPLES, cluster
    from tests.support.postgres import Postgres

    like = cluster(SAMPLES) if os.environ.get(HOUSES) else None
    os.environ["HEXI_DATABASE_URL"] = Postgres.start_for_this_run(SCRATCH, like).url("hexi")
else:
    os.environ["HEXI_DATABASE_URL"] = f"sqlite:///{SCRATCH / 'hexi.sqlite3'}"


def pytest_collection_finish() -> None:
    """All modules are loaded now."""
    gc.freeze()
    gc.enable()
