"""An entity as the document from which the desk draws lists, forms and record pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from hexi.core.data.entities import Description, described
from hexi.core.trust.api import Viewer, allowed, organisation_labels
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Nothing
from hexi.kernel.declare import Action, Verb
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Language
from hexi.kernel.lifecycle import Lifecycle, Step
from hexi.kernel.units import UNITS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Document = dict[str, Any]


def may(viewer: Viewer, about: Description, verb: Verb) -> bool:
    """Is there any row on which the viewer may do this?"""
    return not isinstance(allowed(viewer, verb, about.subject), Nothing)


def model_list(viewer: Viewer) -> list[Document]:
    """The registers that the viewer may read."""
    found = [described(key) for key in sorted(catalogue.entities)]
    return [{"name": d.key, "label": d.label.as_dict(), "room": d.key.split(".")[0]} for d in found if may(viewer, d, "read")]


def model_document(viewer: Viewer, key: str) -> Document:
    """The register's document. Raises NotFound when the viewer may read none of it."""
    about = described(key)
    if not may(viewer, about, "read"):
        raise NotFound(which=key)
    language = viewer.language
    return {
        "name": key,
        "label": about.label.as_dict(),
        "description": about.about.as_dict(),
        "schema": schema_of(about, about.editable(), language),
        "fields": [_field(f, name in about.fixed) | _opens(viewer, f) for name, f in about.fields.items()],
        "ui": _ui(about),
        "lifecycle": _lifecycle(catalogue.lifecycles.get(key)),
        "actions": _actions(viewer, about, catalogue.all_lives(key)[:1] if key in catalogue.lifecycles else ()),
        "lives": _lives(viewer, about),
        "may": {verb: may(viewer, about, verb) for verb in ("create", "revise", "export", "reveal")}
        | {"create": bool(about.editable()) and may(viewer, about, "create")}
        | {"import": about.importable and may(viewer, about, "import"), "history": not viewer.anonymous},
        "place": about.place,
        "organisation": about.organisation,
        "title": about.title,
        "paper": paper.label.as_dict() if (paper := catalogue.papers.get(key)) else None,
        "key": list(about.unique),
        "tag": tag.label.as_dict() if (tag := catalogue.tags.get(key)) else None,
    }


def schema_of(about: Description, fields: Sequence[Any], language: Language) -> Document:
    """JSON Schema 2020-12 of these fields; titles and hints in the reader's language."""
    return {
        "$schema": DIALECT,
        "type": "object",
        "title": about.label.said(language),
        "additionalProperties": False,
        "properties": {f.name: _property(f, language) for f in fields},
        "required": [f.name for f in fields if not f.missing and not f.has_default()],
    }


def _property(field: Any, language: Language) -> Document:
    found: Document = {"title": field.label.said(language), "x-hexi-kind": field.kind, **SHAPES[field.kind](field, language)}
    if field.help:
        found["description"] = field.help.said(language)
    if field.picks:
        found["x-hexi-picks"] = field.picks
    if field.unit:
        found["x-hexi-unit"] = UNITS[field.unit].label.as_dict()
    if field.has_default() and not callable(field.default) and field.default not in {None, ""}:
        found["default"] = field.default
    return found


def _text(field: Any, language: Language) -> Document:
    long = getattr(field, "max_length", None) is None
    return {
        "type": "string",
        "maxLength": getattr(field, "max_length", None) or 20_000,
        **({"x-hexi-widget": "textarea"} if long else {}),
        **({} if field.missing else {"minLength": 1}),
    }


def _number(field: Any, language: Language) -> Document:
    limits = {word: limit for word, limit in (("minimum", field.low), ("maximum", field.high)) if limit is not None}
    return {
        "type": ["number" if field.decimals else "integer", "null"] if field.missing else "number" if field.decimals else "integer",
        **limits,
    }


def _choice(field: Any, language: Language) -> Document:
    return {"type": "string", "oneOf": [{"const": key, "title": label.said(language)} for key, label in field.options.items()]}


def _office(field: Any, language: Language) -> Document:
    return {"type": "string", "oneOf": [{"const": key, "title": label.said(language)} for key, label in organisation_labels().items()]}


def _offices(field: Any, language: Language) -> Document:
    return {"type": "array", "items": _office(field, language), "uniqueItems": True}


def _reference(field: Any, language: Language) -> Document:
    return {"type": ["integer", "null"] if field.missing else "integer", "x-hexi-reference": _target(field)}


def _fixed(shape: Document) -> Any:
    def of(field: Any, _language: Language) -> Document:
        return {**shape, "type": [shape["type"], "null"]} if field.missing else shape

    return of


def _always(shape: Document) -> Any:
    def of(_field: Any, _language: Language) -> Document:
        return shape

    return of


SHAPES: dict[str, Any] = {
    "text": _text,
    "number": _number,
    "money": _number,
    "choice": _choice,
    "office": _office,
    "offices": _offices,
    "reference": _reference,
    "file": _reference,
    "flag": _fixed({"type": "boolean"}),
    "day": _fixed({"type": "string", "format": "date"}),
    "moment": _fixed({"type": "string", "format": "date-time"}),
    "place": _always({"type": "string", "x-hexi-place": True}),
    "document": _always({"type": ["object", "array", "null"]}),
}


def _target(field: Any) -> str:
    meta = field.related_model._meta
    return f"{meta.app_label}.{meta.model_name}"


def _opens(viewer: Viewer, field: Any) -> Document:
    """Whether the reader may open what a reference points to: a number that leads nowhere is no link."""
    if field.kind != "reference" or _target(field) not in catalogue.entities:
        return {}
    return {"opens": may(viewer, described(_target(field)), "read")}


