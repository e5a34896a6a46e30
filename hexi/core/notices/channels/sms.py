"""Text messages by Alibaba Cloud's service (Dysmsapi 2017-05-25, SendSms), signed by its third signature (ACS3-HMAC-SHA256).

The template has one variable each for what happened and where more stands: ${title} and ${link}. Receipts come by HTTP (SmsReport).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPException
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import orjson
from django.conf import settings

from hexi.core.notices.contracts import NotSent, Sent
from hexi.core.notices.models import Delivery
from hexi.kernel.label import Label, t

PAUSE_S = 8.0
SCHEME = "ACS3-HMAC-SHA256"
ACTION, VERSION = "SendSms", "2017-05-25"
BUSY = ("isv.BUSINESS_LIMIT_CONTROL", "Throttling", "isp.SYSTEM_ERROR", "ServiceUnavailable")
BAD_NUMBER = ("isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_COUNT_OVER_LIMIT")
NEEDED = ("SMS_URL", "SMS_KEY", "SMS_SECRET", "SMS_SIGN", "SMS_TEMPLATE")


def lacks() -> Label | None:
    missing = [f"HEXI_{name}" for name in NEEDED if not getattr(settings, name)]
    return t(f"请设置 {'、'.join(missing)}", f"Set {', '.join(missing)}") if missing else None


def send(delivery: Delivery, address: str, link: str) -> Sent:
    """Hand it to the provider; its BizId comes back with the receipt."""
    variables = {"title": delivery.title, "link": f"{settings.PUBLIC_URL}{link}" if link else ""}
    query = {
        "PhoneNumbers": address, "SignName": settings.SMS_SIGN, "TemplateCode": settings.SMS_TEMPLATE,
        "TemplateParam": orjson.dumps(variables).decode(), "OutId": str(delivery.pk),
    }  # fmt: skip
    said = _answer(query)
    code = str(said.get("Code", ""))
    if code == "OK":
        return Sent(str(said.get("BizId", "")))
    fault = "address" if code in BAD_NUMBER else "busy" if code.startswith(BUSY) else "refused"
    raise NotSent(fault, f"{code}: {said.get('Message', '')}", again=fault == "busy")


def _answer(query: Mapping[str, str]) -> Mapping[str, object]:
    canonical = canonical_query(query)
    host = urlsplit(str(settings.SMS_URL)).netloc
    headers = signed_headers(host, canonical, datetime.now(UTC), secrets.token_hex(16), (settings.SMS_KEY, settings.SMS_SECRET))
    address = f"{settings.SMS_URL.rstrip('/')}/?{canonical}"  # the operator's own
    request = Request(address, data=b"", headers=dict(headers), method="POST")  # noqa: S310
    try:
        with urlopen(request, timeout=PAUSE_S) as answer:  # noqa: S310
            return _read(answer.read())
    except HTTPError as fault:
        return _read(fault.read())
    except (URLError, HTTPException, OSError) as fault:
        raise NotSent("unreachable", str(fault)) from fault


def _read(body: bytes) -> Mapping[str, object]:
    try:
        found = orjson.loads(body)
    except ValueError as fault:
        raise NotSent("refused", body[:120].decode("utf-8", "replace")) from fault
    if not isinstance(found, dict):
        raise NotSent("refused", str(found)[:120])
    return cast("Mapping[str, object]", found)


def canonical_query(query: Mapping[str, str]) -> str:
    """Sorted by name, percent-encoded as RFC 3986 says."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote(query[name], safe='-_.~')}" for name in sorted(query))


def signed_headers(host: str, canonical: str, now: datetime, nonce: str, account: tuple[str, str]) -> dict[str, str]:
    """The heads of a request with an empty body, the signature among them."""
    key, secret = account
    empty = hashlib.sha256(b"").hexdigest()
    heads = {
        "host": host, "x-acs-action": ACTION, "x-acs-content-sha256": empty, "x-acs-date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce, "x-acs-version": VERSION,
    }  # fmt: skip
    named = ";".join(sorted(heads))
    lines = "".join(f"{name}:{heads[name].strip()}\n" for name in sorted(heads))
    whole = f"POST\n/\n{canonical}\n{lines}\n{named}\n{empty}"
    told = f"{SCHEME}\n{hashlib.sha256(whole.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), told.encode(), "sha256").hexdigest()
    return {**heads, "authorization": f"{SCHEME} Credential={key},SignedHeaders={named},Signature={signature}"}
