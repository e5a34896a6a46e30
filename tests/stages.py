"""All stages of `make test` and `make check`: two long ones at a time and the others beside them, each with its log, one closing line for all.

python -m tests.stages            everything
python -m tests.stages check      the static stages
python -m tests.stages NAME…      these stages
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.support.houses import HOUSES

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LONGEST_S = 1800
SHOWN_LINES = 120
AT_ONCE = 2


@dataclass(frozen=True)
class Stage:
    """One thing to run. `counts` says how its results are counted: pytest's or vitest's report, or the exit code as one test."""

    name: str
    words: tuple[str, ...]
    folder: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)
    counts: str = "exit"
    static: bool = False
    beside: bool = False
    """It is short, or waits most of its time for other processes: one after the other these run beside the long ones."""


@dataclass(frozen=True)
class Outcome:
    """What came of a stage."""

    stage: Stage
    passed: int
    failed: int
    seconds: float
    log: str


def _pytest(name: str, *words: str, beside: bool = False, **environment: str) -> Stage:
    command = (sys.executable, "-m", "pytest", "-q", "--junitxml={report}", *words)
    return Stage(name, command, environment=environment, counts="pytest", beside=beside)


FLOWS = ("tests/browser/test_desk.py", "tests/browser/test_wall.py", "tests/browser/phone")
RAY = "hexi/core/sensing/tests/test_ray.py"
"""Ray takes hold of the logging of the process that starts it: it has one of its own."""
WAITING = (
    "tests/docs/test_tutorial.py", "tests/architecture/test_new_scenario.py", "hexi/tools/tests/test_simulator.py",
    "hexi/core/sensing/tests/test_kills.py", "hexi/core/sensing/tests/test_broker.py", "hexi/core/sensing/tests/test_cluster.py",
    "hexi/core/sensing/tests/test_edge.py", "tests/architecture/test_every_account.py",
)  # fmt: skip
"""These start a copy of the house, a platform or a broker, and wait for it."""
NEARBY = "tests/browser/phone/test_nearby.py"
OTHERS = ("--ignore=tests/browser", "--ignore=tests/verifiers", "--ignore=tests/faults", *(f"--ignore={path}" for path in (RAY, *WAITING)))
STAGES = (
    _pytest("faults", "tests/faults", beside=True),
    _pytest("ray", RAY, beside=True),
    _pytest("waiting", *WAITING, beside=True),
    _pytest("python", "hexi", "tests", *OTHERS),
    _pytest("flows", *FLOWS, f"--ignore={NEARBY}"),
    _pytest("postgresql", "hexi", "tests", *OTHERS, HEXI_TEST_DATABASE="postgresql"),
    _pytest("pages", "tests/browser", *(f"--ignore={path}" for path in FLOWS)),
    Stage("web", ("npx", "vitest", "run", "--reporter=json", "--outputFile={report}"), folder=ROOT / "web", counts="vitest", beside=True),
    Stage("types", (str(BIN / "pyright"),), static=True, beside=True),
    _pytest("verifiers", "tests/verifiers", beside=True),
    Stage("sizes", ("npm", "run", "--silent", "size"), folder=ROOT / "web", beside=True),
    Stage("web-types", ("npm", "run", "--silent", "check"), folder=ROOT / "web", static=True, beside=True),
    Stage("ruff", (str(BIN / "ruff"), "check", "--quiet", "."), static=True, beside=True),
    Stage("floors", (str(BIN / "lint-imports"), "--no-cache"), static=True, beside=True),
    Stage("rules", (str(BIN / "hexi"), "check"), static=True, beside=True),
    _pytest("nearby", NEARBY, beside=True),
)
"""The longest first; two that use the browser begin with one that does not, and so do those beside them."""


def main(names: Sequence[str]) -> int:
    """Run the stages and tell. The exit code is 1 when anything failed."""
    wanted = [stage for stage in STAGES if not names or stage.name in names or (stage.static and "check" in names)]
    if unknown := set(names) - {stage.name for stage in STAGES} - {"check"}:
        print(f"No such stage: {sorted(unknown)}; there are {[stage.name for stage in STAGES]}")
        return 2
    outcomes: list[Outcome] = []
    apart = any(not stage.beside for stage in wanted)
    with tempfile.TemporaryDirectory(prefix="hexi-stages-") as scratch, ThreadPoolExecutor(AT_ONCE) as turns, ThreadPoolExecutor(1) as beside:
        for done in as_completed([(beside if apart and stage.beside else turns).submit(_run, stage, Path(scratch)) for stage in wanted]):
            outcomes.append(_told(done.result()))
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def _run(stage: Stage, scratch: Path) -> Outcome:
    report, log = scratch / f"{stage.name}.report", scratch / f"{stage.name}.log"
    words = [word.replace("{report}", str(report)) for word in stage.words]
    started = time.monotonic()
    with log.open("wb") as out:
        code = _code_of(words, stage, scratch, out)
    passed, failed = COUNTS[stage.counts](report, code)
    return Outcome(stage, passed, failed, time.monotonic() - started, log.read_text(errors="replace"))


def _code_of(words: list[str], stage: Stage, houses: Path, out: object) -> int:
    words[0] = shutil.which(words[0]) or words[0]
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}  # so that what one stage has compiled serves the next
    environment = {**os.environ, **compiled, "PYTHONWARNINGS": "default", HOUSES: str(houses), **stage.environment}
    process = subprocess.Popen(
        words, cwd=stage.folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
    )
    try:
        return process.wait(LONGEST_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        return process.wait(20) or 1


def _told(outcome: Outcome) -> Outcome:
    word = "failed" if outcome.failed else "ok"
    print(
        f"{outcome.stage.name:<12} {word:<7} {outcome.seconds:6.1f} s   {outcome.passed} of {outcome.passed + outcome.failed}", flush=True
    )
    if outcome.failed:
        print("\n".join(f"    {line}" for line in outcome.log.splitlines()[-SHOWN_LINES:]), flush=True)
    return outcome


def _by_exit(_report: Path, code: int) -> tuple[int, int]:
    return (0, 1) if code else (1, 0)


def _by_pytest(report: Path, code: int) -> tuple[int, int]:
    if not report.exists():
        return 0, 1
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    counts = [[int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")] for suite in suites]
    tests, failures, errors, skipped = (sum(column) for column in zip(*counts, strict=True))
    failed = failures + errors
    return tests - failed - skipped, failed or int(code != 0)


def _by_vitest(report: Path, code: int) -> tuple[int, int]:
    if not report.exists():
        return 0, 1
    found = json.loads(report.read_text())
    return found["numPassedTests"], found["numFailedTests"] or int(code != 0)


COUNTS = {"exit": _by_exit, "pytest": _by_pytest, "vitest": _by_vitest}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
