"""The reference district's organisations, and people with visibly invented names to try the platform as.

Their passphrase is drawn once per installation and kept in var/demo_accounts.json, readable by its owner only. There is no fixed default.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from hexi.core.trust.accounts import ORGANISATION, create_account, said
from hexi.core.trust.contracts import PLATFORM, Happening
from hexi.core.trust.events import record
from hexi.core.trust.models import Account, Organisation
from hexi.core.trust.organisations import forget
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Progress
from hexi.kernel.label import t

DISTRICT, STREET, COMMUNITY = "120103", "120103008", "120103008001"
GRID = "12010300800106"  # one where the generated district has homes: its worker has somebody to visit
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


@dataclass(frozen=True, slots=True)
class Invented:
    """One person of the demonstration. Where the role is not declared, the person is left out."""

    username: str
    name: str
    role: str
    place: str = DISTRICT
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """What the sign-in page of a demonstration offers."""

    username: str
    name: str
    role: str
    password: str


PEOPLE = (
    Invented("admin", "示例·赵管理", "administrator", organisation="data_centre"),
    Invented("leader", "示例·钱区长", "leader", organisation="district_government"),
    Invented("coordinator", "示例·张协调", "programme_coordinator", organisation="livelihood_office"),
    Invented("housing", "示例·李住建", "department_staff", organisation="housing_construction"),
    Invented("cityworks", "示例·何城管", "department_staff", organisation="city_management"),
    Invented("civil", "示例·王民政", "department_staff", organisation="civil_affairs"),
    Invented("street", "示例·孙街道", "street_staff", STREET, "street_office_tianta"),
    Invented("community", "示例·周社区", "community_worker", COMMUNITY, "street_office_tianta"),
    Invented("grid", "示例·吴网格", "grid_worker", GRID, "street_office_tianta"),
    Invented("acceptor", "示例·陈受理", "case_acceptor", organisation="city_management"),
    Invented("dispatcher", "示例·褚派遣", "case_dispatcher", organisation="city_management"),
    Invented("checker", "示例·卫核查", "case_checker", organisation="city_management"),
    Invented("rechecker", "示例·蒋复查", "rechecker"),
    Invented("operator", "示例·沈话务", "hotline_operator", organisation="government_services"),
    Invented("caller", "示例·韩回访", "hotline_caller", organisation="government_services"),
    Invented("supervisor", "示例·杨督查", "hotline_supervisor", organisation="government_services"),
    Invented("liaison", "示例·陈联络", "party_liaison", COMMUNITY),
    Invented("gridcentre", "示例·褚网格", "grid_centre"),
    Invented("auditor", "示例·郑审计", "auditor"),
    Invented("steward", "示例·冯数据", "data_steward", organisation="data_centre"),
    Invented("importer", "示例·蒋导入", "case_importer", organisation="data_centre"),
)


def load(progress: Progress) -> None:
    """Make the organisations and the demonstration accounts. Running it again changes only what is missing."""
    rows: list[dict[str, Any]] = yaml.safe_load((settings.DISTRICT / "organisations.yaml").read_text(encoding="utf-8"))["organisations"]
    load_organisations(rows)
    progress(t(f"{len(rows)} 个机构", f"{len(rows)} organisations"))
    load_people(PEOPLE)
    number = len(demo_accounts())
    progress(t(f"{number} 个示范账号", f"{number} demonstration accounts"))


def load_organisations(rows: Iterable[dict[str, Any]]) -> None:
    """Add the organisations that are not there yet; the parent may stand after the child."""
    with transaction.atomic():
        known = {one.key: one for one in Organisation.objects.all()}
        new = [row for row in rows if row["key"] not in known]
        for row in new:
            known[row["key"]] = _made(row)
        for row in new:
            if row.get("parent"):
                Organisation.objects.filter(key=row["key"]).update(parent=known[row["parent"]])
        record(PLATFORM, *(_happening(known[row["key"]], row.get("parent")) for row in new))
    forget()


def _made(row: dict[str, Any]) -> Organisation:
    names = {"name_zh": row["name"]["zh"], "name_en": row["name"]["en"]}
    return Organisation.objects.create(key=row["key"], kind=row.get("kind", ""), place=str(row.get("place") or ""), **names)


def _happening(row: Organisation, parent: str | None) -> Happening:
    after = {**said(row), "parent": parent}
    return Happening("create", ORGANISATION, row.pk, after=after, place=row.place, organisation=row.key, silent=True)


def load_people(people: Iterable[Invented]) -> None:
    """Make the accounts. Without the file nobody knows the passphrase any more: then all of them get a new one.

    A scenario adds people of its own; a role that is not declared leaves its people out. Those who are in the file already stay.
    """
    people = [person for person in people if person.role in catalogue.roles]
    kept = {login.username: login for login in demo_accounts()}
    passphrase = next((login.password for login in kept.values()), "") or _passphrase()
    logins = list[DemoLogin]()
    for person in people:
        account = Account.objects.filter(username=person.username).first()
        if account is None:
            create_account(person.username, person.name, person.role, person.place, person.organisation, passphrase)
        elif account.name != person.name:
            continue  # a real person has that user name
        elif person.username not in kept:
            account.set_password(passphrase)
            account.save(update_fields=["password"])
        logins.append(DemoLogin(person.username, person.name, person.role, passphrase))
    asked = {person.username for person in people}
    _keep([*(login for login in kept.values() if login.username not in asked), *logins])


def demo_accounts() -> list[DemoLogin]:
    """The demonstration accounts of this installation; none where none were made."""
    file = _file()
    return [DemoLogin(**one) for one in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []


def _keep(logins: list[DemoLogin]) -> None:
    """Write the file in one move, so that nobody reads half of it and it is never open to others."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    scratch.unlink(missing_ok=True)
    scratch.touch(mode=0o600)
    scratch.write_text(json.dumps([asdict(login) for login in logins], ensure_ascii=False, indent=1), encoding="utf-8")
    scratch.replace(file)


def _passphrase() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _file() -> Path:
    return Path(settings.VAR) / "demo_accounts.json"
