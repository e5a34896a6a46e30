"""How Django's own parts (admin, OIDC) see an account: what it may do follows from its posts."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from hexi.core.trust.models import Account


class PostBackend(ModelBackend):
    """Loads accounts and answers permission questions. Signing in goes through the API, or through the identity provider."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Account | None:
        """The account that the identity provider vouches for; never one by name and password: that way has brakes of its own."""
        from hexi.core.trust import oidc  # the library reads the settings when it is imported

        if "nonce" not in kwargs or not oidc.enabled():
            return None
        return cast("Any", oidc.Provider()).authenticate(request, **kwargs)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return bool(user_obj.is_staff)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return bool(user_obj.is_staff)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
