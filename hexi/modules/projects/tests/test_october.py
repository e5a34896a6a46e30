"""The report of October 2025, made from the records, says what the published report says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hexi.core.data.api import Query, counted
from hexi.core.trust.api import PLATFORM
from hexi.modules.projects.contracts import Category, Level, Month, MonthFacts, Status
from hexi.modules.projects.derive import derive
from hexi.modules.projects.editions import reading
from hexi.modules.projects.files import load_programme_file
from hexi.modules.projects.lost import unnamed_done
from hexi.modules.projects.models import Milestone, Programme, Progress, Statement, Target, Task
from hexi.modules.projects.queries import facts_of

pytestmark = pytest.mark.django_db
OCTOBER = Month(2025, 10)
SOURCES = Path(__file__).resolve().parents[5] / "shared" / "sources"
STATED = (
    (Level.DISTRICT, Category.WORKS, Status.DONE, 6),
    (Level.DISTRICT, Category.SUBSIDY, Status.DONE, 3),
    (Level.DISTRICT, Category.SUBSIDY, Status.BY_PROCEDURE, 7),
    (Level.DISTRICT, Category.SERVICE, Status.DONE, 16),
    (Level.DISTRICT, Category.SERVICE, Status.ON_SCHEDULE, 13),
    (Level.CITY, None, Status.DONE, 3),
    (Level.CITY, None, Status.ON_SCHEDULE, 3),
)
SENTENCES = (
    "等6个项目已完成年度任务（其中2个项目的名称在来源中缺失）",
    "新建更新群众健身场地项目，已建成4个社区健身园",
    "曲江公园改造通过财政评审，预计11月中上旬招标",
    "等3个项目已完成年度任务",
    "等7个项目，正在按规定程序办理",
    "等16个项目已完成年度任务",
    "等其他13个项目正在按时序组织实施，进展顺利",
    "此外，未列入区级民心工程的6个市级民心工程项目中",
    "3个项目已完成年度任务。复兴河",
    "3个项目正在按市级责任部门工作部署正常推进",
)


def bare(text: str) -> str:
    """A printed text without what the page's layout put in: white space, and the width of punctuation."""
    return re.sub(r"\s", "", text).translate(str.maketrans(",;:()!?", "，；：（）！？"))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Programme]:
    """The programme of 2025, loaded once in a transaction that is taken back when the tests of this module are over."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_programme_file("programme_2025.yaml")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def october(loaded: Programme) -> MonthFacts:
    return facts_of(loaded, OCTOBER)


@pytest.mark.parametrize("level, category, status, count", STATED)
def test_each_bucket_counts_what_was_published(
    october: MonthFacts, level: Level, category: Category | None, status: Status, count: int
) -> None:
    bucket = october.bucket(level, category, status)
    assert bucket.count == count
    assert bucket.stated is not None and bucket.stated.count == count


def test_two_of_the_works_are_counted_without_their_lost_names_and_no_others(october: MonthFacts) -> None:
    assert {b.category: b.unnamed for b in october.buckets if b.unnamed} == {Category.WORKS: 2}
    assert {one.fact.code for one in october.tasks if one.standing.status is Status.UNKNOWN} == {"2025-02-01", "2025-10-01"}


@pytest.mark.parametrize("month", [Month(2025, 11), Month(2025, 12)], ids=str)
def test_what_was_done_without_a_name_stays_done_in_later_months(loaded: Programme, month: Month) -> None:
    bucket = facts_of(loaded, month).bucket(Level.DISTRICT, Category.WORKS, Status.DONE)
    assert (bucket.count, bucket.unnamed, bucket.stated) == (6, 2, None)


def test_a_month_before_the_first_report_counts_nothing_as_done(loaded: Programme) -> None:
    facts = facts_of(loaded, Month(2025, 9))
    assert facts.count(Level.DISTRICT, Status.DONE) == 0
    assert facts.count(Level.DISTRICT, Status.UNKNOWN) == 46


def test_a_candidate_that_is_called_done_by_name_takes_one_of_the_lost_names(loaded: Programme) -> None:
    lost = Task.objects.get(code="2025-02-01")
    with transaction.atomic():
        Progress.objects.create(task=lost, on=OCTOBER.last_day, status="done", note="两所学校均已交付")
        derive(loaded)
        bucket = facts_of(loaded, OCTOBER).bucket(Level.DISTRICT, Category.WORKS, Status.DONE)
        assert (bucket.count, bucket.counted, bucket.unnamed) == (6, 5, 1)
        assert unnamed_done(loaded) == 1
        transaction.set_rollback(True)


def test_no_works_are_put_in_a_stage_that_nobody_told(loaded: Programme) -> None:
    built = Task.objects.filter(programme=loaded, kind="works")
    told = {one.task.code for one in Milestone.objects.select_related("task") if one.state in {"done", "under_way"}}
    assert told == {"2025-17-01"}
    assert {one.code for one in built if one.stage != "unstated"} == told
    assert Task.objects.get(code="2025-01-01").stage == "unstated"


def test_the_named_works_are_under_way(october: MonthFacts) -> None:
    assert october.bucket(Level.DISTRICT, Category.WORKS, Status.UNDER_WAY).codes == ("2025-17-01",)
    assert october.judged("2025-17-01").standing.status is Status.AT_RISK


def test_the_districts_tasks_add_up_to_forty_six(october: MonthFacts) -> None:
    assert october.total(Level.DISTRICT) == 46
    assert sum(october.count(Level.DISTRICT, status) for status in Status) == 46
    assert october.total(Level.CITY) == 6


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_text_is_in_the_newspapers_form(loaded: Programme, sentence: str) -> None:
    assert sentence in reading(PLATFORM, loaded.pk, OCTOBER).document("zh").text


def test_every_number_leads_to_as_many_rows(loaded: Programme) -> None:
    for number in reading(PLATFORM, loaded.pk, OCTOBER).content["numbers"]:
        count, _ = counted(PLATFORM, number["entity"], Query(where=tuple(number["where"])))
        assert count + number["unnamed"] == number["value"], number


def test_no_figure_stands_without_the_sentence_it_was_printed_in(loaded: Programme) -> None:
    assert not Progress.objects.filter(task__programme=loaded, source_sentence="").exists()
    assert not Task.objects.filter(programme=loaded, level="district", source_sentence="").exists()
    assert not Statement.objects.filter(programme=loaded, sentence="").exists()


def test_a_number_of_a_target_is_printed_in_the_sentence_of_its_task(loaded: Programme) -> None:
    for target in Target.objects.filter(task__programme=loaded, planned__isnull=False).select_related("task"):
        assert bare(target.printed) in bare(target.task.source_sentence), target


def test_no_place_is_invented(loaded: Programme) -> None:
    placed = Task.objects.filter(programme=loaded).exclude(place="")
    assert all(task.place_names for task in placed)


@pytest.mark.skipif(not SOURCES.exists(), reason="the newspaper pages are not part of the repository")
def test_every_count_stands_in_the_page_itself(loaded: Programme, october: MonthFacts) -> None:
    page = bare(next(SOURCES.glob("000_*.txt")).read_text(encoding="utf-8"))
    for level, category, status, count in STATED:
        bucket = october.bucket(level, category, status)
        assert bucket.stated is not None
        assert bare(bucket.stated.sentence) in page
        assert f"{count}个项目" in bare(bucket.stated.sentence)
    for entry in Progress.objects.filter(task__programme=loaded):
        assert bare(entry.source_sentence).strip("，。") in page, entry.source_sentence


@pytest.mark.skipif(not SOURCES.exists(), reason="the newspaper pages are not part of the repository")
def test_every_task_stands_in_the_published_list(loaded: Programme) -> None:
    page = bare(next(SOURCES.glob("002_*.txt")).read_text(encoding="utf-8"))
    for task in Task.objects.filter(programme=loaded, level="district"):
        assert bare(task.source_sentence) in page, task.code
