"""Enter a programme from a data file: every figure with the sentence that it was printed in.

The shape of the file is told at its head (districts/hexi/programme_2025.yaml). Loading the same programme again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from hexi.core.data.api import Entity, describe, snapshot
from hexi.core.space.api import labels_for
from hexi.core.trust.api import PLATFORM, Happening, record_bulk
from hexi.modules.projects.contracts import Kind
from hexi.modules.projects.derive import derive, keep_current
from hexi.modules.projects.find import keep_findings
from hexi.modules.projects.lifecycles import LIVES
from hexi.modules.projects.models import Contradiction, Milestone, Programme, ProgrammeGroup, Progress, Statement, Target, Task

Entry = Mapping[str, Any]
# What "done" proves of a stage. Of works it proves none: that the year's work is done does not say that it was accepted.
DONE_STAGE = {Kind.PROCEDURE: "closed", Kind.SERVICE: "reached"}


@dataclass(frozen=True)
class _Loading:
    """One file on its way in."""

    file: Entry
    programme: Programme
    citations: Mapping[str, Entry]
    places: frozenset[str]

    def cited(self, key: str | None) -> str:
        """The source as people know it; its key where no list of sources says more."""
        found = self.citations.get(key or "")
        return found["citation"]["zh"][:200] if found else key or ""

    def as_of(self, statement: str) -> date:
        """The day of the report in which a statement stands. LookupError when there is none."""
        for report in self.file["reports"]:
            if any(one["key"] == statement for one in report["statements"]):
                return report["as_of"]
        raise LookupError(f"The programme file has no report with the statement {statement!r}.")


def load_programme(file: Entry, *, sources: Sequence[Entry] = (), contradictions: Sequence[Entry] = ()) -> Programme:
    """The programme of the file with all it tells of; gives what is there if it was loaded before."""
    code = file["programme"]["key"]
    if (there := Programme.objects.filter(code=code).first()) is not None:
        return there
    with transaction.atomic():
        loading = _begun(file, sources)
        tasks = _tasks(loading)
        _enter(_targets(loading, tasks))
        _enter(_milestones(loading, tasks))
        _enter(_progress(loading, tasks))
        _enter(_statements(loading))
        _enter(_contradictions(loading, contradictions, tasks))
        derive(loading.programme)
        keep_findings(loading.programme)
    return loading.programme


def _begun(file: Entry, sources: Sequence[Entry]) -> _Loading:
    head, citations = file["programme"], {one["key"]: one for one in sources}
    programme = Programme(
        code=head["key"],
        name=head["name"]["zh"],
        name_en=head["name"]["en"],
        year=head["year"],
        level=head["level"],
        lead=head.get("office", ""),
        place=head.get("place", ""),
        starts=head["period"]["from"],
        ends=head["period"]["to"],
        source=head["source"],
        source_sentence=head["source_sentence"],
        citations=[{"key": key, **one["citation"], "published": str(one["published"])} for key, one in citations.items()],
    )
    codes = {place[key] for task in _entries(file) for place in task.get("places", ()) for key in ("community", "street") if place.get(key)}
    loading = _Loading(file, programme, citations, frozenset(labels_for(codes)))
    _enter([programme])
    keep_current()
    return loading


def _entries(file: Entry) -> list[Entry]:
    """All tasks of the file, each with its group's number, the city's at the end."""
    own = [{**task, "group": group["number"], "level": "district"} for group in file["groups"] for task in group["tasks"]]
    return [*own, *file.get("city_tasks", ())]


def _tasks(loading: _Loading) -> dict[str, Task]:
    groups = [
        ProgrammeGroup(
            programme=loading.programme, number=one["number"], name=one["name"]["zh"], name_en=one["name"]["en"], heading=one["heading"]
        )
        for one in loading.file["groups"]
    ]
    _enter(groups)
    by_number = {one.number: one for one in groups}
    tasks = [_task(loading, entry, by_number) for entry in _entries(loading.file)]
    _enter(tasks)
    return {one.code: one for one in tasks}


def _task(loading: _Loading, entry: Entry, groups: Mapping[int, ProgrammeGroup]) -> Task:
    programme, kind = loading.programme, Kind({"procedure": "procedure", "works": "works"}.get(entry.get("lifecycle", ""), "service"))
    places = entry.get("places", ())
    return Task(
        programme=programme,
        group=groups.get(entry.get("group", 0)),
        code=entry["code"],
        title=entry["title"]["zh"],
        title_en=entry["title"]["en"],
        level=entry["level"],
        category=entry.get("category") or "",
        kind=kind.value,
        stage=_stage(entry, kind),
        lead=entry.get("lead") or "",
        place=_place(loading, places),
        place_names="、".join(one["name"] for one in places),
        start=programme.starts,
        due=programme.ends,
        source=loading.cited(entry.get("source", entry["status"]["source"])),
        source_sentence=entry.get("source_sentence") or "",
        basis=_basis(entry),
        marks=[_mark(loading.file, one) for one in entry.get("marks", ())],
    )


def _place(loading: _Loading, places: Sequence[Entry]) -> str:
    """The one place that the file knows a code for, if the place register has it. Several places, or none, give no code."""
    codes = [one.get("community") or one.get("street") for one in places]
    return codes[0] if len(codes) == 1 and codes[0] in loading.places else ""


def _stage(entry: Entry, kind: Kind) -> str:
    """The furthest stage that a statement or a milestone proves; for works none is, as long as nobody said one."""
    if entry["status"]["status"] == "done" and kind in DONE_STAGE:
        return DONE_STAGE[kind]
    proved = [one["stage"] for one in entry["status"].get("milestones", ()) if one["state"] in {"done", "under_way"}]
    order = [state.key for state in LIVES[kind].states]
    return max((one for one in proved if one in order), key=order.index, default=LIVES[kind].start)


def _basis(entry: Entry) -> str:
    """What of the task is our assumption, in words."""
    status, said = entry["status"], list[str]()
    if entry.get("category_basis") == "by_elimination":
        said.append("类别由计数推定（我方）")
    if entry.get("lead_basis") == "ours":
        said.append("承办单位为我方推定")
    said.append("流程类型（工程、程序、服务）为我方设定")
    if status["basis"] == "counted":
        said.append("状态由“等其他”计数推定（我方）")
    if inferred := status.get("inferred"):
        said.append(f"可能为已完成：{inferred['because']['zh']}（我方）")
    return "；".join(said)[:200]


def _mark(file: Entry, mark: Entry) -> dict[str, Any]:
    kind = file["mark_kinds"][mark["kind"]]
    return {"kind": mark["kind"], "zh": kind["zh"], "en": kind["en"], **({"note": dict(mark["note"])} if mark.get("note") else {})}


def _targets(loading: _Loading, tasks: Mapping[str, Task]) -> Iterable[Target]:
    for entry in _entries(loading.file):
        for one in entry.get("targets", ()):
            task, unit = tasks[entry["code"]], loading.file["units"].get(one["unit"] or "", {})
            yield Target(
                task=task,
                key=one["key"],
                label=one["label"]["zh"],
                label_en=one["label"]["en"],
                planned=_exact(one["quantity"]),
                unit=unit.get("zh", ""),
                unit_en=unit.get("en", ""),
                printed=one["printed"] or "",
                comparator=one["comparator"],
                lead=task.lead,
                place=task.place,
            )


def _milestones(loading: _Loading, tasks: Mapping[str, Task]) -> Iterable[Milestone]:
    for entry in _entries(loading.file):
        status, task = entry["status"], tasks[entry["code"]]
        for one in status.get("milestones", ()):
            day = loading.as_of(status["statement"])
            expected: Entry = one["expected"] or {}
            yield Milestone(
                task=task,
                key=one["key"],
                name=one["name"]["zh"],
                name_en=one["name"]["en"],
                stage=one["stage"],
                planned=expected.get("to"),
                printed=expected.get("printed", ""),
                as_of=day,
                state=one["state"],
                lead=task.lead,
                source=loading.cited(status["source"]),
                source_sentence=one["sentence"],
            )


def _progress(loading: _Loading, tasks: Mapping[str, Task]) -> Iterable[Progress]:
    for entry in _entries(loading.file):
        status, task = entry["status"], tasks[entry["code"]]
        day = loading.as_of(status["statement"])
        common = {
            "task": task,
            "on": day,
            "origin": "published",
            "source": loading.cited(status["source"]),
            "lead": task.lead,
            "place": task.place,
        }
        if status["basis"] != "lost":
            yield Progress(**common, status=status["status"], basis=status["basis"], **_quoted(status["source_sentence"] or ""))
        targets = {one.key: one for one in Target.objects.filter(task=task)}
        for one in status.get("actuals", ()):
            target = targets[one["target"]]
            yield Progress(
                **common,
                target=target,
                value=_exact(one["quantity"]),
                unit=target.unit,
                met=one["met"],
                basis=one["basis"],
                **_quoted(one["sentence"]),
            )


def _quoted(sentence: str) -> dict[str, str]:
    """A published entry says what its source says."""
    return {"note": sentence, "source_sentence": sentence}


def _statements(loading: _Loading) -> Iterable[Statement]:
    for report in loading.file["reports"]:
        for one in report["statements"]:
            yield Statement(
                programme=loading.programme,
                month=report["month"],
                key=one["key"],
                level=one["level"],
                category=one["category"] or "",
                status=one["status"],
                count=one["count"],
                named=one["named"],
                counted=one["counted"],
                unidentified=one["unidentified"],
                candidates=one["candidates"],
                source=report["source"],
                sentence=one["sentence"],
            )


def _contradictions(loading: _Loading, entries: Sequence[Entry], tasks: Mapping[str, Task]) -> Iterable[Contradiction]:
    """Those of the file that speak of this programme's tasks or counts; the file's own reading is the detail."""
    for one in entries:
        figures = [said["figure"] for said in one["statements"] if said["figure"]]
        codes = [figure.partition("/")[0] for figure in figures if figure.partition("/")[0] in tasks]
        if codes or any(figure.startswith("livelihood_") for figure in figures):
            yield Contradiction(
                programme=loading.programme,
                key=one["key"],
                rule=one["kind"],
                subject=one["subject"]["zh"],
                subject_en=one["subject"]["en"],
                detail=one["our_reading"]["zh"],
                detail_en=one["our_reading"]["en"],
                task=tasks[codes[0]] if codes else None,
                sources=",".join(sorted({said["source"] for said in one["statements"]})),
                sentences=[said["text"] for said in one["statements"]],
            )


def _enter(rows: Iterable[Entity]) -> None:
    """Insert rows of one register, each with its event: a history begins with the file."""
    entered = list(rows)
    if not entered:
        return
    about = describe(type(entered[0]))
    about.model._default_manager.bulk_create(entered)
    events = [Happening("create", about.key, row.pk, after=snapshot(about, row), version=1, why="data file") for row in entered]
    record_bulk(PLATFORM, events, Happening("create", about.key, 0, after={"rows": len(entered)}))


def _exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
