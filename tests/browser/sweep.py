"""By hand: visits every page of a running platform and says what does not fit, is not translated, is hard to read, or complains.

    python -m tests.browser.sweep http://localhost:8100 var/demo_accounts.json alarmdesk carecentre leader

Each account sees its own menu, walls and phone pages, in both languages, light and dark. One line for each fault; nothing when all is well.
With `--quick` before the accounts Chinese is seen light and English dark, which is half the work.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import AXE, FLAGS, FLAT, NAMES, SETTLED, SIZES, TAGS

QUICK = (("zh", "light"), ("en", "dark"))
PHONE = ("/m/", "/m/programme", "/m/district", "/m/mine", "/m/report", "/m/cases", "/m/work", "/m/nearby/outlet")
DESK = ("/work/cases", "/work/report", "/work/imports", "/work/webhooks", "/work/alarms", "/work/search?q=天塔", "/work/tours", "/work/way")
NEEDS = {"/work/webhooks": "data.subscription", "/work/alarms": "alarms.rescue"}
"""Desk pages that an account is led to only where it may read this register."""
CUT = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  const said = wide > 1 ? ['the page is wider than its window by ' + wide + ' px'] : []
  for (const one of document.querySelectorAll('h1,h2,h3,button,th,label,dt,.kpi *,.nav a,.tabs a')) {
    const style = getComputedStyle(one)
    if (one.clientWidth < 3 || one.closest('.sr-only') || style.overflow === 'visible' || !one.textContent.trim() || style.textOverflow === 'ellipsis' && one.title) continue
    if (one.scrollWidth > one.clientWidth + 1 && style.overflowX === 'hidden') said.push('cut: ' + one.textContent.trim().slice(0, 40))
  }
  return said
}"""
FOREIGN = """lang => {
  const wrong = lang === 'zh' ? /[A-Za-z]{3,}(?: [A-Za-z]{2,})+/ : /[\\u4e00-\\u9fff]/
  const words = [...document.querySelectorAll('h1,h2,h3,button,th,label,legend,dt,summary,.nav a,.tabs a,.panel-title,.legend,.empty,.nothing')]
  const texts = words.filter(one => one.checkVisibility() && !one.closest('[lang]:not(html), .me, .list-row, .bar, .progress-row, table') && !one.textContent.includes('示例')).map(one => one.textContent.trim())
  return [...new Set(texts.filter(text => wrong.test(text)).map(text => text.slice(0, 50)))]
}"""


@dataclass
class Sweep:
    """One account's walk through the house."""

    browser: Browser
    url: str
    username: str
    passphrase: str
    looks: Sequence[tuple[str, str]] = tuple(itertools.product(("zh", "en"), ("light", "dark")))
    heard: list[str] = field(default_factory=list)

    def faults(self) -> Iterator[str]:
        """In every language and theme, of every page that this account has."""
        for lang, theme in self.looks:
            page = self._page(lang)
            for path in self._paths(page):
                yield from (f"{self.username} {lang} {theme} {path}: {one}" for one in self._of(page, path, lang, theme))
            page.context.close()

    def _page(self, lang: str) -> Page:
        context = self.browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
        context.add_init_script(FLAT)
        context.add_cookies([{"name": "hexi_lang", "value": lang, "url": self.url}])
        context.request.get(f"{self.url}/work/")
        token = next(one["value"] for one in context.cookies() if one["name"] == "csrftoken")
        given = {"username": self.username, "password": self.passphrase}
        answer = context.request.post(f"{self.url}/api/session", data=given, headers={"X-CSRFToken": token, "Referer": self.url})
        assert answer.ok, answer.text()
        page = context.new_page()
        page.on("console", lambda message: self.heard.append(message.text[:200]) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.heard.append(str(error)[:200]))
        return page

    def _paths(self, page: Page) -> list[str]:
        def api(path: str) -> Any:
            return page.context.request.get(self.url + path).json()

        found = api("/api/pages")
        pages = found if isinstance(found, list) else found.get("pages") or found.get("rows")
        walls = [f"/screen/{one['id']}" for one in pages if one["kind"] == "screen"]
        opened = [item["open"] for group in api("/api/menu")["groups"] for item in group["items"]]
        desk = [f"/work/records/{one['entity']}" for one in opened if one.get("entity")]
        desk += [f"/work/pages/{one['page']}" for one in opened if one.get("page") and f"/screen/{one['page']}" not in walls]
        known = {one["name"] for one in api("/api/models")}
        own = [path for path in DESK if NEEDS.get(path, "") in {"", *known}]
        return [*dict.fromkeys(desk), *own, *walls, *PHONE]

    def _of(self, page: Page, path: str, lang: str, theme: str) -> Iterator[str]:
        width = 390 if path.startswith("/m/") else 1920 if path.startswith("/screen/") else 1366
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        self.heard.clear()
        page.goto(f"{self.url}{path}{'&' if '?' in path else '?'}lang={lang}&theme={theme}")
        try:
            page.wait_for_function(SETTLED, timeout=30_000)
        except Exception:  # noqa: BLE001 - said, and the walk goes on
            yield "does not come to rest"
        yield from (f"complains: {one}" for one in self.heard)
        yield from page.evaluate(CUT)
        yield from (f"not in this language: {one}" for one in page.evaluate(FOREIGN, lang))
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
        yield from (f"axe {one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"][:3])


def main(url: str, accounts: str, *usernames: str) -> int:
    """The number of faults."""
    known = {one["username"]: one["password"] for one in json.loads(Path(accounts).read_text(encoding="utf-8"))}
    quick, usernames = usernames[:1] == ("--quick",), tuple(one for one in usernames if one != "--quick")
    looks = QUICK if quick else Sweep.looks
    program, number = next(path for name in NAMES if (path := shutil.which(name))), 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for username in usernames:
            for fault in Sweep(browser, url.rstrip("/"), username, known[username], looks).faults():
                print(fault, flush=True)
                number += 1
        browser.close()
    print(f"{number} faults", file=sys.stderr)
    return number


if __name__ == "__main__":
    raise SystemExit(bool(main(*sys.argv[1:])))
