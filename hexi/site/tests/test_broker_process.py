"""The broker's process becomes the broker, and leaves somebody beside it where there are several nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hexi.site import broker

HERE, THERE = "127.0.0.1", "127.0.0.2"


@pytest.mark.parametrize("nodes", [[], [HERE, THERE]], ids=["one", "several"])
def test_beside_one_of_several_nodes_somebody_tells_what_it_refuses(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nodes: list[str]
) -> None:
    forked, became = list[bool](), list[str]()
    settings.BROKER, settings.NATS_NODES, settings.NATS_NODE = tmp_path, nodes, HERE
    monkeypatch.setattr(broker, "open_rooms", lambda: None)
    monkeypatch.setattr("os.fork", lambda: forked.append(True) or 4711)
    monkeypatch.setattr("os.execv", lambda _program, words: became.append(words[1]))
    broker.main()
    assert (bool(forked), became) == (bool(nodes), ["-c"])
