"""What has to be on the disk, and what is made once for all processes of an installation."""

from __future__ import annotations

import os
from pathlib import Path


def synced(path: Path) -> None:
    """What was written into this file, or the names in this folder, are on the disk when this returns."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def made_once(path: Path, content: str) -> None:
    """The file with this content, readable by its owner only, unless another process was first: then its content counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    scratch.touch(mode=0o600)
    scratch.write_text(content)
    try:
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        scratch.unlink()


def replaced(path: Path, content: str) -> None:
    """The file has this content from one moment to the next, readable by its owner only."""
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    scratch.touch(mode=0o600)
    scratch.write_text(content)
    scratch.replace(path)
