"""The page of the person concerned: every look at what is hidden of them, and what they asked about it."""

from __future__ import annotations

from typing import Any

from hexi.core.data.concerned.mine import Rows, linked_by, records_of
from hexi.core.data.concerned.models import LookQuestion
from hexi.core.data.entities import Description, registers
from hexi.core.data.values import plain
from hexi.core.space.api import names
from hexi.core.trust.api import PURPOSES, EventRecord, Look, Viewer, looks_at, organisation_labels
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t

UNKNOWN = t("这个链接不对，或已过期", "This link is not known, or has ended")
NO_LINK = t("请用收到的链接打开本页，或先登录", "Open this page by the link that you were given, or sign in first")
NOBODY = t("您的账号还没有对应到任何登记", "Your account is not known as anybody in a register yet")
ASK = t("请向登记您信息的社区或单位索取查询链接", "Ask the community or office that registered you for a link")


def looks_document(viewer: Viewer, secret: str) -> dict[str, Any]:
    """What the page shows. Raises NotFound in words for who was given a link."""
    mine = own_records(viewer, secret)
    looks, asked = looks_at(mine), _questions(mine)
    offices, places = organisation_labels(), names({look.place for look in looks if look.place})
    known = registers()
    rows = [_told(look, known[look.entity], offices, places) | {"questions": asked.get(look.event, [])} for look in looks]
    return {
        "rows": rows, "records": sum(len(numbers) for numbers in mine.values()),
        "may_keep": bool(secret) and not viewer.anonymous and bool(linked_by(secret) - _pairs(records_of(viewer.account, ""))),
    }  # fmt: skip


def own_records(viewer: Viewer, secret: str) -> Rows:
    """The records that are about whoever asks. Raises NotFound when there are none."""
    found = records_of(viewer.account, secret)
    if not found:
        raise NotFound(UNKNOWN if secret else NO_LINK if viewer.anonymous else NOBODY, do=ASK)
    return found


def _pairs(rows: Rows) -> set[tuple[str, int]]:
    return {(entity, number) for entity, numbers in rows.items() for number in numbers}


def asked_of(about: Description, number: int) -> set[int]:
    """Which looks at this record the person asked about."""
    return set(LookQuestion.objects.filter(register=about.key, record=number).values_list("look", flat=True))


def look_words(about: Description, event: EventRecord, asked: set[int]) -> dict[str, Any]:
    """For the history on the desk: what was looked at and what for, and whether the person asked about it; nothing for other events."""
    if event.action != "reveal":
        return {}
    purpose = PURPOSES.get(event.after.get("purpose", "")) or t(event.why, event.why)
    fields = [field_label(about, name).as_dict() for name in event.after.get("fields", ())]
    return {"look": {"fields": fields, "purpose": purpose.as_dict(), "asked": event.id in asked}}


def _told(look: Look, about: Description, offices: dict[str, Label], places: dict[str, Label]) -> dict[str, Any]:
    role = catalogue.roles.get(look.role)
    office = offices.get(look.office)
    place = places.get(look.place)
    return {
        "look": look.event, "at": plain(look.at), "who": look.who, "post": role.label.as_dict() if role else None,
        "office": office.as_dict() if office else None, "place": place.as_dict() if place else None,
        "register": about.label.as_dict(), "record": _called(about, look.record),
        "fields": [field_label(about, name).as_dict() for name in look.fields], "purpose": purpose_label(look).as_dict(),
    }  # fmt: skip


def _called(about: Description, number: int) -> str:
    """What the person calls the record by, where they know it by anything."""
    people = catalogue.people.get(about.key)
    if people is None or not people.called:
        return ""
    return str(about.model._default_manager.filter(pk=number).values_list(people.called, flat=True).first() or "")


def field_label(about: Description, name: str) -> Label:
    """What was looked at, in words."""
    people = catalogue.people.get(about.key)
    if name in about.fields:
        return about.fields[name].label
    return (people.fields.get(name) if people else None) or t(name, name)


def purpose_label(look: Look) -> Label:
    """What for: one of ours in both languages, else what they wrote."""
    return PURPOSES.get(look.purpose) or t(look.why, look.why)


def _questions(mine: Rows) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for entity, numbers in mine.items():
        for one in LookQuestion.objects.filter(register=entity, record__in=list(numbers)).order_by("pk"):
            said = {"at": plain(one.created_at), "words": one.words, "answer": one.answer, "answered_at": plain(one.answered_at)}
            found.setdefault(int(one.look), []).append(said)
    return found
