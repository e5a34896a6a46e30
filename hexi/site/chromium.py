"""A headless Chromium for one picture or PDF: started, asked over the DevTools protocol, and ended."""

from __future__ import annotations

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websocket
from django.conf import settings

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

START_SECONDS = 20
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--enable-unsafe-swiftshader",
    "--hide-scrollbars",
    "--lang=zh-CN",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)


@dataclass
class Tab:
    """One page under our control. Calls are DevTools protocol methods; an error of theirs raises Unavailable."""

    socket: Any
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise _failed(answer["error"]["message"])
                return answer["result"]

    def value_of(self, script: str) -> Any:
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def wait_for(self, script: str, seconds: float) -> bool:
        """Ask until the script says true; False when time is up."""
        return wait_until(lambda: bool(self.value_of(script)), seconds)

    def png(self) -> bytes:
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def pdf(self, **options: Any) -> bytes:
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True, **options)["data"])


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Ask `done` every tenth of a second until it says yes; False when time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.1)
    return False


def program() -> str:
    """Where Chromium is. Raises Unavailable with what to install."""
    found = settings.CHROMIUM or next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        raise Unavailable(
            t("本机没有安装 Chromium，不能生成图片和 PDF", "Chromium is not installed here, so pictures and PDF cannot be made"),
            do=t("请安装 chromium 和 fonts-noto-cjk，或设置 HEXI_CHROMIUM", "Install chromium and fonts-noto-cjk, or set HEXI_CHROMIUM"),
            code="no_chromium",
        )
    return found


@contextmanager
def tab(width: int = 1280, height: int = 800) -> Generator[Tab]:
    """A fresh browser with one tab; nothing of it outlives the block."""
    with tempfile.TemporaryDirectory(prefix="hexi-chromium-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program(), *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            socket = websocket.create_connection(_address(Path(profile)), timeout=60, suppress_origin=True)
            try:
                yield Tab(socket)
            finally:
                socket.close()
        finally:
            process.terminate()
            process.wait(10)


def _address(profile: Path) -> str:
    """The socket of the first tab: Chromium writes its port into the profile."""
    told = profile / "DevToolsActivePort"
    if not wait_until(lambda: told.exists() and len(told.read_text().splitlines()) == 2, START_SECONDS):
        raise _failed("no answer at start")
    port = int(told.read_text().splitlines()[0])
    return _first_page(port)


def _first_page(port: int) -> str:
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}/json", timeout=10) as answer:
        pages = json.load(answer)
    return next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")


def _failed(why: str) -> Unavailable:
    return Unavailable(
        t("生成图片或 PDF 失败，请稍后重试", "The picture or PDF could not be made; try again later"), which=why, code="render_failed"
    )


def pdf_of(html: str) -> bytes:
    """The HTML document as a PDF. It must carry its styles itself; no address is fetched. Raises Unavailable."""
    with tab() as page:
        page.call("Network.enable")
        page.call("Network.setBlockedURLs", urls=["http://*", "https://*", "file://*"])
        frame = page.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        page.call("Page.setDocumentContent", frameId=frame, html=html)
        page.wait_for("document.readyState === 'complete'", 10)
        return page.pdf(displayHeaderFooter=False)
