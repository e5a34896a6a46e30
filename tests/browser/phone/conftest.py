"""A grid with its desk, a photograph, and cases that residents have reported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.conftest import ROOT
from tests.browser.phone.steps import DESK, GRID, KIND, LITTER, STREET_OFFICE, Arrive, act
from tests.support.platform import Platform, environment


@pytest.fixture(scope="session")
def desk(platform: Platform) -> dict[str, str]:
    """An acceptor, a dispatcher, a checker and a second grid worker of the same grid, by role."""
    how = {**environment(platform.folder, demo=True), "HEXI_PASSWORD": platform.passphrase}
    for role in DESK:
        account(how, role, role, "120103")
    account(how, "second_grid", "grid_worker", GRID, STREET_OFFICE)
    return {role: role for role in DESK}


def account(how: dict[str, str], username: str, role: str, place: str, office: str = "") -> None:
    words = [sys.executable, "-m", "hexi.tools.command", "account", username, "--name", f"示例·{username}", "--role", role, "--place", place]
    subprocess.run([*words, "--organisation", office], cwd=ROOT, env=how, check=True, capture_output=True)


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photograph that says where and when it was taken."""
    path = tmp_path_factory.mktemp("photos") / "litter.jpg"
    picture = Image.linear_gradient("L").resize((1200, 900)).convert("RGB")
    exif = picture.getexif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:01 09:12:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 5.0, 0.5), 3: "E", 4: (117.0, 13.0, 6.0)})
    picture.save(path, exif=exif)
    return path


@pytest.fixture
def reported(visitor: Arrive, desk: dict[str, str]) -> Callable[..., dict[str, Any]]:
    """`reported("title")`: a resident's case in the grid; `sent=True` has it filed and sent to the street office."""

    def make(title: str, *, sent: bool = True) -> dict[str, Any]:
        somebody = visitor(390)
        somebody.api("/api/session")
        body = {
            "kind": KIND, "title": title, "category": LITTER, "place": GRID, "address": "三号楼东侧", "description": "测试：堆了三天",
            "point": {"lon": 117.23, "lat": 39.09, "datum": "wgs84"}, "reporter": {"name": "示例·反映人", "phone": "13800000009"},
        }  # fmt: skip
        told = somebody.send("POST", "/api/cases", body).json()
        staff = {role: visitor(signed_in=name) for role, name in desk.items()}
        (row,) = staff["case_acceptor"].api(f"/api/cases?where=number:eq:{told['number']}")["rows"]
        if sent:
            act(staff["case_checker"], row["id"], "see_there", {"note": "属实"})
            act(staff["case_acceptor"], row["id"], "file")
            act(staff["case_dispatcher"], row["id"], "send_out", {"lead": STREET_OFFICE, "instruction": "先清走"})
        return {**told, "id": row["id"], "acceptor": staff["case_acceptor"]}

    return make
