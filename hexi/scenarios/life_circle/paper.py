"""The plan of one circle on one page: where it stands, what it lacks, what to open first; a draft for people to decide on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from hexi.kit import Label, Paper, Viewer, district_calendar, names, t
from hexi.scenarios.life_circle import closing, sources
from hexi.scenarios.life_circle.circles import communities_of
from hexi.scenarios.life_circle.figures import Figures, figures
from hexi.scenarios.life_circle.grading import grade_labels
from hexi.scenarios.life_circle.models_circle import Circle
from hexi.scenarios.life_circle.rules import table
from hexi.scenarios.life_circle.words import COLUMNS, MARKS, NOT_YET, about

MOST_GAPS, MOST_WEAK, MOST_LACKS, MOST_GATES = 8, 8, 4, 3
STYLE = """
@page { size: A4; margin: 14mm 15mm }
body { margin: 0; font: 9.5pt/1.45 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #16212c }
h1 { font-size: 17pt; margin: 0 } h2 { font-size: 11pt; margin: 4mm 0 1mm; border-bottom: .4mm solid #1f5fa8 }
p { margin: 0 0 1.5mm } .meta { color: #455565; font-size: 8.5pt }
.tiles { display: grid; grid-template-columns: repeat(7, 1fr); gap: 2mm; margin: 3mm 0 }
.tiles div { border: .2mm solid #9fb0c0; border-radius: 1mm; padding: 1.5mm 2mm } .tiles b { display: block; font-size: 14pt }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .6mm 1.5mm; border-bottom: .2mm solid #c9d4de }
th { font-weight: 500; color: #455565 } td.n, th.n { text-align: right } tr { break-inside: avoid }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 5mm }
"""
TITLE = t("一圈一策：{name}", "One circle, one plan: {name}")
DRAFT = t(
    "由平台按登记和步行路网计算的草案，供研究；生活圈界{border}。数据时间 {at}",
    "A draft computed from the registers and the walking network, to be discussed; its border is {border}. Data of {at}",
)  # fmt: skip
COMPUTED, DRAWN = t("为自动划分，非官方边界", "computed, not official"), t("经人工调整", "drawn by people")
TILES = ("people", "basic", "quality", "public", "elders", "children", "chain")
Say = Callable[[Label], str]


def page(viewer: Viewer, circle: Circle, _origin: str) -> str:
    """The whole page in the reader's language."""

    def say(label: Label) -> str:
        return escape(label.said(viewer.language))

    found = figures()
    name = say(TITLE.filled(name=Label(circle.name, circle.name_en or circle.name)))
    body = _body(viewer, circle, found, say) if found is not None else f"<p>{say(NOT_YET)}</p>"
    return (
        f'<!doctype html><html lang="{"zh-CN" if viewer.language == "zh" else "en"}"><head><meta charset="utf-8"/><title>{name}</title>'
        f"<style>{STYLE}</style></head><body><h1>{name}</h1>{body}</body></html>"
    )


def _body(viewer: Viewer, circle: Circle, found: Figures, say: Say) -> str:
    params = {"circle": str(circle.pk), "by": "circle"}
    [row] = sources.compared(viewer, params).rows
    codes = communities_of(circle.pk)
    called = names(codes)
    at = district_calendar().local(datetime.fromisoformat(found.at))
    border = DRAFT.filled(border=COMPUTED if circle.computed else DRAWN, at=f"{at:%Y-%m-%d %H:%M}")
    inside = "、".join(say(called[code]) for code in codes if code in called)
    return "".join((
        f'<p class="meta">{say(border)}</p><p>{say(t("社区", "Communities"))}: {inside}</p>',
        _tiles(row, say),
        _grade(viewer, params, row["grade"], say),
        f"<p>{say(t('必备业态缺项', 'Required and missing'))}: {_said(row['missing'], viewer)}</p>",
        _gaps(viewer, params, say), _gates(viewer, params, say),
        '<div class="two">', _weak(viewer, params, say), _even(viewer, params, say), "</div>",
        f'<p class="meta">{say(about(found))}</p>', _standards(say),
    ))  # fmt: skip


def _tiles(row: Mapping[str, Any], say: Say) -> str:
    parts = [f"<div>{say(COLUMNS[key])}<b>{_number(row[key])}</b></div>" for key in TILES]
    return f'<div class="tiles">{"".join(parts)}</div>'


def _number(value: Any) -> str:
    return "—" if value is None else f"{value:,}"


def _said(told: Any, viewer: Viewer) -> str:
    return escape(str(told[viewer.language]))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: int) -> str:
    """The last `numbers` columns are figures."""

    def line(tag: str, cells: Sequence[str]) -> str:
        first = len(cells) - numbers
        return "".join(f'<{tag}{" class=n" if at >= first else ""}>{cell}</{tag}>' for at, cell in enumerate(cells))

    body = "".join(f"<tr>{line('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{line('th', heads)}</tr></thead><tbody>{body}</tbody></table>"


def _gaps(viewer: Viewer, params: Mapping[str, str], say: Say) -> str:
    found = sources.gaps(viewer, {**params, "top": str(MOST_GAPS)}).rows
    rows = [
        [_said(row["title"], viewer), _said(row["place_name"], viewer), _said(row["limit"], viewer), str(row["people"]), str(row["total"])]
        for row in found
    ]
    heads = [say(COLUMNS[key]) for key in ("title", "place_name", "limit")]
    heads += [say(t("惠及本圈", "of this circle")), say(t("惠及全区", "in all"))]
    return f"<h2>{say(t('建议先补', 'What to open first'))}</h2>{_table(heads, rows, 2)}"


def _grade(viewer: Viewer, params: Mapping[str, str], reached: str, say: Say) -> str:
    """The grade, and what is not met of the others, each with its grade and what was measured."""
    labels = grade_labels()
    lacks = [row for row in closing.grade(viewer, params).rows if row["met"] != "ok"][:MOST_LACKS]
    told = [f"{say(labels[row['grade']])}: {_said(row['criterion'], viewer)}（{_said(row['now'], viewer)}）" for row in lacks]
    head = f"<h2>{say(t('等级', 'Grade'))}: {say(labels[reached])}</h2>"
    return f"{head}<p>{say(t('尚未满足', 'Not met yet'))}: {'；'.join(told) or '—'}</p>"


def _gates(viewer: Viewer, params: Mapping[str, str], say: Say) -> str:
    """Gates worth opening, and what closures cost now."""
    gates = closing.gates(viewer, params).rows[:MOST_GATES]
    closed = closing.closures(viewer, params).rows[:MOST_GATES]
    parts = [f"{_said(row['at'], viewer)} {_said(row['gate'], viewer)} +{_number(row['people'])}" for row in gates]
    parts += [f"{_said(row['at'], viewer)} {_said(row['closure'], viewer)}: {_said(row['effect'], viewer)}" for row in closed]
    title = say(t("开门与通行管制（惠及本圈居民）", "Gates to open, and closures (people of this circle)"))
    return f"<h2>{title}</h2><p>{'；'.join(parts)}</p>" if parts else ""


def _weak(viewer: Viewer, params: Mapping[str, str], say: Say) -> str:
    found = [row for row in sources.by_rule(viewer, {**params, "order": "worst"}).rows if row["mark"] != "ok"][:MOST_WEAK]
    rows = [[_said(row["name"], viewer), _said(row["limit"], viewer), say(MARKS[row["mark"]]), _number(row["share"])] for row in found]
    heads = [say(COLUMNS[key]) for key in ("title", "limit", "mark", "share")]
    return f"<section><h2>{say(t('覆盖最低', 'Covered least'))}</h2>{_table(heads, rows, 1)}</section>"


def _even(viewer: Viewer, params: Mapping[str, str], say: Say) -> str:
    found = sources.equity(viewer, params).rows
    rows = [[_said(row["name"], viewer), *(_number(row[key]) for key in ("share", "worst", "best"))] for row in found]
    heads = [say(COLUMNS[key]) for key in ("name", "share", "worst", "best")]
    return f"<section><h2>{say(t('均衡性（%）', 'Evenness (%)'))}</h2>{_table(heads, rows, 3)}</section>"


def _standards(say: Say) -> str:
    known = {rule.standard.key: rule.standard.label for rule in table().rules}
    note = t("依据（多为转载或凭记忆录入，采用前须核对原文）：", "By (mostly as quoted by others or from memory; check before use): ")
    return f'<p class="meta">{say(note)}{"; ".join(say(label) for label in known.values())}</p>'


PAPER = Paper("life_circle.circle", t("一圈一策（PDF）", "plan (PDF)"), page)
