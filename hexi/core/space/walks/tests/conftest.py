from pathlib import Path
from typing import Any

import pytest

from hexi.core.space.api import import_osm
from hexi.core.space.ground.tests.town import BOX, small_town
from hexi.core.space.walks import answers, kept


@pytest.fixture
def here(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are answered in this process, from a network that knows no other test."""
    settings.WALKS = None
    monkeypatch.setattr(answers, "KEPT", kept.Kept())


@pytest.fixture
def town(db: None, here: None, tmp_path: Path) -> None:
    """友谊路 eastward, 围堤道 northward, crossing at 117.202, 39.002; a shut gate on the path that leads on from 友谊路."""
    import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)
