"""What is done with sets of 3D meshes: brought in, shown on maps, shown to the public, removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.data.actions import platform_change
from hexi.core.data.forms import Form, question
from hexi.core.data.meshes.models import LONGEST_NAME, LONGEST_ORIGIN, Mesh
from hexi.core.data.records import readable
from hexi.core.data.values import plain
from hexi.core.space.api import Datum, Matched, MeshFile, MeshSet, drop_meshes, match_meshes, mesh_file, take_meshes
from hexi.core.trust.api import Viewer
from hexi.kernel.declare import Action, Grant, MenuItem, Source
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import t
from hexi.kernel.screen import Envelope

KEY = "data.mesh"
ON_MAPS = ("id", "name", "mark", "box", "east_m", "north_m", "ground_m", "origin")


@dataclass(frozen=True, slots=True)
class Brought:
    """What whoever brings meshes says of them."""

    name: str
    origin: str
    datum: Datum
    ground_m: float = 0.0
    public: bool = False


class Sharing(Form):
    """Who sees them."""

    public: bool = question(t("向公众显示", "show to the public"))


def import_meshes(source: Path, brought: Brought) -> Mesh:
    """Take in the tileset; an earlier set of the same name goes. Raises NotFound, Invalid with every fault, Conflict."""
    _check_words(brought)
    taken = take_meshes(source, brought.datum, brought.ground_m)
    try:
        with platform_change("import_meshes", source.name) as change:
            _replace(change, brought.name)
            return change.create(Mesh, **_values(brought, taken))
    except BaseException:
        drop_meshes(taken.mark)
        raise


def _check_words(brought: Brought) -> None:
    limits = {"name": LONGEST_NAME, "origin": LONGEST_ORIGIN}
    said = t("请填写，不超过 {most} 字", "Say it, in {most} characters at most")
    wrong = [Problem(key, said.filled(most=most)) for key, most in limits.items() if not 0 < len(getattr(brought, key).strip()) <= most]
    if wrong:
        raise Invalid(wrong)


def _values(brought: Brought, taken: MeshSet) -> dict[str, Any]:
    return {
        "name": brought.name.strip(), "origin": brought.origin.strip(), "public": brought.public, "datum": brought.datum.value,
        "imported_at": timezone.now(), "files": taken.files, "megabytes": round(taken.bytes / 1e6, 1), "houses": len(taken.houses),
        "low_m": taken.low_m, "high_m": taken.high_m, "ground_m": taken.ground_m, "mark": taken.mark, "box": list(taken.box),
        "east_m": taken.east_m, "north_m": taken.north_m,
    }  # fmt: skip


def _replace(change: Any, name: str) -> None:
    for row in Mesh.objects.select_for_update().filter(name=name.strip(), state="drawn"):
        _end(change, row, "replaced")


def _end(change: Any, row: Mesh, state: str) -> None:
    """Its files go when this is certain; another row may bring the same ones again later."""
    transaction.on_commit(partial(drop_meshes, row.mark))
    change.save(row, state=state, mark=f"-{row.pk}")


def rematch_meshes() -> Iterator[tuple[Mesh, Matched]]:
    """After another map: which sets show other houses now. Each is in the register and the ledger when it is given out.

    Raises Invalid for a kept file that cannot be read any more.
    """
    for found in match_meshes():
        with platform_change("match_meshes", "地图更新") as change:
            row = Mesh.objects.select_for_update().filter(mark=found.mark).first()
            if row is None:  # its files are there before its row is
                continue
            change.save(row, houses=len(found.houses))
            change.also(row, new=len(found.new), gone=len(found.gone))
        yield row, found


def remove(change: Any) -> Mesh:
    """Not drawn any more, its files thrown away; the row stays for what was."""
    _end(change, change.record, "removed")
    return change.record


def share(change: Any) -> Mesh:
    """Show them to the public, or not any more."""
    change.save(change.record, public=change.answers.public)
    return change.record


def drawn_meshes(viewer: Viewer, _params: Mapping[str, str]) -> Envelope:
    """The sets that this reader's maps draw, oldest first."""
    rows = list(readable(viewer, Mesh, Mesh.state == "drawn").order_by("pk").values(*ON_MAPS))
    for row in rows:
        row["ground_m"] = float(row["ground_m"])
    return Envelope(rows=rows, as_of=plain(timezone.now()), origin=t("导入的三维模型", "imported meshes"))


def readable_mesh_file(viewer: Viewer, mark: str, name: str) -> tuple[MeshFile, bool]:
    """A file of a set that this reader may see, and whether everybody may. Raises NotFound."""
    row = readable(viewer, Mesh, Mesh.state == "drawn").filter(mark=mark).first()
    if row is None:
        raise NotFound(t("没有这套三维模型，或您无权查看", "There is no such set of meshes, or it is not open to you"), which=mark[:40])
    return mesh_file(mark, name), row.public


BY = ("administrator", "data_steward")
ACTIONS = (
    Action("share", t("公开设置", "who sees it"), KEY, share, form=Sharing, by=BY, needs_reason=True, when=Mesh.state == "drawn"),
    Action("remove", t("移除", "remove"), KEY, remove, by=BY, needs_reason=True, when=Mesh.state == "drawn",
           confirm=t("文件将被删除，地图恢复显示建筑体块；需要时须重新导入", "Its files are deleted and maps show blocks again; to have it back, import it again")),
)  # fmt: skip
STAFF = ("data_steward", "department_staff", "street_staff", "community_worker", "grid_worker")
GRANTS = (
    *(Grant(role, KEY, ("read",), reach="everywhere") for role in STAFF),
    Grant("public", KEY, ("read",), sees="open", where=Mesh.public),
)
MENU = (MenuItem("meshes", t("三维模型", "3D meshes"), entity=KEY),)
SOURCES = (Source("data.meshes", t("三维模型", "3D meshes"), drawn_meshes, topics=(KEY,)),)
