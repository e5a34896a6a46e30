"""The environment of every Python test, set before Django reads its settings.

pytest-django reads them ahead of the first conftest.py, so this is a plug-in that pytest.ini loads by `-p`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # never touches the disk, where there is one
SCRATCH = Path(tempfile.mkdtemp(prefix="hexi-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
(SCRATCH / "var" / "static").mkdir(parents=True)
os.environ["HEXI_VAR"] = str(SCRATCH / "var")
os.environ["HEXI_SECRET_KEY"] = "tests-only"
os.environ["HEXI_LANG"] = "zh"
os.environ["HEXI_DEMO"] = "1"

if os.environ.get("HEXI_TEST_DATABASE") == "postgresql":
    from tests.support.postgres import Postgres

    os.environ["HEXI_DATABASE_URL"] = Postgres.start_for_this_run(SCRATCH).url("hexi")
else:
    os.environ["HEXI_DATABASE_URL"] = f"sqlite:///{SCRATCH / 'hexi.sqlite3'}"
