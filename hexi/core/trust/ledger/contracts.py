"""What verification finds: records that may leave the log's folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was logged. `event` is its number, `entry` its place in the log; `at` is when it happened, by its row."""

    what: Label
    entity: str = ""
    object_id: int = 0
    field: str = ""
    event: int | None = None
    entry: int | None = None
    at: datetime | None = None

    @property
    def words(self) -> Label:
        """One line for people."""
        record = f"{self.entity} {self.object_id} {self.field}".strip() if self.entity else ""
        rest = [f"event {self.event}" if self.event is not None else "", f"entry {self.entry}" if self.entry is not None else ""]
        tail = " · ".join(part for part in (record, *rest, f"{self.at:%Y-%m-%d %H:%M:%S %Z}" if self.at else "") if part)
        return Label(f"{self.what.zh}：{tail}", f"{self.what.en}: {tail}")
