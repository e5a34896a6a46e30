"""Every page opens under its strict policy, complains of nothing, and has no accessibility fault in any theme at any of the four sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Look, Visitor

Arrive = Callable[..., Visitor]
WALL: tuple[Look, ...] = ((390, "light"), (1366, "dark"), (1920, "light"), (3840, "dark"))
TABLE: tuple[Look, ...] = ((390, "light"), (1366, "light"), (1920, "dark"))
HAND: tuple[Look, ...] = ((390, "light"), (390, "dark"))
SCREENS = ("/screen/overview", "/screen/livelihood")
PHONE = ("/m/", "/m/place", "/m/programme", "/m/district", "/m/mine", "/m/report", "/m/cases", "/m/work")
DESK = {
    "/work/": "housing",
    "/work/records/projects.task": "housing",
    "/work/records/projects.task/1": "civil",
    "/work/records/population.resident": "steward",
    "/work/imports/new/population.resident": "steward",
    "/work/pages/livelihood_desk": "coordinator",
    "/work/report": "leader",
}


def faults(somebody: Visitor, path: str, looks: tuple[Look, ...], more: str = "") -> list[str]:
    somebody.open(f"{path}?theme=auto{more}", ready=path.startswith("/screen"))
    return somebody.violations_in(*looks)


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_has_no_accessibility_fault(visitor: Arrive, path: str) -> None:
    assert faults(visitor(), path, WALL) == []


@pytest.mark.parametrize("path", PHONE)
def test_a_page_for_residents_has_no_accessibility_fault_in_any_size_of_type_and_never_scrolls_sideways(visitor: Arrive, path: str) -> None:
    somebody = visitor(390)
    found = faults(somebody, path, HAND)
    found += faults(somebody, path, HAND, "&elder=30")
    assert found == []
    assert somebody.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", DESK)
def test_a_page_of_the_desk_has_no_accessibility_fault(visitor: Arrive, path: str) -> None:
    assert faults(visitor(signed_in=DESK[path]), path, TABLE) == []


def test_the_sign_in_page_has_no_accessibility_fault(visitor: Arrive) -> None:
    assert faults(visitor(1366), "/work/", TABLE) == []


@pytest.mark.parametrize("path", [*SCREENS, "/m/", "/work/"])
def test_a_page_carries_a_policy_that_lets_only_our_own_scripts_run(visitor: Arrive, path: str) -> None:
    somebody = visitor()
    answer = somebody.page.goto(somebody.platform.url + path)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert somebody.page.evaluate("document.scripts.length && [...document.scripts].every(one => one.src.startsWith(location.origin))")
