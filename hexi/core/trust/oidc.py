"""Signing in by the district's own identity provider (OpenID Connect), when the settings name one.

The provider says who somebody is; what they may do stays with their posts here, so nobody gets an account by merely being known there.
The first sign-in ties the provider's subject to the account of that user name; from then on the subject alone counts, because user
names are given to others again.
"""

from __future__ import annotations

import logging
from typing import Any, cast

import jwt
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView
from requests import RequestException

from hexi.core.trust.accounts import ACCOUNT, spelled
from hexi.core.trust.actions import open_session
from hexi.core.trust.attempts import origin
from hexi.core.trust.contracts import PUBLIC, Happening
from hexi.core.trust.events import record
from hexi.core.trust.models import Account

log = logging.getLogger("hexi.trust.oidc")
Claims = dict[str, Any]
OURS: dict[str, Any] = {
    "OIDC_RP_SCOPES": "openid profile",
    "OIDC_USE_PKCE": True,
    "OIDC_TIMEOUT": 10,
    "OIDC_CREATE_USER": False,
    "OIDC_AUTHENTICATION_CALLBACK_URL": "oidc_callback",
    "LOGIN_REDIRECT_URL_FAILURE": "/work/?sign_in=refused",
}
FAULTS = (SuspiciousOperation, RequestException, jwt.PyJWTError, KeyError, ValueError)


def enabled() -> bool:
    return bool(settings.OIDC_RP_CLIENT_ID)


def _setting(name: str, *default: Any) -> Any:
    """The library's settings, with our defaults where the district says nothing."""
    if name in OURS:
        return getattr(settings, name, OURS[name])
    return getattr(settings, name, *default)


class Provider(OIDCAuthenticationBackend):
    """What the provider says, checked beyond what the library checks: for us, and of the same person twice."""

    @staticmethod
    def get_settings(attr: str, *args: Any) -> Any:
        return _setting(attr, *args)

    def verify_token(self, token: str, **kwargs: Any) -> Claims:
        claims = cast(Claims, cast("Any", super()).verify_token(token, **kwargs))
        audience = claims.get("aud")
        if settings.OIDC_RP_CLIENT_ID not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("The token is for somebody else.")
        issuer = getattr(settings, "OIDC_OP_ISSUER", "")
        if issuer and claims.get("iss") != issuer:
            raise SuspiciousOperation("The token is from somebody else.")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: Claims) -> Claims:
        claims = cast(Claims, cast("Any", super()).get_userinfo(access_token, id_token, payload))
        if not claims.get("sub") or claims["sub"] != payload.get("sub"):  # OpenID Connect Core 1.0, section 5.3.2
            raise SuspiciousOperation("The user information is about somebody else.")
        return claims

    def verify_claims(self, claims: Claims) -> bool:
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: Claims) -> Any:
        tied = list(Account.objects.filter(subject=claims["sub"]))
        username = spelled(str(claims.get(getattr(settings, "OIDC_USERNAME_CLAIM", "preferred_username")) or ""))
        return tied or (list(Account.objects.filter(subject="", username=username)) if username else [])

    def update_user(self, user: Account, claims: Claims) -> Account:
        if not user.subject and user.is_active:
            with transaction.atomic():
                Account.objects.filter(pk=user.pk, subject="").update(subject=claims["sub"])
                record(PUBLIC, Happening("tie_subject", ACCOUNT, user.pk, after={"subject": claims["sub"]}, silent=True))
        return user


class Authenticate(OIDCAuthenticationRequestView):
    """Sends the browser to the provider; `?next=` is where it comes back to."""

    @staticmethod
    def get_settings(attr: str, *args: Any) -> Any:
        return _setting(attr, *args)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not enabled():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Callback(OIDCAuthenticationCallbackView):
    """Takes the browser back from the provider: a session for a known account, the sign-in page for everybody else."""

    user: Account | None = None

    @staticmethod
    def get_settings(attr: str, *args: Any) -> Any:
        return _setting(attr, *args)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not enabled():
            raise Http404
        try:
            return super().dispatch(request, *args, **kwargs)
        except FAULTS as fault:  # the fault's text may carry a token: its kind is enough to find it
            log.warning("signing in by the identity provider failed: %s", type(fault).__name__)
            return self.login_failure()

    def login_success(self) -> HttpResponseRedirect:
        onward = self.success_url
        open_session(self.request, cast(Account, self.user), "oidc")
        return HttpResponseRedirect(str(onward))

    def login_failure(self) -> HttpResponseRedirect:
        with transaction.atomic():
            after = {"how": "oidc", "address": origin(self.request)}
            record(PUBLIC, Happening("sign_in_failed", ACCOUNT, self.user.pk if self.user else 0, after=after, silent=True))
        return HttpResponseRedirect(str(self.failure_url))
