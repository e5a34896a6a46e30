"""A text as a picture that a telephone reads."""

from __future__ import annotations

import segno


def qr_picture(text: str) -> str:
    """The QR code of the text as a data address of an SVG: it can be drawn and cannot run."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, light="#fff")
