"""Cases to try the desk with: broken lamps of the sample kind at every stage, some late. Run it in the environment of a platform:

    DJANGO_SETTINGS_MODULE=hexi.core.data.tests.settings python -m tests.support.cases
"""

from __future__ import annotations

import json
import os
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

DISTRICT, STREETS = "120103", ("120103001", "120103003", "120103008")
TITLES = ("路灯不亮", "路灯杆倾斜", "整条路路灯熄灭", "灯罩破损可能坠落", "路灯白天常亮", "小区门口路灯闪烁")
WEST, SOUTH, WIDE = 117.215, 39.05, 0.032
LOGINS = {"lamps": ("示例·吴路灯", "department_staff", "housing_construction")}


def main() -> None:
    """Fill the district."""
    from hexi.tools import house

    house.open_house()
    from hexi.core.trust.api import create_account

    password = json.loads((Path(os.environ["HEXI_VAR"]) / "demo_accounts.json").read_text(encoding="utf-8"))[0]["password"]
    for name, (title, role, office) in LOGINS.items():
        create_account(name, title, role, DISTRICT if not office else "", office, password)
    _rules()
    dice = random.Random(11)
    for number in range(48):
        _one(number, dice)
    _reports()


def _rules() -> None:
    from hexi.modules.cases import routing
    from hexi.modules.cases.models import Category, Route

    for code, name in (("light", "照明"), ("light.out", "路灯不亮")):
        Category.objects.create(code=code, name=name, kind="lamp", lead="housing_construction", is_public=True)
    Route.objects.create(order=10, name="噪声归民政", category="noise", office="civil_affairs")
    Route.objects.create(order=20, name="照明归住建", category="light", office="housing_construction", basis="示例")
    routing.forget()


def _one(number: int, dice: random.Random) -> None:
    from hexi.core.trust.api import PLATFORM
    from hexi.modules.cases.contracts import NewCase, Reporter
    from hexi.modules.cases.intake import open_case

    point = (round(WEST + dice.random() * WIDE, 6), round(SOUTH + dice.random() * WIDE, 6))
    urgency = dice.choice(("normal", "normal", "normal", "urgent", "danger"))
    new = NewCase(
        "lamp", f"{dice.choice(TITLES)}（示例 {number + 1}）", "夜间行人多，看不清路面。", "light.out", urgency, place=dice.choice(STREETS), point=point,
        reporter=Reporter("示例·反映人", f"1380000{number:04}"),
    )  # fmt: skip
    _on(open_case(PLATFORM, new).case, number % 8)


def _on(case: Any, far: int) -> None:
    """So far along its life as the number says."""
    from hexi.core.data.api import act
    from hexi.core.trust.api import viewer_of_account
    from hexi.core.trust.models import Account
    from hexi.kernel.catalogue import catalogue
    from hexi.modules.cases.models import CaseTask

    dispatcher, lamps = (viewer_of_account(Account.objects.get(username=name)) for name in ("dispatcher", *LOGINS))

    def do(viewer: Any, entity: str, pk: int, action: str, values: dict[str, Any], why: str = "") -> None:
        version = catalogue.entities[entity]._default_manager.get(pk=pk).version
        act(viewer, entity, pk, action, values, version=version, why=why)

    steps = [
        lambda: do(dispatcher, "cases.case", case.pk, "accept", {}),
        lambda: do(dispatcher, "cases.case", case.pk, "send_out", {"instruction": "请两日内修复"}),
        lambda: do(lamps, "cases.casetask", CaseTask.objects.get(case=case).pk, "accept_task", {}),
        lambda: do(dispatcher, "cases.case", case.pk, "add_note", {"text": "已电话告知反映人"}),
        lambda: do(lamps, "cases.casetask", CaseTask.objects.get(case=case).pk, "finish_task", {"result": "已更换灯泡，恢复照明"}),
    ]
    for step in steps[: (0, 0, 1, 1, 2, 3, 4, 5)[far]]:
        step()


def _reports() -> None:
    """Some came in earlier than the others, and some have run out of time."""
    from django.utils import timezone

    from hexi.modules.cases.models import Case, CaseClock
    from hexi.modules.cases.timers import fire

    for number, case in enumerate(Case.objects.order_by("pk")):
        back = timedelta(hours=7 * (number % 9))
        Case.objects.filter(pk=case.pk).update(opened_at=case.opened_at - back)
        for clock in CaseClock.objects.filter(case=case, ended_at=None, due_at__isnull=False):
            clock.started_at, clock.due_at = clock.started_at - back, clock.due_at - back
            clock.next_at = min(clock.due_at, timezone.now())
            clock.save()
            Case.objects.filter(pk=case.pk, clock=clock.key).update(due_at=clock.due_at)
    fire()


if __name__ == "__main__":
    main()
