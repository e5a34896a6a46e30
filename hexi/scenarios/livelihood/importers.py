"""The programme of 2025 as the newspaper printed it, with the states of October."""

from __future__ import annotations

from collections.abc import Callable

from hexi.kit import load_programme_file

PROGRAMME = "programme_2025.yaml"


def load(progress: Callable[[str], None]) -> None:
    """Groups, tasks, targets, states and published sentences, each with its source. Loading again changes nothing."""
    programme = load_programme_file(PROGRAMME)
    progress(f"{programme.name}: figures as of {programme.as_of}")
