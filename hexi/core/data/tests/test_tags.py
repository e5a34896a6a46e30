"""Tags: what is printed for the thing of a record, and who may print it."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
