"""`hexi new`: write a scenario that runs, is tested and passes every check, to be made one's own."""

from __future__ import annotations

import argparse
import keyword
import shutil
import subprocess
import sys
from pathlib import Path
from string import Template

from hexi.kernel.errors import Conflict, HexiError, Invalid, Problem
from hexi.kernel.label import t
from hexi.tools.voice import say

SUMMARY = t("新建应用场景", "write a new scenario")
ROOT = Path(__file__).resolve().parents[3]
SKELETON = Path(__file__).resolve().parents[1] / "skeleton"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="lower_snake_case: waste")
    parser.add_argument("--zh", default="", help="中文名称")
    parser.add_argument("--en", default="", help="English name")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    name: str = options.name
    _check(name)
    folder: Path = options.root / "hexi" / "scenarios" / name
    if folder.exists():
        raise Conflict(t("这个场景已经存在", "This scenario is there already"), which=str(folder.relative_to(options.root)))
    english = options.en or name.replace("_", " ")
    _write(folder, {"name": name, "Name": name.title().replace("_", ""), "zh": options.zh or english, "en": english})
    try:
        _migrate(options.root, name)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder)
        raise HexiError(
            t("没有写成，已撤回", "It could not be written and was taken back"), which=error.stderr.strip().splitlines()[-1]
        ) from error
    say(t(f"已写好 hexi/scenarios/{name}：", f"hexi/scenarios/{name} is written:"))
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.suffix != ".pyc"):
        print(f"  {path.relative_to(folder)}")
    say(
        t(
            "接下来：改 scenario.py 里的字段和规则，然后 make check、make run",
            "Next: change the fields and rules in scenario.py, then make check, make run",
        )
    )
    return 0


def _check(name: str) -> None:
    if name.isascii() and name.isidentifier() and name == name.lower() and not keyword.iskeyword(name) and len(name) <= 30:
        return
    problem = Problem(
        "name",
        t("场景名须为小写英文单词，以下划线相连，例如 life_circle", "A scenario's name is lower_snake_case, such as life_circle"),
        value=name,
    )
    raise Invalid([problem], problem.message)


def _write(folder: Path, words: dict[str, str]) -> None:
    for source in sorted(SKELETON.rglob("*.txt")):
        target = folder / source.relative_to(SKELETON).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")


def _migrate(root: Path, name: str) -> None:
    """In a process of its own: the rooms of this one were loaded without the new scenario."""
    script = (
        "from hexi.tools.house import open_house_without_database as o; o();"
        f"from django.core.management import call_command; call_command('makemigrations', '{name}', verbosity=0, no_header=True)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True)
