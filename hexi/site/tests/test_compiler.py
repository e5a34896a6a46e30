"""The compiler of the walking network costs half a second and 90 MB: one process has it, and web processes never."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parents[2]
IMPORT = re.compile(r"^([ \t]*)(?:from ([\w.]+) import \(?([^\n#)]*)|import ([\w.]+))", re.MULTILINE)
WHERE_IT_IS_KEPT = {
    "hexi.core.space.walks.asking": "the process `walks` itself, and tests that have none",
    "hexi.scenarios.life_circle.walked": "answers that run in `walks`",
}  # fmt: skip


def test_the_web_application_starts_without_the_compiler(tmp_path: Path) -> None:
    code = "import sys, hexi.site.wsgi; sys.exit('numba' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env={**os.environ, "HEXI_VAR": str(tmp_path)})
    assert said.returncode == 0, said.stderr.decode()


def test_no_function_loads_it_later_but_those_that_run_where_the_network_is_kept() -> None:
    modules = {_name(path): list(_imports(path)) for path in HERE.rglob("*.py") if "tests" not in path.parts}
    heavy = {"numba"}
    while more := {name for name, found in modules.items() if name not in heavy and any(one in heavy for late, one in found if not late)}:
        heavy |= more
    late = {name for name, found in modules.items() if name not in heavy and any(one in heavy for is_late, one in found if is_late)}
    assert "hexi.kit.walking" in heavy
    assert late <= set(WHERE_IT_IS_KEPT), f"These load the compiler in whatever process comes by: {sorted(late - set(WHERE_IT_IS_KEPT))}"


def _name(path: Path) -> str:
    return ".".join(path.relative_to(HERE.parent).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> Iterator[tuple[bool, str]]:
    """Whether it is inside of something, and what is imported: the module, and each name as a module of it."""
    for indent, package, names, module in IMPORT.findall(path.read_text(encoding="utf-8")):
        yield bool(indent), package or module
        yield from ((bool(indent), f"{package}.{name.split()[0]}") for name in names.split(",") if name.strip())
