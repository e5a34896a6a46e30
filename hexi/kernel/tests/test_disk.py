"""Files that are made once, for all processes of an installation."""

from __future__ import annotations

from pathlib import Path

from hexi.kernel.disk import made_once


def test_whoever_was_first_counts_and_only_the_owner_may_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    made_once(path, "first")
    made_once(path, "second")
    assert path.read_text() == "first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"], "nothing is left beside it"
