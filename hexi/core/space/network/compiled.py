"""The compiler of the kernels, and where it keeps machine code.

Importing numba takes half a second and 90 MB: import what needs it where it is used, so that other processes go without.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
import numba.core.config

HERE = Path(__file__).parent
Function = TypeVar("Function", bound=Callable[..., Any])


def folder_for_code(source: Path = HERE) -> str:
    """Empty for numba's own choice, beside the source, which every process and every run of the tests finds; a folder in HEXI_VAR
    where the source cannot be written to."""
    if os.environ.get("NUMBA_CACHE_DIR") or os.access(source, os.W_OK):
        return ""
    return str(Path(os.environ.get("HEXI_VAR", HERE.parents[3] / "var")) / "compiled")


if _folder := folder_for_code():
    numba.core.config.CACHE_DIR = _folder


def kernel(function: Function) -> Function:
    """The function as machine code, compiled at its first call and kept; other threads run meanwhile."""
    return numba.njit(cache=True, nogil=True)(function)
