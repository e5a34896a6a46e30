"""Others at the same task, each in an environment of its own that this run makes: pandana for speed, NetworkX for truth."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.house import SCRATCH
from bench.space_roads import WALKED
from hexi.core.space.network.reach import Question
from hexi.core.space.network.streets import Floats, Ints, Streets

PEERS = Path(__file__).with_name("peers")
LONGEST_S = 3600


def by_peer(script: str, packages: Sequence[str], data: dict[str, Any], *arguments: str) -> Any:
    """What a peer's script says about the data, None (and the reason in print) where it cannot be installed or fails."""
    with tempfile.TemporaryDirectory(prefix="hexi-peer-", dir=SCRATCH) as folder:
        python, file = Path(folder) / "bin" / "python", Path(folder) / "task.npz"
        np.savez(file, **data)
        steps = (
            [sys.executable, "-m", "venv", folder],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
            [str(python), str(PEERS / f"{script}.py"), str(file), *arguments],
        )
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False, timeout=LONGEST_S)
            if done.returncode:
                print(f"  {script} is left out: {' '.join(step[1:5])} … failed: {done.stderr.strip()[-300:]}")
                return None
        return json.loads(done.stdout.strip().splitlines()[-1])


def pandana_seconds(streets: Streets, shops: tuple[Floats, Floats], kind: Ints, question: Question) -> dict[str, float] | None:
    """Processor seconds of pandana's steps for the same table of counts and nearest outlets."""
    network = {name: getattr(streets, name) for name in ("x", "y", "u", "v", "metres")}
    points = {"outlet_x": shops[0], "outlet_y": shops[1], "kind": kind, "kinds": int(kind.max()) + 1, "limits": question.limits_m}
    return by_peer("pandana_reach", ["pandana==0.8"], network | points)


def nearest_by_networkx(extract: Path, origins: Floats, shops: Floats, kind: Ints, limits: dict[str, float]) -> Floats | None:
    """Metres from each origin to the nearest outlet of each kind, infinite for none; points in WGS-84 degrees.

    `limits`: `horizon` of the search and the street that an `island` has less of, in metres.
    """
    data = {"origins": origins, "outlets": shops, "kind": kind, "kinds": int(kind.max()) + 1} | limits
    said = by_peer("networkx_walks", ["networkx", "numpy", "osmium"], data | {"classes": sorted(WALKED)}, str(extract))
    if said is None:
        return None
    return np.array([[np.inf if metres is None else metres for metres in row] for row in said])
