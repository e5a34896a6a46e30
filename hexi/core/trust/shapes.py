"""What goes over HTTP to and from the session."""

from __future__ import annotations

from typing import Literal

from ninja import Field, Schema


class Words(Schema):
    zh: str
    en: str


class HeldPost(Schema):
    role: str
    role_label: Words
    place: str | None
    place_name: str | None
    organisation: str | None


class Person(Schema):
    id: int
    username: str
    name: str
    posts: list[HeldPost]
    otp_enabled: bool


class Home(Schema):
    name: Words
    code: str
    center: tuple[float, float]


class DemoAccount(Schema):
    username: str
    name: str
    password: str
    role: Words


class SessionState(Schema):
    """Who is signed in here, and what every page has to know first. `demo_accounts` is empty outside a demonstration."""

    account: Person | None
    demo: bool
    demo_accounts: list[DemoAccount]
    district: Home
    stream_url: str
    csrf: str
    oidc: bool


class Credentials(Schema):
    username: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)
    otp: str = Field("", max_length=12)


class PasswordChange(Schema):
    old: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class OtpChange(Schema):
    """enrol asks for a secret; confirm and remove carry the code that the phone shows."""

    action: Literal["enrol", "confirm", "remove"]
    otp: str = Field("", max_length=12)


class OtpState(Schema):
    """After enrol: the secret to type, the address to open, the picture to scan. After the others: whether codes are on."""

    otp_enabled: bool
    secret: str = ""
    uri: str = ""
    qr: str = ""


class OpenSession(Schema):
    id: str
    device: str
    started_at: str
    expires_at: str
    present: bool


class OpenSessions(Schema):
    rows: list[OpenSession]


class LogState(Schema):
    """How the public log is. `trouble` is a word for programs, empty when all is well; `told` is for those who run the platform."""

    origin: str
    keys: list[str]
    size: int
    signed_size: int
    signed_at: str | None
    cosigned_size: int
    cosigned_at: str | None
    witnesses: list[str]
    waiting_since: str | None
    trouble: str
    trouble_label: Words | None
    told: Words | None
    since: str | None
