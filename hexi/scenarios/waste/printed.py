"""The manifest printed in the layout of the national form: what is known stands in it, the rest is left to be written by hand.

One print is both: with its signatures and square code the electronic one, before them the sheet that goes on paper when the system fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, cast

from hexi.kit import Paper, Viewer, district_calendar, now_context, qr_picture, read_table, t
from hexi.scenarios.waste import words
from hexi.scenarios.waste.form_values import Filled, Values, parts_of
from hexi.scenarios.waste.models_manifest import Manifest, Signature
from hexi.scenarios.waste.public import MIRROR, SLIP
from hexi.scenarios.waste.rules import DATA

Row = dict[str, Any]
FORMS, COLUMNS_OF_LINE = DATA / "forms.yaml", 3
OTHER = "固体废物转移联单"
STYLE = """
@page { size: A4; margin: 12mm 13mm }
body { margin: 0; font: 9pt/1.4 "Noto Serif CJK SC", "Noto Sans CJK SC", SimSun, serif; color: #000 }
header { display: grid; grid-template-columns: 24mm 1fr 24mm; align-items: center; margin-bottom: 3mm }
h1 { font-size: 17pt; letter-spacing: 2mm; text-align: center; margin: 0 } header img { width: 24mm; height: 24mm }
.number { text-align: center; font-size: 10.5pt; margin: 1mm 0 0 } section { break-inside: avoid; margin-bottom: 3mm }
h2 { font-size: 10pt; margin: 0; padding: 1.2mm 2mm; border: .3mm solid #000; border-bottom: 0; background: #eee }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { border: .3mm solid #000; padding: 1mm 1.5mm; vertical-align: middle; overflow-wrap: anywhere; height: 5.5mm }
col { width: 31% } col:last-child { width: 38% } .list th:first-child { width: 8mm } .code { white-space: nowrap }
table + table { margin-top: -.3mm } th { font-weight: 500; text-align: center } .list td { text-align: center }
.said { font-weight: 600 } .foot { font-size: 8pt; margin: 1mm 0 0 }
.sign { border: .3mm solid #000; border-top: 0; padding: 1.2mm 2mm; min-height: 6mm }
"""


def layout(day: Any) -> Row:
    """The form that counts on this day; of two the one that began last."""
    forms = [one for one in cast("list[Row]", read_table(FORMS)["manifest"]) if one["valid_from"] <= day]
    return max(forms, key=lambda one: one["valid_from"])


def page(viewer: Viewer, row: Manifest, origin: str) -> str:
    """The whole form, in Chinese whoever reads: an official form has no other language."""
    form = layout(district_calendar().local(row.picked_at or now_context().now).date())
    hazardous = row.stream == words.HAZARDOUS
    title = form["title"] if hazardous else OTHER
    parts = "".join(_part(part, filled) for part in form["parts"] for filled in parts_of(viewer, row, part["of"]))
    head = f"<h1>{title}</h1><p class=\"number\">{form['number']}：{_number(row, hazardous)}</p>"
    code = qr_picture(origin + SLIP.link(row.check_code))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"/><title>{title} {escape(row.number)}</title>'
        f'<style>{STYLE}</style></head><body><header><span></span><div>{head}</div><img src="{code}" alt="核验码"/></header>'
        f"{parts}{_foot(row, hazardous)}</body></html>"
    )


def _number(row: Manifest, hazardous: bool) -> str:
    """Of hazardous waste the number of the national system, which has to be written in while there is none."""
    return escape(row.national_number if hazardous else row.number) or "＿" * 14


def _part(part: Row, filled: Filled) -> str:
    lines = "".join(f"<tr>{''.join(_box(one, filled.values, len(line)) for one in line)}</tr>" for line in part["lines"])
    boxes = f"<table><col/><col/><col/>{lines}</table>{_list(part, filled.values)}"
    return f"<section><h2>{part['title']}</h2>{boxes}{_sign(filled.signature)}</section>"


def _box(one: Row, values: Values, of_line: int) -> str:
    span = one.get("wide", 1 if of_line > 1 else COLUMNS_OF_LINE)
    return f'<td colspan="{span}">{one["label"]}：<span class="said">{escape(values.get(one["says"], ""))}</span></td>'


def _list(part: Row, values: Values) -> str:
    if not part["columns"]:
        return ""
    heads = "".join(f"<th>{one['label']}</th>" for one in part["columns"])
    cells = "".join(f'<td class="said {one["says"]}">{escape(values.get(one["says"], ""))}</td>' for one in part["columns"])
    return f'<table class="list"><tr>{heads}</tr><tr>{cells}</tr></table>'


def _sign(signature: Signature | None) -> str:
    """Under each part: the electronic signature with both times and its hash, or room for a hand and a seal."""
    return f'<div class="sign">{"；".join(_signed(signature)) if signature else "签字（盖章）：　　　　　　　　　　　日期："}</div>'


def _signed(signature: Signature) -> Iterator[str]:
    called = {key: label.zh for key, label in (*words.SEALS, *words.WAYS)}
    yield f"已签署：{called[signature.step]}（{called[signature.way]}）"
    for label, at in (("签署", signature.device_at), ("平台收到", signature.server_at)):
        yield f"{label} {district_calendar().local(at):%Y-%m-%d %H:%M}" if at else label
    yield f"摘要 {signature.seal[:16]}"


def _foot(row: Manifest, hazardous: bool) -> str:
    said = (f"{MIRROR.zh}。" if hazardous else "") + f"本平台联单号 {row.number}，状态：{words.label_of(words.STATES, row.state).zh}。扫码核验签署链，无需账号。"
    return f'<p class="foot">{escape(said)}</p>'


PAPER = Paper("waste.manifest", t("打印联单（PDF）", "print the form (PDF)"), page)
