"""A real Chromium on the real platform. A page that writes an error to its console, or breaks its own policy, fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support import platform as platforms
from tests.support.platform import Platform

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--font-render-hinting=none", "--lang=zh-CN", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage",
]  # fmt: skip
Look = tuple[int, Literal["light", "dark"]]
"""Width of the window in pixels, and what the system asks for."""
SIZES = {390: 844, 1366: 768, 1920: 1080, 3840: 2160}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENT_MS = 60_000
"""How long anything may take that somebody waits for: long, because machines that run tests are busy."""
expect.set_options(timeout=PATIENT_MS)
PICTURES = ROOT / "var" / "browser"
SETTLED = """() => {
  const asked = performance.getEntriesByType('resource').length
  const quiet = document.querySelectorAll('[aria-busy=true], [data-loading], .ant-btn-loading, .skeleton').length === 0
  if (asked !== window.__asked || !quiet) { window.__asked = asked; window.__since = performance.now() }
  return performance.now() - window.__since > 700
}"""
FLAT = """HTMLCanvasElement.prototype.getContext = (real => function (kind, ...more) {
  return /webgl/.test(kind) ? null : real.call(this, kind, ...more)
})(HTMLCanvasElement.prototype.getContext)"""
"""A device without WebGL: a test that is not about the map need not draw one in software, which takes most of its time."""
COARSE = "Object.defineProperty(window, 'devicePixelRatio', { get: () => 0.25 })"
"""Canvases of few pixels in a page that is laid out as it is: a map of the wall's size takes software seconds to draw."""
WATCH = "window.__broken = []; document.addEventListener('securitypolicyviolation', e => window.__broken.push(e.violatedDirective + ' ' + e.blockedURI))"


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    running = platforms.start(more={"HEXI_WEBHOOK_PRIVATE": "1"})  # receivers of the tests listen on this machine
    yield running
    platforms.stop(running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.fail("Chromium is not installed: run `make setup-test` as root, or apt-get install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser of one size. What their pages complain about is collected, but for what is forgiven."""

    platform: Platform
    context: BrowserContext
    forgive: tuple[str, ...] = ()
    complaints: list[str] = field(default_factory=list)

    @cached_property
    def page(self) -> Page:
        """Their window; who only calls the API opens none."""
        page = self.context.new_page()
        page.on("console", lambda message: _hear(self, message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        return page

    @property
    def looks(self) -> bool:
        """Have they a window open?"""
        return "page" in self.__dict__

    def open(self, path: str, *, ready: bool = True) -> Page:
        """Go there and wait until everything that is on view has arrived."""
        self.page.goto(self.platform.url + path)
        if ready:
            self.page.wait_for_selector("html[data-ready]", state="attached", timeout=PATIENT_MS)
        return self.page

    def settle(self) -> None:
        """Wait until the page has stopped asking for things other than the stream, which never ends."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function(SETTLED, timeout=PATIENT_MS)

    def sign_in(self, username: str) -> None:
        """By the API, as the sign-in page does; the page itself has a test of its own."""
        self.context.request.get(f"{self.platform.url}/work/")
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        answer = self.context.request.post(
            f"{self.platform.url}/api/session", data={"username": username, "password": self.platform.passphrase},
            headers={"X-CSRFToken": token, "Referer": self.platform.url},
        )  # fmt: skip
        assert answer.ok, answer.text()

    def api(self, path: str) -> Any:
        answer = self.context.request.get(self.platform.url + path)
        assert answer.ok, answer.text()
        return answer.json()

    def send(self, method: str, path: str, body: Any) -> Any:
        token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        return self.context.request.fetch(
            self.platform.url + path, method=method, data=body, headers={"X-CSRFToken": token, "Referer": self.platform.url}
        )

    def violations(self) -> list[str]:
        """What axe finds wrong once the page has settled, one line each.

        The script is run from outside, so the page's policy stays as strict as it is.
        """
        self.settle()
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
        return [f"{one['id']}: {node['target']} {node['failureSummary'][:160]}" for one in found["violations"] for node in one["nodes"][:5]]

    def violations_in(self, *looks: Look) -> list[str]:
        """The same for the open page in one look after the other, as when its window is pulled wider and the system turns dark.

        The page must have been opened with `theme=auto`.
        """
        found: list[str] = []
        for width, theme in looks:
            self.page.set_viewport_size({"width": width, "height": SIZES[width]})
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self.page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
            found += [f"{width} {theme} {fault}" for fault in self.violations()]
        return found


@pytest.fixture
def visitor(platform: Platform, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """`visitor(width=1920, signed_in="housing", **context)`; at the end of the test nobody may have complained.

    `flat` is a device without WebGL, `fine` one that draws every pixel of its canvases.
    A picture of every open page of a failed test is put into var/browser.
    """
    visitors: list[Visitor] = []
    failed = request.session.testsfailed

    def arrive(
        width: int = 1366, *, signed_in: str = "", forgive: tuple[str, ...] = (), flat: bool = False, fine: bool = False, **more: Any
    ) -> Visitor:  # fmt: skip
        how = {"viewport": {"width": width, "height": SIZES.get(width, 900)}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        context = chromium.new_context(**{**how, "reduced_motion": "reduce", **more})
        context.set_default_timeout(PATIENT_MS)
        for script in (WATCH, *((FLAT,) if flat else ()), *(() if fine else (COARSE,))):
            context.add_init_script(script)
        one = Visitor(platform, context, forgive)
        if signed_in:
            one.sign_in(signed_in)
        visitors.append(one)
        return one

    yield arrive
    if request.session.testsfailed > failed:
        _picture(visitors, request.node.name)
    complaints = [text for one in visitors for text in _complaints(one)]
    for one in visitors:
        one.context.close()
    assert complaints == []


def _picture(visitors: list[Visitor], test: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(visitors):
        if one.looks:
            one.page.screenshot(path=PICTURES / f"{test.replace('/', '_')}-{number}.png", timeout=20_000)


def _hear(one: Visitor, kind: str, text: str) -> None:
    if kind == "error" and not any(piece in text for piece in one.forgive):
        one.complaints.append(f"console: {text}")


def _complaints(one: Visitor) -> list[str]:
    if not one.looks:
        return one.complaints
    try:
        return one.complaints + [f"policy: {each}" for each in one.page.evaluate("window.__broken || []")]
    except Exception as error:  # noqa: BLE001 - a page that crashed is a complaint
        return [*one.complaints, f"page: {error}"]
