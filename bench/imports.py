"""100,000 residents from one file through the real API: send, check, import. How long, and how much memory at the most?

python -m bench.imports [--rows 100000] [--kind xlsx]
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.house import installation, rss_mib, running, verdict
from bench.load import get, once

HEADS = ("姓名", "性别", "出生日期", "证件号码", "联系电话", "住址", "居住类型", "独居", "上次核实")
ENTITY = "population.resident"


def people(count: int, homes: list[str]) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        born = f"19{40 + number % 60:02d}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        yield (
            f"示例·{number:06d}",
            "女" if number % 2 else "男",
            born,
            f"示例号{number:09d}",
            f"000{number:08d}",
            homes[number % len(homes)],
            "户籍人口",
            "是" if number % 9 == 0 else "否",
            "2025-10-01",
        )


def written(folder: Path, kind: str, rows: int, homes: list[str]) -> Path:
    path = folder / f"people.{kind}"
    if kind == "csv":
        lines = [",".join(row) for row in (HEADS, *people(rows, homes))]
        path.write_bytes("\r\n".join(lines).encode("gb18030"))
        return path
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("居民")
        for number, row in enumerate((HEADS, *people(rows, homes))):
            sheet.write_row(number, 0, row)
    return path


class Caller:
    """Somebody signed in, with the token that every change needs."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/work/", headers={"Host": f"localhost:{port}"})
        self.token = (connection.getresponse().getheader("Set-Cookie") or "").split("csrftoken=")[1].split(";")[0]
        connection.close()

    def post(self, path: str, body: bytes, kind: str = "application/json") -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": f"hexi_session={self.session}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
        }
        connection.request("POST", path, body, {**headers, "Content-Type": kind, "Origin": f"http://localhost:{self.port}"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 300:
            raise SystemExit(f"{path} answered {answer.status}: {text[:500]!r}")
        return json.loads(text)


def form(file: Path, entity: str = ENTITY) -> tuple[bytes, str]:
    edge = "hexi-bench-edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="entity"\r\n\r\n{entity}\r\n--{edge}\r\n'
    part = f'Content-Disposition: form-data; name="file"; filename="{file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    return (head + part).encode() + file.read_bytes() + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


class Watch:
    """The most memory that the web processes ever had, looked at five times a second."""

    def __init__(self, port: int) -> None:
        self.port, self.most, self.over = port, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def _look(self) -> None:
        while not self.over.wait(0.2):
            self.most = max(self.most, rss_mib(self.port))

    def end(self) -> float:
        self.over.set()
        self.thread.join()
        return self.most


def imported(port: int, session: str, file: Path, rows: int) -> bool:
    caller, watch = Caller(port, session), Watch(port)
    started = time.monotonic()
    begun = caller.post("/api/imports", *form(file))
    mapping = {str(column["index"]): column["field"] for column in begun["columns"] if column["field"]}
    sent = time.monotonic()
    found = caller.post(f"/api/imports/{begun['id']}/preview", json.dumps({"mapping": mapping}).encode())
    checked = time.monotonic()
    done = caller.post(f"/api/imports/{begun['id']}/commit", json.dumps({"mapping": mapping, "mode": "all_or_nothing"}).encode())
    over = time.monotonic()
    most = watch.end()
    count = json.loads(once(port, get(f"/api/records/{ENTITY}/count", port, session)))
    print(
        f"{file.name} ({file.stat().st_size / 1e6:.1f} MB): sent {sent - started:.1f} s, checked {checked - sent:.1f} s, "
        f"imported {over - checked:.1f} s; "
        f"{found['good']:,} good, {done['added']:,} added, register now {count}"
    )
    return all(
        [
            verdict("rows that were not imported", rows - done["added"], "", 0, at_most=True),
            verdict("import (check and write)", over - checked, "s", 60, at_most=True),
            verdict("memory of all web processes at the most", most, "MiB", 1024, at_most=True),
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kind", choices=["csv", "xlsx"], action="append")
    options = parser.parse_args()
    with installation(HEXI_SAMPLE="100") as var:
        from bench.registers import load_district, session
        from hexi.core.space.api import doorway_codes

        load_district()
        steward = session("data_steward")
        files = [written(var, kind, options.rows, doorway_codes()[:5000]) for kind in options.kind or ["csv", "xlsx"]]
        with running("web") as plan:
            met = [imported(plan.port, steward, file, options.rows) for file in files]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
