"""One-time codes (TOTP, RFC 6238): secrets sealed at rest, every code good once."""

from __future__ import annotations

import hashlib

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from pyotp import random_base32
from pyotp.totp import TOTP

from hexi.core.trust.contracts import Enrolment
from hexi.core.trust.models import Account
from hexi.core.trust.qr import qr_picture
from hexi.core.trust.sealing import seal, unseal
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

STEP = 30  # seconds that one code lasts
DRIFT = 1  # steps that a phone's clock may be off, either way (RFC 6238 section 5.2)
ISSUER = "河西区运行平台 Hexi"
PURPOSE = "one-time code"


def enrolment(username: str) -> Enrolment:
    """A new secret and what a phone needs to take it over."""
    secret = random_base32()
    uri = TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)
    return Enrolment(secret, uri, qr_picture(uri))


def sealed(secret: str) -> str:
    """The secret as it may lie in the database."""
    return seal(secret.encode(), PURPOSE).decode()


def opened(sealed_secret: str) -> str:
    """The secret back. Raises Unavailable when it was sealed under a signing key that this installation no longer has."""
    try:
        return unseal(sealed_secret.encode(), PURPOSE).decode()
    except Unavailable as fault:
        what = t("动态验证码的密钥无法读取：平台的签名密钥已更换", "The one-time-code secret is unreadable: the signing key was changed")
        do = t("请管理员为该账号停用动态验证码", "Ask an administrator to switch the code off for this account")
        raise Unavailable(what, do=do) from fault


def is_on(account: int) -> bool:
    """Does the account sign in with a code?"""
    return Account.objects.filter(pk=account).exclude(otp_secret="").exists()


def step_of(code: str, secret: str) -> int | None:
    """The time step whose code this is, near now; none when it is a wrong code."""
    now, totp = int(timezone.now().timestamp()) // STEP, TOTP(secret, interval=STEP, digest=hashlib.sha1)
    given = code.strip().replace(" ", "")
    fitting = [step for step in range(now - DRIFT, now + DRIFT + 1) if constant_time_compare(totp.generate_otp(step), given)]
    return fitting[0] if fitting else None


def spend(account: Account, code: str) -> bool:
    """Is it a right code of the account, not used yet? Then it is used now: of two who send it at once, one gets in."""
    step = step_of(code, opened(account.otp_secret))
    if step is None:
        return False
    return Account.objects.filter(pk=account.pk, otp_used_step__lt=step).update(otp_used_step=step) == 1
