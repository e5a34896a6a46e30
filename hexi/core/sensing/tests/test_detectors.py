"""Falls in raw signals: what each detector says, how a window comes in, and a model of the district's own in a detector's place."""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from django.test import Client

from hexi.core.data.tests.conftest import STREET
from hexi.core.sensing.detectors import given, limits, radar, worn
from hexi.core.sensing.detectors.judging import forget_judged
from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.home import DETECTORS, FALL_SCORE
from hexi.core.sensing.tests.conftest import Gadget, Person, Running, journalled
from hexi.kernel.detector import Detector, Judgement, Window
from hexi.kernel.errors import DeclarationError, Unavailable
from hexi.kernel.label import t
from hexi.kernel.reading import Quality, ReadingKind
from hexi.tools.simulator.signals import acceleration_of_fall, acceleration_of_walk, height_of_fall, height_of_walk

Make = Callable[..., Gadget]
Start = Callable[..., Running]
RECORDINGS = Path(os.environ.get("HEXI_RECORDINGS", "recordings"))


def worn_window(rows: Any) -> Window:
    return Window("acceleration", 1_000_000, 25.0, np.array(rows))


def radar_window(rows: Any) -> Window:
    return Window("height", 0, 10.0, np.array(rows))


def test_an_impact_with_another_posture_and_stillness_is_a_fall_and_a_hard_step_is_none() -> None:
    rng = random.Random(3)
    falls = [worn.judge(worn_window(acceleration_of_fall(rng))) for _ in range(20)]
    walks = [worn.judge(worn_window(acceleration_of_walk(rng))) for _ in range(20)]
    assert min(one.score for one in falls) >= 0.5 > max(one.score for one in walks)
    assert {abs(one.row - 125) < 3 for one in falls} == {True}, "the row of the impact"
    assert "姿态改变" in falls[0].grounds.zh and "limit: ≥ 40" in falls[0].grounds.en


@pytest.mark.parametrize("change", ["no impact", "same posture", "moving on", "cut off"])
def test_whatever_lacks_one_of_the_conditions_is_no_fall(change: str) -> None:
    rows = np.array(acceleration_of_fall(random.Random(5)))
    if change == "no impact":
        rows[120:128] = rows[200]
    if change == "same posture":
        rows[126:] = rows[:124]
    if change == "moving on":
        rows[126:] *= 1 + np.sin(np.arange(len(rows) - 126))[:, None]
    if change == "cut off":
        rows = rows[:150]
    assert worn.judge(worn_window(rows)).score < 0.5


def test_a_loss_of_height_that_lasts_is_a_fall_and_bending_down_is_none() -> None:
    rng = random.Random(4)
    assert min(radar.judge(radar_window(height_of_fall(rng))).score for _ in range(20)) >= 0.5
    assert max(radar.judge(radar_window(height_of_walk(rng))).score for _ in range(20)) < 0.5
    bent = [[1.5]] * 30 + [[0.3]] * 20 + [[1.5]] * 50
    assert radar.judge(radar_window(bent)).score < 0.5
    assert radar.judge(radar_window([[1.0]] * 3)).score == 0
    assert radar.tops([np.array([[0, 0, 0.2], [0, 0, 1.0]])]).shape == (1, 1)


def test_a_condition_says_half_at_its_limit() -> None:
    up, down = limits.Condition("a", t("甲", "a"), 2.0, True, "g"), limits.Condition("b", t("乙", "b"), 0.3, False, "m")
    assert [up.score(value) for value in (0, 2, 4, 9)] == [0, 0.5, 1, 1]
    assert [down.score(value) for value in (0, 0.3, 0.6, 2)] == [1, 0.5, 0, 0]


def test_a_file_of_limits_without_a_detector_or_with_two_sides_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "limits.yaml"
    file.write_text("x: {origin: o, conditions: [{measure: a, label: {zh: 甲, en: a}, at_least: 1, at_most: 2, unit: g}]}")
    for name in ("x", "y"):
        with pytest.raises(DeclarationError):
            limits.limits_of(name, file)


def test_a_detector_needs_a_score_and_an_origin() -> None:
    for into, because in ((ReadingKind("worth", t("值", "worth")), "a paper"), (FALL_SCORE, "")):
        with pytest.raises(DeclarationError):
            Detector("odd", t("怪", "odd"), "height", into, lambda _: Judgement(0, 0, t("无", "none")), because)


@pytest.mark.skipif(not (RECORDINGS / "fall_accel").is_dir(), reason="HEXI_RECORDINGS names no folder with recordings of falls")
def test_on_recordings_of_an_elder_most_falls_are_found_and_no_daily_activity_is_one() -> None:
    from bench.falls import worn_clip

    choice = {one.measure: one.limit for one in limits.limits_of("worn").conditions}
    clips = [worn_clip(path) for path in sorted((RECORDINGS / "fall_accel").glob("[DF]*_SE06_*"))]
    found = [(clip.fall, clip.found(choice, frozenset({"moving"}))) for clip in clips]
    assert sum(hit for fall, hit in found if fall) >= 5
    assert sum(hit for fall, hit in found if not fall) == 0


