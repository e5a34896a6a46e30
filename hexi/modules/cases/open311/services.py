"""What may be reported, as GeoReport lists it: each public branch of the tree under each kind that residents may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from hexi.core.data.api import form_schema
from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, Language, t
from hexi.modules.cases.models import Category

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CONTACT = t("请联系本平台管理员", "Ask the administrator of this platform")
KEYS = t("由本平台管理员用 hexi caller 发放", "The administrator of this platform issues keys with hexi caller")


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that may be reported. Its code is the kind, a dot, and the code of the branch."""

    kind: CaseType
    category: Category | None

    @property
    def code(self) -> str:
        return f"{self.kind.key}.{self.category.code}" if self.category else self.kind.key

    @property
    def name(self) -> Label:
        row = self.category
        return t(row.name, row.name_en or row.name) if row else self.kind.label

    def document(self, language: Language) -> dict[str, Any]:
        """As the list of services shows it. Cases of a kind that the public does not see get a token first."""
        above = self.category.parent if self.category else None
        group = t(above.name, above.name_en or above.name) if above else self.kind.label
        return {
            "service_code": self.code, "service_name": self.name.said(language), "description": self._described(language),
            "metadata": self.kind.questions is not None, "type": "realtime" if self.kind.public else "batch",
            "keywords": ", ".join(dict.fromkeys((self.name.zh, self.name.en))), "group": group.said(language),
        }  # fmt: skip

    def _described(self, language: Language) -> str:
        return (self.category.opens_when if self.category else "") or self.kind.label.said(language)


def services() -> list[Service]:
    """All of them, by code."""
    open_kinds = [kind for kind in catalogue.case_types.values() if "public" in kind.opened_by]
    rows = list(_categories())
    found = [Service(kind, row) for kind in open_kinds for row in rows if row.kind in {"", kind.key}]
    bare = [Service(kind, None) for kind in open_kinds if not any(one.kind is kind for one in found)]
    return sorted(found + bare, key=lambda one: one.code)


def service_of(code: str) -> Service:
    """The service of that code. Raises NotFound."""
    key, _, category = code.partition(".")
    kind = catalogue.case_types.get(key)
    if kind is not None and "public" in kind.opened_by:
        if not category:
            return Service(kind, None)
        row = _categories().filter(code=category, kind__in=("", key)).first()
        if row is not None:
            return Service(kind, row)
    raise NotFound(t("没有这个 service_code", "service_code was not found"), which=code[:100])


def definition(service: Service, language: Language) -> dict[str, Any]:
    """What the kind asks, as GeoReport's attributes."""
    return {"service_code": service.code, "attributes": attributes(service.kind, language)}


def attributes(kind: CaseType, language: Language) -> list[dict[str, Any]]:
    """Each question of the kind with its type of data."""
    if kind.questions is None:
        return []
    schema = form_schema(kind.questions, language)
    needed = set(schema.get("required", ()))
    return [_attribute(name, shape, name in needed, order) for order, (name, shape) in enumerate(schema["properties"].items(), 1)]


def discovery(address: str, language: Language) -> dict[str, Any]:
    """Where the endpoint is and what it speaks."""
    newest = Category.objects.aggregate(newest=Max("updated_at"))["newest"]
    changed = f"{timezone.localtime(newest):%Y-%m-%d %H:%M}" if newest else ""
    end = {
        "specification": SPECIFICATION, "url": address, "changeset": changed, "type": "production",
        "formats": ["text/xml", "application/json"],
    }  # fmt: skip
    return {"changeset": changed, "contact": CONTACT.said(language), "key_service": KEYS.said(language), "endpoints": [end]}


def _categories() -> Any:
    day = timezone.localdate()
    in_force = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
    return Category.objects.filter(in_force, is_public=True).select_related("parent").order_by("code", "-valid_from")


def _attribute(name: str, shape: dict[str, Any], required: bool, order: int) -> dict[str, Any]:
    options = [{"key": one["const"], "name": one["title"]} for one in shape.get("items", shape).get("oneOf", ())]
    if shape.get("type") == "boolean":
        options = [{"key": "true", "name": "是 / yes"}, {"key": "false", "name": "否 / no"}]
    found = {
        "variable": True, "code": name, "datatype": _datatype(shape, options), "required": required, "datatype_description": None,
        "order": order, "description": shape.get("title", name),
    }  # fmt: skip
    return {**found, "values": options} if options else found


def _datatype(shape: dict[str, Any], options: list[Any]) -> str:
    if options:
        return "multivaluelist" if shape.get("type") == "array" else "singlevaluelist"
    if shape.get("type") in {"integer", "number"}:
        return "number"
    if shape.get("format") in {"date", "date-time"}:
        return "datetime"
    return "text" if shape.get("x-hexi-widget") == "textarea" else "string"
