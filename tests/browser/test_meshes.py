"""Meshes on the wall and at the desk: taken out, brought in, drawn, pressed, and gone again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.support.houses import ROOT, environment
from tests.support.platform import Platform

Arrive = Callable[..., Visitor]
PLACE = "120103008003"
DRAWN = ".map-canvas[data-meshes=drawn]"
POINTS = [(0.4 + across / 20, 0.4 + down / 20) for down in range(6) for across in range(6)]

PICTURES = 30
"""So many are taken before one that looks like the one before counts as unchanged: a machine without a graphics card draws slowly."""


def hexi(platform: Platform, *words: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "hexi.tools.command", *words], cwd=ROOT, env=environment(platform.folder, demo=True), capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr


@pytest.fixture
def meshes(platform: Platform, visitor: Arrive, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """The community's own blocks as meshes, shown to the public; called, they are removed at the desk."""
    file = str(tmp_path / "blocks.3dtiles.zip")
    hexi(platform, "export", "city", file, "--place", PLACE)
    hexi(platform, "import", "meshes", file, "--name", "示例·体块", "--origin", "示例", "--datum", "wgs84", "--public")
    desk = visitor(signed_in="steward")

    def remove() -> None:
        for row in desk.api("/api/records/data.mesh?where=state:eq:drawn")["rows"]:
            path = f"/api/records/data.mesh/{row['id']}/actions/remove"
            answer = desk.send("POST", path, {"values": {}, "version": row["version"], "why": "核对"})
            assert answer.ok, answer.text()

    yield remove
    remove()


def picture(canvas: Locator) -> bytes:
    return canvas.screenshot()


def press_a_house(page: Page, canvas: Locator) -> None:
    """Press here and there in the middle until one is met, and its card comes."""
    box = canvas.bounding_box()
    assert box is not None
    for across, down in POINTS:
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        if page.locator(".map-site").count():
            break
    expect(page.locator(".map-site h3")).to_contain_text("示例")


def test_meshes_stand_in_the_place_of_blocks_are_pressed_like_them_and_go_at_once(
    visitor: Arrive, meshes: Callable[[], None], platform: Platform
) -> None:  # fmt: skip
    somebody = visitor(1366)
    asked: list[str] = []
    somebody.page.on("request", lambda request: asked.append(request.url))
    page = somebody.open(f"/screen/overview?still=1&place={PLACE}")
    page.wait_for_selector(DRAWN, state="attached")
    assert any(url.endswith(".glb") for url in asked)
    assert all(url.startswith((platform.url, "blob:", "data:")) or f":{platform.plan.stream_port}/" in url for url in asked)
    canvas = page.locator("section.map canvas").first
    press_a_house(page, canvas)
    page.keyboard.press("Escape")
    buildings = page.get_by_role("button", name="建筑", exact=True)
    with_meshes = picture(canvas)
    buildings.click()
    expect(buildings).to_have_attribute("aria-pressed", "false")
    assert any(picture(canvas) != with_meshes for _ in range(PICTURES)), "the houses are gone from the picture"
    buildings.click()
    desk = visitor(1366, signed_in="cityworks")
    fetched: list[str] = []
    desk.page.on("request", lambda request: fetched.append(request.url))
    map_of_cases = desk.open("/work/cases?view=map", ready=False)
    switch = map_of_cases.get_by_role("button", name="三维实景")
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert not [url for url in fetched if "/assets/layer-" in url or "/api/meshes/" in url], "nothing of them before somebody asks"
    switch.click()
    map_of_cases.wait_for_selector(DRAWN, state="attached")
    expect(map_of_cases.get_by_text("三维数据：示例")).to_be_visible()
    with page.expect_response(lambda answer: "/api/data/data.meshes" in answer.url) as answered:
        meshes()
    assert answered.value.json()["rows"] == []


def test_without_meshes_nothing_that_draws_them_is_loaded(visitor: Arrive) -> None:
    somebody = visitor(1366)
    asked: list[str] = []
    somebody.page.on("request", lambda request: asked.append(request.url))
    somebody.open(f"/screen/overview?still=1&place={PLACE}")
    assert any("maplibre" in url for url in asked)
    assert not [url for url in asked if "/assets/layer-" in url or "/assets/paint-" in url or "/api/meshes/" in url]
