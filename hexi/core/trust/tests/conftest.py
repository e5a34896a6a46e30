"""People, posts and browsers for the trust room's tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from hexi.core.trust.models import Account, Organisation, Post

PASSWORD = "tian-ta-jie-dao"


@pytest.fixture
def office(db: None) -> Callable[..., Organisation]:
    def make(key: str, parent: Organisation | None = None, **more: Any) -> Organisation:
        return Organisation.objects.create(key=key, name_zh=f"机构{key}", name_en=f"office {key}", parent=parent, **more)

    return make


@pytest.fixture
def person(db: None) -> Callable[..., Account]:
    """`person("li", ("street_staff", "120103008"))`: an account with these posts."""

    def make(username: str = "li", *posts: tuple[Any, ...], **more: Any) -> Account:
        account = Account.objects.create_user(username, PASSWORD, name=f"示例{username}", **more)
        for role, *rest in posts:
            place, office, first, last = [*rest, *("", None, None, None)[len(rest) :]]
            Post.objects.create(account=account, role=role, place=place, organisation=office, valid_from=first, valid_to=last)
        return account

    return make


@dataclass
class Browser:
    """A browser that keeps its cookies and sends the CSRF token as our pages do."""

    client: Client

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        token = self.client.cookies["csrftoken"].value if "csrftoken" in self.client.cookies else ""
        headers = {"X-CSRFToken": token, **more.pop("headers", {})}
        return self.client.generic(
            method, path, self.client._encode_json(body, "application/json"), "application/json", headers=headers, **more
        )

    def sign_in(self, username: str = "li", password: str = PASSWORD, otp: str | None = None, **more: Any) -> Any:
        return self.send("POST", "/api/session", {"username": username, "password": password, **({"otp": otp} if otp else {})}, **more)

    @property
    def who(self) -> str | None:
        account = self.get("/api/session").json()["account"]
        return account and account["username"]


@pytest.fixture
def browser(db: None) -> Callable[[], Browser]:
    """A new browser that has opened a page, so that it holds the CSRF cookie."""

    def make() -> Browser:
        new = Browser(Client(enforce_csrf_checks=True))
        assert new.get("/api/session").status_code == 200
        return new

    return make
