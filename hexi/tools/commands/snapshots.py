"""`hexi snapshots`: write the committed snapshots anew; what git then shows as changed is a decision to be made."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from hexi.kernel.label import t
from hexi.tools.house import open_house_without_database
from hexi.tools.snapshots import API, snapshots
from hexi.tools.voice import say

SUMMARY = t("更新入库的快照", "renew the committed snapshots")
ROOT = Path(__file__).resolve().parents[3]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    open_house_without_database()
    changed = [path for path, text in snapshots() if _put(options.root / path, text)]
    if API in changed:
        _types(options.root / "web")
    for path in changed:
        print(f"  {path}")
    say(t(f"{len(changed)} 个快照有变化", f"{len(changed)} snapshots changed"))
    return 0


def _put(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _types(web: Path) -> None:
    """The TypeScript types of the API come from the same document."""
    if (web / "node_modules").is_dir():
        subprocess.run(["npm", "run", "--silent", "api"], cwd=web, check=True)
