"""A newcomer reads the first start in one language, their own."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hexi.kernel.label import t
from hexi.tools.demo import Progress
from hexi.tools.processes.plan import Plan
from hexi.tools.processes.welcome import Welcome

ACCOUNT = {"username": "street", "name": "示例·孙街道", "password": "aaaa-bbbb", "role": {"zh": "街道工作人员", "en": "street office staff"}}


class Web(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"demo_accounts": [ACCOUNT]}).encode())

    def log_request(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "  人口：20 名虚构居民（0.0 秒）\n"), ("en", "  population: 20 invented residents (0.0 s)\n")]
)
def test_progress_is_said_in_the_readers_language(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEXI_LANG", language)
    Progress(t("人口", "population"), clock=lambda: 0.0)(t("20 名虚构居民", "20 invented residents"))
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(("language", "role"), [("zh", "街道工作人员"), ("en", "street office staff")])
def test_the_accounts_are_shown_with_their_roles_as_people_call_them(
    language: str, role: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEXI_LANG", language)
    server = HTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    Welcome(Plan("127.0.0.1", server.server_port, 1, 1, demo=True), started=0.0).look()
    thread.join()
    server.server_close()
    said = capsys.readouterr().out
    assert f"aaaa-bbbb   示例·孙街道 · {role}" in said and "street_staff" not in said
