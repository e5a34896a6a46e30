"""The data files of the reference district and the pages they are quoted from, read once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DISTRICT = ROOT / "districts" / "hexi"
PAGES = ROOT / "../shared/sources"


def read(name: str) -> Any:
    return yaml.safe_load((DISTRICT / f"{name}.yaml").read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    """Without white space: the page's layout breaks sentences, and even words, in the middle."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="session")
def district_folder() -> Path:
    return DISTRICT


@pytest.fixture(scope="session")
def programme() -> Any:
    return read("programme_2025")


@pytest.fixture(scope="session")
def tasks(programme: Any) -> list[Any]:
    return [task for group in programme["groups"] for task in group["tasks"]]


@pytest.fixture(scope="session")
def statements(programme: Any) -> dict[str, Any]:
    return {statement["key"]: statement for statement in programme["reports"][0]["statements"]}


@pytest.fixture(scope="session")
def figures() -> Any:
    return read("published_figures")


@pytest.fixture(scope="session")
def contradictions() -> list[Any]:
    return read("contradictions")["contradictions"]


@pytest.fixture(scope="session")
def indicators() -> Any:
    return read("indicators")


@pytest.fixture(scope="session")
def places() -> Any:
    return read("places")


@pytest.fixture(scope="session")
def organisations() -> dict[str, Any]:
    return {row["key"]: row for row in read("organisations")["organisations"]}


@pytest.fixture(scope="session")
def calendar() -> list[Any]:
    return read("calendar")["years"]


@pytest.fixture(scope="session")
def printed_in() -> Callable[[str, str], bool]:
    """Does this text stand in that page? Skips where the pages are not at hand: they are not part of the repository."""
    if not PAGES.is_dir():
        pytest.skip("the newspaper pages (../shared/sources) are not on this machine")
    stored = {row["key"]: row["stored_as"] for row in read("sources")["sources"]}
    text = {key: squeezed(next(PAGES.glob(f"{stem}_*.txt")).read_text(encoding="utf-8")) for key, stem in stored.items()}
    return lambda sentence, source: squeezed(sentence) in text[source]


@pytest.fixture(scope="session")
def list_of_2025() -> str:
    """The published list itself: the last part of its page."""
    if not PAGES.is_dir():
        pytest.skip("the newspaper pages (../shared/sources) are not on this machine")
    page = squeezed(next(PAGES.glob("002_*.txt")).read_text(encoding="utf-8"))
    return page[page.index("一、提升养老服务品质") :]
