"""Signing in and out, passwords, one-time codes, open sessions: each change with its event in one transaction."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login, logout
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest

from hexi.core.trust import attempts, otp
from hexi.core.trust.accounts import ACCOUNT, password_faults, spelled
from hexi.core.trust.contracts import PUBLIC, Enrolment, Happening, Viewer
from hexi.core.trust.devices import device_name, end_session, end_sessions
from hexi.core.trust.events import record
from hexi.core.trust.models import Account
from hexi.core.trust.sessions import DEVICE, STARTED, now_said
from hexi.core.trust.viewers import forget_viewer, viewer_of
from hexi.kernel.errors import Conflict, Invalid, NotFound, Problem, SignInNeeded
from hexi.kernel.label import t

BACKEND = "hexi.core.trust.backends.PostBackend"
WAITING_SECRET = "otp_waiting"  # noqa: S105  the name of a place in the session
WRONG = t("用户名或密码不对", "The user name or the password is wrong")
WRONG_PASSWORD = t("当前密码不对", "The present password is wrong")
WRONG_CODE = t("动态验证码不对或已用过", "The one-time code is wrong or was used before")
NO_PASSWORD = "!"  # Django's mark of an account without one: checking against it takes as long as against any other  # noqa: S105


def sign_in(request: HttpRequest, username: str, password: str, code: str = "") -> None:
    """Open a session for whoever these credentials belong to.

    Raises SignInNeeded (`wrong_credentials`, `otp_needed`), Locked or TooMany. What is wrong is never said: neither in words nor in time.
    """
    name, address = spelled(username), attempts.origin(request)
    attempts.book(name, address)
    account = Account.objects.filter(username=name).first()
    stale = list[str]()
    fits = check_password(password, account.password if account else NO_PASSWORD, setter=stale.append)
    if account is None or not fits or not account.is_active:
        raise _refused(account, name, address, "password")
    if account.otp_secret and not code:
        attempts.unbook(name, address)
        raise SignInNeeded(t("请输入动态验证码", "Enter the one-time code"), code="otp_needed")
    if account.otp_secret and not otp.spend(account, code):
        raise _refused(account, name, address, "code")
    attempts.forgive(name, address)
    if stale:  # hashed with the parameters of an older release
        account.set_password(password)
        account.save(update_fields=["password"])
    open_session(request, account, "password+code" if account.otp_secret else "password")


def _refused(account: Account | None, name: str, address: str, what: str) -> SignInNeeded:
    with transaction.atomic():
        happenings = [_said("sign_in_failed", account, {"address": address, "what": what})]
        if attempts.is_locked(name):
            happenings.append(_said("locked", account, {"address": address}))
        record(PUBLIC, *happenings)
    said = WRONG if what == "password" else WRONG_CODE
    return SignInNeeded(said, code="wrong_credentials", do=t("请核对后重试", "Check and try again"))


def open_session(request: HttpRequest, account: Account, how: str) -> None:
    """Give the browser a fresh session of this account; an older one of the same browser ends."""
    with transaction.atomic():
        if SESSION_KEY in request.session:
            request.session.flush()  # Django keeps the key when the same person signs in again
        login(request, account, backend=BACKEND)
        request.session[STARTED] = now_said()
        request.session[DEVICE] = device_name(request.headers.get("User-Agent", ""))
        forget_viewer(request)
        after = {"how": how, "address": attempts.origin(request), "device": request.session[DEVICE]}
        record(viewer_of(request), _said("sign_in", account, after))


def sign_out(request: HttpRequest) -> None:
    """End this browser's session; nothing happens when there is none."""
    viewer = viewer_of(request)
    with transaction.atomic():
        if viewer.account is not None:
            record(viewer, Happening("sign_out", ACCOUNT, viewer.account, silent=True))
        logout(request)
    forget_viewer(request)


