"""Steps of lifecycles change rows without an action of ours; what follows from them is derived here, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from hexi.modules.projects.derive import derive, keep_current
from hexi.modules.projects.find import keep_findings
from hexi.modules.projects.models import PlaceCheck, Programme, Progress, Statement, Task


def task_changed(instance: Any, raw: bool = False, **_: Any) -> None:
    """A stage, a due day or a curve changed."""
    if not raw:
        derive(instance.programme)


def programme_kept(raw: bool = False, **_: Any) -> None:
    """A year's programme came, or its year was corrected."""
    if not raw:
        keep_current()


def check_answered(instance: Any, created: bool = False, raw: bool = False, **_: Any) -> None:
    """An official upheld or answered what somebody said at the place. A new one is derived by its action."""
    if not (raw or created):
        derive(instance.task.programme)


def spoken(instance: Any, raw: bool = False, **_: Any) -> None:
    """A figure or a published sentence was entered: it may contradict what is on record."""
    if not raw:
        keep_findings(instance.programme if isinstance(instance, Statement) else instance.task.programme)


def connect() -> None:
    """Listen from now on; the app calls this once at start."""
    post_save.connect(programme_kept, sender=Programme)
    post_save.connect(task_changed, sender=Task)
    post_save.connect(check_answered, sender=PlaceCheck)
    post_save.connect(spoken, sender=Progress)
    post_save.connect(spoken, sender=Statement)
