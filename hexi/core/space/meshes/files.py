"""The files of a tileset, in a folder or in a ZIP file. Nothing outside of it is ever opened."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast
from urllib.parse import unquote, urlsplit

from hexi.core.space.meshes.faults import NO_TILESET
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import t

TILESET = "tileset.json"
Root = Path | zipfile.Path


class Files:
    """The files below the place of `tileset.json`, by their names from there."""

    def __init__(self, root: Root) -> None:
        self.root = root

    def has(self, name: str) -> bool:
        return self._at(name).is_file() and self._is_inside(name)

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()

    def open(self, name: str) -> IO[bytes]:
        return cast("IO[bytes]", self._at(name).open("rb"))

    def _at(self, name: str) -> Root:
        return self.root / name

    def _is_inside(self, name: str) -> bool:
        """No link in a folder leads out of it; a ZIP file has none that is followed."""
        return isinstance(self.root, zipfile.Path) or (self.root / name).resolve().is_relative_to(self.root.resolve())


def referred(uri: str, base: str) -> str | None:
    """The name of the file that `uri` means in the file `base`; None where it is another site's or lies outside of the folder."""
    parts = urlsplit(uri)
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    is_ours = not (parts.scheme or parts.netloc) and parts.path and "\\" not in name and "\0" not in name
    return name if is_ours and not name.startswith(("/", "../")) and name not in {".", ".."} else None


@contextmanager
def opened(path: Path) -> Generator[Files]:
    """The files of the folder or ZIP file. Raises NotFound, Invalid where there is no tileset in it."""
    if path.is_dir():
        yield Files(_top(path, str(path)))
    elif path.is_file():
        yield from _unpacked(path)
    else:
        raise NotFound(t("没有这个文件或文件夹", "There is no such file or folder"), which=str(path))


def _unpacked(path: Path) -> Generator[Files]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        said = t("不是文件夹，也不是可读的 ZIP 文件", "This is neither a folder nor a readable ZIP file")
        raise Invalid([Problem("file", said, where=path.name)]) from None
    with archive:
        yield Files(_top(zipfile.Path(archive), path.name))


def _top(root: Root, name: str) -> Root:
    """Where `tileset.json` lies: at the top, or in the one folder that everything was packed in."""
    if (root / TILESET).is_file():
        return root
    found = [each for each in root.iterdir() if each.is_dir() and (each / TILESET).is_file()]
    if len(found) != 1:
        raise Invalid([Problem("file", NO_TILESET, where=name)])
    return found[0]
