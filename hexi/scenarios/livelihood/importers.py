"""The programme of 2025 as the newspaper printed it, with the states of October."""

from __future__ import annotations

from hexi.kit import Progress, load_programme_file, t

PROGRAMME = "programme_2025.yaml"


def load(progress: Progress) -> None:
    """Groups, tasks, targets, states and published sentences, each with its source. Loading again changes nothing."""
    programme = load_programme_file(PROGRAMME)
    words = t("{name}：数据截至 {day}", "{name}: figures as of {day}")
    progress(words.filled(name=programme.name, day=programme.as_of))
