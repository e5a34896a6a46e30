"""Each way speaks as the other side expects: a browser, a provider of text messages, a mail server."""

from __future__ import annotations

import hashlib
import hmac
import re
import socketserver
import threading
from collections.abc import Iterator
from datetime import time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from hexi.core.data.api import Change
from hexi.core.data.tests.conftest import Person, offices, own_names, person, places  # noqa: F401
from hexi.core.notices.channels import push
from hexi.core.notices.contracts import Letter, Reader
from hexi.core.notices.models import Browser, Delivery
from hexi.core.notices.preferences import Wanted, keep_wanted
from hexi.core.notices.sending import due, send
from hexi.core.notices.telling import tell
from hexi.core.trust.api import PLATFORM
from hexi.kernel.label import t
from tests.support.clock import Clock

pytestmark = pytest.mark.django_db
LETTER = Letter(t("紧急呼叫 张**", "SOS"), t("请应答", "Answer"), "/m/work", "alarms.rescue", 7, urgent=True)
CALM = Letter(t("周报", "weekly"), t("请查看", "Look"), "/work/")
DAUGHTER = Reader(phone="13800001234", mail="daughter@example.org", link="/m/slip/rescue#secret")


def told(letter: Letter, reader: Reader) -> list[Delivery]:
    return tell(Change(PLATFORM, "try"), letter, [reader])


def test_what_is_not_set_up_sends_nothing_and_says_so() -> None:
    rows = told(LETTER, DAUGHTER)
    assert [(row.channel, row.state, row.fault, row.sealed) for row in rows] == [("sms", "off", "not_set_up", None), ("mail", "off", "not_set_up", None)]
    assert [row.to for row in rows] == ["138****1234", "d***@example.org"], "addresses are masked on the desk"
    assert due() == []


def test_quiet_hours_and_ways_that_are_off_hold_back_all_but_the_urgent(clock: Clock, settings: Any) -> None:
    settings.MAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:9", "hexi@example.org"
    keep_wanted(5, Wanted(("push",), (time(11), time(13)), mail="a@example.org"))
    assert [(row.channel, row.state) for row in told(CALM, Reader(5))] == [("inside", "sent"), ("mail", "quiet")]
    assert [(row.channel, row.state) for row in told(LETTER, Reader(5))] == [("inside", "sent"), ("mail", "queued")]
    clock.pass_by(timedelta(hours=2))
    assert told(CALM, Reader(5))[1].state == "queued"


class Provider(BaseHTTPRequestHandler):
    """Alibaba Cloud's end of it, by its documentation: recomputes the signature of what came."""

    said: ClassVar[dict[str, str]] = {"Code": "OK", "BizId": "biz-1"}
    asked: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        parts = urlsplit(self.path)
        found = re.match(r"ACS3-HMAC-SHA256 Credential=key-id,SignedHeaders=([^,]+),Signature=(\w+)$", self.headers["authorization"])
        assert found is not None
        names = found[1].split(";")
        heads = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names)
        whole = "\n".join(("POST", "/", parts.query, heads, found[1], hashlib.sha256(body).hexdigest()))
        told = f"ACS3-HMAC-SHA256\n{hashlib.sha256(whole.encode()).hexdigest()}"
        good = hmac.new(b"key-secret", told.encode(), "sha256").hexdigest() == found[2] and {"host", "x-acs-action", "x-acs-date"} <= set(names)
        self.asked.append(dict(parse_qsl(parts.query)))
        answer = self.said if good else {"Code": "SignatureDoesNotMatch", "Message": "no"}
        self.send_response(200 if good else 400)
        self.end_headers()
        self.wfile.write(orjson.dumps(answer))

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Provider.said, Provider.asked[:] = {"Code": "OK", "BizId": "biz-1"}, []
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_SECRET = f"http://127.0.0.1:{server.server_port}", "key-id", "key-secret"
    settings.SMS_SIGN, settings.SMS_TEMPLATE, settings.SMS_RECEIPTS, settings.PUBLIC_URL = "河西区", "SMS_1", "token", "https://hexi.example"
    yield Provider
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_text_message_is_signed_sent_once_and_its_receipt_kept(provider: type[Provider], person: Any) -> None:  # noqa: F811
    row = told(LETTER, Reader(phone="13800001234", link="/m/slip/rescue#secret"))[0]
    send(row.pk), send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.provider, row.sealed, row.tries, len(provider.asked)) == ("sent", "biz-1", None, 1, 1)
    asked = provider.asked[0]
    assert (asked["PhoneNumbers"], asked["SignName"], asked["TemplateCode"]) == ("13800001234", "河西区", "SMS_1")
    assert orjson.loads(asked["TemplateParam"]) == {"title": "紧急呼叫 张**", "link": "https://hexi.example/m/slip/rescue#secret"}
    report = [{"biz_id": "biz-1", "success": True, "phone_number": "13800001234"}]
    anybody = person()
    assert anybody.post("/api/notices/receipts/wrong", report).status_code == 404
    assert anybody.post("/api/notices/receipts/token", report).json() == {"code": 0, "msg": "OK"}
    row.refresh_from_db()
    assert row.state == "received"


