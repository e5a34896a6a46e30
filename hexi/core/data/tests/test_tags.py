"""Tags: what is printed for the thing of a record, and who may print it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import t
from hexi.kernel.outside import Face, Fact, Tag

pytestmark = pytest.mark.django_db
