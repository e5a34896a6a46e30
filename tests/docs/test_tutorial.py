"""The tutorial is followed word by word in a copy of the tree: its files are written, its commands run, its outputs compared."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Block, Page
from tests.support.environment import SCRATCH
from tests.support.houses import furnished

PAGE = Page(ROOT / "docs" / "tutorial" / "new-scenario.md")
CHINESE = Page(ROOT / "docs" / "tutorial" / "new-scenario.zh.md")
FOLDERS = ("hexi", "districts", "docs", "setup", "tests", "typings")
SCENARIO = "hexi/scenarios/notice_board"
SWINGS = re.compile(r"(?<=in )\d+\.\d+s|\d+(?= snapshots)")

pytestmark = pytest.mark.slow


@dataclass
class Walk:
    """What came of following the page."""

    root: Path
    before: dict[str, bytes]
    said: list[tuple[str, str, str]] = field(default_factory=list)
    """Command, what the page prints, what was printed."""


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    root = SCRATCH / "tutorial"
    _copy(root)
    shutil.copytree(furnished(), root / "var")  # the page's `make run`, without starting the servers
    _run(root, ".venv/bin/hexi snapshots")  # whether they are current is another test's business
    walk = Walk(root, _files(root))
    session = False
    for block in PAGE.blocks:
        if block.file:
            _write(root, block)
        elif block.language == "console":
            walk.said += [(command, expected, _run(root, command)) for command, expected in _commands(block)]
        session = session or block.language == "pycon"
    assert session
    page = PAGE.path.relative_to(ROOT)
    walk.said.append(("the Python session", "", _run(root, f".venv/bin/python -m tests.docs.session {page}")))
    yield walk
    shutil.rmtree(root, ignore_errors=True)


def _copy(root: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)  # with what is compiled: a dozen commands would do it again
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy2(file, root / file.name)
    (root / ".venv").symlink_to(ROOT / ".venv")


def _files(root: Path) -> dict[str, bytes]:
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file() and ".venv" not in path.parts}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(("var/", ".")) and "__pycache__" not in name}


def _write(root: Path, block: Block) -> None:
    path = root / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if block.continues:
        path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{block.text}", encoding="utf-8")
    else:
        path.write_text(block.text, encoding="utf-8")


def _commands(block: Block) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected.strip()


def _run(root: Path, command: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEXI_", "DJANGO_", "PYTEST_"))}
    environment = {**kept, "PYTHONPATH": str(root), "HEXI_LANG": "en", "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(["sh", "-c", command], cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def test_every_command_says_what_the_page_prints(walk: Walk) -> None:
    for command, expected, printed in walk.said:
        if expected:
            assert SWINGS.sub("…", printed) == SWINGS.sub("…", expected), command


def test_the_session_ran_to_its_end(walk: Walk) -> None:
    _, _, said = walk.said[-1]
    assert re.fullmatch(r"[3-9]\d examples, 0 failed", said)


def test_the_scenario_touched_no_file_outside_its_folder(walk: Walk) -> None:
    after = _files(walk.root)
    changed = {name for name in after if walk.before.get(name) != after[name]} | (set(walk.before) - set(after))
    assert {name for name in changed if not name.startswith(SCENARIO)} == {"boards.csv"}


def test_the_chinese_page_has_the_same_files_commands_and_outputs() -> None:
    def told(page: Page) -> list[tuple[str, str, str]]:
        return [(block.language, block.file, block.text) for block in page.blocks]

    assert told(CHINESE) == told(PAGE)
