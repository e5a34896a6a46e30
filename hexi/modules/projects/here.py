"""What the programme does in one place, in words: what stands there, what may stand there, and what is for everybody."""

from __future__ import annotations

from collections.abc import Mapping

from hexi.core.space.api import names
from hexi.core.trust.api import Viewer
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Envelope
from hexi.modules.projects.models import Programme, Task
from hexi.modules.projects.sources import envelope, programme_of, tasks_of

# Marks of a task that stands somewhere, though no source says in which street.
SOMEWHERE = {"places_not_listed", "place_unclear"}
WHOLE = t(
    "区级和承担的市级任务共{total}项：{placed}项写明了所在社区；{open}项有具体地点，但来源没有写明在哪个街道；"
    "其余{all}项来源没有写地点，按面向全区理解（我方）。",
    "{total} tasks of the district and of the city: {placed} with their community; {open} at places whose street no source tells; "
    "the other {all} name no place and are read as for the whole district (our reading).",
)
PART = t(
    "{stand}；在区内其他社区的{elsewhere}项。"
    "另有{open}项有具体地点，但来源没有写明在哪个街道，可能在这里；{all}项来源没有写地点，按面向全区理解（我方），也覆盖这里。",
    "{stand}; {elsewhere} stand in other communities. {open} more stand at places whose street "
    "no source tells and may be here; {all} name no place, are read as for the whole district (our reading), and so cover this place too.",
)
NONE = t("没有任务的地点登记在{place}", "No task stands in {place}")
SOME = t("地点登记在{place}的任务有{n}项，其中已完成{done}项", "{n} tasks stand in {place}, {done} of them done")


def here(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """One row: the sentence for the place, or for the whole district."""
    programme = programme_of(viewer, params)
    if programme is None:
        return envelope(programme, [])
    place = params.get("place") or programme.place
    everything = tasks_of(viewer, programme, {name: value for name, value in params.items() if name != "place"})
    return envelope(programme, [{"text": _words(programme, everything, place).as_dict()}])


def _words(programme: Programme, tasks: list[Task], place: str) -> Label:
    placed = [one for one in tasks if one.place]
    unknown = [one for one in tasks if not one.place and (one.place_names or SOMEWHERE & {mark["kind"] for mark in one.marks})]
    counts = {"total": len(tasks), "placed": len(placed), "open": len(unknown), "all": len(tasks) - len(placed) - len(unknown)}
    if place == programme.place:
        return WHOLE.filled(**counts)
    inside = [one for one in placed if one.place.startswith(place)]
    name = names({place}).get(place) or t(place, place)
    stand = (SOME if inside else NONE).filled(place=name, n=len(inside), done=sum(one.status == "done" for one in inside))
    return PART.filled(**counts, stand=stand, elsewhere=len(placed) - len(inside))
