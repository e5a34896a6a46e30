"""A small town in a running platform's database: places, offices, people with open sessions. `python -m tests.support.lamps` prints them.

It runs in a process of its own with the platform's environment, because the tests have another database open.
"""

from __future__ import annotations

import json
import sys
from typing import Any

DISTRICT, COMMUNITY = "120103", "120103001003"
SETTINGS = "hexi.core.data.tests.settings"
PEOPLE = {
    "desk": (("case_acceptor", DISTRICT, ""), ("case_dispatcher", DISTRICT, ""), ("case_checker", DISTRICT, "")),
    "housing": (("department_staff", DISTRICT, "housing"),), "civil": (("department_staff", DISTRICT, "civil"),),
    "administrator": (("administrator", DISTRICT, ""),), "leader": (("leader", DISTRICT, ""),),
}  # fmt: skip


def found_town() -> dict[str, str]:
    """Make it where it is not there yet; the session of each person by their name."""
    from hexi.core.trust.models import Account, Organisation, Post

    _places()
    for key, name in (("housing", "示例·住建委"), ("civil", "示例·民政局")):
        Organisation.objects.get_or_create(key=key, defaults={"name_zh": name, "name_en": key})
    for name, posts in PEOPLE.items():
        account, _ = Account.objects.get_or_create(username=name, defaults={"name": f"示例·{name}", "password": "!"})
        for role, place, office in posts:
            Post.objects.get_or_create(account=account, role=role, place=place, organisation=Organisation.objects.filter(key=office).first())
    return {name: _session(Account.objects.get(username=name)) for name in PEOPLE}


def _places() -> None:
    from django.utils import timezone

    from hexi.core.space.models import Place

    for code, level, parent in ((DISTRICT, "district", ""), ("120103001", "street", DISTRICT), (COMMUNITY, "community", "120103001")):
        fresh: dict[str, Any] = {"level": level, "name": f"示例·{level}", "parent": parent, "origin": "fact", "updated_at": timezone.now()}
        Place.objects.get_or_create(code=code, defaults=fresh)


def _session(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from hexi.core.trust.sessions import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "hexi.core.trust.backends.PostBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    from hexi.tools.house import open_house

    open_house()
    json.dump(found_town(), sys.stdout)
