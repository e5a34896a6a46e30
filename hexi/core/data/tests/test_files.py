"""Files over HTTP: what is kept, who gets it back, and what it no longer tells."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hexi.core.data import http_files
from hexi.core.data.actions import platform_change
from hexi.core.data.files import forget_unused, path_of
from hexi.core.data.media import media_type_of
from hexi.core.data.models import FileUse, StoredFile
from hexi.core.data.stripping import Damaged, stripped
from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, STREET

WHERE = b"GPS 39.1000 117.2000"


def exif(way: int = 6) -> bytes:
    tiff = (
        b"II*\x00\x08\x00\x00\x00"
        + struct.pack("<H", 2)
        + struct.pack("<HHIHH", 0x0112, 3, 1, way, 0)
        + struct.pack("<HHII", 0x8825, 4, 1, 60)
        + b"\x00" * 4
        + WHERE
    )
    return b"Exif\x00\x00" + tiff


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(way: int = 6) -> bytes:
    frame = (
        segment(0xDB, b"\x00" + b"\x10" * 64)
        + segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    )
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") + segment(0xE1, exif(way)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + WHERE)
            + segment(0xED, WHERE) + segment(0xFE, WHERE) + segment(0xE2, b"ICC_PROFILE\x00\x01\x01colour") + segment(0xE2, b"MPF\x00" + WHERE)
            + frame + b"\x12\xff\x00\x34\xff\xd0\x56" + b"\xff\xd9" + b"ftypmp42" + WHERE)  # fmt: skip


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"tEXt", WHERE) + chunk(b"eXIf", WHERE) + chunk(b"iTXt", WHERE)
            + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"") + WHERE)  # fmt: skip


def webp() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)

    body = (
        b"WEBP" + chunk(b"VP8X", bytes([0x2C]) + b"\x00" * 9) + chunk(b"VP8 ", b"picture") + chunk(b"EXIF", WHERE) + chunk(b"XMP ", WHERE)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def heic() -> bytes:
    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + kind + body

    def item(number: int, kind: bytes) -> bytes:
        return box(b"infe", b"\x02\x00\x00\x00" + struct.pack(">HH", number, 0) + kind + b"\x00")

    def meta(first: int, second: int) -> bytes:
        places = b"".join(struct.pack(">HHHII", n, 0, 1, at, length) for n, at, length in ((1, first, 7), (2, second, len(WHERE))))
        iloc = box(b"iloc", b"\x00\x00\x00\x00\x44\x00" + struct.pack(">H", 2) + places)
        return box(
            b"meta",
            b"\x00" * 4
            + box(b"hdlr", b"\x00" * 20)
            + box(b"iinf", b"\x00" * 4 + struct.pack(">H", 2) + item(1, b"hvc1") + item(2, b"Exif"))
            + iloc,
        )

    head = box(b"ftyp", b"heic\x00\x00\x00\x00mif1")
    start = len(head) + len(meta(0, 0)) + 8
    return head + meta(start, start + 7) + box(b"mdat", b"picture" + WHERE)


def office(part: str = "word/document.xml", *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


KINDS = [
    (jpeg(), "a.jpg", "image/jpeg"), (png(), "a.png", "image/png"), (webp(), "a.webp", "image/webp"), (heic(), "a.heic", "image/heic"), (b"%PDF-1.7\nx", "a.pdf", "application/pdf"),
    (office(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (office("xl/workbook.xml"), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("名称,数量\n".encode("gb18030"), "a.csv", "text/csv"), ("一段文字".encode(), "a.txt", "text/plain"),
]  # fmt: skip
REFUSED = [
    (b"", "a.txt"), (b"\x00\x01\x02", "a.txt"), (b"MZ\x90\x00\x03", "a.pdf"), (b"\x7fELF\x02", "a.jpg"), (office("word/document.xml", "word/vbaProject.bin"), "a.docx"), (office("readme.xml"), "a.zip"),
    (b"PK\x03\x04broken", "a.docx"), (b"\xff\xd8\xff\xe0\x00", "a.jpg"), (b"\x89PNG\r\n\x1a\n\x00", "a.png"), (b"GIF89a\x01\x00\x01\x00\x80\x00", "a.gif"), (jpeg()[:200], "a.jpg"),
    (heic()[:60], "a.heic"), (webp()[:-30], "a.webp"),
]  # fmt: skip


def send(who: Any, content: bytes, name: str = "照片.jpg") -> Any:
    return who.client.post("/api/files", {"file": SimpleUploadedFile(name, content, "application/x-claimed")})


def fetch(who: Any, number: int) -> Any:
    """The answer, read to its end: what was streamed is in `body`."""
    answer = who.get(f"/api/files/{number}")
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def statuses(number: int, *people: Any) -> list[int]:
    return [fetch(who, number).status_code for who in people]


@pytest.fixture
def worker(person: Any) -> Any:
    return person("community_worker", STREET)


@pytest.mark.parametrize(("content", "name", "kind"), KINDS)
def test_a_file_is_what_its_bytes_say(worker: Any, content: bytes, name: str, kind: str) -> None:
    answer = send(worker, content, name.replace("a.", "改名.exe."))
    assert answer.status_code == 201, answer.content.decode()
    body = answer.json()
    assert body["media_type"] == kind
    assert body["name"].endswith(name[1:])
    stored = path_of(body["sha256"]).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == body["sha256"]
    assert len(stored) == body["size"]
    back = fetch(worker, body["id"])
    assert back.body == stored
    assert back["Content-Type"] == kind


@pytest.mark.parametrize(("content", "name"), REFUSED)
def test_what_is_no_photograph_or_document_is_refused(worker: Any, content: bytes, name: str) -> None:
    answer = send(worker, content, name)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "file"
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("content", [jpeg(), png(), webp(), heic()])
def test_a_picture_no_longer_says_where_it_was_taken(content: bytes) -> None:
    kind = media_type_of(io.BytesIO(content), "x")
    assert WHERE in content
    kept = stripped(content, kind)
    assert WHERE not in kept
    assert media_type_of(io.BytesIO(kept), "x") == kind
    assert stripped(kept, kind) == kept


def test_a_photograph_keeps_its_way_up_its_colours_and_its_picture() -> None:
    kept = stripped(jpeg(way=6), "image/jpeg")
    assert b"ICC_PROFILE" in kept and b"MPF" not in kept
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in kept
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in kept
    assert b"Exif" not in stripped(jpeg(way=1), "image/jpeg")
    assert b"picture" in stripped(heic(), "image/heic") and b"picture" in stripped(webp(), "image/webp")


@pytest.mark.parametrize("content", [jpeg(), png(), webp(), heic()])
def test_a_picture_cut_anywhere_is_refused_or_tells_nothing(content: bytes) -> None:
    kind = media_type_of(io.BytesIO(content), "x")
    for end in range(12, len(content), 3):
        try:
            assert WHERE not in stripped(content[:end], kind)
        except Damaged:
            continue


def test_the_same_bytes_lie_once(worker: Any, own_files: Any) -> None:
    one, other = send(worker, b"%PDF-1.7 same", "a.pdf").json(), send(worker, b"%PDF-1.7 same", "b.pdf").json()
    assert one["sha256"] == other["sha256"] and one["id"] != other["id"]
    assert [path.name for path in own_files.rglob("*") if path.is_file()] == [one["sha256"]]
    assert path_of(one["sha256"]).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\x\\名.pdf", "名.pdf"),
        ("a\x00b\r\nc.pdf", "a_b__c.pdf"),
        ("\u202efdp.exe", "_fdp.exe.pdf"),
        ("长" * 300 + ".pdf", None),
        ("", None),
    ],
)
def test_a_name_is_only_a_name(worker: Any, name: str, kept: str | None) -> None:
    file = SimpleUploadedFile("x", b"%PDF-1.7")
    file._name = name or "x"
    assert len(http_files._named(http_files.plain_name(name), "application/pdf")) <= 200
    if kept:
        assert http_files._named(http_files.plain_name(name), "application/pdf") == kept


def test_nothing_in_a_file_can_run_in_our_pages(worker: Any) -> None:
    number = send(worker, b"<html><script>alert(1)</script>", '"><script>.html').json()["id"]
    answer = fetch(worker, number)
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "<" not in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"] and "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert fetch(worker, send(worker, png(), "a.png").json()["id"])["Content-Disposition"].startswith("inline; ")


def test_too_large_a_file_is_refused(worker: Any, person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_files, "LIMIT", 300_000)
    monkeypatch.setattr(http_files, "PUBLIC_LIMIT", 200_000)
    assert send(worker, b"%PDF-" + b"x" * 250_000).status_code == 201
    assert send(worker, b"%PDF-" + b"x" * 300_000).status_code == 413
    assert send(person(), b"%PDF-" + b"x" * 250_000).status_code == 413


def test_two_hundred_megabytes_are_refused_unread(worker: Any) -> None:
    for path in ("/api/files", "/api/imports", "/api/records/samples.thing"):
        answer = worker.client.generic("POST", path, b"x", "multipart/form-data; boundary=b", CONTENT_LENGTH=str(200 * 1024 * 1024))
        assert answer.status_code == 413
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"", b"x", b"--b\r\n\r\n", b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n'])
def test_a_broken_form_is_a_problem_document(worker: Any, body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=b", "multipart/form-data", "text/plain"):
        answer = worker.client.generic("POST", "/api/files", body, kind)
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"


def test_a_file_is_its_senders_until_a_record_shows_it(worker: Any, person: Any, thing: Any) -> None:
    number = send(worker, b"%PDF-1.7").json()["id"]
    colleague, stranger = person("community_worker", STREET), person("community_worker", OTHER_STREET)
    assert statuses(number, worker, colleague, stranger, person()) == [200, 404, 404, 404]
    row = thing(home=COMMUNITY)
    assert worker.patch(f"/api/records/samples.thing/{row.pk}", {"values": {"photo": number}, "version": 1}).status_code == 200
    assert statuses(number, colleague, stranger, person()) == [200, 404, 404]


def test_open_files_of_open_records_are_public_and_personal_ones_are_not(worker: Any, person: Any, thing: Any, steward: Any) -> None:
    shown, hidden = (send(steward, b"%PDF-1.7" + name).json()["id"] for name in (b"a", b"b"))
    thing(home=COMMUNITY, stage="shown", photo_id=shown, portrait_id=hidden)
    assert statuses(shown, person("street_staff", STREET), person()) == [200, 404]  # the field is internal
    assert statuses(hidden, worker, steward) == [404, 200]


def test_a_list_of_files_is_shown_like_the_record_that_lists_them(worker: Any, person: Any, thing: Any) -> None:
    one, other = (send(worker, b"%PDF-1.7" + name).json()["id"] for name in (b"a", b"b"))
    row, colleague = thing(home=COMMUNITY), person("community_worker", STREET)
    path = f"/api/records/samples.thing/{row.pk}"
    assert worker.patch(path, {"values": {"album": [one, other]}, "version": 1}).status_code == 200
    assert [*statuses(one, colleague), *statuses(other, colleague)] == [200, 200]
    assert colleague.patch(path, {"values": {"album": [other]}, "version": 2}).status_code == 200
    assert [*statuses(one, colleague), *statuses(other, colleague)] == [404, 200]
    assert list(FileUse.objects.values_list("file_id", flat=True)) == [other]
    with platform_change("step", "") as change:
        change.save(row, album=[])
        change.amend(row, album=[one])
    assert [*statuses(one, colleague), *statuses(other, colleague)] == [200, 404], "what a step adds to its row counts as well"


def test_nobody_makes_anothers_file_their_own_by_its_number(worker: Any, person: Any, thing: Any) -> None:
    number = send(worker, b"%PDF-1.7").json()["id"]
    thief = person("community_worker", OTHER_STREET)
    for field, value in (("photo", number), ("album", [number])):
        answer = thief.post("/api/records/samples.thing", {"values": {"code": "t", "title": "t", "home": OTHER_STREET, field: value}})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field
    assert person().post("/api/records/samples.errand/actions/file", {"values": {"title": "路灯不亮", "proof": number}}).status_code == 422


def test_the_public_sends_a_photograph_with_a_statement(person: Any, worker: Any) -> None:
    number = send(person(), jpeg()).json()["id"]
    assert number > 2**40  # nobody meets it by counting
    assert statuses(number, person()) == [404]
    assert (
        worker.post("/api/records/samples.thing", {"values": {"code": "t", "title": "t", "home": COMMUNITY, "photo": number}}).status_code
        == 422
    )
    filed = person().post(
        "/api/records/samples.errand/actions/file", {"values": {"title": "路灯不亮", "place": COMMUNITY, "proof": number}}
    )
    assert filed.status_code == 201
    assert statuses(number, worker) == [200]


def test_a_flood_from_one_address_is_turned_away(person: Any, worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_files, "PUBLIC_FILES", 2)
    public = person()
    assert [send(public, b"%PDF-1.7").status_code for _ in range(3)] == [201, 201, 429]
    assert int(send(public, b"%PDF-1.7")["Retry-After"]) > 0
    assert send(worker, b"%PDF-1.7").status_code == 201


def test_files_that_were_put_into_nothing_are_forgotten(worker: Any, thing: Any) -> None:
    used, listed, lost = (send(worker, b"%PDF-1.7" + name).json() for name in (b"a", b"b", b"c"))
    row = thing(photo_id=used["id"])
    worker.patch(f"/api/records/samples.thing/{row.pk}", {"values": {"album": [listed["id"]]}, "version": 1})
    assert forget_unused() == 0
    StoredFile.objects.update(created_at=timezone.now() - timedelta(days=40))
    assert forget_unused() == 1
    assert not path_of(lost["sha256"]).exists() and path_of(used["sha256"]).exists()


def test_lost_bytes_are_said_to_be_lost(worker: Any) -> None:
    body = send(worker, b"%PDF-1.7").json()
    path_of(body["sha256"]).unlink()
    assert statuses(body["id"], worker) == [404]


def test_what_a_killed_process_left_half_written_is_removed_later(own_files: Any, db: None) -> None:
    own_files.mkdir(parents=True, exist_ok=True)
    old, fresh = own_files / ".77.0011", own_files / ".78.0022"
    for path in (old, fresh):
        path.write_bytes(b"half")
    long_ago = (timezone.now() - timedelta(days=40)).timestamp()
    os.utime(old, (long_ago, long_ago))
    forget_unused()
    assert not old.exists() and fresh.exists()
