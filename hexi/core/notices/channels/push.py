"""Web push (RFC 8030): encrypted for one browser (RFC 8291, aes128gcm of RFC 8188), signed as ours (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import os
import time
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from hexi.core.data.api import posted
from hexi.core.notices.contracts import NotSent, Sent
from hexi.core.notices.models import Browser, Delivery
from hexi.kernel.disk import made_once
from hexi.kernel.label import Label, t

RECORD = 4096
LASTS_S, TOKEN_S = 600, 12 * 3600
"""A push that nobody took for ten minutes is of no use any more; a token counts for less than the day that the standard allows."""
GONE = (404, 410)


def lacks() -> Label | None:
    return None if settings.PUSH_CONTACT else t("请设置 HEXI_PUSH_CONTACT", "Set HEXI_PUSH_CONTACT")


def send(delivery: Delivery, address: str, link: str) -> Sent:
    """Post it to the browser's push service. One that is gone is forgotten."""
    browser = Browser.objects.filter(pk=address, account=delivery.account).first()
    if browser is None:
        raise NotSent("gone", again=False)
    told = {"title": delivery.title, "body": delivery.body, "link": link, "urgent": delivery.urgent}
    told["tag"] = f"{delivery.about}-{delivery.number}"
    body = encrypted(orjson.dumps(told), raw(browser.p256dh), raw(browser.auth))
    heads = {
        "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(LASTS_S),
        "Urgency": "high" if delivery.urgent else "normal", "Authorization": vapid(browser.endpoint, private_key(), time.time()),
    }  # fmt: skip
    answer = posted(browser.endpoint, heads, body)
    if answer.is_success:
        return Sent()
    if answer.status in GONE:
        browser.delete()
        raise NotSent("gone", str(answer.status), again=False)
    if answer.status:
        raise NotSent("busy" if answer.status in {429, 503} else "refused", str(answer.status), again=answer.status >= 429)
    raise NotSent("unreachable", answer.fault)


def encrypted(plain: bytes, reader: bytes, auth: bytes, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b"") -> bytes:
    """One record that only the browser with this public key and secret can read. `own` and `salt` are new each time; tests give theirs."""
    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    mine = public_of(own)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), reader))
    key_material = _derived(shared, auth, b"WebPush: info\0" + reader + mine, 32)
    key = _derived(key_material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(key_material, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, plain + b"\x02", None)
    return salt + RECORD.to_bytes(4) + len(mine).to_bytes(1) + mine + sealed


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


def vapid(endpoint: str, key: ec.EllipticCurvePrivateKey, now: float) -> str:
    """The head that says whose push it is: a JWT by ES256 for this push service alone, and our public key."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now) + TOKEN_S, "sub": settings.PUSH_CONTACT}
    told = f"{text(orjson.dumps({'typ': 'JWT', 'alg': 'ES256'}))}.{text(orjson.dumps(claims))}"
    r, s = decode_dss_signature(key.sign(told.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={told}.{text(r.to_bytes(32) + s.to_bytes(32))}, k={text(public_of(key))}"


def private_key() -> ec.EllipticCurvePrivateKey:
    """This installation's own, made once. Browsers that subscribed know it: with another one they would have to do so again."""
    path = Path(settings.VAR) / "push_key.pem"
    if not path.exists():
        pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        made_once(path, pem.decode())
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def public_key() -> str:
    """What a browser needs to subscribe."""
    return text(public_of(private_key()))


def public_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def text(content: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def raw(written: str) -> bytes:
    """The same back."""
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
