"""A text as a picture that a telephone reads."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_picture(text: str) -> str:
    """The QR code of the text as a data address of an SVG: it can be drawn and cannot run."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, light="#fff")


def qr_file(text: str) -> bytes:
    """The same as an SVG file, as small as its text allows."""
    out = BytesIO()
    segno.make(text, error="l", micro=False).save(out, kind="svg", border=4, scale=3, light="#fff")
    return out.getvalue()
