"""A record's history, what refers to it, and masked fields revealed for a purpose."""

from __future__ import annotations

import base64
from collections.abc import Set
from types import SimpleNamespace
from typing import Any, cast

from django.db import transaction

from hexi.core.data.concerned.looks import asked_of, look_words
from hexi.core.data.documents import may
from hexi.core.data.entities import Description, describe
from hexi.core.data.masking import clearly
from hexi.core.data.parameters import tuned_context
from hexi.core.data.records import readable, seen
from hexi.core.data.sql import to_q
from hexi.core.data.values import plain
from hexi.core.trust.api import (
    EventRecord,
    Logged,
    ProofForm,
    Viewer,
    allowed,
    event_proof,
    first_event,
    history,
    is_event_of,
    logged,
    qr_file,
    record_reveal,
)  # fmt: skip
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.kernel.condition import Nothing, ReferenceColumn, both
from hexi.kernel.errors import Forbidden, Invalid, NotFound, Problem, SignInNeeded
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle

CHECKING_PAGE = "/ledger/verify"
MANY = 1000  # related rows are counted no further
ORDINARY: dict[str, Label] = {
    "create": t("新建", "created"), "revise": t("修改", "revised"), "import": t("导入", "imported"), "reveal": t("查看隐去内容", "revealed"),
    "sample": t("示例数据", "invented for the demonstration"), "undo_import": t("撤销导入", "import undone"), "open": t("上报", "reported"),
    "derive": t("由记录推算", "derived from the records"),
    "send_test": t("发送测试", "test sent"), "erase": t("抹除个人信息", "personal data erased"),
    "suspect": t("提出疑似问题", "suspected"), "open_by_rule": t("规则自动立案", "case opened by a rule"),
    "tell_failing_rule": t("通知规则执行失败", "told that a rule fails"),
    "tell_supervised": t("发送督办通知", "letter of supervision sent"),
    "seal": t("记入账本", "entered in the ledger"), "add_late": t("并入迟到读数", "late readings added"),
    "forget": t("抹除部分读数", "some readings erased"), "expire": t("到期删除", "deleted when its time was over"),
    "keep_look_link": t("本人登录并保留查询", "kept by the person who signed in"),
}  # fmt: skip
OWN_REASONS: dict[str, Label] = {
    "data file": t("数据文件", "data file"), "district data": t("区级数据", "district data"), "地图导入": t("地图导入", "map imported"),
    "generated sample": t("生成的示例数据", "generated sample"), "模拟数据": t("模拟数据", "simulated data"),
    "rules over the register of residents": t("按居民登记的规则推算", "rules over the register of residents"),
    "按社区自动划分": t("按社区自动划分", "drawn by community"), "地图更新": t("地图更新", "map renewed"),
    "当日读数已齐": t("当日读数已齐", "the readings of the day were complete"), "督办": t("督办", "supervision"),
    "其关联的人已被抹除": t("其关联的人已被抹除", "the person it belonged to was erased"),
    "养老服务：呼救与感知": t("养老服务：呼救与感知", "eldercare: calls for help and sensors"),
    "示例：模拟的救助 / simulated": t("示例：模拟的救助", "sample: a simulated rescue"),
}
"""What the platform itself writes as the reason of a change, by what is stored; all else was typed by people, in their words."""


def story(viewer: Viewer, about: Description, number: int) -> list[dict[str, Any]]:
    """Who did what to the record, newest first, with what this viewer may see of before and after. Raises SignInNeeded, NotFound."""
    if viewer.anonymous:
        raise SignInNeeded  # it names people who did their work
    found, events = seen(viewer, about, number), history(about.key, number)
    life, places = catalogue.life_of(about.key, SimpleNamespace(**found.row)), logged([event.id for event in events])
    asked = asked_of(about, number)
    return [_told(about, event, found.hidden, life) | _in_log(places[event.id]) | look_words(about, event, asked) for event in events]


def proof(viewer: Viewer, about: Description, number: int, event: int, form: ProofForm) -> bytes:
    """The proof that this event of the record is in the public log, which says nothing of what was done. Raises SignInNeeded, NotFound."""
    if viewer.anonymous:
        raise SignInNeeded
    seen(viewer, about, number)
    if not is_event_of(event, about.key, number):
        raise NotFound(which=f"{about.label.said(viewer.language)} {number}: {event}")
    return event_proof(event, form)


def proof_link(entity: str, number: int, document: bytes = b"") -> str | None:
    """Where a browser checks by itself that the record's first event is in the public log, and what the log says of this document.

    For whoever was shown the document; None while the event waits, or where one event of many tells of the record.
    """
    event = first_event(entity, number)
    if event is None or logged([event]).get(event, Logged("waiting")).state == "waiting":
        return None
    link = proof_address(CHECKING_PAGE, event_proof(event, ProofForm(short=True)))
    return f"{link}.{_in_address(document)}" if document else link


