"""What a photograph tells of itself goes to its sender only; the same picture is known again when it comes a second time."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from PIL import Image, ImageDraw

from hexi.core.data import likeness
from hexi.core.data.exif import taken_of
from hexi.core.data.files import path_of
from hexi.core.data.likeness import likeness_of, twins_of
from hexi.core.data.models import Picture, StoredFile
from hexi.core.data.tests.conftest import Person

HERE = (117.2230, 39.0960)


def degrees(value: float) -> tuple[Fraction, Fraction, Fraction]:
    whole, part = divmod(abs(value), 1)
    minutes, rest = divmod(part * 60, 1)
    return Fraction(int(whole)), Fraction(int(minutes)), Fraction(rest * 60).limit_denominator(10_000)


HEIC_7 = Path(__file__).parent / "samples" / "photo_7.heic"
"""`photo(7)` as an encoder of HEVC writes it; drawn by us."""


def photo(
    seed: int = 1, *, size: tuple[int, int] = (640, 480), quality: int = 90, form: str = "JPEG", at: str = "", offset: str = "",
    point: tuple[float, float] | None = None,
) -> bytes:  # fmt: skip
    """A picture of blocks that follow from the seed, with Exif where something is to be told."""
    picture = Image.new("RGB", (640, 480), (90, 90, 90))
    draw = ImageDraw.Draw(picture)
    for n in range(48):
        x, y, grey = (n % 8) * 80, (n // 8) * 80, (seed * 2654435761 * (n + 1) >> 7) % 256
        draw.rectangle((x, y, x + 79, y + 79), fill=(grey, grey, 255 - grey // 2))
    exif = Image.Exif()
    if at:
        exif.get_ifd(0x8769)[0x9003] = at
        if offset:
            exif.get_ifd(0x8769)[0x9011] = offset
    if point:
        exif.get_ifd(0x8825).update(
            {1: "N" if point[1] >= 0 else "S", 2: degrees(point[1]), 3: "E" if point[0] >= 0 else "W", 4: degrees(point[0])}
        )
    out = io.BytesIO()
    picture.resize(size).save(out, form, quality=quality, exif=exif.tobytes() if at or point else b"")
    return out.getvalue()


def sent(who: Person, content: bytes, **more: Any) -> dict[str, Any]:
    got = who.client.post("/api/files", {"file": SimpleUploadedFile("a.jpg", content), **more})
    assert got.status_code == 201, got.content
    return got.json()


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_sender_is_told_where_and_when_the_photograph_was_taken_and_nothing_of_it_is_kept(person: Callable[..., Person], form: str) -> None:
    taken = timezone.localtime() - timedelta(hours=2)
    content = photo(at=f"{taken:%Y:%m:%d %H:%M:%S}", point=HERE, form=form)
    got = sent(person(), content, lon=HERE[0], lat=HERE[1] + 0.00036)
    told = got["taken"]
    assert (told["lon"], told["lat"]) == pytest.approx(HERE, abs=1e-5)
    assert told["distance_m"] == 40
    assert told["words"] == {"zh": "照片拍摄于 2 小时前，拍摄处距您约 40 米", "en": "Photo taken 2 h ago, about 40 m from here"}
    kept = path_of(got["sha256"]).read_bytes()
    assert taken_of(kept, got["media_type"], timezone.now()).point is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM data_picture")
        assert "117" not in str([row[2:] for row in cursor.fetchall() if not isinstance(row[2], int)])
    assert not {"lon", "lat", "taken_at"} & {field.name for field in (*Picture._meta.fields, *StoredFile._meta.fields)}


def test_a_camera_that_says_its_offset_is_believed() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert taken_of(photo(at="2026:05:01 12:00:00", offset="+02:00"), "image/jpeg", now).at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert taken_of(photo(at="2026:05:01 12:00:00"), "image/jpeg", now).at == datetime(2026, 5, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("at", ["1970:01:01 00:00:00", "2026:09:01 12:00:00", "yesterday", "0000:00:00 00:00:00"])
def test_a_clock_that_cannot_be_right_tells_nothing(at: str) -> None:
    assert taken_of(photo(at=at), "image/jpeg", datetime(2026, 6, 1, tzinfo=UTC)).at is None


def test_south_and_west_have_their_sign_and_zeros_are_no_place() -> None:
    now = timezone.now()
    assert taken_of(photo(point=(-58.38, -34.6)), "image/jpeg", now).point == pytest.approx((-58.38, -34.6), abs=1e-5)
    assert taken_of(photo(point=(0.0, 0.0)), "image/jpeg", now).point is None


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"quality": 40}, {"size": (320, 240)}, {"form": "WEBP", "size": (1280, 960)}])
def test_the_same_photograph_smaller_or_compressed_again_is_known_again(person: Callable[..., Person], changed: dict[str, Any]) -> None:
    who = person()
    first, second, other = sent(who, photo(7)), sent(who, photo(7, **changed)), sent(who, photo(8))
    assert [twin.other for twin in twins_of([second["id"]], 6)] == [first["id"]]
    assert twins_of([other["id"]], 6) == []


def test_a_photograph_in_heic_is_known_again_in_jpeg(person: Callable[..., Person]) -> None:
    who = person()
    first, other = sent(who, photo(7)), sent(who, photo(8))
    heic = sent(who, HEIC_7.read_bytes())
    assert heic["media_type"] == "image/heic"
    assert [twin.other for twin in twins_of([heic["id"]], 6)] == [first["id"]]
    assert other["id"] not in {twin.other for twin in twins_of([heic["id"]], 7)}


@pytest.mark.parametrize("length", [12, 40, 200, 900, 2000])
def test_a_damaged_photograph_in_heic_has_no_likeness_and_stops_nobody(length: int) -> None:
    assert likeness_of(HEIC_7.read_bytes()[:length]) is None


def test_a_photograph_in_heic_that_is_too_large_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert likeness_of(HEIC_7.read_bytes()) is not None
    monkeypatch.setattr(likeness, "PIXELS", 640 * 480 - 1)
    assert likeness_of(HEIC_7.read_bytes()) is None


def test_a_wall_is_not_taken_for_every_other_wall() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (120, 120, 120)).save(out, "JPEG")
    assert likeness_of(out.getvalue()) is None


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"RIFF1234WEBP", photo()[:300]])
def test_what_no_decoder_reads_has_no_likeness_and_tells_nothing(content: bytes) -> None:
    assert likeness_of(content) is None
    assert taken_of(content, "image/jpeg", timezone.now()).point is None
