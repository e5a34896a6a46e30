"""Codes of waste as a form offers them: found by number or words, with hazards, and only what permits of the chosen firms cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from hexi.kit import Envelope, Label, Source, Viewer, organisation_labels, readable, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.checks import PERMIT_OF
from hexi.scenarios.waste.models import CollectionRun, Firm, Permit, StorageLot, YearPlan
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import acts_for, crews_of, firm_behind
from hexi.scenarios.waste.rules import Code, catalogue, category_names, covers, edition
from hexi.scenarios.waste.sources import Params, envelope, today

MOST = 40


@dataclass(frozen=True, slots=True)
class Own:
    """What the producer itself says of codes: planned for the year, and in storage now."""

    planned: Mapping[str, int]
    stored: frozenset[str]

    def rank(self, code: str) -> int:
        """Its own codes come before the rest of the catalogue."""
        return 0 if code in self.stored else 1 if code in self.planned else 2


def codes(viewer: Viewer, params: Params) -> Envelope:
    """Codes for one transfer or batch: the firm's own first, and of hazardous waste those that the permits of both other firms cover."""
    own, stream = _own(viewer, params), params.get("stream", "") or words.HAZARDOUS
    if stream != words.HAZARDOUS:
        return _trade_codes(viewer, params, stream)
    return _answer(viewer, params, own, _permitted(params))


def run_codes(viewer: Viewer, params: Params) -> Envelope:
    """Codes that one run collects."""
    asked = params.get("record", "")
    run = readable(viewer, CollectionRun).filter(pk=int(asked)).first() if asked.isdecimal() else None
    if (params.get("stream", "") or words.HAZARDOUS) != words.HAZARDOUS:
        return _trade_codes(viewer, params, params["stream"])
    return _answer(viewer, params, _own(viewer, params), (run.covers,) if run else ())


def covered(viewer: Viewer, params: Params) -> Envelope:
    """Codes, and whole categories before them: what a permit or a run names."""
    asked = _asked(params)
    whole = [
        {"value": key, "label": label.said(viewer.language), "about": t("整类", "whole category").said(viewer.language)}
        for key, label in category_names().items() if _has(asked, f"{label.zh} {label.en}")
    ]  # fmt: skip
    single = (_row(one, Own({}, frozenset()), viewer) for one in catalogue().values() if _fits(asked, one))
    return envelope([*whole, *islice(single, MOST)], edition())


def _answer(viewer: Viewer, params: Params, own: Own, lists: Iterable[str]) -> Envelope:
    asked, limits = _asked(params), tuple(lists)
    found = [one for one in catalogue().values() if _fits(asked, one) and all(covers(limit, one.code) for limit in limits)]
    rows = [_row(one, own, viewer) for one in sorted(found, key=lambda one: own.rank(one.code))[:MOST]]
    none = t("没有这样的代码，或所选单位的许可不包括它", "There is no such code, or the permits of the chosen firms do not cover it")
    return envelope(rows, edition(), empty=None if rows else none)


def _asked(params: Params) -> list[str]:
    return params.get("q", "").lower().split()


def _fits(asked: list[str], one: Code) -> bool:
    category = category_names()[one.category]
    return _has(asked, f"{one.code} {one.name.zh} {one.name.en} {category.zh} {category.en}")


def _has(asked: list[str], text: str) -> bool:
    return all(word in text.lower() for word in asked)


def _row(one: Code, own: Own, viewer: Viewer) -> dict[str, str]:
    hazards = _joined(words.label_of(words.HAZARDS, key) for key in one.hazards)
    parts = [t(one.category, one.category), hazards, *_of_own(one.code, own)]
    about = " · ".join(part.said(viewer.language) for part in parts)
    return {"value": one.code, "label": f"{one.code} {one.name.said(viewer.language)}", "about": about}


def _of_own(code: str, own: Own) -> Iterator[Label]:
    if code in own.stored:
        yield t("本单位在库", "in your storage")
    if code in own.planned:
        yield t("本年计划 {kg} 千克", "{kg} kg planned this year").filled(kg=str(own.planned[code]))


def _joined(labels: Iterable[Label]) -> Label:
    found = list(labels)
    return t("、".join(one.zh for one in found), ", ".join(one.en for one in found))


def _own(viewer: Viewer, params: Params) -> Own:
    """Of the firm that the form names, if the viewer acts for it, else of the viewer's own."""
    named = _firm(params, "firm")
    firm = named if named is not None and acts_for(viewer, named) else firm_behind(viewer, produces=True)
    if firm is None:
        return Own({}, frozenset())
    plans = YearPlan.objects.filter(firm=firm, year=today().year, stage="filed").values_list("code", "planned_kg")
    lots = StorageLot.objects.filter(firm=firm, left_kg__gt=0, stream=words.HAZARDOUS).values_list("code", flat=True)
    return Own(dict(plans), frozenset(lots))


def _permitted(params: Params) -> list[str]:
    """For each of the other firms that the form names, all that its permits of today cover."""
    firms = {role: _firm(params, role) for role in PERMIT_OF}
    return [_covers(firm, PERMIT_OF[role]) for role, firm in firms.items() if firm is not None]


def _covers(firm: Firm, kind: str) -> str:
    day = today()
    permits = Permit.objects.filter(firm=firm, kind=kind, valid_from__lte=day, valid_until__gte=day)
    return "\n".join(permits.values_list("covers", flat=True))


def _firm(params: Params, role: str) -> Firm | None:
    number = params.get(role, "")
    return Firm.objects.filter(pk=int(number)).first() if number.isdecimal() else None


def _trade_codes(viewer: Viewer, params: Params, stream: str) -> Envelope:
    """No catalogue stands behind codes of other streams: what the firm used before, and what is typed."""
    typed = params.get("q", "").strip()
    used = readable(viewer, StorageLot).filter(stream=stream, code__icontains=typed).order_by("code").values_list("code", "name").distinct()
    rows = [{"value": code, "label": f"{code} {name}" if name != code else code, "about": t("用过", "used before").said(viewer.language)}
            for code, name in used[:MOST]]  # fmt: skip
    if typed and typed not in {row["value"] for row in rows}:
        rows.append({"value": typed, "label": typed, "about": t("按所填代码", "as typed").said(viewer.language)})
    return envelope(rows)


def crews(viewer: Viewer, params: Params) -> Envelope:
    """The crews of the carrier that the form or the record names, else of the viewer's own firm."""
    asked, record = _asked(params), params.get("record", "")
    row = readable(viewer, Manifest).filter(pk=int(record)).select_related("carrier").first() if record.isdecimal() else None
    carrier = _firm(params, "carrier") or (row.carrier if row else None) or firm_behind(viewer, carries=True)
    called = organisation_labels()
    found = ((key, called[key]) for key in crews_of(carrier) if _has(asked, f"{called[key].zh} {called[key].en}"))
    rows = [{"value": key, "label": label.said(viewer.language), "about": ""} for key, label in found]
    return envelope(rows[:MOST], empty=None if rows else t("请先选择承运人；该承运人没有登记车组", "Choose the carrier first, or it has no crews"))


CODES, RUN_CODES, COVERED = "waste.codes", "waste.run_codes", "waste.covered"
PICKED = (
    Source(CODES, t("废物代码", "codes of waste"), codes, ()), Source(RUN_CODES, t("本趟收集的代码", "codes of a run"), run_codes, ()),
    Source("waste.crews", t("承运人的车组", "crews of a carrier"), crews, ()), Source(COVERED, t("代码与整类", "codes and categories"), covered, ()),
)  # fmt: skip
