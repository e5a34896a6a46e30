"""The report as one accessible HTML page that prints well: no script, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from hexi.kernel.label import Label, t
from hexi.modules.projects.days import spoken_day
from hexi.modules.projects.report.document import Block, Document, Heading, Paragraph, Run, Table

STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
@page:right { @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif; padding-right: 5mm } }
@page:left { @bottom-left { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif; padding-left: 5mm } }
@page annex { size: A4 landscape; margin: 20mm }
:root { color-scheme: light }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem 4rem; background: #fff; color: #16212c;
  font: 1.125rem/1.85 FangSong, FangSong_GB2312, STFangsong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif }
h1 { font: 500 1.75rem/1.45 FZXiaoBiaoSong-B05S, "Noto Serif CJK SC", "Source Han Serif SC", STZhongsong, SimSun, serif; text-align: center;
  margin: 0 0 2rem; text-wrap: balance }
h2 { font: 500 1.2rem/1.6 SimHei, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 1.6rem 0 .4rem }
html[lang^=zh] .body, html[lang^=zh] .note { text-indent: 2em }
p { margin: 0 0 .5rem; text-align: justify }
.note { font-size: 1rem; color: #455565 }
a { color: inherit; text-decoration: underline; text-decoration-color: #77aee6; text-underline-offset: .2em }
a:hover { text-decoration-color: currentColor }
a:focus-visible { outline: 2px solid #0b57d0; outline-offset: 2px }
.state { text-align: center; color: #455565; margin: -1.2rem 0 1.8rem; text-indent: 0 }
.signature { margin: 3rem 2rem 0 0; break-inside: avoid } .signature p { text-align: right }
.wide { overflow-x: auto; margin-top: 3rem; page: annex }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 44rem; font-size: .875rem; line-height: 1.5 }
caption { font: 500 1.1rem/1.6 SimHei, "Noto Sans CJK SC", "PingFang SC", sans-serif; margin-bottom: .75rem }
th, td { border: 1px solid #5e6e7c; padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { font-weight: 500; background: #eef2f6 }
thead { display: table-header-group } tr { break-inside: avoid }
@media print { body { max-width: none; padding: 0; font-size: 16pt; line-height: 28pt } h1 { font-size: 22pt }
  h2 { font-size: 16pt; break-after: avoid }
  .note { font-size: 12pt; line-height: 20pt } table { font-size: 9pt; min-width: 0 } a { text-decoration: none }
  .wide { break-before: page; overflow: visible } }
"""
ATTACHED = t("附件：", "Attachment: ")
ISSUED = t("承办单位：", "Issued by: ")


def html_page(document: Document, origin: str = "") -> str:
    """The whole page. `origin` (https://host) makes links absolute, as a file that leaves the site needs them."""
    title, lang = escape(document.title), {"zh": "zh-CN", "en": "en"}[document.language]
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"/>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/><title>{title}</title><style>{STYLE}</style></head>\n'
        f'<body><main><h1>{title}</h1>\n<p class="state">{escape(document.signature.state)}</p>\n'
        f"{_blocks(document.blocks, origin)}\n{_signature(document)}\n{_table(document.attachment, origin)}\n</main></body></html>\n"
    )


def _blocks(blocks: Iterable[Block], origin: str) -> str:
    return "\n".join(_heading(block) if isinstance(block, Heading) else _paragraph(block, origin) for block in blocks)


def _heading(heading: Heading) -> str:
    return f"<h{heading.level + 1}>{escape(heading.text)}</h{heading.level + 1}>"


def _paragraph(one: Paragraph, origin: str) -> str:
    return f'<p class="{one.kind}">{_runs(one.runs, origin)}</p>'


def _runs(runs: Iterable[Run], origin: str) -> str:
    return "".join(_run(run, origin) for run in runs)


def _run(run: Run, origin: str) -> str:
    return f'<a href="{escape(origin + run.href)}">{escape(run.text)}</a>' if run.href else escape(run.text)


def _signature(document: Document) -> str:
    def said(label: Label) -> str:
        return escape(label.said(document.language))

    signature = document.signature
    lines = (said(ISSUED) + escape(signature.issuer), said(spoken_day(signature.day)))
    signed = "".join(f"<p>{line}</p>" for line in lines)
    return f'<p class="body">{said(ATTACHED)}{escape(document.attachment_title)}</p><div class="signature">{signed}</div>'


def _table(table: Table, origin: str) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "\n".join(_row(row, origin) for row in table.rows)
    widths = "".join(f'<col style="width: {share:.0%}"/>' for share in table.widths)
    caption = escape(table.caption)
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
    )


def _row(row: tuple[tuple[Run, ...], ...], origin: str) -> str:
    number, title, *rest = (_runs(cell, origin) for cell in row)
    return f'<tr><td>{number}</td><th scope="row">{title}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
