"""`hexi ledger`: keys are made once, replaced on demand, and the state says what hinders the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hexi.core.trust.api import Sequencer
from hexi.tools.command import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.LEDGER, settings.DEMO = tmp_path / "ledger", False
    return tmp_path / "ledger"


def test_keys_are_made_once_and_replaced_when_that_is_said(folder: Path, capsys: Any) -> None:
    make = ["ledger", "--new-key", "district.example/ledger"]
    assert main(make) == 0
    first = (folder / "keys").read_text()
    assert "district.example/ledger+" in capsys.readouterr().out and "PRIVATE" in first
    assert main(make) == 1 and "--rotate" in capsys.readouterr().err
    assert (folder / "keys").read_text() == first
    assert main([*make, "--rotate"]) == 0 and (folder / "keys").read_text() != first
    assert [file.read_text() for file in folder.glob("keys.until-*")] == [first]
    assert main(["ledger", "--new-key", "a name"]) == 1


def test_the_state_says_what_hinders_the_log_and_how_to_mend_it(folder: Path, capsys: Any) -> None:
    Sequencer().turn()
    assert main(["ledger"]) == 1 and "hexi ledger --new-key" in capsys.readouterr().out
    main(["ledger", "--new-key", "district.example/ledger"])
    Sequencer().turn()
    capsys.readouterr()
    assert main(["ledger"]) == 0
    assert "district.example/ledger" in capsys.readouterr().out