def test_a_busy_provider_is_asked_again_later_and_a_wrong_number_never(provider: type[Provider], clock: Clock) -> None:
    provider.said = {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "later"}
    row = told(LETTER, Reader(phone="13800001234"))[0]
    send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.fault, row.next_at) == ("queued", "busy", clock.now + timedelta(seconds=5))
    assert due() == []
    clock.pass_by(timedelta(seconds=5))
    provider.said = {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "bad"}
    send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.fault, row.tries, row.next_at) == ("failed", "address", 2, None)


class MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender meets."""

    letters: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT" and b"nobody" in line:
                self.wfile.write(b"550 no such user\r\n")
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"250 kept\r\n")
            else:
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


def test_a_mail_goes_to_the_server_and_an_unknown_user_is_final(settings: Any) -> None:
    MailServer.letters.clear()
    with socketserver.TCPServer(("127.0.0.1", 0), MailServer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.MAIL_URL, settings.MAIL_FROM = f"smtp://127.0.0.1:{server.server_address[1]}", "hexi@example.org"
        good, bad = (told(LETTER, Reader(mail=mail, link="/m/slip/rescue#s"))[0] for mail in ("a@example.org", "nobody@example.org"))
        send(good.pk), send(bad.pk)
        server.shutdown()
        thread.join()
    good.refresh_from_db(), bad.refresh_from_db()
    assert (good.state, bad.state, bad.fault) == ("sent", "failed", "address")
    assert len(MailServer.letters) == 1 and good.provider.encode() in MailServer.letters[0]


def test_a_push_is_encrypted_as_the_standard_shows() -> None:
    """RFC 8291, section 5."""
    reader = push.raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
    own = ec.derive_private_key(int.from_bytes(push.raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1())
    found = push.encrypted(
        b"When I grow up, I want to be a watermelon", reader, push.raw("BTBZMqHH6r4Tts7J_aSIgg"), own, push.raw("DGv6ra1nlYgDCS1FRnbzlw")
    )
    assert push.text(found) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_push_says_whose_it_is_and_a_browser_that_is_gone_is_forgotten(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUSH_CONTACT, settings.VAR = "mailto:ops@example.org", tmp_path
    other = ec.generate_private_key(ec.SECP256R1())
    Browser.objects.create(account=5, endpoint="https://push.example/abc", p256dh=push.text(push.public_of(other)), auth=push.text(b"a" * 16))
    heads: list[dict[str, str]] = []
    statuses = [201, 410]

    def posted(_endpoint: str, head: dict[str, str], _body: bytes) -> Any:
        heads.append(head)
        from hexi.core.data.webhooks.post import Answer

        return Answer(statuses.pop(0), "")

    monkeypatch.setattr(push, "posted", posted)
    rows = [told(LETTER, Reader(5))[1], told(LETTER, Reader(5))[1]]
    for row in rows:
        send(row.pk)
        row.refresh_from_db()
    assert [(row.channel, row.state, row.fault) for row in rows] == [("push", "sent", ""), ("push", "failed", "gone")]
    assert not Browser.objects.exists()
    token, key = re.match(r"vapid t=(\S+), k=(\S+)", heads[0]["Authorization"]).groups()  # type: ignore[union-attr]
    head, claims, signature = token.split(".")
    assert orjson.loads(push.raw(claims))["aud"] == "https://push.example"
    raw = push.raw(signature)
    signed = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), push.raw(key))
    public.verify(signed, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))


def test_people_choose_how_they_are_told_and_wrong_numbers_are_refused(person: Any) -> None:  # noqa: F811
    who: Person = person("grid_worker", "120103001")
    wanted = {"off": ["mail"], "quiet_from": "22:00", "quiet_to": "06:30", "phone": "13800001234", "mail": ""}
    assert who.send("PUT", "/api/notices/choice", wanted).status_code == 204
    found = who.get("/api/notices/choice").json()
    assert {key: found[key] for key in wanted} == wanted
    assert next(way for way in found["ways"] if way["key"] == "sms")["lacks"]["zh"].startswith("请设置 HEXI_SMS_URL")
    assert who.send("PUT", "/api/notices/choice", {**wanted, "phone": "12"}).status_code == 422
    assert person().get("/api/notices/choice").status_code == 401