@pytest.mark.django_db(transaction=True)
def test_a_window_becomes_a_score_with_its_grounds_and_the_signal_is_not_kept(gadget: Make, running: Start, person: Any) -> None:
    running()
    one, now = gadget(kind="wristband", simulated=True), datetime.now(UTC)
    body = {"signal": "acceleration", "at": now.isoformat(), "hertz": 25, "samples": acceleration_of_fall(random.Random(6))}

    def send() -> Any:
        heads = {"HTTP_AUTHORIZATION": f"Bearer {one.key}"}
        return Client().post("/api/windows", orjson.dumps(body), content_type="application/json", **heads)

    answer = send()
    assert answer.status_code == 200, answer.content
    (said,) = answer.json()
    assert (said["detector"], said["score"] >= 0.5) == ("worn_fall", True)
    (stored,) = journalled()
    assert (stored.kind, stored.value, stored.flags) == ("fall_score", said["score"], Quality.ESTIMATED | Quality.SIMULATED)
    assert abs(stored.moment / 1e6 - now.timestamp() - 5) < 0.1, "the moment of the impact"
    assert send().status_code == 200
    assert (len(journalled()), Judged.objects.count()) == (1, 1), "the same window again changes nothing"
    steward: Person = person("data_steward", STREET)
    (row,) = steward.get("/api/records/sensing.judged").json()["rows"]
    assert row["simulated"] is True and "冲击" in row["grounds"]
    assert forget_judged(timedelta(days=30)) == 0
    assert forget_judged(timedelta(seconds=-60)) == 1
    wrong = ({"signal": "sound"}, {"hertz": 0}, {"samples": []}, {"samples": [[1, 2]]}, {"at": (now + timedelta(days=1)).isoformat()})
    assert [Client().post("/api/windows", orjson.dumps(body | one_wrong), content_type="application/json",
                          HTTP_AUTHORIZATION=f"Bearer {one.key}").status_code for one_wrong in wrong] == [422] * 5  # fmt: skip


def onnx_of_the_largest() -> bytes:
    """A model of one node, ReduceMax over everything, written as protobuf by hand (onnx.proto3): the largest number of the window."""

    def part(field: int, content: bytes | int) -> bytes:
        if isinstance(content, int):
            return bytes([field << 3, content])
        return bytes([field << 3 | 2, len(content)]) + content

    def value(name: bytes, *sizes: int) -> bytes:
        shape = part(2, b"".join(part(1, part(1, size)) for size in sizes))
        return part(1, name) + part(2, part(1, part(1, 1) + shape))

    whole = part(1, b"keepdims") + part(3, 0) + part(20, 2)[:0] + bytes([0xA0, 0x01, 2])
    node = part(1, b"x") + part(2, b"y") + part(4, b"ReduceMax") + part(5, whole)
    graph = part(1, node) + part(2, b"g") + part(11, value(b"x", 1, 50, 3)) + part(12, value(b"y"))
    return part(1, 7) + part(7, graph) + part(8, part(2, 13))


def test_a_model_beside_its_card_takes_a_detectors_place(settings: Any, tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed: hexi[onnx]")
    settings.DETECTORS, content = str(tmp_path), onnx_of_the_largest()
    (tmp_path / "worn_fall.onnx").write_bytes(content)
    (tmp_path / "worn_fall.json").write_text(
        orjson.dumps({"hertz": 25, "rows": 50, "origin": "a test", "sha256": sha256(content).hexdigest()}).decode()
    )
    judge = given.judge_of(DETECTORS[0])
    said = judge(worn_window(np.full((100, 3), 0.25)))
    assert (said.score, "a test" in said.grounds.en) == (0.25, True)
    assert judge(worn_window(np.full((100, 3), 7.0))).score == 1.0
    assert given.judge_of(DETECTORS[1]) is radar.judge


def test_a_model_that_is_not_the_one_of_its_card_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.DETECTORS = str(tmp_path)
    (tmp_path / "radar_fall.onnx").write_bytes(struct.pack("<I", 1))
    (tmp_path / "radar_fall.json").write_text('{"hertz": 10, "rows": 5, "origin": "a test", "sha256": "0"}')
    with pytest.raises(Unavailable):
        given.judge_of(DETECTORS[1])


def test_a_window_of_another_rate_is_brought_to_that_of_the_model() -> None:
    rows, middle = given.resampled(radar_window([[1.0]] * 10 + [[0.0]] + [[1.0]] * 9), 20.0, 8)
    assert (rows.shape, middle, rows[4, 0]) == ((8, 1), 10, 0.0)
