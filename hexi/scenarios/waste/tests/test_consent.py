"""What signatures seal: it changes, or falls, only when everybody who signed consents."""

from __future__ import annotations

import pytest

from hexi.scenarios.waste.models_manifest import Manifest, Revision, Signature
from hexi.scenarios.waste.sealing import chain_faults
from hexi.scenarios.waste.tests.conftest import Town, do, fine, held, lot, on_the_road, refused, there

pytestmark = pytest.mark.django_db


def test_a_sealed_field_changes_only_when_all_who_signed_consent(town: Town) -> None:
    row = there(town, lot(town))
    fine(do(town.people["plant"], row, "accept", received_kg="90"))
    fine(do(town.people["plant"], row, "ask_revision", why="磅单看错", kind="correct", item="received_kg", should_be="99"))
    asked = Revision.objects.get()
    assert row.received_kg == 90
    assert "只有签署过" in refused(do(town.people["plant"], asked, "consent"))
    fine(do(town.people["maker"], asked, "consent"))
    row.refresh_from_db()
    assert (asked.stage, row.received_kg) == ("open", 90)
    assert (asked.consented, asked.awaited) == ("示例maker、示例plant", "示例truck")
    fine(do(town.people["truck"], asked, "consent"))
    row.refresh_from_db()
    assert (asked.stage, row.received_kg, row.held_kg, held("gap")) == ("agreed", 99, 99, 1)
    assert chain_faults(row) == []


def test_a_field_set_right_and_back_and_right_again_was_consented_to_each_time(town: Town) -> None:
    row = there(town, lot(town))
    for plate in ("津A00009", "津A00001", "津A00005"):
        fine(do(town.people["truck"], row, "ask_revision", why="车牌写错", kind="correct", item="plate", should_be=plate))
        fine(do(town.people["maker"], Revision.objects.latest("pk"), "consent"))
        row.refresh_from_db()
        assert (row.plate, chain_faults(row)) == (plate, [])
    Manifest.objects.filter(pk=row.pk).update(plate="津A00009")
    assert chain_faults(Manifest.objects.get(pk=row.pk)), "agreed to once is not agreed to for ever"


def test_consent_to_a_change_of_one_vehicle_does_not_change_the_next(town: Town) -> None:
    row = on_the_road(town, lot(town))
    fine(do(town.people["truck"], row, "ask_revision", why="车牌写错", kind="correct", item="plate", should_be="津A00009"))
    Manifest.objects.filter(pk=row.pk).update(plate="津C00003")  # as a handover does
    said = refused(do(town.people["maker"], asked := Revision.objects.get(), "consent"))
    assert "已重新签署" in said
    asked.refresh_from_db(), row.refresh_from_db()
    assert (asked.stage, row.plate) == ("open", "津C00003")


def test_one_objection_leaves_everything_as_it_was(town: Town) -> None:
    row = there(town, lot(town))
    fine(do(town.people["truck"], row, "ask_revision", why="车牌写错", kind="correct", item="plate", should_be="津A00009"))
    fine(do(town.people["maker"], asked := Revision.objects.get(), "object_to", why="车牌无误"))
    row.refresh_from_db()
    assert (asked.stage, row.plate) == ("refused", "津A00001")


def test_a_cancellation_needs_everybody_and_puts_the_mass_back(town: Town) -> None:
    one = lot(town)
    row = on_the_road(town, one)
    fine(do(town.people["maker"], row, "ask_revision", why="误发", kind="cancel"))
    fine(do(town.people["truck"], Revision.objects.get(), "consent"))
    row.refresh_from_db(), one.refresh_from_db()
    assert (row.state, one.left_kg, held("road", row.pk)) == ("cancelled", 100, 0)
    done = there(town, one)
    fine(do(town.people["plant"], done, "accept", received_kg="100"))
    assert "不能作废" in refused(do(town.people["plant"], done, "ask_revision", why="误发", kind="cancel"))


def test_whoever_edits_a_row_behind_the_platforms_back_is_found(town: Town) -> None:
    row = there(town, lot(town))
    Manifest.objects.filter(pk=row.pk).update(plate="津A66666")
    assert "plate" in chain_faults(Manifest.objects.get(pk=row.pk))[0]
    Manifest.objects.filter(pk=row.pk).update(plate="津A00001")
    one = row.signatures.get(seq=2)
    Signature.objects.filter(pk=one.pk).update(document={**one.document, "plate": "津A66666"})
    assert any("content was changed" in fault for fault in chain_faults(Manifest.objects.get(pk=row.pk)))
