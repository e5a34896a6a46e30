"""Sums to the last decimal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import DecimalField, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from hexi.core.data.sums import ExactSum
from hexi.core.space.models import Place

pytestmark = pytest.mark.django_db
KG = DecimalField(max_digits=12, decimal_places=3)


def test_many_decimals_add_up_to_the_gram() -> None:
    Place.objects.bulk_create(Place(code=f"9{n:011d}", level="grid", name=str(n), updated_at=timezone.now()) for n in range(4000))
    each = Cast(Value("2.307"), KG)
    rows = Place.objects.filter(code__startswith="9").annotate(kg=each)
    assert rows.aggregate(whole=ExactSum("kg"), part=ExactSum("kg", filter=Q(code__lt="900000001000"))) == {
        "whole": Decimal("9228.000"),
        "part": Decimal("2307.000"),
    }
    assert rows.none().aggregate(whole=ExactSum("kg"))["whole"] is None
