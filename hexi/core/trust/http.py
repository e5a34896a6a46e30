"""The session over HTTP: who is signed in, signing in and out, password, one-time code, open sessions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from hexi.core.trust import actions, devices, otp
from hexi.core.trust.contracts import Device, Enrolment, PostRecord, Viewer
from hexi.core.trust.demo import DemoLogin, demo_accounts
from hexi.core.trust.house import home, house
from hexi.core.trust.ledger.reading import log_status
from hexi.core.trust.reader import reader
from hexi.core.trust.shapes import (
    Credentials,
    DemoAccount,
    HeldPost,
    Home,
    LogState,
    OpenSession,
    OpenSessions,
    OtpChange,
    OtpState,
    PasswordChange,
    Person,
    SessionState,
    Words,
)  # fmt: skip
from hexi.core.trust.viewers import viewer_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import SignInNeeded
from hexi.kernel.label import Label, t

router = Router(tags=["session"], auth=reader)


@router.get("/session", response=SessionState)
def session(request: HttpRequest) -> SessionState:
    """Who is signed in, or nobody; sets the CSRF cookie."""
    return _state(request)


@router.post("/session", response=SessionState)
def sign_in(request: HttpRequest, credentials: Credentials) -> SessionState:
    """Sign in. 401 `wrong_credentials`, `otp_needed` or `locked` with `retry_after` seconds; 429 when the address tried too often."""
    actions.sign_in(request, credentials.username, credentials.password, credentials.otp)
    return _state(request)


@router.delete("/session", response=SessionState)
def sign_out(request: HttpRequest) -> SessionState:
    """End this browser's session."""
    actions.sign_out(request)
    return _state(request)


@router.post("/session/password", response=SessionState)
def change_password(request: HttpRequest, change: PasswordChange) -> SessionState:
    """Set a new password; every other session of the account ends."""
    actions.change_password(request, change.old, change.new)
    return _state(request)


@router.post("/session/otp", response=OtpState)
def change_otp(request: HttpRequest, change: OtpChange) -> OtpState:
    """Switch the one-time code on (enrol, then confirm) or off (remove)."""
    if change.action == "enrol":
        new: Enrolment = actions.enrol_otp(request)
        return OtpState(otp_enabled=False, secret=new.secret, uri=new.uri, qr=new.qr)
    if change.action == "confirm":
        actions.confirm_otp(request, change.otp)
    else:
        actions.remove_otp(request, change.otp)
    return OtpState(otp_enabled=change.action == "confirm")


@router.get("/session/devices", response=OpenSessions)
def open_sessions(request: HttpRequest) -> OpenSessions:
    """Where else this person is signed in."""
    return _devices(request)


@router.delete("/session/devices/{device}", response=OpenSessions)
def end_device(request: HttpRequest, device: str) -> OpenSessions:
    """End one of one's own sessions."""
    actions.end_device(request, device)
    return _devices(request)


@router.get("/ledger", response=LogState)
def ledger(request: HttpRequest) -> LogState:
    """How far the public log is, who signs it, and what hinders it. Open to everybody, as the log itself."""
    found = log_status()
    label = TROUBLES.get(found.trouble, TROUBLES["other"]) if found.trouble else None
    said: dict[str, Any] = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(found).items()}
    runs_it = viewer_of(request).holds("administrator", "auditor", "leader")
    words = {"told": _words(found.told) if found.told and runs_it else None, "trouble_label": _words(label) if label else None}
    return LogState.model_validate({**said, **words})


TROUBLES = {
    "no_key": t("尚无签名密钥，日志未开始", "There is no signing key yet; the log has not begun"),
    "behind": t("数据库比已公布的日志旧，已停止签名", "The database is older than what was published; nothing more is signed"),
    "forked": t("数据库与已公布的日志不符，已停止签名", "The database does not fit what was published; nothing more is signed"),
    "unwitnessed": t("见证方久未签名", "Witnesses have not signed for long"),
    "stalled": t("日志进程没有工作，改动在等待入日志", "The process that keeps the log is not at work: changes wait"),
    "unwritable": t("日志文件写不进去，未能公布", "The log's files cannot be written; nothing new is published"),
    "other": t("日志暂停，管理员可见原因", "The log stands still; administrators see why"),
}


def _devices(request: HttpRequest) -> OpenSessions:
    viewer = viewer_of(request)
    if viewer.account is None:
        raise SignInNeeded
    found = devices.open_sessions(viewer.account, request.session.session_key or "")
    return OpenSessions(rows=[_open_session(device) for device in found])


def _open_session(device: Device) -> OpenSession:
    started, expires = device.started_at.isoformat(), device.expires_at.isoformat()
    return OpenSession(id=device.id, device=device.device, started_at=started, expires_at=expires, present=device.present)


def _state(request: HttpRequest) -> SessionState:
    district = home()
    return SessionState(
        account=_person(viewer_of(request)),
        demo=bool(settings.DEMO),
        demo_accounts=[_offered(one) for one in demo_accounts()] if settings.DEMO else [],
        district=Home(name=_words(district.name), code=district.code, center=district.center),
        stream_url=house.stream_url(request),
        csrf=get_token(request),
        oidc=bool(settings.OIDC_RP_CLIENT_ID),
    )


def _person(viewer: Viewer) -> Person | None:
    if viewer.account is None:
        return None
    names = house.place_names({post.place for post in viewer.posts if post.place})
    posts = [_post(post, names.get(post.place), viewer) for post in viewer.posts if post.id]
    return Person(id=viewer.account, username=viewer.username, name=viewer.name, posts=posts, otp_enabled=otp.is_on(viewer.account))


def _post(post: PostRecord, place: str | Label | None, viewer: Viewer) -> HeldPost:
    role = catalogue.roles.get(post.role)
    return HeldPost(
        role=post.role,
        role_label=_words(role.label) if role else Words(zh=post.role, en=post.role),
        place=post.place or None,
        place_name=place.said(viewer.language) if isinstance(place, Label) else place,
        organisation=post.organisation or None,
    )


def _offered(account: DemoLogin) -> DemoAccount:
    role = catalogue.roles.get(account.role)
    words = _words(role.label) if role else Words(zh=account.role, en=account.role)
    return DemoAccount(username=account.username, name=account.name, password=account.password, role=words)


def _words(label: Label) -> Words:
    return Words(**label.as_dict())