def change_password(request: HttpRequest, old: str, new: str) -> None:
    """Set a new password and end every other session of the account. Raises SignInNeeded, Invalid, Locked."""
    viewer, account = _self(request)
    _check_own_password(request, account, old, "old")
    faults = password_faults(new, account, "new")
    if old == new:
        faults.append(Problem("new", t("新密码不能与当前密码相同", "The new password is the same as the present one")))
    if faults:
        raise Invalid(faults)
    account.password = make_password(new)
    with transaction.atomic():
        account.save(update_fields=["password"])
        request.session.cycle_key()
        request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        ended = end_sessions(account.pk, but=request.session.session_key or "")
        record(viewer, _said("change_password", account, {"sessions_ended": ended}))


def _check_own_password(request: HttpRequest, account: Account, password: str, field: str) -> None:
    """Somebody at an unlocked desk gets no more guesses than at the sign-in page."""
    address = attempts.origin(request)
    attempts.book(account.username, address)
    if not check_password(password, account.password):
        with transaction.atomic():
            record(viewer_of(request), _said("password_check_failed", account, {"address": address}))
        raise Invalid([Problem(field, WRONG_PASSWORD)], code="wrong_credentials")
    attempts.forgive(account.username, address)


def enrol_otp(request: HttpRequest) -> Enrolment:
    """A new secret, kept in the session until its first code proves that a phone has it. Raises Conflict."""
    _, account = _self(request)
    if account.otp_secret:
        raise Conflict(t("动态验证码已启用", "The one-time code is switched on already"), do=t("请先停用", "Switch it off first"))
    if not account.has_usable_password():
        raise Conflict(t("该账号由统一身份认证登录，动态验证码在那里设置", "This account signs in elsewhere: set the code up there"))
    enrolment = otp.enrolment(account.username)
    request.session[WAITING_SECRET] = otp.sealed(enrolment.secret)
    return enrolment


def confirm_otp(request: HttpRequest, code: str) -> None:
    """Switch the waiting secret on. Raises Conflict without one, Invalid for a wrong code."""
    viewer, account = _self(request)
    waiting = str(request.session.get(WAITING_SECRET, ""))
    if not waiting:
        raise Conflict(t("没有待确认的动态验证码", "No one-time code waits to be confirmed"), do=t("请重新启用", "Start again"))
    step = otp.step_of(code, otp.opened(waiting))
    if step is None:
        raise Invalid([Problem("otp", WRONG_CODE)], WRONG_CODE, code="wrong_otp")
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(otp_secret=waiting, otp_used_step=step)
        record(viewer, _said("switch_on_otp", account))
    del request.session[WAITING_SECRET]


def remove_otp(request: HttpRequest, code: str) -> None:
    """Switch the one-time code off; needs one more code, so that an unlocked desk is not enough. Raises Conflict, Invalid, Locked."""
    viewer, account = _self(request)
    if not account.otp_secret:
        raise Conflict(t("动态验证码没有启用", "The one-time code is not switched on"))
    address = attempts.origin(request)
    attempts.book(account.username, address)
    if not otp.spend(account, code):
        with transaction.atomic():
            record(viewer, _said("code_check_failed", account, {"address": address}))
        raise Invalid([Problem("otp", WRONG_CODE)], WRONG_CODE, code="wrong_otp")
    attempts.forgive(account.username, address)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(otp_secret="")
        record(viewer, _said("switch_off_otp", account))


def end_device(request: HttpRequest, device: str) -> None:
    """End one of one's own sessions. Raises NotFound for any other."""
    viewer, account = _self(request)
    with transaction.atomic():
        if not end_session(account.pk, device):
            raise NotFound(which=device)
        record(viewer, _said("end_session", account))


def _self(request: HttpRequest) -> tuple[Viewer, Account]:
    viewer = viewer_of(request)
    if viewer.account is None:
        raise SignInNeeded
    return viewer, Account.objects.get(pk=viewer.account)


def _said(action: str, account: Account | None, after: dict[str, Any] | None = None) -> Happening:
    return Happening(action, ACCOUNT, account.pk if account else 0, after=after or {}, silent=True)
