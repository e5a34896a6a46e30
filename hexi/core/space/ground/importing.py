"""Bring a map file into the tables: one transaction, a change list, a report."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import shapely
from django.db import transaction
from django.utils import timezone

from hexi.core.space.contracts import LEVEL_LABELS, Box, Level
from hexi.core.space.doors.mapped import follow_map
from hexi.core.space.ground.comparing import Change, difference
from hexi.core.space.ground.osm import read_osm
from hexi.core.space.ground.placing import placed, smallest_places
from hexi.core.space.ground.tables import Mapped, Survey
from hexi.core.space.ground.things import SORT_LABELS, TABLES, Bad, Brought, Sort
from hexi.core.space.ground.writing import Stamp, write
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded
from hexi.core.trust.api import PLATFORM, Happening, Viewer, record
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.ground import Arrived, Spot
from hexi.kernel.label import Label, t

ENTITY = "space.ground"
SKETCH = "sketch"
DOORS = "doorway"
FAULTS_KEPT = 2000
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class GroundReport:
    """What came of a map file: `counts` by sort of thing and change, `labels` name the sorts, `bad` is what stayed out or was
    mended, `ended` how many things of the sketch and of replaced sources end with it."""

    survey: int
    counts: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, Label]
    bad: tuple[Bad, ...]
    ended: int


def import_osm(path: Path, *, box: Box | None = None, replaces: tuple[str, ...] = (), viewer: Viewer = PLATFORM) -> GroundReport:
    """An OpenStreetMap file into the tables, cut to the district's outline or to the box. Raises NotFound, Invalid."""
    if not path.is_file():
        raise NotFound(t("没有这个文件", "There is no such file"), which=str(path))
    outline, area = _outline(box)
    return bring(read_osm(path, outline), path, area, viewer, replaces=replaces)


def _outline(box: Box | None) -> tuple[shapely.Geometry, str]:
    rows = list(standing().filter(level=Level.DISTRICT, geometry__isnull=False).order_by("code").values_list("code", "geometry"))
    if box is not None:
        return _asked(shapely.box(*box), rows), ",".join(f"{each:.6f}" for each in box)
    if not rows:
        said = t("没有本区的边界，无法裁切", "The district has no outline yet, so there is nothing to cut to")
        raise Invalid(
            [Problem("box", said)],
            do=t("请先导入边界，或用 --box 西,南,东,北 指定范围", "Import its boundary, or say --box west,south,east,north"),
        )
    return shapely.union_all(decoded([geometry for _, geometry in rows])), ",".join(code for code, _ in rows)


def _asked(box: shapely.Geometry, rows: Sequence[tuple[str, Any]]) -> shapely.Geometry:
    """The box that was asked for. Far from the district it is a slip of the pen: degrees swapped, or another city's."""
    if rows and not shapely.intersects(box, shapely.union_all(decoded([geometry for _, geometry in rows]))):
        said = t("范围 {box} 与本区没有重叠", "The box {box} lies wholly outside the district")
        bounds = ",".join(f"{each:g}" for each in box.bounds)
        raise Invalid(
            [Problem("box", said.filled(box=bounds), value=bounds)],
            do=t("按 西,南,东,北 的顺序写经纬度（WGS-84）", "Write west,south,east,north in degrees (WGS-84)"),
        )
    return box


