"""Who wrote to another device's subject. MQTT 3.1.1 cannot say no to one message: the broker drops it, answers, and writes a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

LINE = re.compile(rb'"([A-Za-z0-9]{1,40})(?:-[^"]*)?" - Publish Violation - Subject "([^"]{1,300})"')
AT_ONCE = 1024 * 1024


class Violations:
    """Reads what the broker's log says since it was last looked at."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.position = log.stat().st_size if log.exists() else 0

    def new(self) -> Iterator[tuple[str, str]]:
        """The client id's device and the topic that it wrote to."""
        if not self.log.exists():
            return
        if self.log.stat().st_size < self.position:
            self.position = 0  # the broker began a new file
        with self.log.open("rb") as file:
            file.seek(self.position)
            content = file.read(AT_ONCE)
        whole = content.rfind(b"\n") + 1
        self.position += whole
        for code, subject in LINE.findall(content[:whole]):
            yield code.decode(), subject.decode("utf-8", "replace").replace(".", "/")