def _field(field: Any, fixed: bool) -> Document:
    found: Document = {
        "key": field.name,
        "label": field.label.as_dict(),
        "kind": field.kind,
        "privacy": field.privacy,
        "source": field.source,
        "unit": UNITS[field.unit].label.as_dict() if field.unit else None,
        "required": not field.missing and not field.has_default(),
        "filterable": field.kind not in {"document", "file"},
        "sortable": field.kind not in {"document", "file"} and field.privacy not in {"personal", "sensitive"},
        "fixed": fixed,
        "search": field.search,
    }
    if field.picks:
        found["picks"] = field.picks
    if field.kind == "choice":
        found["options"] = [{"value": key, "label": label.as_dict()} for key, label in field.options.items()]
    if field.kind == "number" and field.plain:
        found["plain"] = True
    if field.kind in {"office", "offices"} or (field.kind == "document" and field.by_office):
        found["options"] = [{"value": key, "label": label.as_dict()} for key, label in organisation_labels().items()]
    if field.kind in {"reference", "file"}:
        found["reference"] = _target(field)
    return found


def _ui(about: Description) -> Document:
    editable = {f.name for f in about.editable()}
    groups = [
        {"title": g.label.as_dict(), "cols": g.columns, "fields": [n for n in g.fields if n in editable], "all_fields": list(g.fields)}
        for g in about.groups
    ]
    filters = [
        name
        for name, f in about.fields.items()
        if f.kind in {"choice", "flag", "place", "office", "offices", "reference", "day", "moment", "number", "money"}
    ]
    return {
        "form": {"groups": groups, "widgets": {}},
        "table": {
            "columns": list(about.columns),
            "filters": filters,
            "sort": about.sort,
            "search": [f.name for f in about.search_fields()],
        },
    }


def _lifecycle(life: Lifecycle | None) -> Document | None:
    if life is None:
        return None
    states = [{"id": s.key, "title": s.label.as_dict(), "final": s.final, "phase": s.phase} for s in life.states]
    return {"field": life.field, "label": life.label.as_dict(), "states": states}


def _lives(viewer: Viewer, about: Description) -> Document | None:
    """Where rows are of several kinds: the column that says which, and by kind the life with its steps."""
    lives = catalogue.lives.get(about.key)
    if lives is None:
        return None
    kinds = lives.by_kind().items()
    return {
        "kind": lives.kind,
        "by_kind": {kind: {"lifecycle": _lifecycle(life), "actions": _actions(viewer, about, (life,))} for kind, life in kinds},
    }


def _actions(viewer: Viewer, about: Description, lives: Sequence[Lifecycle]) -> list[Document]:
    steps = [_step(viewer, about, step) for life in lives for step in life.steps]
    return steps + [_action(viewer, action) for action in catalogue.actions.get(about.key, {}).values()]


def _step(viewer: Viewer, about: Description, step: Step) -> Document:
    form = schema_of(about, [about.fields[name] for name in step.needs], viewer.language) if step.needs else None
    if form:
        form["required"] = list(step.needs)
    if step.form:
        form = _joined(form, form_for(viewer, step.form))
    return {
        "id": step.key,
        "title": step.label.as_dict(),
        "fields_schema": form,
        "from": list(step.sources),
        "to": step.target,
        "primary": step.primary,
        "confirm": None,
        "needs_reason": step.needs_reason,
        "creates": False,
        "adds": False,
    }


def _joined(fields: Document | None, form: Document) -> Document:
    """One form of a step's fields and its further questions."""
    if fields is None:
        return form
    properties = {**fields["properties"], **form.get("properties", {})}
    return {**form, "properties": properties, "required": [*fields["required"], *form.get("required", [])]}


def _action(viewer: Viewer, action: Action) -> Document:
    return {
        "id": action.key,
        "title": action.label.as_dict(),
        "fields_schema": form_for(viewer, action.form) if action.form else None,
        "from": [],
        "to": None,
        "primary": action.primary,
        "confirm": action.confirm.as_dict() if action.confirm else None,
        "needs_reason": action.needs_reason,
        "creates": action.creates,
        "adds": action.adds,
    }


def form_for(viewer: Viewer, form: type) -> Document:
    """The form's schema with the questions that are put to this viewer."""
    found = form_schema(form, viewer.language)
    asked = {key: one for key, one in found.get("properties", {}).items() if not one.get(BY) or viewer.holds(*one[BY], "platform")}
    return {**found, "properties": {key: {word: said for word, said in one.items() if word != BY} for key, one in asked.items()}}


BY = "x-hexi-by"
"""The roles to which a question is put; left out of what leaves the house."""


def form_schema(form: type, language: Language) -> Document:
    """A pydantic form's schema with its labels in the reader's language."""
    assert issubclass(form, BaseModel)
    found = form.model_json_schema(by_alias=True)
    for shape in (found, *found.get("$defs", {}).values()):
        shape.pop("description", None)  # the docstring, which is for whoever reads the code
    for shape in found.get("properties", {}).values():
        _say(shape, language)
    return {"$schema": DIALECT, **found}


def _say(shape: Document, language: Language) -> None:
    label, options = shape.pop("x-label", None), shape.pop("x-options", None)
    if label:
        shape["title"] = label[language]
    if options:
        named = [{"const": key, "title": words[language]} for key, words in options]
        for word in ("enum", "anyOf"):
            shape.pop(word, None)
        shape.pop("$ref", None)  # what an enum says of itself would hide the words of the options
        if shape.setdefault("type", "string") == "array":
            shape |= {"items": {"type": "string", "oneOf": named}, "uniqueItems": True}
        else:
            shape["oneOf"] = named
