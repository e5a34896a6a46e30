"""Sets of meshes at the desk and on maps: one predicate, one set of a name, gone with its files when it is removed."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from hexi.core.data.api import Brought, Mesh, import_meshes
from hexi.core.data.tests.conftest import STREET, Person, do
from hexi.core.data.tests.test_webhooks import People, administrator
from hexi.core.space.api import Datum
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.meshes.tests.making import made, mapped, written
from hexi.core.trust.models import Event
from hexi.kernel.errors import HexiError, Invalid
from hexi.tools.command import main

__all__ = ["administrator"]
pytestmark = pytest.mark.django_db
NAME = "示例·天塔周边"


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.MESHES = tmp_path / "kept"
    return settings.MESHES


def brought(name: str = NAME, *, public: bool = False) -> Brought:
    return Brought(name, "示例测绘院", Datum.WGS84, public=public)


def given(folder: Path, height_m: float = 12.5) -> Path:
    return written(made(height_m=height_m), folder / f"given-{height_m}")


def rows(who: Client) -> list[dict[str, Any]]:
    return who.get("/api/data/data.meshes").json()["rows"]


def status(who: Client, mark: str, name: str = "tileset.json") -> int:
    answer = who.get(f"/api/meshes/{mark}/{name}")
    if answer.streaming:
        list(answer.streaming_content)  # which closes the file
    return answer.status_code


def test_staff_see_the_meshes_and_the_public_only_those_that_are_public(client: Client, person: People, tmp_path: Path) -> None:
    row, worker = import_meshes(given(tmp_path), brought()), person("community_worker", STREET)
    (seen,) = rows(worker.client)
    assert (seen["name"], seen["mark"], seen["origin"], seen["ground_m"]) == (NAME, row.mark, "示例测绘院", 0)
    assert seen["box"] == pytest.approx([117.2, 39.0, 117.2003, 39.0003])
    assert rows(client) == []
    assert (status(worker.client, row.mark), status(client, row.mark)) == (200, 404)
    assert do(person("administrator"), row, "share", "核对", public=True).status_code == 200
    assert [each["mark"] for each in rows(client)] == [row.mark]
    assert status(client, row.mark) == 200


def test_a_file_is_sent_packed_for_good_and_by_its_type(client: Client, tmp_path: Path) -> None:
    row = import_meshes(given(tmp_path), brought(public=True))
    answer = client.get(f"/api/meshes/{row.mark}/a.glb")
    assert gzip.decompress(b"".join(answer.streaming_content)) == made()["a.glb"]
    assert (answer["Content-Type"], answer["Content-Encoding"]) == ("model/gltf-binary", "gzip")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    for wrong in ("../about.json", "..%2fabout.json", "b.glb"):
        assert status(client, row.mark, wrong) == 404


def test_a_new_set_of_the_same_name_takes_the_place_of_the_old_one(
    administrator: Person, kept: Path, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = import_meshes(given(tmp_path), brought())
    with django_capture_on_commit_callbacks(execute=True):
        new = import_meshes(given(tmp_path, 20.0), brought())
    old.refresh_from_db()
    assert (old.state, [each["mark"] for each in rows(administrator.client)]) == ("replaced", [new.mark])
    assert [path.name for path in kept.iterdir()] == [new.mark]


def test_removing_a_set_takes_a_reason_and_its_files_and_it_can_come_again(
    administrator: Person, person: People, kept: Path, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row, mark = import_meshes(given(tmp_path), brought()), next(kept.iterdir()).name
    assert do(person("grid_worker", STREET), row, "remove", "核对").status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert do(administrator, row, "remove", "核对").status_code == 200
    assert (rows(administrator.client), list(kept.iterdir()), status(administrator.client, mark)) == ([], [], 404)
    assert import_meshes(given(tmp_path), brought()).mark == mark


def test_a_set_that_can_not_be_entered_leaves_no_files(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        import_meshes(given(tmp_path), brought(" "))
    import_meshes(given(tmp_path), brought())
    with pytest.raises(HexiError):
        import_meshes(given(tmp_path), brought("示例·另一套"))
    assert len(list(kept.iterdir())) == Mesh.objects.count() == 1


def test_the_command_says_what_came_in_and_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.MAPS = tmp_path / "maps"
    asked = ["--name", NAME, "--origin", "示例测绘院", "--ground", "-40"]
    assert main(["import", "meshes", str(given(tmp_path)), *asked]) == 1
    assert "wgs84" in capsys.readouterr().err
    assert main(["import", "meshes", str(given(tmp_path)), "--datum", "wgs84", *asked]) == 0
    said = capsys.readouterr()
    assert NAME in said.out and "--ground" in said.err


def test_after_another_map_the_register_says_what_a_set_shows_and_the_command_tells_the_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.MAPS = tmp_path / "maps"
    row = import_meshes(given(tmp_path), brought())
    Footprint.objects.bulk_create([mapped("b-1")])
    other = ["--name", "示例·另一套", "--origin", "示例测绘院", "--datum", "wgs84"]
    assert main(["import", "meshes", str(given(tmp_path, 20.0)), *other]) == 0  # every import ends by drawing the map
    row.refresh_from_db()
    assert (row.houses, row.version) == (1, 2)
    assert f"{NAME}”：现涉及建筑 1 栋\n  新增 1：b-1\n" in capsys.readouterr().out
    (told,) = Event.objects.filter(entity="data.mesh", action="match_meshes")
    assert (told.object_id, told.after["houses"], told.after["new"]) == (row.pk, 1, 1)
