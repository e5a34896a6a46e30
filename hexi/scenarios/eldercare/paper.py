"""The hand-over sheet on paper, to go with the elder: who, from where to where, what the next bed must know, and both signatures."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from hexi.kit import Label, Paper, Viewer, district_calendar, names, registers, shown_rows, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.models_beds import CareHome, HandOver

SHEET = "eldercare.handover"
STYLE = """
@page { size: A4; margin: 16mm 18mm }
body { margin: 0; font: 11pt/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #16212c }
h1 { font-size: 18pt; margin: 0 0 2mm } .meta { color: #455565; font-size: 9pt; margin: 0 0 4mm }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: 2mm 2.5mm; border: .25mm solid #9fb0c0 }
th { width: 32mm; font-weight: 500; color: #455565 } td { white-space: pre-wrap } tr { break-inside: avoid }
.signs { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin-top: 8mm }
.signs div { border-top: .3mm solid #16212c; padding-top: 2mm; min-height: 24mm }
"""
ABOUT, BODY = ("called", "born_on", "phone", "contact"), ("reason", "state_of_health", "medicines", "risks", "belongings")
HIDDEN = t("（仅双方可见）", "(for the two sides only)")
NOBODY = t("尚未签认", "not signed yet")


def page(viewer: Viewer, sheet: HandOver, _origin: str) -> str:
    """The whole page in the reader's language. Health is in clear for the two sides, and for whoever handed the elder over."""
    title = _say(viewer, t("三床联动交接单", "Hand-over sheet"))
    rows = "".join(f"<tr><th>{head}</th><td>{text}</td></tr>" for head, text in _rows(viewer, sheet))
    state = words.label_of(words.SHEET_STATES, sheet.state)
    number = _say(viewer, t("编号 {n}，{state}", "No. {n}, {state}").filled(n=str(sheet.pk), state=state))
    body = f'<h1>{title}</h1><p class="meta">{number}</p><table>{rows}</table>{_signs(viewer, sheet)}'
    return (
        f'<!doctype html><html lang="{"zh-CN" if viewer.language == "zh" else "en"}"><head><meta charset="utf-8"/><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _say(viewer: Viewer, label: Label) -> str:
    return escape(label.said(viewer.language))


def _rows(viewer: Viewer, sheet: HandOver) -> list[tuple[str, str]]:
    known: Any = registers()[SHEET]
    shown = shown_rows(viewer, known, [sheet.pk], (*ABOUT, *BODY)).get(sheet.pk, {})
    home = names([sheet.place]).get(sheet.place)
    own = viewer.account is not None and viewer.account == sheet.given_id
    said = {name: _text(viewer, shown, sheet, name, own) for name in (*ABOUT, *BODY)}
    where = [(t("住址", "home"), _say(viewer, home) if home else "—"), (t("从", "from"), _bed(viewer, sheet.from_bed, sheet.from_home)),
             (t("到", "to"), _bed(viewer, sheet.to_bed, sheet.to_home))]  # fmt: skip
    heads = {name: known.fields[name].label for name in said}
    told = [(heads[name], said[name]) for name in ABOUT], where, [(heads[name], said[name]) for name in BODY]
    return [(_say(viewer, head), text) for part in told for head, text in part]


def _text(viewer: Viewer, shown: dict[str, Any], sheet: HandOver, name: str, own: bool) -> str:
    if name in shown.get("__masked", ()) and not own:
        return _say(viewer, HIDDEN)
    value = getattr(sheet, name) if own else shown.get(name)
    return escape(str(value)) if value else "—"


def _bed(viewer: Viewer, kind: str, home: CareHome | None) -> str:
    bed = _say(viewer, words.label_of(words.BEDS, kind))
    return f"{bed} · {escape(home.name)} {escape(home.phone)}" if home else bed


def _signs(viewer: Viewer, sheet: HandOver) -> str:
    sides = ((t("交出方", "giver"), sheet.given_by, sheet.given_at), (t("接收方", "receiver"), sheet.received_by, sheet.received_at))
    boxes = (
        f"<div>{_say(viewer, side)}：{escape(who) if who else _say(viewer, NOBODY)}<br/>{_moment(at)}</div>" for side, who, at in sides
    )
    return f'<div class="signs">{"".join(boxes)}</div>'


def _moment(at: datetime | None) -> str:
    return f"{district_calendar().local(at):%Y-%m-%d %H:%M}" if at else ""


PAPER = Paper(SHEET, t("打印交接单（PDF）", "print the sheet (PDF)"), page)