def square_code(page: str, proof_file: bytes) -> bytes:
    """The picture of a page's address with the proof behind the #, which a browser keeps to itself."""
    return qr_file(proof_address(page, proof_file))


def proof_address(page: str, proof_file: bytes) -> str:
    """Where a browser checks this proof without sending it anywhere."""
    return f"{page}#{_in_address(proof_file)}"


def _in_address(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _in_log(place: Logged) -> dict[str, Any]:
    return {"log": {"state": place.state, "index": place.index}}


def _told(about: Description, event: EventRecord, hidden: Set[str], life: Lifecycle | None) -> dict[str, Any]:
    role = catalogue.roles.get(event.role)
    names = [name for name in about.fields if name in event.after or name in event.before]
    changes = [
        {"field": name, "label": about.fields[name].label.as_dict(), "before": None if name in hidden else event.before.get(name),
         "after": None if name in hidden else event.after.get(name), "masked": name in hidden}
        for name in names
    ]  # fmt: skip
    return {
        "id": event.id, "at": plain(event.happened_at), "who": event.who, "post": role.label.as_dict() if role else None,
        "action": event.action, "action_label": _deed_label(about, event.action, life).as_dict(), "why": _reason(event.why),
        "changes": changes, "erased": event.erased,
    }  # fmt: skip


def _reason(why: str) -> str | dict[str, str]:
    return OWN_REASONS[why].as_dict() if why in OWN_REASONS else why


def _deed_label(about: Description, action: str, life: Lifecycle | None) -> Label:
    """As the record's own life calls it: two kinds may have a step of one key under two names."""
    own = next((step.label for step in life.steps if step.key == action), None) if life else None
    return own or action_label(about.key, action)


def action_label(entity: str, action: str) -> Label:
    """What the action is called."""
    return _declared(entity, action) or ORDINARY.get(action) or _rung_label(action) or _elsewhere(action) or t(action, action)


def _declared(entity: str, action: str) -> Label | None:
    declared = catalogue.actions.get(entity, {}).get(action) or catalogue.step_of(entity, action)
    return declared.label if declared else None


def _elsewhere(action: str) -> Label | None:
    """An action on another register that changed this record with it: finishing a task moves its case."""
    return next((label for entity in sorted(catalogue.entities) if (label := _declared(entity, action))), None)


def _rung_label(action: str) -> Label | None:
    """What a ladder of supervision says by itself is called by its rung: `clock_over`."""
    rungs = (rung for kind in catalogue.case_types.values() for rung in kind.ladder)
    return next((rung.label for rung in rungs if action == f"clock_{rung.key}"), None)


def related(viewer: Viewer, about: Description, number: int) -> list[dict[str, Any]]:
    """The registers that refer to this record, with how many rows the viewer may read of each."""
    found: list[dict[str, Any]] = []
    for other, name in _references_to(about):
        told = clearly(viewer, other, other.fields[name].privacy)  # to be counted here tells what the field says
        if may(viewer, other, "read") and not isinstance(told, Nothing):
            column = cast(ReferenceColumn, other.column(name))
            count = readable(viewer, other.model, both(column == number, told))[:MANY].count()
            found.append({"entity": other.key, "field": name, "label": other.label.as_dict(), "count": count})
    return found


def _references_to(about: Description) -> list[tuple[Description, str]]:
    others = [describe(catalogue.entities[key]) for key in sorted(catalogue.entities)]
    return [
        (other, name)
        for other in others
        for name, field in other.fields.items()
        if field.kind == "reference" and field.related_model is about.model
    ]


def links(about: Description, row: dict[str, Any], hidden: Set[str]) -> dict[str, dict[str, Any]]:
    """What the record's references point to: register, number, and the label where this viewer may read it."""
    found: dict[str, dict[str, Any]] = {}
    for name, field in about.fields.items():
        if field.kind == "reference" and name not in hidden and row[name] is not None:
            found[name] = {
                "entity": entity_key(field.related_model),
                "id": row[name],
                "label": row.get(f"{name}__label") or f"#{row[name]}",
            }
    return found


def reveal(viewer: Viewer, about: Description, number: int, names: list[str], purpose: str) -> dict[str, Any]:
    """These fields in clear, for a purpose that is kept as an event. Raises NotFound, Forbidden, Invalid."""
    if unknown := [name for name in names if name not in about.fields]:
        raise Invalid([Problem("fields", t("没有这一栏", "There is no such field"), value=name[:80]) for name in unknown])
    seen(viewer, about, number)
    with transaction.atomic():
        row = about.model._default_manager.filter(to_q(allowed(viewer, "reveal", about.subject), tuned_context()), pk=number).first()
        if row is None:
            raise Forbidden(t("您的岗位不能查看隐去的内容", "Your post may not reveal masked fields"))
        place, office = (getattr(row, name) if name else "" for name in (about.place, about.organisation))
        record_reveal(viewer, about.key, number, names, purpose, place=place or "", organisation=office or "")
    return {name: plain(getattr(row, about.fields[name].attname)) for name in names}
