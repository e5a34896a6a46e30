"""74,401 published sanitation complaints of Chicago through the real API: upload, questions, preview, import, undo: time and memory.

python -m bench.cases_import --file chicago_sanitation_2000_2015.csv.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.house import SAMPLE_KINDS, cpu_s, database, installation, running, verdict
from bench.imports import Caller, Watch, form

ENTITY = "cases.case"
BAR_S, BAR_MIB = 60, 1024


def answered(preview: dict[str, Any]) -> dict[str, str]:
    """As somebody confirms what the file speaks for, first option where it says nothing."""
    return {one["key"]: one["answer"] or one["proposed"] or one["options"][0]["value"] for one in preview["questions"] if one["options"]}


def imported(port: int, session: str, file: Path) -> bool:
    caller, watch = Caller(port, session), Watch(port)
    marks = [time.monotonic()]
    used = cpu_s(port)
    begun = caller.post("/api/imports", *form(file, ENTITY))
    marks.append(time.monotonic())
    path = f"/api/imports/{begun['id']}"
    told: dict[str, Any] = {"mapping": {str(c["index"]): c["field"] for c in begun["columns"] if c["field"]}, "answers": {}}
    for _ in range(3):  # the kind first; then the words, whose options depend on it; then every row
        found = caller.post(f"{path}/preview", json.dumps(told).encode())
        told["answers"] = answered(found)
    marks.append(time.monotonic())
    done = caller.post(f"{path}/commit", json.dumps({**told, "mode": "good_rows"}).encode())
    marks.append(time.monotonic())
    caller.post(f"{path}/undo", json.dumps({"why": "bench"}).encode())
    marks.append(time.monotonic())
    sent, asked, wrote, undone = (later - earlier for earlier, later in pairwise(marks))
    most = watch.end()
    print(f"processor time of the web processes for all of it: {cpu_s(port) - used:.0f} s")
    print(f"{file.name}: sent {sent:.1f} s, asked and checked {asked:.1f} s, imported {wrote:.1f} s, undone {undone:.1f} s")
    print(f"  {done['added']:,} of {begun['rows']:,} rows, {found['bad']:,} with faults, {found['remark_count']:,} remarks")
    return all(
        [
            verdict("import (check and write)", wrote, "s", BAR_S, at_most=True),
            verdict("memory of all web processes at the most", most, "MiB", BAR_MIB, at_most=True),
        ]
    )


def unpacked(folder: Path, file: Path) -> Path:
    plain = folder / file.stem
    plain.write_bytes(gzip.decompress(file.read_bytes()))
    return plain


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path, required=True, help="a gzip CSV of cases, such as Chicago's or New York's")
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with database(postgresql=options.postgresql), installation(HEXI_SAMPLE="100", **SAMPLE_KINDS) as var:
        from bench.registers import session

        who = session("case_importer")
        with running("web") as plan:
            met = imported(plan.port, who, unpacked(var, options.file))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
