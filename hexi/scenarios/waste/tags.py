"""Labels to print: of a batch with the fields of the national pattern, of a container, and of a manifest that goes with the load."""

from __future__ import annotations

from hexi.kit import Face, Fact, Label, Tag, Viewer, district_calendar, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.models import Container, StorageLot
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.parties import acts_for
from hexi.scenarios.waste.public import SLIP
from hexi.scenarios.waste.rules import catalogue

BY_HAND = t("____________", "____________")
FOOT = t("扫码核验，无需账号；字段参照 HJ 1276-2022，待与原文核对", "Scan to check, no account needed; fields after HJ 1276-2022, to be compared")


def of_lot(viewer: Viewer, lot: StorageLot) -> Face:
    """The label of one filling: what stands on it by the national pattern, as far as the register knows it."""
    known, day = catalogue().get(lot.code), district_calendar().local(lot.produced_at).date() if lot.produced_at else ""
    hazards = [words.label_of(words.HAZARDS, one) for one in known.hazards] if known else []
    facts = (
        Fact(t("废物名称", "name"), _same(lot.name)), Fact(t("废物类别", "category"), _same(lot.category or "—")),
        Fact(t("废物代码", "code"), _same(lot.code)), Fact(t("废物形态", "form"), words.label_of(words.FORMS, lot.form)),
        Fact(t("危险特性", "hazards"), t("、".join(one.zh for one in hazards) or "—", ", ".join(one.en for one in hazards) or "—")),
        Fact(t("产生日期", "produced on"), _same(str(day))), Fact(t("废物重量", "weight"), _same(f"{words.kilos(lot.kg)} kg")),
        Fact(t("主要成分", "contents"), BY_HAND), Fact(t("有害成分", "harmful parts"), BY_HAND), Fact(t("注意事项", "take care"), BY_HAND),
        Fact(t("产生单位", "producer"), _same(lot.firm.name)), Fact(t("联系方式", "contact"), _contact(viewer, lot)),
        Fact(t("批次号", "batch"), _same(lot.batch)), Fact(t("核验码", "check code"), _grouped(lot.check_code)),
    )  # fmt: skip
    return Face(words.label_of(words.STREAMS, lot.stream), SLIP.link(lot.check_code), facts, FOOT)


def of_container(_viewer: Viewer, one: Container) -> Face:
    """The label that stays on a container, whatever it is filled with."""
    facts = (
        Fact(t("标签码", "label"), _same(one.label)), Fact(t("容器", "container"), words.label_of(words.CONTAINERS, one.kind)),
        Fact(t("容积", "volume"), _same(f"{one.volume_l} L" if one.volume_l else "—")), Fact(t("单位", "firm"), _same(one.firm.name)),
        Fact(t("核验码", "check code"), _grouped(one.check_code)),
    )  # fmt: skip
    return Face(t("固体废物容器", "Waste container"), SLIP.link(one.check_code), facts, FOOT)


def of_manifest(_viewer: Viewer, row: Manifest) -> Face:
    """What goes with the load: the numbers, and the code of the public page."""
    facts = (
        Fact(t("联单号", "number"), _same(row.number)), Fact(t("国家系统号", "national"), _same(row.national_number or "—")),
        Fact(t("废物代码", "code"), _same(row.code)), Fact(t("废物名称", "name"), _same(row.name)),
        Fact(t("数量", "quantity"), _same(f"{words.kilos(row.shipped_kg)} kg" if row.shipped_kg else "—")),
        Fact(t("移出人", "producer"), _same(row.producer.name)), Fact(t("核验码", "check code"), _grouped(row.check_code)),
    )  # fmt: skip
    return Face(t("固体废物转移联单", "Waste manifest"), SLIP.link(row.check_code), facts, FOOT)


def _contact(viewer: Viewer, lot: StorageLot) -> Label:
    """The firm prints its own; nobody else prints it."""
    own = acts_for(viewer, lot.firm) and lot.firm.office
    return _same(f"{lot.firm.contact} {lot.firm.phone}".strip() if own else BY_HAND.zh)


def _same(said: str) -> Label:
    return t(said or "—", said or "—")


def _grouped(code: str) -> Label:
    return _same(" ".join(code[at : at + 4] for at in range(0, len(code), 4)))


TAGS = (
    Tag("waste.storagelot", t("打印标签", "print its label"), of_lot), Tag("waste.container", t("打印标签", "print its label"), of_container),
    Tag("waste.manifest", t("打印联单码", "print its code"), of_manifest),
)  # fmt: skip
