"""The forms of this room's actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from hexi.core.data.api import Form, question
from hexi.kernel.label import t
from hexi.modules.projects.contracts import COMPARATOR_LABELS, STATUS_LABELS, Comparator, Status, options

AS_OF = t("截至日期", "as of")
EVIDENCE = t("佐证材料", "evidence")
STATED = (Status.ON_SCHEDULE, Status.UNDER_WAY, Status.BY_PROCEDURE, Status.AT_RISK, Status.LATE, Status.DONE)


class Figure(Form):
    """A cumulative figure of one target."""

    value: Decimal = question(t("累计完成数", "done so far"), ge=0, max_digits=14, decimal_places=2)
    on: date = question(AS_OF)
    note: str = question(t("说明", "note"), "", max_length=500, widget="textarea")
    evidence: int | None = question(EVIDENCE, None, file=True)


class Word(Form):
    """Where a whole task stands, in a sentence."""

    status: Literal["on_schedule", "under_way", "by_procedure", "at_risk", "late", "done"] = question(
        t("进展情况", "where it stands"), options=options({key: STATUS_LABELS[key] for key in STATED})
    )
    on: date = question(AS_OF)
    note: str = question(t("进展说明", "note"), min_length=2, max_length=500, widget="textarea")
    evidence: int | None = question(EVIDENCE, None, file=True)


class Revised(Form):
    """The figure that takes the place of a wrong one."""

    value: Decimal = question(t("更正后的数", "revised figure"), ge=0, max_digits=14, decimal_places=2)
    note: str = question(t("说明", "note"), "", max_length=500)
    evidence: int | None = question(EVIDENCE, None, file=True)


class Reached(Form):
    """A milestone that was reached."""

    reached: date = question(t("达到日期", "reached on"))
    evidence: int | None = question(EVIDENCE, None, file=True)


class Proof(Form):
    """One more file behind a progress entry."""

    caption: str = question(t("说明", "caption"), min_length=2, max_length=200)
    kind: Literal["photo", "list", "paper"] = question(
        t("种类", "kind"), options=(("photo", t("照片", "photograph")), ("list", t("清单", "list")), ("paper", t("文件", "document")))
    )
    file: int = question(t("文件", "file"), file=True)


class Changed(Form):
    """A new target in the place of the old one."""

    planned: Decimal | None = question(t("新目标数", "new quantity"), None, ge=0, max_digits=14, decimal_places=2)
    comparator: Comparator = question(
        t("要求", "comparator"), options=tuple((key.value, label) for key, label in COMPARATOR_LABELS.items())
    )


class Month(Form):
    """The month whose report is to be written."""

    month: str = question(t("月份（如 2025-10）", "month, such as 2025-10"), pattern=r"^\d{4}-(0[1-9]|1[0-2])$")


class Check(Form):
    """What somebody at the place says. Never an exact position: the community is enough."""

    task: int = question(t("任务", "task"), reference="projects.task")
    verdict: Literal["confirms", "contests"] = question(
        t("现场情况", "what you see"), options=(("confirms", t("做好了", "it is done")), ("contests", t("还没做好", "it is not done")))
    )
    note: str = question(t("说明", "what you see, in words"), "", max_length=500, widget="textarea")
    photo: int | None = question(t("照片", "photograph"), None, file=True)
    place: str = question(t("所在社区", "community you are in"), "", max_length=40, place=True)
