"""What the worker remembers between two starts: when each job last ran, and how far it has read the notices."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    """`position` is the last notice that was read, None before the first start."""

    position: int | None = None
    last: Mapping[str, datetime] = field(default_factory=dict[str, datetime])


def remembered(file: Path) -> Remembered:
    """What was kept; nothing when there is no file or it cannot be read: jobs bear being run again."""
    try:
        told: dict[str, Any] = json.loads(file.read_text())
        return Remembered(int(told["position"]), {key: datetime.fromisoformat(at) for key, at in told["last"].items()})
    except FileNotFoundError:
        return Remembered()
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("%s cannot be read: every job runs once more", file)
        return Remembered()


def remember(file: Path, position: int, last: Mapping[str, datetime]) -> None:
    """Keep it in one move: a crash leaves the old state or the new one."""
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    scratch.write_text(json.dumps({"position": position, "last": {key: at.isoformat() for key, at in last.items()}}, indent=1))
    scratch.replace(file)
