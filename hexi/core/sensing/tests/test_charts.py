"""Charts over any span: the same peaks from few readings, gaps shown, and nobody sees what the predicate does not let them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import ANY

import pyarrow.parquet as pq
import pytest

from hexi.core.data.tests.conftest import COMMUNITY, STREET
from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.devices.models import Datastream
from hexi.core.sensing.history import files, ranges, thinning
from hexi.core.sensing.history.asking import Point, band, chart_files, curve
from hexi.core.sensing.history.charts import gaps
from hexi.core.sensing.history.erasing import forget_erased
from hexi.core.sensing.history.files import folder, sweep
from hexi.core.sensing.history.keeping import forget_keys, forget_old, keep_new
from hexi.core.sensing.history.thinning import PLACE, thin
from hexi.core.sensing.models import ThinnedFile
from hexi.core.sensing.tests.conftest import Gadget, Person
from hexi.core.sensing.tests.samples import BEGIN, SECOND
from hexi.core.sensing.tests.test_history import NOW, Write, write  # noqa: F401  a fixture is found by name
from hexi.kernel.reading import Quality, Reading, datetime_of, moment_of

pytestmark = pytest.mark.django_db
HOUR = 3600 * SECOND
LATER = date(2026, 4, 20)
END = BEGIN + timedelta(days=40)


def each_minute(key: str, hours: int, flags: int = 0, kind: str = "movement") -> list[Reading]:
    """One peak and one trough an hour, elsewhere 10."""
    at = [NOW + minute * 60 * SECOND for minute in range(hours * 60)]
    values = {7: 90.0, 31: -5.0}
    return [Reading(key, kind, moment, values.get(n % 60, 10.0) + n // 60, moment, 0.0, flags) for n, moment in enumerate(at)]


def kept(write: Write, *readings: Reading) -> None:  # noqa: F811
    from hexi.core.sensing.api import Journal, batch_of
    from hexi.core.sensing.shards import journal_folder

    write()
    journal = Journal(journal_folder(0))
    journal.append(batch_of(readings))
    journal.close()
    keep_new(0)


def test_a_wide_chart_has_every_peak_from_four_readings_an_hour(write: Write) -> None:  # noqa: F811
    kept(write, *each_minute("device:1", 60))
    before = curve("device:1", "movement", BEGIN, END, 200)
    assert thin(LATER) == 1
    assert thin(LATER) == 0, "nothing changed"
    (path,) = chart_files("movement", BEGIN, END, "hour")
    assert path.is_relative_to(folder() / PLACE)
    assert ThinnedFile.objects.get(step="hour").rows == 60 * 4
    after = curve("device:1", "movement", BEGIN, END, 200)
    assert max(point.value for point in after) == max(point.value for point in before) == 90.0 + 59
    assert min(point.value for point in after) == min(point.value for point in before) == -5.0
    assert all(not path.is_relative_to(folder() / PLACE) for path in chart_files("movement", BEGIN, END, None))
    assert sweep(4e9) == 0, "it is on a list"


def test_thinning_by_ranges_of_keys_keeps_the_four_of_each_hour(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    rng = random.Random(3)
    sent = [
        Reading(f"device:{rng.randrange(30)}", "movement", NOW + rng.randrange(36 * 60) * 60 * SECOND, float(rng.randrange(9)), NOW, 0.0)
        for _ in range(2500)
    ]
    for module in (files, thinning):
        monkeypatch.setattr(module, "ROW_GROUP", 9)
    monkeypatch.setattr(ranges, "ROWS", 50)
    kept(write, *sent[:1500])
    thin(LATER)
    kept(write, *sent[1500:])
    assert thin(LATER) == 1, "beside what is thinned already"
    assert thinned_rows() == four_an_hour(sent)


def thinned_rows() -> list[tuple[str, int, float]]:
    rows = pq.read_table(folder() / ThinnedFile.objects.get(step="hour").path, partitioning=None).to_pylist()
    assert [(row["key"], row["moment"]) for row in rows] == sorted((row["key"], row["moment"]) for row in rows)
    return [(row["key"], moment_of(row["moment"]), row["value"]) for row in rows]


def four_an_hour(sent: list[Reading]) -> list[tuple[str, int, float]]:
    by_hour: dict[tuple[str, int], list[tuple[int, float]]] = {}
    for one in sent:
        by_hour.setdefault((one.key, one.moment // HOUR), []).append((one.moment, one.value))
    found = set[tuple[str, int, float]]()
    for (key, _), own in by_hour.items():
        low, high = min(own, key=lambda one: (one[1], one[0])), max(own, key=lambda one: (one[1], -one[0]))
        found |= {(key, *one) for one in (min(own), max(own), low, high)}
    return sorted(found)


def test_a_day_is_thinned_anew_when_late_readings_come_and_goes_with_its_readings(write: Write) -> None:  # noqa: F811
    kept(write, *each_minute("device:1", 30))
    thin(LATER)
    kept(write, Reading("device:1", "movement", NOW + 10 * SECOND, 500.0, NOW + 10 * SECOND, 0.0))
    assert thin(LATER) == 1
    assert max(point.value for point in curve("device:1", "movement", BEGIN, END, 100)) == 500.0
    assert set(ThinnedFile.objects.get(step="hour").days) == {"2026-03-02", "2026-03-03"}
    forget_old(date(2027, 1, 1))
    assert thin(LATER) == 1
    assert not ThinnedFile.objects.exists()
    assert not list((folder() / PLACE).rglob("*.parquet"))


def test_a_forgotten_key_is_gone_from_thinned_files_at_once(write: Write) -> None:  # noqa: F811
    kept(write, *each_minute("device:1", 5), *each_minute("device:2", 5))
    thin(LATER)
    forget_keys(["device:1"], datetime_of(NOW + 100 * HOUR))
    assert curve("device:1", "movement", BEGIN, END, 100) == []
    assert curve("device:2", "movement", BEGIN, END, 100)
    assert not any(b"device:1" in path.read_bytes() for path in folder().rglob("*.parquet"))


def test_a_band_is_the_lowest_and_highest_of_all_keys(write: Write) -> None:  # noqa: F811
    kept(write, *each_minute("device:1", 2), *each_minute("device:2", 1, int(Quality.SIMULATED)), *each_minute("device:3", 2))
    first, second = band(["device:1", "device:2"], "movement", BEGIN, BEGIN + timedelta(hours=2), 2)
    assert (first.low, first.high, first.keys, first.flags) == (-5.0, 90.0, 2, Quality.SIMULATED)
    assert (second.moment, second.low, second.high, second.keys) == (NOW + HOUR, -4.0, 91.0, 1)
    assert band([], "movement", BEGIN, END) == []


def test_a_band_over_a_longer_span_has_whole_hours_and_is_the_same_from_four_readings_an_hour(write: Write) -> None:  # noqa: F811
    kept(write, *each_minute("device:1", 60), *each_minute("device:2", 30))
    keys, aside = ["device:1", "device:2"], timedelta(minutes=20)
    hours, days = (BEGIN + aside, BEGIN + timedelta(hours=50) + aside), (BEGIN - timedelta(days=30), BEGIN + timedelta(days=40))
    before, before_by_day = band(keys, "movement", *hours, 20), band(keys, "movement", *days, 200)
    thin(LATER)
    assert band(keys, "movement", *hours, 20) == before
    assert [one.moment for one in before] == [NOW + n * 3 * HOUR for n in range(17)]
    assert [(one.low, one.high, one.keys) for one in (before[0], before[10], before[16])] == [(-5.0, 92.0, 2), (25.0, 122.0, 1), (43.0, 140.0, 1)]
    assert band(keys, "movement", *days, 200) == before_by_day
    assert [datetime_of(one.moment).isoformat() for one in before_by_day] == [f"2026-03-0{n}T16:00:00+00:00" for n in (1, 2, 3)]
    assert all(path.stat().st_size < 4000 for path in chart_files("movement", *days, "day"))


def test_where_a_device_was_silent_there_is_a_gap() -> None:
    points = [Point(n * 60 * SECOND, 1.0) for n in (0, 1, 2, 3, 30, 31, 32)]
    assert gaps(points, SECOND) == [(180_000, 1_800_000)]
    assert gaps(points, 3600 * SECOND) == [], "narrower than what can be drawn"
    assert gaps([], 1) == []


def test_a_device_shows_the_curves_that_its_reader_may_see(write: Write, gadget: Callable[..., Gadget], person: Any) -> None:  # noqa: F811
    one = gadget(simulated=True)
    key = one.row.reading_key
    kept(write, *each_minute(key, 2, int(Quality.SIMULATED)), *each_minute(key, 2, kind="heart_rate"))
    for kind in ("movement", "heart_rate"):
        Datastream.objects.create(device=one.row, kind=kind)
    span = {"begin": BEGIN.isoformat(), "end": (BEGIN + timedelta(hours=3)).isoformat(), "columns": 300}
    steward: Person = person("data_steward", STREET)
    said = steward.get(f"/api/devices/{one.row.pk}/curves", **span).json()
    assert [(curve["kind"], curve["quality"]) for curve in said["curves"]] == [("movement", "simulated")], "a pulse is for few"
    assert (said["hidden"], len(said["curves"][0]["points"])) == (1, 120)
    together = steward.get("/api/curves", kind="movement", place=COMMUNITY, **span).json()
    assert (together["devices"], together["of"], together["quality"], together["points"][0][1:]) == (1, 1, "simulated", [10.0, 10.0, 1])
    assert steward.get(f"/api/curves/{COMMUNITY}/kinds").json() == [{"kind": "movement", "label": ANY, "devices": 1}]
    assert steward.get("/api/curves/none/kinds").status_code == 404
    assert steward.get("/api/curves", kind="movement", place="none", **span).status_code == 404
    assert steward.get("/api/curves", kind="heart_rate", **span).json()["points"] == []
    assert steward.get("/api/curves", kind="nothing", **span).status_code == 404
    assert steward.get(f"/api/devices/{one.row.pk}/curves", begin=span["end"], end=span["begin"]).status_code == 422
    elsewhere: Person = person("data_steward", "120102")
    assert elsewhere.get(f"/api/devices/{one.row.pk}/curves", **span).status_code == 404


def test_erasing_a_record_deletes_what_was_measured_of_it(write: Write, gadget: Callable[..., Gadget], person: Any) -> None:  # noqa: F811
    gone, stays = gadget(person="王小明"), gadget()
    kept(write, *each_minute(gone.row.reading_key, 1), *each_minute(stays.row.reading_key, 1))
    thin(LATER)
    for one in (gone, stays):
        Judged.objects.create(device=one.row, detector="worn_fall", moment=BEGIN, score=1, grounds="x", grounds_en="x")
    steward: Person = person("data_steward", STREET)
    sent = {"values": {}, "version": 1, "why": "本人申请"}
    assert steward.post(f"/api/records/sensing.device/{gone.row.pk}/actions/erase_personal", sent).status_code == 200
    assert forget_erased() == 60
    assert forget_erased() == 0
    assert curve(gone.row.reading_key, "movement", BEGIN, END) == []
    assert not any(gone.row.reading_key.encode() in path.read_bytes() for path in folder().rglob("*.parquet"))
    assert curve(stays.row.reading_key, "movement", BEGIN, END)
    assert list(Judged.objects.values_list("device", flat=True)) == [stays.row.pk]
