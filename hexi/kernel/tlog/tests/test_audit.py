"""A whole log is rebuilt; a change anywhere in it is found and named."""

from __future__ import annotations

import gzip
import random
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hexi.kernel.errors import NotFound, Unavailable, Unproven
from hexi.kernel.tlog.audit import Tree, audit, grown_since
from hexi.kernel.tlog.checkpoint import checkpoint_in
from hexi.kernel.tlog.merkle import SHA256, SM3, TreeHead, root_of
from hexi.kernel.tlog.note import note_in
from hexi.kernel.tlog.sources import source_at
from hexi.kernel.tlog.tests.logs import Log, log_in

SIZES = (0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 70_000)


def head_of(log: Log, path: str = "checkpoint") -> TreeHead:
    return checkpoint_in(note_in(log.file(path).read_bytes()).text).head


def audited(log: Log) -> None:
    audit(source_at(str(log.folder)), [Tree(head_of(log))])


@pytest.mark.parametrize("size", SIZES)
def test_an_honest_log_holds(tmp_path: Path, size: int) -> None:
    seen: list[int] = []
    log = log_in(tmp_path, size)
    audit(source_at(str(tmp_path)), [Tree(head_of(log))], lambda start, entries: seen.extend(range(start, start + len(entries))))
    assert seen == list(range(size))


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return log_in(tmp_path_factory.mktemp("log"), 66_000)


@pytest.mark.parametrize(
    "path",
    ["tile/entries/000", "tile/entries/255", "tile/entries/257.p/208", "tile/0/000", "tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1",
     "tile/2/000.p/1"],
)  # fmt: skip
def test_one_flipped_bit_in_any_file_is_found_and_the_file_or_entry_named(honest: Log, path: str) -> None:
    dice = random.Random(path)
    file = honest.file(path)
    before = file.read_bytes()
    try:
        for _ in range(4):
            at = dice.randrange(len(before) * 8)
            file.write_bytes(before[: at // 8] + bytes((before[at // 8] ^ 1 << at % 8,)) + before[at // 8 + 1 :])
            with pytest.raises(Unproven) as found:
                audited(honest)
            number = int(path.split("/")[2].split(".", maxsplit=1)[0])
            named = {"tile/0": f"entry {number * 256 + at // 256}", "tile/e": "entry"}.get(path[:6], path)
            assert named in str(found.value) or path in str(found.value)
    finally:
        file.write_bytes(before)


def test_an_edited_entry_is_named(tmp_path: Path) -> None:
    log = log_in(tmp_path, 300)
    file = log.file("tile/entries/001.p/44")
    file.write_bytes(file.read_bytes().replace(b"entry 270", b"entry 999"))
    with pytest.raises(Unproven, match="not the one that was logged entry 270"):
        audited(log)


def test_an_edited_entry_with_edited_tiles_fails_at_the_signed_root(tmp_path: Path) -> None:
    log = log_in(tmp_path, 300)
    signed = log.file("checkpoint").read_bytes()
    log.entries[270] = b"entry 999"
    log.write()
    log.file("checkpoint").write_bytes(signed)
    with pytest.raises(Unproven, match="signed root does not follow"):
        audited(log)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    log = log_in(tmp_path, 300)
    log.file("tile/0/000").unlink()
    with pytest.raises(NotFound, match="tile/0/000"):
        audited(log)


def test_a_partial_tile_may_have_given_way_to_the_full_one(tmp_path: Path) -> None:
    """A log may drop it after we read the checkpoint that needed it."""
    log = log_in(tmp_path, 300)
    old = head_of(log)
    log.entries += [f"entry {number}".encode() for number in range(300, 600)]
    log.write()
    shutil.rmtree(log.file("tile/0/001.p"))
    shutil.rmtree(log.file("tile/entries/001.p"))
    audit(source_at(str(tmp_path)), [Tree(old)])


def test_two_trees_are_rebuilt_from_the_same_entries(tmp_path: Path) -> None:
    log = log_in(tmp_path, 700)
    log.write_gm(520)
    trees = [Tree(head_of(log)), Tree(head_of(log, "gm/checkpoint"), SM3, "gm/")]
    audit(source_at(str(tmp_path)), trees)
    file = log.file("gm/tile/0/001")
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    with pytest.raises(Unproven, match="gm/entry 511"):
        audit(source_at(str(tmp_path)), [Tree(tree.head, tree.hashing, tree.prefix) for tree in trees])


def test_a_log_grew_from_what_a_reader_kept(tmp_path: Path) -> None:
    log, source = log_in(tmp_path, 70_000), source_at(str(tmp_path))
    leaves = SHA256.leaves(log.entries)
    for old in (0, 1, 256, 65_537, 70_000):
        grown_since(source, TreeHead(old, root_of(leaves[:old])), Tree(head_of(log)))
    for old in (TreeHead(5, bytes(32)), TreeHead(70_001, bytes(32)), TreeHead(70_000, bytes(32))):
        with pytest.raises(Unproven, match="appending only"):
            grown_since(source, old, Tree(head_of(log)))


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_words: object) -> None:
        pass


class _Odd(BaseHTTPRequestHandler):
    """Packed files, a refusal, and a connection that is closed after each answer."""

    def do_GET(self) -> None:
        bomb = gzip.compress(bytes(40_000_000), 1)
        body = {"/log/gzip": gzip.compress(b"packed"), "/log/broken": b"no gzip", "/log/bomb": bomb}.get(self.path)
        self.send_response(200 if body else 500)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_words: object) -> None:
        pass


def served(handler: object) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/log/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    yield from served(partial(_Quiet, directory=tmp_path))


@pytest.fixture
def odd_site() -> Iterator[str]:
    yield from served(_Odd)


def test_a_log_on_the_web_is_read_like_a_folder(tmp_path: Path, site: str) -> None:
    log = log_in(tmp_path / "log", 20_000)
    with source_at(site) as source:
        audit(source, [Tree(head_of(log))])
        log.file("tile/1/000.p/78").write_bytes(bytes(78 * 32))
        with pytest.raises(Unproven, match=r"tile/1/000\.p/78"):
            audit(source, [Tree(head_of(log))])
        with pytest.raises(NotFound, match="/log/other"):
            source.read("other")


def test_packed_answers_are_unpacked_and_other_answers_are_errors(odd_site: str) -> None:
    source = source_at(odd_site)
    assert [source.read("gzip") for _ in range(3)] == [b"packed"] * 3
    with pytest.raises(Unavailable, match="gzip"):
        source.read("broken")
    with pytest.raises(Unavailable, match="gzip: >"):
        source.read("bomb")
    with pytest.raises(Unavailable, match="500"):
        source.read("refused")


def test_a_silent_address_is_named() -> None:
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:9"):
        source_at("http://127.0.0.1:9/log").read("checkpoint")
