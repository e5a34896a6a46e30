"""A process that writes readings into a journal until it is killed: `python -m tests.support.reading_writer SEED FOLDER`.

Some come late, some twice; no two that differ share a moment: which of them would count is the policy's matter, not this.
It prints the offset of each batch once it is on the disk.
"""

from __future__ import annotations

import random
import sys
import time
from collections import deque
from itertools import count
from pathlib import Path

KEYS, LATE_US = 30, 400_000
NUMBERS = count()


def main() -> None:
    """Until it is killed."""
    from hexi.core.sensing.columns import batch_of
    from hexi.core.sensing.journal.writing import Journal
    from hexi.kernel.reading import Reading

    chance, journal, before = random.Random(int(sys.argv[1])), Journal(Path(sys.argv[2]), segment_bytes=100_000), deque[Reading](maxlen=50)
    while True:
        now = time.time_ns() // 1000
        fresh = [
            Reading(f"device:{chance.randrange(KEYS)}", "beat", _unshared(now - chance.randrange(LATE_US)), float(chance.randrange(10)), now)
            for _ in range(chance.randint(1, 20))
        ]
        again = [one._replace(received=now) for one in before if chance.random() < 0.05 and now - one.moment < LATE_US]
        print(journal.append(batch_of(chance.sample(fresh + again, len(fresh + again)))), flush=True)
        before.extend(fresh)
        time.sleep(chance.random() / 50)


def _unshared(moment: int) -> int:
    """To the millisecond, then a number that comes again only when the readings of before are too old to meet."""
    return moment // 1000 * 1000 + next(NUMBERS) % 1000


if __name__ == "__main__":
    main()
