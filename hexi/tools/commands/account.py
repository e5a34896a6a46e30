"""`hexi account`: make an account from the command line, such as a new installation's first administrator."""

from __future__ import annotations

import argparse
import getpass
import os

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.tools import house
from hexi.tools.voice import language, say

SUMMARY = t("新建账号，例如首个系统管理员", "make an account, such as the first administrator")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", default="administrator")
    parser.add_argument("--place", default="", help="place code")
    parser.add_argument("--organisation", default="", help="organisation key")
    parser.add_argument("--no-password", action="store_true", help="sign-in by OIDC only")


def run(options: argparse.Namespace) -> int:
    password = None if options.no_password else _password()
    house.open_house()
    from hexi.core.trust.api import create_account

    create_account(options.username, options.name, options.role, options.place, options.organisation, password)
    say(t(f"已建账号 {options.username}（{options.role}）", f"The account {options.username} ({options.role}) is there"))
    return 0


def _password() -> str:
    """From HEXI_PASSWORD for scripts, else typed twice; never from the command line, where other users would see it."""
    if given := os.environ.get("HEXI_PASSWORD"):
        return given
    first = getpass.getpass(t("密码：", "Password: ").said(language()))
    if getpass.getpass(t("再输一次：", "Once more: ").said(language())) != first:
        raise Invalid([Problem("password", t("两次输入不一致", "The two do not match"))], t("两次输入的密码不一致", "The two passwords do not match"))
    return first
