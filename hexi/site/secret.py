"""The signing key: from the environment, else one of this installation's own, made once and kept readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from hexi.kernel.disk import made_once


def secret_key(var: Path) -> str:
    """The key. The same for every process of one installation."""
    if given := os.environ.get("HEXI_SECRET_KEY"):
        return given
    path = var / "secret_key"
    if not path.exists():
        made_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()
