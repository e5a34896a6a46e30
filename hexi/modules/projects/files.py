"""Programmes in the district's folder of data files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from hexi.modules.projects.load import load_programme
from hexi.modules.projects.models import Programme


def load_programme_file(name: str) -> Programme:
    """The programme of that file, with the sources and contradictions that the folder tells beside it."""
    folder = Path(settings.DISTRICT)
    sources, contradictions = _read(folder / "sources.yaml"), _read(folder / "contradictions.yaml")
    return load_programme(_read(folder / name), sources=sources.get("sources", ()), contradictions=contradictions.get("contradictions", ()))


def _read(file: Path) -> dict[str, Any]:
    """The file's content; nothing where there is no such file."""
    if not file.exists():
        return {}
    return yaml.safe_load(file.read_text(encoding="utf-8"))
