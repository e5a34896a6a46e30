"""Accounts and posts as the command line and the loader of the reference district make them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, cast

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from hexi.core.trust.contracts import PLATFORM, Happening, Viewer
from hexi.core.trust.events import record
from hexi.core.trust.models import RESERVED_ROLES, Account, Organisation, Post
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Conflict, Invalid, Problem
from hexi.kernel.label import Label, t

ACCOUNT, POST, ORGANISATION = "trust.account", "trust.post", "trust.organisation"
USERNAME = re.compile(r"[^\W_][\w.-]{1,59}")


def spelled(username: str) -> str:
    """The one spelling of a user name: no blanks around it, no capitals, one form of every character."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def create_account(  # noqa: PLR0917  the six columns of the command line, in its order
    username: str, name: str, role: str, place: str = "", organisation: str = "", password: str | None = None, *, viewer: Viewer = PLATFORM
) -> int:  # fmt: skip
    """The id of a new account with one post; without a password it can sign in by OIDC alone.

    `place` is a place code, `organisation` a key. Raises Invalid with every fault, Conflict when the user name is taken.
    """
    username = spelled(username)
    faults = [
        *_name_faults(username, name),
        *_post_faults(role, place, organisation),
        *password_faults(password, Account(username=username, name=name)),
    ]
    if faults:
        raise Invalid(faults)
    with transaction.atomic():
        if Account.objects.filter(username=username).exists():
            raise Conflict(t("这个用户名已有人使用", "This user name is taken"), which=username, do=t("请换一个", "Choose another one"))
        account = Account(username=username, name=name.strip(), password=make_password(password))
        account.save()
        office = Organisation.objects.get(key=organisation) if organisation else None
        post = Post.objects.create(account=account, role=role, place=place, organisation=office)
        record(
            viewer,
            Happening("create", ACCOUNT, account.pk, after=said(account), silent=True),
            Happening("create", POST, post.pk, after=said(post), place=place, organisation=organisation, silent=True),
        )
    return account.pk


def said(row: Organisation | Account | Post) -> dict[str, Any]:
    """What events say of the row: all but secrets, other rows by their keys."""
    one: Any = row
    if isinstance(row, Organisation):
        names = ("key", "name_zh", "name_en", "kind", "place")
        return {**{name: getattr(row, name) for name in names}, "parent": one.parent.key if one.parent else None}
    if isinstance(row, Account):
        return {name: getattr(row, name) for name in ("username", "name", "language", "is_active", "subject")}
    days = {name: value and value.isoformat() for name, value in (("valid_from", one.valid_from), ("valid_to", one.valid_to))}
    office = one.organisation.key if one.organisation else ""
    return {"account": one.account_id, "role": one.role, "place": one.place, "organisation": office, **days}


def password_faults(password: str | None, account: Account, field: str = "password") -> list[Problem]:
    """What the password rules object to, in both languages."""
    if password is None:
        return []
    try:
        validate_password(password, account)
    except ValidationError as fault:
        return [Problem(field, _objection(one)) for one in cast("list[Any]", fault.error_list)]
    return []


OBJECTIONS = {
    "password_too_short": t("密码太短，至少{min_length}个字符", "The password is too short: at least {min_length} characters"),
    "password_too_common": t("这个密码太常见，容易被猜到", "The password is too common"),
    "password_too_similar": t("密码与用户名或姓名太相似", "The password is too similar to the user name or the name"),
    "password_entirely_numeric": t("密码不能全是数字", "The password cannot be digits only"),
}


def _objection(fault: Any) -> Label:
    """In our own words: Django's Chinese lags behind its English."""
    if fault.code in OBJECTIONS:
        return OBJECTIONS[fault.code].filled(**cast("dict[str, Any]", fault.params or {}))
    with translation.override("en"):
        return Label(str(fault.messages[0]), str(fault.messages[0]))


def _name_faults(username: str, name: str) -> list[Problem]:
    faults = list[Problem]()
    if not USERNAME.fullmatch(username):
        what = t("用户名为2至60个字母、数字、点或横线", "A user name has 2 to 60 letters, digits, dots or dashes")
        faults.append(Problem("username", what, value=username))
    if not 1 <= len(name.strip()) <= 80:
        faults.append(Problem("name", t("姓名不能为空，最多80字", "A name has 1 to 80 characters")))
    return faults


def _post_faults(role: str, place: str, organisation: str) -> list[Problem]:
    faults = list[Problem]()
    if role not in catalogue.roles or role in RESERVED_ROLES:
        known = ", ".join(sorted(set(catalogue.roles) - set(RESERVED_ROLES)))
        what = t("没有这种岗位角色，可用：{known}", "There is no such role; known: {known}").filled(known=known)
        faults.append(Problem("role", what, value=role))
    if place and not (place.isascii() and place.isdigit() and len(place) <= 40):
        faults.append(Problem("place", t("地点代码只有数字", "A place code has digits only"), value=place))
    if organisation and not Organisation.objects.filter(key=organisation).exists():
        faults.append(Problem("organisation", t("没有这个机构", "There is no such organisation"), value=organisation))
    return faults
