"""A process that writes events until it is killed: `python -m tests.support.log_writers SEED`. It prints each number that was committed."""

from __future__ import annotations

import random
import sys
import time

from hexi.site.opening import open_rooms


class _Undone(Exception):
    pass


def main() -> None:
    """Some transactions are undone, some take their time, some write many events."""
    open_rooms()
    chance = random.Random(int(sys.argv[1]))
    while True:
        try:
            numbers = _written(chance)
        except _Undone:
            continue
        print(*numbers, sep="\n", flush=True)


def _written(chance: random.Random) -> list[int]:
    from django.db import connection, transaction

    from hexi.core.trust.api import PLATFORM, Happening, record

    with transaction.atomic():
        numbers = record(PLATFORM, *[Happening("revise", "works.task", 1, silent=True)] * chance.choice((1, 1, 3, 60)))
        if connection.vendor == "postgresql" or chance.random() < 0.05:
            time.sleep(chance.random() / 50)
        if chance.random() < 0.2:
            raise _Undone
    return numbers


if __name__ == "__main__":
    main()
