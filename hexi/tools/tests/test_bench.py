"""Benchmarks say what they measured against which bar, and which of them there are."""

from __future__ import annotations

import pytest

from bench.house import verdict
from hexi.tools import command
from hexi.tools.commands import bench


@pytest.mark.parametrize(("bar", "said"), [(1.5, "at most 1.5 times"), (1000, "at most 1,000 times"), (0, "at most 0 times")])
def test_a_bar_is_printed_as_it_is(bar: float, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict("time", 1.0, "times", bar, at_most=True) == (bar >= 1)
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("language", "said"), [("zh", "可选："), ("en", "Choose from: ")])
def test_an_unknown_benchmark_is_answered_with_those_that_there_are(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEXI_LANG", language)
    assert command.main(["bench", "lists"]) == 1
    told = capsys.readouterr().err
    assert "lists" in told
    assert said + ", ".join(bench.known()) in told


def test_only_files_that_measure_are_benchmarks() -> None:
    assert {"imports", "list", "rules", "stream"} <= set(bench.known())
    assert not {"house", "load", "registers"} & set(bench.known()), "what benchmarks share measures nothing"
