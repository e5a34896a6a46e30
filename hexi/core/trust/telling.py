"""What a reader of the event table may see of what was before and after: no way round a mask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from hexi.core.trust.contracts import Viewer
from hexi.core.trust.masking import HIDDEN
from hexi.core.trust.models import Event
from hexi.core.trust.permission import grants_of, reach_of
from hexi.core.trust.stream import subject_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Everything
from hexi.kernel.context import now_context
from hexi.kernel.declare import PRIVACY_ORDER, Privacy


def told(viewer: Viewer, event: Event, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one side of the event; a register's fields that are not clear to the viewer as ***, all else as it stands."""
    classes = _classes(event.entity)
    clear = {privacy for privacy in set(classes.values()) if _is_clear(viewer, event, privacy)}
    return {name: HIDDEN if name in classes and classes[name] not in clear else value for name, value in values.items()}


def _classes(entity: str) -> dict[str, Privacy]:
    """The privacy class of every field of the register; none of what is no register, such as accounts and posts."""
    model = cast("Any", catalogue.entities.get(entity))
    return {field.name: getattr(field, "privacy", "open") for field in model._meta.fields} if model else {}


def _is_clear(viewer: Viewer, event: Event, privacy: Privacy) -> bool:
    """The event knows its row's place and organisation only: a grant that asks more of the row is not counted."""
    wanted, subject, now = PRIVACY_ORDER.index(privacy), subject_of(event.entity), now_context()
    return viewer.holds("platform") or any(
        reach_of(grant, post, subject).holds(event, now)
        for post, grant in grants_of(viewer, subject)
        if "read" in grant.verbs and PRIVACY_ORDER.index(grant.sees) >= wanted and isinstance(grant.where, Everything)
    )
