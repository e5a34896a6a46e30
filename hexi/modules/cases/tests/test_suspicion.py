"""A machine's finding is a suspicion until a person has decided; the verdicts make each rule's precision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.api import tuned_context
from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, Person
from hexi.core.sensing.models import Device
from hexi.modules.cases.models import Case, Suspect
from hexi.modules.cases.sample_video import load
from hexi.modules.cases.suspicion import may_open, precision_of, precisions, suspect, wilson
from hexi.modules.cases.tests.conftest import do


def found(**values: Any) -> Suspect:
    return suspect({"rule": "camera.smoke", "kind": "lamp", "title": "疑似路灯熄灭", "place": COMMUNITY, **values})


def test_confirming_opens_a_case_and_refuting_none(person: Callable[..., Person], rules: None) -> None:
    worker = person("grid_worker", DISTRICT)
    right, wrong = found(), found()
    assert do(worker, right, "confirm").status_code == 200
    assert do(worker, wrong, "refute", why="树影").status_code == 200
    assert right.case is not None
    assert Case.objects.count() == 1
    assert do(worker, wrong, "confirm").status_code == 403, "a verdict is not given twice"
    precision = precision_of("camera.smoke")
    assert (precision.confirmed, precision.decided, precision.share) == (1, 2, 0.5)


def test_the_same_finding_about_the_same_subject_is_kept_once(rules: None) -> None:
    assert found(subject="lamp-7").pk == found(subject="lamp-7").pk
    assert found().pk != found().pk


def test_a_rule_that_is_often_wrong_may_not_open_cases_by_itself(rules: None) -> None:
    context = tuned_context()
    assert may_open("camera.smoke", context), "nobody has judged it yet"
    Suspect.objects.bulk_create(
        Suspect(rule="camera.smoke", kind="lamp", title="x", found_at=context.now, state="confirmed" if n < 11 else "refuted") for n in range(20)
    )
    assert not may_open("camera.smoke", context)


def test_the_precision_of_each_rule_and_device_is_published_with_its_interval_and_what_it_may_do(
    person: Callable[..., Person], rules: None, client: Any
) -> None:
    steady = Device.objects.create(name="示例·三号摄像机", code="cam-3")
    for device, right, wrong in ((steady.reading_key, 19, 1), ("cam-9", 2, 18), ("", 1, 0)):
        for state, count in (("confirmed", right), ("refuted", wrong)):
            Suspect.objects.bulk_create(
                Suspect(rule="camera.smoke", device=device, kind="lamp", title="x", found_at=timezone.now(), state=state) for _ in range(count)
            )
    found(device="cam-9")
    told = client.get("/api/data/cases.precision").json()
    (row,) = told["rows"]
    assert "empty" not in told, "what is empty is shown in place of the rows"
    assert (row["right"], row["wrong"], row["waiting"], row["percent"]) == (22, 19, 1, "53.7%"), "the public may read it too"
    assert (row["standing"], row["status"], row["interval"]) == ("under", "breach", "38.7–67.9")
    answer = person("case_checker", DISTRICT).get("/api/data/cases.precision_by_device").json()
    assert [(one["device"], one["percent"], one["standing"]) for one in answer["rows"]] == [("cam-9", "10.0%", "under"), (steady.reading_key, "95.0%", "good")]
    assert answer["rows"][1]["device_name"] == steady.reading_key, "a device that one may not read keeps its name"
    boss = person("administrator", DISTRICT).get("/api/data/cases.precision_by_device").json()
    assert boss["rows"][1]["device_name"] == "示例·三号摄像机"
    assert client.get("/api/data/cases.precision_by_device").json()["rows"] == []
    found(rule="video.stall", evidence={"simulated": "true"})
    (made_up,) = (one for one in client.get("/api/data/cases.precision").json()["rows"] if one["key"] == "video.stall")
    assert (made_up["standing"], made_up["name"]["zh"], made_up["status"]) == ("simulated", "【模拟】video.stall", "ok")


def test_simulated_cameras_are_marked_as_such_and_weigh_nothing(report: Callable[..., Case], person: Callable[..., Person]) -> None:
    for _ in range(16):
        report()
    Case.objects.update(source="video")
    told = list[str]()
    load(lambda said: told.append(said.en))
    load(lambda said: told.append(said.en))
    states = Counter(Suspect.objects.values_list("state", flat=True))
    assert (states["suspected"], states["confirmed"], len(told)) == (14, 2, 1)
    assert not Suspect.objects.exclude(title__startswith="【模拟】").exists() and precisions() == []
    waiting = Suspect.objects.filter(state="suspected").first()
    assert waiting is not None
    assert do(person("grid_worker", DISTRICT), waiting, "confirm").status_code == 200


@pytest.mark.parametrize("hits, of, low, high", [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)])
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    got = wilson(hits, of)
    assert got is not None
    assert got == pytest.approx((low, high), abs=1e-4)
    assert wilson(0, 0) is None