def bring(
    found: Brought,
    path: Path,
    area: str,
    viewer: Viewer = PLATFORM,
    *,
    sorts: tuple[Sort, ...] = tuple(Sort),
    replaces: tuple[str, ...] = (),
) -> GroundReport:
    """What was read into the tables; a source that brings only some sorts says so, and the others are left as they are."""
    with transaction.atomic():
        stamp = Stamp(found.source, timezone.now(), timezone.localdate(), placed)
        counts, changes = _written(found, stamp, sorts)
        counts |= {DOORS: follow_map(found.source, found.bad), **_kept(found)} if sorts == tuple(Sort) else {}
        ended = _end_others(found, stamp, replaces)
        survey = Survey.objects.create(
            source=found.source, file_name=path.name, sha256=_sha256(path), as_of=found.as_of, area=area, at=stamp.now, who=viewer.name,
            counts=counts, faults=[_said(each) for each in found.bad[:FAULTS_KEPT]], changes=zlib.compress(orjson.dumps(changes)),
        )  # fmt: skip
        record(viewer, Happening("import", ENTITY, survey.pk, after={"file": path.name, "counts": counts, "ended": ended}))
    return GroundReport(survey.pk, counts, _labels(), tuple(found.bad), ended)


def _written(found: Brought, stamp: Stamp, sorts: tuple[Sort, ...]) -> tuple[Counts, list[Any]]:
    counts: Counts = {}
    changes: list[Any] = []
    for sort in sorts:
        apart = difference(sort, found.source, [each for each in found.things if each.sort is sort], found.outline)
        own = write(apart, stamp)
        changes += own
        counts[sort.value] = {"same": apart.same, **Counter(change.value for change, *_ in own)}
    return counts, changes


def _kept(found: Brought) -> Counts:
    """Each keeper gets the points that it wants, with the place round each."""
    places = smallest_places([(spot.lon, spot.lat) for spot in found.spots])
    spots = [Spot(each.source, each.ref, each.lon, each.lat, place, each.tags) for each, place in zip(found.spots, places, strict=True)]
    holds = _holds(found.outline)
    return {
        key: dict(keeper.keep(Arrived(found.source, [each for each in spots if keeper.wants(each.tags)], holds)))
        for key, keeper in catalogue.keepers.items()
    }


def _holds(outline: shapely.Geometry) -> Callable[[float, float], bool]:
    return lambda lon, lat: bool(shapely.contains_xy(outline, lon, lat))


def _end_others(found: Brought, stamp: Stamp, replaces: tuple[str, ...]) -> int:
    """Where a real map is, the drawn one ends, and so do the sources that it replaces: two sets of streets over each other show neither."""
    if not any(thing.sort is Sort.WAY for thing in found.things):
        return 0
    return sum(_end(table, found, stamp, (SKETCH, *replaces)) for table in TABLES.values())


def _end(table: type[Mapped], found: Brought, stamp: Stamp, sources: tuple[str, ...]) -> int:
    others = table.objects.filter(source__in=sources, valid_to__isnull=True).exclude(source=found.source)
    rows = list(others.values_list("pk", "geometry"))
    if not rows:
        return 0
    held = shapely.intersects(found.outline, decoded([geometry for _, geometry in rows])).tolist()
    ended = [pk for (pk, _), is_in in zip(rows, held, strict=True) if is_in]
    for start in range(0, len(ended), 5000):
        table.objects.filter(pk__in=ended[start : start + 5000]).update(valid_to=stamp.today, updated_at=stamp.now)
    return len(ended)


def changes_of(survey: int) -> Iterator[tuple[Change, Sort, str, str, str]]:
    """The change list of one import: what, sort, code, the source's number, name. Raises NotFound."""
    row = Survey.objects.filter(pk=survey).first()
    if row is None:
        raise NotFound(t("没有这次地图导入", "There is no such import of a map"), which=str(survey))
    for change, sort, code, ref, name in orjson.loads(zlib.decompress(bytes(row.changes))):
        yield Change(change), Sort(sort), code, ref, name


def _said(bad: Bad) -> list[Any]:
    return [bad.ref, bad.message.zh, bad.message.en, bad.is_mended]


def _labels() -> dict[str, Label]:
    own = {**{sort.value: SORT_LABELS[sort] for sort in TABLES}, DOORS: LEVEL_LABELS[Level.DOORWAY]}
    return {**own, **{key: keeper.label for key, keeper in catalogue.keepers.items()}}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
