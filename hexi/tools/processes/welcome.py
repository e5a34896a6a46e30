"""Says once, when the web answers, where the platform is and who can sign in."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection, HTTPException
from typing import Any

from hexi.kernel.label import Label, t
from hexi.tools.processes.plan import Plan
from hexi.tools.voice import complain, language, say

ASK_EVERY_S = 0.3
PATIENCE_S = 60.0


class Welcome:
    """`look` is called by the supervisor again and again until the web has answered."""

    def __init__(self, plan: Plan, started: float) -> None:
        self.plan, self.started = plan, started
        self.said = False
        self.complained = False
        self.next_look = 0.0

    def look(self) -> None:
        """Ask the web, and speak when it answers."""
        now = time.monotonic()
        if self.said or now < self.next_look:
            return
        self.next_look = now + ASK_EVERY_S
        if (session := _session(self.plan.host, self.plan.port)) is not None:
            self.said = True
            self._speak(now - self.started, session.get("demo_accounts", []))
        elif now - self.started > PATIENCE_S and not self.complained:
            self.complained = True
            complain(
                t("网页进程一分钟内没有应答，请看上面的错误", "The web process has not answered within a minute: see the errors above")
            )

    def _speak(self, seconds: float, accounts: list[dict[str, Any]]) -> None:
        name = "localhost" if self.plan.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.plan.host  # noqa: S104 - compared
        at = f"http://{name}:{self.plan.port}"
        say(t(f"平台已就绪（{seconds:.1f} 秒）", f"The platform is ready ({seconds:.1f} s)"))
        say(t(f"  一屏观河西  {at}/screen/overview", f"  the one screen  {at}/screen/overview"))
        say(t(f"  民心工程    {at}/screen/livelihood", f"  the programme   {at}/screen/livelihood"))
        say(t(f"  工作台      {at}/work/", f"  the desk        {at}/work/"))
        say(t(f"  居民端      {at}/m/", f"  for residents   {at}/m/"))
        if accounts:
            _say_accounts(accounts)
        say(t("按 Ctrl-C 停止", "Ctrl-C stops it"))


def _say_accounts(accounts: list[dict[str, Any]]) -> None:
    say(t("示范账号（仅供体验，口令只属于这次安装）：", "Demonstration accounts (the passphrase is this installation's own):"))
    for one in accounts:
        role = Label(one["role"]["zh"], one["role"]["en"]).said(language())
        print(f"  {one['username']:<14}{one['password']}   {one['name']} · {role}", flush=True)


def _session(host: str, port: int) -> dict[str, Any] | None:
    """What the web says to a visitor, with the demonstration's accounts; nothing as long as it does not answer."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared
    connection = HTTPConnection(asked, port, timeout=5)
    try:
        connection.request("GET", "/api/session", headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        body = answer.read()
        return (json.loads(body) if answer.status == 200 else {}) if answer.status < 500 else None
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
