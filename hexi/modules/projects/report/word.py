"""The report as DOCX in the form of GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters, its faces and sizes.

The faces that the standard names belong to foundries and are not shipped; the file names them with free fallbacks, and
Word or WPS takes what the machine has.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from hexi.kernel.label import t
from hexi.modules.projects.days import spoken_day
from hexi.modules.projects.report.document import Document, Heading, Paragraph, Run, Signature
from hexi.modules.projects.report.fonts import FANGSONG, HEITI, KAITI, SONGTI, TITLE_SONG, Face, element, name_fallbacks, set_face

# Sizes of the standard: 二号 22 pt for the title, 三号 16 pt for the text, 四号 14 pt for page numbers.
ER_HAO, SAN_HAO, SI_HAO, XIAO_WU = Pt(22), Pt(16), Pt(14), Pt(9)
LINE = Pt(28.95)  # 225 mm in 22 lines
TOP, LEFT, RIGHT, BOTTOM = Mm(37), Mm(28), Mm(26), Mm(35)
HEADING_FACES = {1: HEITI, 2: KAITI}


def docx_file(document: Document, origin: str = "") -> bytes:
    """The file's bytes."""
    file = docx.Document()
    _page(file.sections[0])
    _defaults(file)
    _title(file, document.title)
    for block in document.blocks:
        _heading(file, block) if isinstance(block, Heading) else _paragraph(file, block, origin)
    _closing(file, document)
    _attachment(file, document, origin)
    _about(file, document)
    name_fallbacks(file)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.footer_distance = Mm(26)  # the page number stands 7 mm below the type area
    _page_numbers(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_numbers(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _defaults(file: Any) -> None:
    file.settings.odd_and_even_pages_header_footer = True
    style = file.styles["Normal"]
    style.font.size = SAN_HAO
    set_face(style.element.get_or_add_rPr(), FANGSONG)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE


def _page_numbers(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.alignment = side
    indent = SI_HAO * 1
    line.paragraph_format.right_indent, line.paragraph_format.left_indent = (indent, 0) if side == WD_ALIGN_PARAGRAPH.RIGHT else (0, indent)
    for part in ("— ", "PAGE", " —"):
        run = _run(line, "" if part == "PAGE" else part, SONGTI, SI_HAO)
        if part == "PAGE":
            _field(run, part)


def _field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            text = element("w:instrText")
            text.text = code
            run._r.append(text)
            continue
        mark = element("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)


def _title(file: Any, text: str) -> None:
    line = file.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = line.paragraph_format
    form.space_after, form.line_spacing_rule, form.line_spacing = LINE, WD_LINE_SPACING.EXACTLY, Pt(33)
    _run(line, text, TITLE_SONG, ER_HAO)


def _heading(file: Any, heading: Heading) -> None:
    line = file.add_paragraph(style=f"Heading {heading.level}")
    form = line.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent, form.line_spacing_rule, form.line_spacing = SAN_HAO * 2, WD_LINE_SPACING.EXACTLY, LINE
    _run(line, heading.text, HEADING_FACES[heading.level], SAN_HAO)


def _paragraph(file: Any, one: Paragraph, origin: str) -> None:
    line = file.add_paragraph()
    size = SAN_HAO if one.kind == "body" else SI_HAO
    line.paragraph_format.first_line_indent = size * 2
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _runs(line, one.runs, origin, size)


def _runs(line: Any, runs: Iterable[Run], origin: str, size: Length) -> None:
    for run in runs:
        if run.href and origin:
            _link(line, run, origin, size)
        else:
            _run(line, run.text, FANGSONG, size)


def _run(line: Any, text: str, face: Face, size: Length) -> Any:
    run = line.add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = size, False, RGBColor(0, 0, 0)
    set_face(run._r.get_or_add_rPr(), face)
    return run


def _link(line: Any, run: Run, origin: str, size: Length) -> None:
    """A link that looks like the text around it, as an official document asks."""
    target = line.part.relate_to(origin + run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink")
    link.set(qn("r:id"), target)
    line._p.append(link)
    link.append(_run(line, run.text, FANGSONG, size)._r)


def _closing(file: Any, document: Document) -> None:
    """附件说明 one line below the text; issuer and date below it, the date four characters from the right edge."""
    language, signature = document.language, document.signature
    note = file.add_paragraph()
    note.paragraph_format.space_before, note.paragraph_format.first_line_indent = LINE, SAN_HAO * 2
    _run(note, t("附件：", "Attachment: ").said(language) + document.attachment_title, FANGSONG, SAN_HAO)
    _signed(file, signature, t("承办单位：", "Issued by: ").said(language), spoken_day(signature.day).said(language))


def _signed(file: Any, signature: Signature, before: str, day: str) -> None:
    for index, text in enumerate((before + signature.issuer, day, f"（{signature.state}）")):
        line = file.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = SAN_HAO * (2 if index == 0 else 4)
        line.paragraph_format.keep_together = line.paragraph_format.keep_with_next = True
        if index == 0:
            line.paragraph_format.space_before = LINE * 2
        _run(line, text, FANGSONG, SAN_HAO)


def _attachment(file: Any, document: Document, origin: str) -> None:
    table = document.attachment
    section = file.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENTATION.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)
    _run(file.add_paragraph(), t("附件", "Attachment").said(document.language), HEITI, SAN_HAO)
    caption = file.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(caption, table.caption, TITLE_SONG, SAN_HAO)
    grid = file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    _cells(grid.rows[0], [(Run(column),) for column in table.columns], table.widths, origin, HEITI)
    _repeats(grid.rows[0])
    for row in table.rows:
        _cells(grid.add_row(), row, table.widths, origin, FANGSONG)


def _cells(row: Any, cells: Iterable[tuple[Run, ...]], widths: tuple[float, ...], origin: str, face: Face) -> None:
    width = Mm(297 - 44)
    for cell, runs, share in zip(row.cells, cells, widths, strict=True):
        cell.width = Length(int(width * share))
        line = cell.paragraphs[0]
        line.paragraph_format.line_spacing_rule, line.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(13)
        if face is FANGSONG:
            _runs(line, runs, origin, XIAO_WU)
        else:
            _run(line, "".join(run.text for run in runs), face, XIAO_WU)


def _repeats(row: Any) -> None:
    """The head of the table stands on every page, and rows do not break."""
    mark = element("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _about(file: Any, document: Document) -> None:
    about = file.core_properties
    about.title, about.author, about.comments = document.title, document.signature.issuer, ""
    about.language = {"zh": "zh-CN", "en": "en"}[document.language]
    about.created = about.modified = datetime.combine(document.signature.day, time(), UTC)
