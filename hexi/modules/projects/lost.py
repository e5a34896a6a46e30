"""Tasks that a source counts as done though its surviving text no longer names them: they count, and no task is called done for it.

What was done stays done: the newest such count speaks for every later month, less the candidates that have been called done by name since.
"""

from __future__ import annotations

from collections.abc import Iterable

from hexi.kernel.context import Context
from hexi.kernel.label import t
from hexi.modules.projects.contracts import Category, Level, Status
from hexi.modules.projects.models import Programme, Statement, Task

WORDS = t(
    "另加：来源计为已完成而残文未见名称的任务（见“公开表述”），计入全区，不计入任何街道，任务清单中没有对应的行",
    "Added: tasks that a source counts as done and whose names its text lost (see the published statements); they count for the whole "
    "district and for no street, and have no row in the list of tasks",
)
Counted = dict[str, tuple[float, float | None]]


def unnamed(unidentified: int, candidates: Iterable[str], done: Iterable[str]) -> int:
    """How many of the lost names are still nobody's: each candidate that is called done by name takes one."""
    return max(0, unidentified - len(set(candidates) & set(done)))


def unnamed_done(programme: Programme, category: Category | None = None) -> int:
    """The district's tasks that sources count as done without a name, as of the programme's newest month; of one category or of all."""
    if programme.as_of is None:
        return 0
    found = Statement.objects.filter(programme=programme, level=Level.DISTRICT, status=Status.DONE, month__lte=f"{programme.as_of:%Y-%m}")
    newest = {one.category: one for one in found.filter(unidentified__gt=0).order_by("month", "pk")}
    done = set(Task.objects.filter(programme=programme, status=Status.DONE).values_list("code", flat=True))
    chosen = [one for key, one in newest.items() if category is None or key == category.value]
    return sum(unnamed(int(one.unidentified or 0), one.candidates, done) for one in chosen)


def counted_besides(category: Category | None = None) -> Counted:
    """What an indicator of tasks done adds to its numerator for the whole district."""
    return {"": (float(sum(unnamed_done(one, category) for one in Programme.objects.filter(is_current=True))), 0)}


def all_besides(context: Context) -> Counted:
    return counted_besides()


def works_besides(context: Context) -> Counted:
    return counted_besides(Category.WORKS)


def services_besides(context: Context) -> Counted:
    return counted_besides(Category.SERVICE)
