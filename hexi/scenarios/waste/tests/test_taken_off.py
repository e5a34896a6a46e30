"""A load taken off a draft again: the row goes, its history stays."""

from __future__ import annotations

import pytest

from hexi.core.trust.api import history, rows_against_leaves
from hexi.scenarios.waste.models_manifest import Load
from hexi.scenarios.waste.tests.conftest import Town, do, draft, fine, lot

pytestmark = pytest.mark.django_db


def test_a_load_that_is_taken_off_again_goes_by_an_event_that_keeps_it(town: Town) -> None:
    row = draft(town)
    fine(do(town.people["maker"], row, "load", lot=lot(town, kg="10").pk, kg="6"))
    load = Load.objects.get(manifest=row)
    fine(do(town.people["maker"], row, "unload", load=load.pk))
    assert not Load.objects.exists()
    (told, _) = history("waste.load", load.pk)
    assert (told.action, told.before["kg"], dict(told.after)) == ("unload", 6, {})
    assert not [fault for fault in rows_against_leaves() if fault.entity == "waste.load"]
