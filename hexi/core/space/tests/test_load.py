import pytest
from django.conf import LazySettings

from hexi.core.space import generate
from hexi.core.space.api import Loaded, Origin, load_district, place_by_code
from hexi.core.space.generator.district import Drawn
from hexi.core.space.models import Ground, Place, PlaceAlias
from hexi.core.space.tests.conftest import FACTS
from hexi.core.trust.api import history
from hexi.kernel.label import Label, t

pytestmark = pytest.mark.django_db


def test_the_district_is_loaded_once(drawn: Drawn, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.DISTRICT = FACTS
    small = Drawn(drawn.tables[:4], drawn.ground[:200])
    monkeypatch.setattr(generate, "draw", lambda facts, seed: small)
    said: list[Label] = []
    loaded = load_district(said.append)
    assert loaded.places == Place.objects.count() == 1665
    assert loaded.aliases == PlaceAlias.objects.count() >= 8
    assert loaded.ground == Ground.objects.count() == 200
    assert said[0] == t("画出 1,665 个地点", "1,665 places drawn") and len(said) == 2
    assert history("space.place", 0)[0].after["places"] == loaded.places

    assert load_district(said.append) == Loaded(0, 0, 0, 0)
    assert Place.objects.count() == loaded.places

    street, grid = place_by_code("120103008"), place_by_code("12010300800101")
    assert (street.origin, street.is_generated) == (Origin.FACT, True)
    assert (grid.origin, grid.is_generated) == (Origin.GENERATED, True)

    assert load_district(force=True).places == loaded.places == Place.objects.count()
