"""What stands behind the report's sentences: the attached table, the platform's own forecast, and the notes on the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from hexi.kernel.label import Label, t
from hexi.modules.projects.contracts import CATEGORY_LABELS, LEVEL_LABELS, STATUS_LABELS, Judged, Mark, Status, TargetFact
from hexi.modules.projects.report.document import Paragraph, Run, Table, linked_numbers, paragraph
from hexi.modules.projects.report.links import progress_list, record, records
from hexi.modules.projects.report.sentences import Telling
from hexi.modules.projects.report.words import goal, percent, result, woven

COLUMNS = (
    t("序号", "No."), t("任务", "Task"), t("类别", "Category"), t("年度目标", "Target of the year"),
    t("完成情况", "Done"), t("时序应达（测算）", "Due (computed)"), t("状态及依据", "Status and why"), t("预测", "Forecast"),
)  # fmt: skip
WIDTHS = (0.05, 0.16, 0.10, 0.17, 0.17, 0.08, 0.13, 0.14)
RISK = t(
    "{title}：平台判断为“{status}”。{reason}。预测：{forecast}。",
    "{title}: the platform judges it “{status}”. {reason}. Forecast: {forecast}.",
)
DOUBT = t("{title}：{doubt}。", "{title}: {doubt}.")
FINDING = t("{subject}：{detail}。来源：{sources}。", "{subject}: {detail}. Sources: {sources}.")
MARK = t("{kind}：{tasks}。", "{kind}: {tasks}.")
# These say only that a figure is not there, which the table shows row by row.
SHOWN_BY_TABLE = ("figure_not_repeated", "no_figure_yet", "part_not_mentioned", "scope_open", "places_not_listed", "place_unclear")


def risk_notes(tell: Telling) -> Iterator[Paragraph]:
    """The platform's own judgement beside the official wording: what is late or at risk, and where figures leave a doubt."""
    for one in tell.facts.tasks:
        if one.standing.status in (Status.AT_RISK, Status.LATE):
            yield _told(tell, RISK, one)
        elif one.standing.doubt:
            yield _told(tell, DOUBT, one)


def _told(tell: Telling, sentence: Label, one: Judged) -> Paragraph:
    said = one.standing
    texts = {"status": STATUS_LABELS[said.status], "reason": said.reason, "forecast": one.forecast, "doubt": said.doubt or said.reason}
    gaps = {key: list(linked_numbers(tell.says(text), progress_list(one))) for key, text in texts.items()}
    return paragraph(woven(sentence, tell.language, {**gaps, "title": [tell.title(one)]}), "note")


def finding_notes(tell: Telling) -> Iterator[Paragraph]:
    """Published statements that do not fit together."""
    everything = records("projects.contradiction", ("programme", "eq", str(tell.facts.programme.id)))
    for one in tell.facts.findings:
        gaps = {"subject": one.subject, "detail": one.detail}
        runs = {key: list(linked_numbers(tell.says(text).rstrip("。."), everything)) for key, text in gaps.items()}
        sources = [Run("、".join(one.sources) if tell.language == "zh" else ", ".join(one.sources))]
        yield paragraph(woven(FINDING, tell.language, {**runs, "sources": sources}), "note")


def source_notes(tell: Telling) -> Iterator[Paragraph]:
    """What the sources lost or leave open, by kind, with the tasks that it touches."""
    found: defaultdict[Label, list[tuple[Judged, Mark]]] = defaultdict(list)
    for one in tell.facts.tasks:
        for mark in one.fact.marks:
            if mark.kind not in SHOWN_BY_TABLE:
                found[mark.label].append((one, mark))
    for kind, rows in found.items():
        runs = [run for index, (one, mark) in enumerate(rows) for run in _marked(tell, one, mark, index)]
        yield paragraph(woven(MARK, tell.language, {"kind": [Run(tell.says(kind))], "tasks": runs}), "note")


def _marked(tell: Telling, one: Judged, mark: Mark, index: int) -> list[Run]:
    between = [Run("；" if tell.language == "zh" else "; ")] if index else []
    note = [Run(f"（{mark.note.zh}）" if tell.language == "zh" else f" ({mark.note.en})")] if mark.note else []
    return [*between, tell.title(one), *note]


def attachment(tell: Telling, caption: str) -> Table:
    """Every task with its targets, figures, status and forecast."""
    rows = tuple(_row(tell, number, one) for number, one in enumerate(tell.facts.tasks, start=1))
    return Table(caption, tuple(tell.says(column) for column in COLUMNS), rows, WIDTHS)


def _row(tell: Telling, number: int, one: Judged) -> tuple[tuple[Run, ...], ...]:
    fact, said = one.fact, one.standing
    category = CATEGORY_LABELS[fact.category] if fact.category else LEVEL_LABELS[fact.level]
    why = t("{status}：{reason}", "{status}: {reason}").filled(status=STATUS_LABELS[said.status], reason=said.reason)
    return (
        (Run(str(number), record("projects.task", fact.id)),),
        (tell.title(one),),
        (Run(tell.says(category)),),
        _lines(tell, one, goal),
        _lines(tell, one, result),
        (Run(percent(said.due_share)),),
        (Run(tell.says(why)),),
        (Run(tell.says(one.forecast)),),
    )


def _lines(tell: Telling, one: Judged, word: Callable[[TargetFact], Label]) -> tuple[Run, ...]:
    """One phrase per target; the label before it when there are several."""
    said = t("{label}{phrase}", "{label} {phrase}")
    many = len(one.fact.targets) > 1
    phrases = [tell.says(said.filled(label=x.label, phrase=word(x)) if many else word(x)) for x in one.fact.targets]
    text = ("；" if tell.language == "zh" else "; ").join(phrases) or tell.says(t("未列数量目标", "no target in numbers"))
    return tuple(linked_numbers(text, progress_list(one)))
