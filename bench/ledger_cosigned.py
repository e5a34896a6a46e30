"""A cosigned proof in hand: from the answer to an action until its proof file, with the quorum's signature in it, is downloaded.

The platform's own processes, its sequencer, and one `hexi witness` on loopback. A part of `bench.ledger`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.house import database, free_port, installation, running, share, verdict
from hexi.kernel.tlog.merkle import SHA256
from hexi.kernel.tlog.policy import Policy, policy_in
from hexi.kernel.tlog.proof import proof_in
from hexi.kernel.tlog.signing import ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE, new_secret, signer
from tests.support.caller import Caller

ACTIONS, PATIENCE_S, LOOK_S, APART_S = 100, 20.0, 0.02, 0.13
RESIDENT, PLACE = "population.resident", "120103008001"
WITNESS, BAR_S = "bench.invalid/w", 2.0


def in_hand() -> bool:
    """100 actions, one after the other, at no fixed distance from the sequencer's turns."""
    with database(postgresql=False), installation(HEXI_DEMO="1") as var, witness(var) as policy, running("web") as plan, sequencer():
        session, rows = _people()
        caller = Caller(plan.port, session)
        _held(caller, plan.port, rows[0], policy)  # warm, and the first checkpoint of all
        waits = list[float]()
        for row in rows[1:]:
            time.sleep(APART_S)
            waits.append(_held(caller, plan.port, row, policy))
    print(f"    cosigned proof in hand after {share(waits, 0.5):.2f} s (median), {share(waits, 0.99):.2f} s (p99), {len(waits)} actions")
    return verdict("acknowledged action to downloaded, cosigned proof, p99", share(waits, 0.99), "s", BAR_S, at_most=True)


@contextmanager
def witness(var: Path) -> Iterator[Policy]:
    """One witness that is asked by the log of this installation, as its quorum; the policy of somebody who trusts both."""
    from hexi.core.trust.api import make_keys

    log_lines = "".join(f"log {line}\n" for line in make_keys("bench.invalid/ledger").lines if "/gm+" not in line)
    secrets = [new_secret(kind, WITNESS) for kind in (ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE)]
    port, files = free_port(), {name: var / f"witness.{name}" for name in ("keys", "logs", "store")}
    files["keys"].write_text("".join(f"{line}\n" for line in secrets))
    files["logs"].write_text(f"{log_lines}quorum none\n")
    asked = f"witness one {signer(secrets[0]).verifier.line} http://127.0.0.1:{port}\nquorum one\n"
    (var / "ledger" / "policy").write_text(asked)
    words = ["witness", *(word for name, file in files.items() for word in (f"--{name}", str(file))), "--port", str(port)]
    process = subprocess.Popen([sys.executable, "-m", "hexi.tools.command", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield policy_in(f"{log_lines}{asked}".encode())
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def sequencer() -> Iterator[None]:
    """The one writer of the log."""
    process = subprocess.Popen([sys.executable, "-m", "hexi.site.sequencer"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _people() -> tuple[str, list[int]]:
    """A steward's session, and one resident for each action: a history that grows would be measured, too."""
    from bench.registers import session
    from hexi.core.data.api import registers

    model = registers()[RESIDENT].model
    rows = [model.objects.create(name="示例", sex="female", home=PLACE, residence="settled") for _ in range(ACTIONS + 1)]
    return session("data_steward"), [row.pk for row in rows]


def _held(caller: Caller, port: int, number: int, policy: Policy) -> float:
    """Seconds from the answer to a revision until its proof is here, and holds."""
    record = f"/api/records/{RESIDENT}/{number}"
    status, said = caller.call("PATCH", record, {"values": {"confirmed_on": "2026-11-01"}, "version": 1, "why": "示例·核实"})
    assert status == 200, said
    answered = time.monotonic()
    while (event := caller.get(f"{record}/history")["rows"][0])["log"]["state"] != "cosigned":
        if time.monotonic() - answered > PATIENCE_S:
            raise SystemExit(f"event {event['id']} was not cosigned within {PATIENCE_S:.0f} s")
        time.sleep(LOOK_S)
    proof = proof_in(_downloaded(caller, port, f"{record}/history/{event['id']}/proof"))
    waited = time.monotonic() - answered
    assert proof.extra is not None
    proof.check(SHA256.leaf(proof.extra), policy)  # raises unless the quorum signed a checkpoint with this entry in it
    return waited


def _downloaded(caller: Caller, port: int, path: str) -> bytes:
    """A file as it is: the caller reads JSON only."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Host": f"localhost:{port}", "Cookie": f"hexi_session={caller.session}"})
        answer = connection.getresponse()
        content = answer.read()
    assert answer.status == 200, (answer.status, content[:200])
    return content
