"""What the steps of a case ask."""

from __future__ import annotations

from enum import StrEnum

from hexi.core.data.api import Form, question
from hexi.kernel.label import t
from hexi.modules.cases.contracts import CHECK_WAYS, NOTE_READERS, URGENCIES

LEAST = 2


class Way(StrEnum):
    PHOTO, VISIT, CALLBACK, SAMPLE = "photo", "visit", "callback", "sample"


class Readers(StrEnum):
    STAFF, REPORTER = "staff", "reporter"


class Urgency(StrEnum):
    DANGER, URGENT, NORMAL = "danger", "urgent", "normal"


class Dispatch(Form):
    """To whom, and what they shall do."""

    lead: str = question(
        t("主办单位", "lead office"), "", widget="office", suggested="routing.office",
        help=t("不填则按派单规则", "Left empty: by the routing rules"),
    )  # fmt: skip
    co_offices: list[str] = question(
        t("协办单位", "assisting offices"), [], widget="offices", suggested="routing.co_offices", max_length=20
    )
    instruction: str = question(t("交办要求", "instruction"), "", widget="textarea", max_length=2000)
    designated: bool = question(t("指定承办（不得退回）", "designated: may not be returned"), False)


class Transfer(Form):
    """Which office leads instead."""

    lead: str = question(t("改由哪个单位主办", "which office leads instead"), widget="office", suggested="routing.office", max_length=60)
    instruction: str = question(t("交办要求", "instruction"), "", widget="textarea", max_length=2000)


class Done(Form):
    """What was done."""

    result: str = question(t("办理结果", "result"), widget="textarea", min_length=LEAST, max_length=4000)
    photos: list[int] = question(t("办理后照片", "photos after the work"), [], widget="photos", max_length=12)


class Checked(Form):
    """What the check found."""

    way: Way = question(t("核查方式", "way"), options=CHECK_WAYS)
    note: str = question(t("说明", "note"), "", widget="textarea", max_length=2000)
    photos: list[int] = question(t("核查照片", "photos"), [], widget="photos", max_length=12)


class CalledBack(Form):
    """What the reporter says on the telephone."""

    reached: bool = question(t("联系上反映人", "reporter reached"))
    solved: bool | None = question(t("反映人认为解决", "solved, says the reporter"), None)
    satisfied: bool | None = question(t("反映人满意", "satisfied, says the reporter"), None)
    note: str = question(t("说明", "note"), "", widget="textarea", max_length=2000)


class MoreTime(Form):
    """So much more, and why."""

    clock: str = question(
        t("哪一项时限", "which limit"), "", widget="clock", help=t("不选则为最先到期的一项", "Left empty: the one that ends first")
    )
    amount: int = question(t("延长多少", "how much more"), ge=1, le=100, help=t("与该时限同一单位，如工作日", "In the unit of that limit"))


class Said(Form):
    """A note."""

    text: str = question(t("内容", "text"), widget="textarea", min_length=1, max_length=4000)
    files: list[int] = question(t("附件", "files"), [], widget="photos", max_length=12)
    readers: Readers = question(t("谁可见", "readers"), Readers.STAFF, options=NOTE_READERS)


class Merge(Form):
    """Into which case."""

    into: str = question(t("并入哪一案件", "case to merge into"), widget="case_to_merge", max_length=24)


class Related(Form):
    """With which case, and how."""

    number: str = question(t("哪一案件", "the other case"), widget="case", max_length=24)
    event: bool = question(t("同一事件引起", "caused by the same event"), False)
    note: str = question(t("说明", "note"), "", max_length=200)


class Answered(Form):
    """The answer to a call of the ladder."""

    answer: str = question(t("回复", "answer"), widget="textarea", min_length=LEAST, max_length=2000)


class Recategorised(Form):
    """The right branch of the tree, and how urgent it is."""

    category: str = question(t("分类", "category"), widget="category", max_length=80)
    urgency: Urgency | None = question(t("紧急程度", "urgency"), None, options=URGENCIES, help=t("不选则按分类", "Left empty: that of the category"))
