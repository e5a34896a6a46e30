"""The faces of official documents: what GB/T 9704 names first, then what a machine without them may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from xml.sax.saxutils import quoteattr

import docx.oxml
from docx.oxml.ns import qn

FONT_TABLE = "/word/fontTable.xml"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Face:
    """A Chinese face, the Latin face beside it, and fallbacks in their order."""

    name: str
    latin: str = "Times New Roman"
    fallbacks: tuple[str, ...] = ()


TITLE_SONG = Face("方正小标宋简体", fallbacks=("FZXiaoBiaoSong-B05S", "Source Han Serif SC", "Noto Serif CJK SC", "SimSun"))
FANGSONG = Face("仿宋_GB2312", fallbacks=("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"))
HEITI = Face("黑体", fallbacks=("SimHei", "Source Han Sans SC", "Noto Sans CJK SC"))
KAITI = Face("楷体_GB2312", fallbacks=("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"))
SONGTI = Face("宋体", latin="宋体", fallbacks=("SimSun", "Noto Serif CJK SC"))
FACES = (TITLE_SONG, FANGSONG, HEITI, KAITI, SONGTI)


def element(tag: str) -> Any:
    """A new element of the Word vocabulary, such as `w:hyperlink`. python-docx does not type its XML."""
    return cast(Any, docx.oxml).OxmlElement(tag)


def set_face(properties: Any, face: Face) -> None:
    """Give run properties this face for Chinese and its companion for Latin letters and digits."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for slot, name in (("ascii", face.latin), ("hAnsi", face.latin), ("cs", face.latin), ("eastAsia", face.name)):
        fonts.set(qn(f"w:{slot}"), name)


def name_fallbacks(file: Any) -> None:
    """Write the fallbacks into the file's font table, where Word and WPS look when a face is not installed."""
    part = next(part for part in file.part.package.iter_parts() if str(part.partname) == FONT_TABLE)
    fonts = "".join(
        f"<w:font w:name={quoteattr(face.name)}><w:altName w:val={quoteattr(','.join(face.fallbacks))}/></w:font>" for face in FACES
    )
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'.encode()
