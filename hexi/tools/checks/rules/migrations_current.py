"""Every table's migrations say what its model says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command

from hexi.tools.checks.tree import Fault, Tree
from hexi.tools.house import open_house_without_database


def faults(tree: Tree) -> Iterator[Fault]:
    if not (tree.root / "hexi" / "site" / "settings.py").exists():
        return
    open_house_without_database()
    told = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=told, stderr=told)
    except SystemExit:
        for line in told.getvalue().splitlines():
            if line.startswith("Migrations for"):
                yield Fault(Path("hexi"), 1, f"{line.strip(':')} are missing: run .venv/bin/python -m django makemigrations.")
