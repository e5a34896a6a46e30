"""What the command says when a declaration is wrong: one sentence and the line, no stack."""

from __future__ import annotations

import argparse
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from hexi.kernel.label import t
from hexi.tools import command

WRONG = """from hexi.kernel.declare import Scenario
from hexi.kernel.label import t

scenario = Scenario("waste", t("垃圾分类", "waste"))
"""


def test_a_wrong_declaration_is_one_sentence_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scenario.py"
    file.write_text(WRONG, encoding="utf-8")

    def run(_options: argparse.Namespace) -> int:
        runpy.run_path(str(file))
        return 0

    start = SimpleNamespace(SUMMARY=t("启动", "start"), arguments=lambda parser: None, run=run)
    monkeypatch.setattr(command, "found", lambda: {"start": start})
    monkeypatch.setenv("HEXI_LANG", "en")
    assert command.main(["start"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("A declaration is wrong, and the platform does not start: Scenario waste: name the office that owns it")
    assert f"({file}:4)" in said and "Traceback" not in said
