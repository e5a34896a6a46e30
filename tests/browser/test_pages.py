"""Every page opens under its strict policy, says what it is, and has no accessibility fault at any of the four sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visitor

Arrive = Callable[..., Visitor]
PUBLIC = {"overview": "/screen/overview", "livelihood": "/screen/livelihood", "near": "/m/", "programme": "/m/programme"}


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC.keys())
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366, 1920, 3840])
def test_a_page_has_no_accessibility_fault(visitor: Arrive, path: str, theme: str, width: int) -> None:
    somebody = visitor(width)
    somebody.open(f"{path}?theme={theme}", ready=path.startswith("/screen"))
    if not path.startswith("/screen"):
        somebody.page.wait_for_load_state("networkidle")
    assert somebody.violations() == []
