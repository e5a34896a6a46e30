"""`hexi new` writes a scenario that runs and passes every check, in a copy of the tree; nothing outside its folder is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.environment import SCRATCH

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("hexi", "districts", "docs", "tests", "typings")
FILES = ("pytest.ini", "conftest.py", "ruff.toml", "pyrightconfig.json", ".importlinter", "pyproject.toml", "README.md")
NAME = "old_bridges"
FOLDER = f"hexi/scenarios/{NAME}"


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the copy, not of this tree."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("HEXI_", "DJANGO_", "PYTEST"))}
    environment |= {"HEXI_VAR": str(copy / "var"), "HEXI_LANG": "en", "PYTHONPATH": str(copy), "PYTHONWARNINGS": "error::SyntaxWarning"}
    environment["PYTHONDONTWRITEBYTECODE"] = ""
    return subprocess.run([sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, timeout=240, check=False)


def hexi(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(copy, "-m", "hexi.tools.command", *words)


@pytest.fixture(scope="module")
def copy() -> Path:
    """The tree with one new scenario."""
    folder = SCRATCH / "copy"
    for part in PARTS:
        if (ROOT / part).exists():
            shutil.copytree(ROOT / part, folder / part)  # with what is compiled: every command would do it again
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "var" / "static").mkdir(parents=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    written = hexi(folder, "new", NAME, "--zh", "老旧桥梁", "--en", "Old bridges", "--root", str(folder))
    assert written.returncode == 0, written.stdout + written.stderr
    return folder


def test_only_its_own_folder_is_new(copy: Path) -> None:
    theirs = {path.relative_to(copy).as_posix() for path in (copy / "hexi").rglob("*.py")}
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "hexi").rglob("*.py")}
    assert theirs - ours
    assert all(path.startswith(FOLDER) for path in theirs - ours)


def test_its_own_tests_pass(copy: Path) -> None:
    done = run(copy, "-m", "pytest", "-q", "-p", "no:randomly", FOLDER, "--ds=hexi.site.settings")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


def test_it_keeps_every_rule_of_the_house(copy: Path) -> None:
    told = hexi(copy, "check", "--root", str(copy)).stdout
    assert [line for line in told.splitlines() if FOLDER in line] == []
    assert "rules" in told


def test_the_linters_find_nothing(copy: Path) -> None:
    for words in (("-m", "ruff", "check", FOLDER), ("-m", "pyright", FOLDER)):
        done = run(copy, *words)
        assert done.returncode == 0, done.stdout + done.stderr


def test_it_stands_on_the_kit_alone(copy: Path) -> None:
    told = run(copy, "-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.argv = ['x', '--no-cache']; c()").stdout
    assert "A scenario imports the kit and nothing else of the house KEPT" in told
    assert "Scenarios do not know each other KEPT" in told


def test_the_platform_starts_with_it_and_serves_its_register(copy: Path) -> None:
    script = (
        "from hexi.tools import house; house.open_house(); house.migrate()\n"
        "from hexi.kernel.catalogue import catalogue\n"
        f"print(sorted(key for key in catalogue.entities if key.startswith('{NAME}')), '{NAME}_checked_share' in catalogue.indicators)\n"
        f"entity = catalogue.entities['{NAME}.site']; entity.objects.create(name='示例桥', place='120103'); print(entity.objects.count())\n"
    )
    done = run(copy, "-c", script)
    assert done.stdout.split("\n")[:2] == [f"['{NAME}.site'] True", "1"], done.stdout + done.stderr


def test_a_second_scenario_of_the_same_name_is_refused_in_a_sentence(copy: Path) -> None:
    again = hexi(copy, "new", NAME, "--root", str(copy))
    assert again.returncode == 1
    assert "There already" in again.stderr or "there already" in again.stderr


@pytest.mark.parametrize("name", ["Waste", "waste-water", "1waste", "class", "浪费", "../evil"])
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(copy: Path, name: str) -> None:
    before = sorted((copy / "hexi" / "scenarios").iterdir())
    refused = hexi(copy, "new", "--root", str(copy), "--", name)
    assert refused.returncode == 1
    assert "lower_snake_case" in refused.stderr
    assert sorted((copy / "hexi" / "scenarios").iterdir()) == before
