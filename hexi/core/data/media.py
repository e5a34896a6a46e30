"""What a file is, told by its bytes and never by its name."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
PDF, TXT, CSV = "application/pdf", "text/plain", "text/csv"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMAGES = frozenset({JPEG, PNG, WEBP, HEIC})
SUFFIXES = {JPEG: "jpg", PNG: "png", WEBP: "webp", HEIC: "heic", PDF: "pdf", DOCX: "docx", XLSX: "xlsx", TXT: "txt", CSV: "csv"}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
ACTIVE = ("vbaproject.bin", "activex", "embeddings/oleobject")  # macros and what runs by itself
HEAD = 64 * 1024


def media_type_of(file: BinaryIO, name: str) -> str | None:
    """The media type, None for what the platform does not keep. The file is left at its start."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    found = _by_magic(head)
    if found is None and head.startswith(b"PK\x03\x04"):
        found = _office(file)
        file.seek(0)
    return found or _text(head, name)


def _by_magic(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    return PDF if head.startswith(b"%PDF-") else None


def _office(file: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if any(part in name for name in names for part in ACTIVE):
        return None
    return next((kind for part, kind in OFFICE.items() if part in names), None)


def _text(head: bytes, name: str) -> str | None:
    """Text in UTF-8 or GB 18030, without control characters: a table when it is called one."""
    if not head or any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            head[: len(head) - 4 if len(head) == HEAD else None].decode(encoding, "strict" if len(head) < HEAD else "ignore")
        except UnicodeDecodeError:
            continue
        return CSV if name.lower().endswith((".csv", ".tsv")) else TXT
    return None
