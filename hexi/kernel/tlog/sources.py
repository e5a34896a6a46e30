"""Where a log's files are read from: a folder, or a web address."""

from __future__ import annotations

import gzip
import http.client
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from hexi.kernel.errors import NotFound, Unavailable
from hexi.kernel.label import t
from hexi.kernel.tlog.tiles import LONGEST_ENTRY, TILE_WIDTH

LARGEST_FILE = TILE_WIDTH * (LONGEST_ENTRY + 2)
TIMEOUT_S = 20.0
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Source:
    """Reads files by their path below the log's prefix. `read` raises NotFound where there is none, Unavailable where nobody answers.

    Use it in `with`: it may keep connections open.
    """

    read: Callable[[str], bytes]
    at_once: int
    """How many reads may run side by side."""
    close: Callable[[], None]

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()


def source_at(where: str) -> Source:
    """A folder's path, or an address that begins with http:// or https://."""
    if where.startswith(("http://", "https://")):
        site = _Site(where)
        return Source(site.read, AT_ONCE, site.close)
    return Source(_folder_reader(Path(where)), 1, lambda: None)


def _folder_reader(folder: Path) -> Callable[[str], bytes]:
    def read(path: str) -> bytes:
        try:
            return (folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise _missing(f"{folder / path}") from error
        except OSError as error:
            raise _unreadable(f"{folder / path}: {error.strerror}") from error

    return read


class _Site:
    """Keeps connections from one file to the next: a log is hundreds of small ones."""

    def __init__(self, address: str) -> None:
        self.parts = urlsplit(address.rstrip("/"))
        self.idle: SimpleQueue[http.client.HTTPConnection] = SimpleQueue()

    def read(self, path: str) -> bytes:
        address = f"{self.parts.path}/{path}"
        where = f"{self.parts.netloc}{address}"
        try:
            status, encoding, body = self._asked(address)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _unreadable(f"{where}: {error or type(error).__name__}") from error
        if status == 404:
            raise _missing(where)
        if status != 200 or len(body) > LARGEST_FILE:
            raise _unreadable(f"{where}: {status}")
        return _unpacked(body) if encoding == "gzip" else body

    def close(self) -> None:
        while (connection := self._idle()) is not None:
            connection.close()

    def _asked(self, address: str) -> tuple[int, str, bytes]:
        """A kept connection may have been closed by the server: then once more on a new one."""
        if (kept := self._idle()) is not None:
            try:
                return self._once(kept, address)
            except (OSError, http.client.HTTPException):
                kept.close()
        return self._once(self._new(), address)

    def _once(self, connection: http.client.HTTPConnection, address: str) -> tuple[int, str, bytes]:
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip, identity"})
            answer = connection.getresponse()
            body = answer.read(LARGEST_FILE + 1)
        except BaseException:
            connection.close()
            raise
        if answer.isclosed() and not answer.will_close:
            self.idle.put(connection)
        else:
            connection.close()
        return answer.status, answer.headers.get("Content-Encoding", ""), body

    def _idle(self) -> http.client.HTTPConnection | None:
        try:
            return self.idle.get_nowait()
        except Empty:
            return None

    def _new(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self.parts.scheme == "https" else http.client.HTTPConnection
        return kind(self.parts.hostname or "", self.parts.port, timeout=TIMEOUT_S)


def _unpacked(body: bytes) -> bytes:
    """At most the largest file: more is refused before it fills the memory."""
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as packed:
            found = packed.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(f"gzip: {error}") from error
    if len(found) > LARGEST_FILE:
        raise _unreadable(f"gzip: > {LARGEST_FILE}")
    return found


def _missing(which: str) -> NotFound:
    do = t("请核对日志的地址", "See that the log's address is right")
    return NotFound(t("日志中缺少这个文件", "The log lacks this file"), which=which, do=do)


def _unreadable(which: str) -> Unavailable:
    do = t("请确认地址、网络和权限，然后重试", "See that address, network and permissions are right, then try again")
    return Unavailable(t("读不到日志", "The log cannot be read"), which=which, do=do)
