"""The signing key: from the environment, else one of this installation's own, made once and kept readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    """The key. The same for every process of one installation."""
    if given := os.environ.get("HEXI_SECRET_KEY"):
        return given
    path = var / "secret_key"
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    scratch.touch(mode=0o600)
    scratch.write_text(secrets.token_urlsafe(48))
    try:
        os.link(scratch, path)  # fails when another process was first: then its key counts
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
