"""The committed snapshots are what the declarations say now."""

from __future__ import annotations

from pathlib import Path

import pytest

from hexi.tools.snapshots import snapshots

ROOT = Path(__file__).resolve().parents[2]


def test_every_snapshot_is_current() -> None:
    stale = [str(path) for path, text in snapshots() if not (ROOT / path).exists() or (ROOT / path).read_text(encoding="utf-8") != text]
    assert not stale, f"run `make snapshots` and look at the difference: {stale}"


def test_a_page_that_is_gone_leaves_no_snapshot() -> None:
    known = {ROOT / path for path, _ in snapshots()}
    found = {path for path in (ROOT / "hexi").rglob("snapshots/*.json") if "node_modules" not in path.parts}
    assert found <= known


@pytest.mark.parametrize("word", ["eval(", "<script", "function(", "#ff"])
def test_a_page_says_meaning_only(word: str) -> None:
    assert all(word not in text for path, text in snapshots() if path.parent.name == "snapshots")
