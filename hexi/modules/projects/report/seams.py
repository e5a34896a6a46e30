"""What this room needs of the site: somebody who turns a page into PDF. The site says who, once, at start."""

from __future__ import annotations

from collections.abc import Callable

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

Printer = Callable[[str], bytes]
_printers: list[Printer] = []


def use_printer(printer: Printer) -> None:
    """From now on, reports are printed by this: it gets a whole HTML page and gives the bytes of a PDF."""
    _printers[:] = [printer]


def printed(page: str) -> bytes:
    """The page as PDF. Raises Unavailable while nobody prints."""
    if not _printers:
        raise Unavailable(
            t("服务器没有配置打印程序，不能生成 PDF", "The server has no printer, so it makes no PDF"),
            do=t("请下载 Word 版，或由管理员安装 Chromium", "Take the Word file, or have the administrator install Chromium"),
        )
    return _printers[0](page)
