"""Invented residents for the reference district, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hexi.kit import Progress, doorway_codes, insert_sample, sample_size, t

SEED = 20251031
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = ("示例", "样例", "虚拟")
AGES = ((0, 14, 11.0), (15, 59, 55.0), (60, 79, 26.0), (80, 99, 8.0))  # ours: shaped like an old inner district, not a statistic


def load(progress: Progress) -> None:
    """Fill an empty register with `sample_size` residents."""
    from hexi.scenarios.population.scenario import Resident

    added = insert_sample(Resident, residents(sample_size(default=20_000), doorway_codes(), datetime.now(ZoneInfo("Asia/Shanghai")).date()))
    progress(t(f"{added:,} 名虚构居民", f"{added:,} invented residents"))


def residents(number: int, doorways: list[str], today: date) -> Iterator[dict[str, Any]]:
    """That many people, spread over the doorways; ages and confirmations as seen from `today`."""
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    weights = [weight for *_, weight in AGES]
    for index in range(number):
        low, high, _ = rng.choices(AGES, weights)[0]
        age = rng.randint(low, high)
        born = today - timedelta(days=age * 365 + rng.randint(0, 364))
        yield {
            "name": f"{rng.choice(FAMILY)}{rng.choice(GIVEN)}{index + 1:06d}",
            "sex": rng.choice(("female", "male")),
            "born_on": born,
            "identity_number": f"示例{born:%Y%m%d}{index + 1:07d}",
            "phone": f"000{index + 1:08d}",
            "home": rng.choice(doorways),
            "residence": rng.choices(("registered", "settled", "passing"), (78, 17, 5))[0],
            "lives_alone": age >= 18 and rng.random() < (0.22 if age >= 80 else 0.09),
            "confirmed_on": None if rng.random() < 0.05 else today - timedelta(days=int(rng.expovariate(1 / 170))),
        }
