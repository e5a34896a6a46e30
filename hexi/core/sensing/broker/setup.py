"""How the broker is set up: its addresses, its folder, and the secrets that it shares with the intake."""

from __future__ import annotations

import json
import secrets
import shutil
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from hexi.core.sensing.broker.nkeys import public_name
from hexi.core.sensing.broker.nodes import HERE, LOOPBACK, copies, nodes, own_node, tls
from hexi.kernel.disk import made_once
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

ACCOUNT, SYSTEM, LOG = "HEXI", "SYS", "broker.log"
SUBJECT = "hexi.readings"
STRICT, USUAL = "always", "200ms"


@dataclass(frozen=True, slots=True)
class Shared:
    """What only broker and intake know: two passwords and the key that lets devices in."""

    intake: str
    system: str
    seed: bytes

    @property
    def route(self) -> str:
        """The password among nodes."""
        return sha256(self.seed + b"route").hexdigest()

    @property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def program() -> str | None:
    """The broker's program: beside our Python, or on the path; None where there is none."""
    beside = Path(sys.executable).with_name("nats-server")
    return str(beside) if beside.exists() else shutil.which("nats-server")


def shared() -> Shared:
    """This installation's, made once and readable by its owner only."""
    path = Path(settings.BROKER) / "shared.json"
    if not path.exists():
        made_once(path, _fresh())
    said = json.loads(path.read_text())
    return Shared(said["intake"], said["system"], bytes.fromhex(said["seed"]))


def _fresh() -> str:
    return json.dumps({"intake": secrets.token_urlsafe(32), "system": secrets.token_urlsafe(32), "seed": secrets.token_bytes(32).hex()})


def written() -> Path:
    """Write the broker's configuration and return its file. Raises Unavailable for MQTT beyond this machine without a certificate."""
    path = Path(settings.BROKER) / "nats.conf"
    content = _configuration(shared())
    path.touch(mode=0o600)
    path.write_text(content)
    return path


def _configuration(known: Shared) -> str:
    sync = STRICT if settings.BROKER_STRICT else USUAL
    store = json.dumps(str(Path(settings.BROKER) / "store"))
    return f"""# Written at every start by hexi.core.sensing.broker: changes here are lost.
server_name: "{_name()}"
listen: "{own_node()}:{settings.BROKER_PORT}"
{tls("handshake_first: true")}
{_cluster(known)}
max_payload: 1MB
logfile: {json.dumps(str(Path(settings.BROKER) / LOG))}
logfile_size_limit: 16MB
logfile_max_num: 4
max_connections: 65536
jetstream {{ store_dir: {store}, max_file_store: {settings.BROKER_STORE}, sync_interval: "{sync}" }}
mqtt {{ listen: "{settings.MQTT_BIND}:{settings.MQTT_PORT}", max_ack_pending: 4096, stream_replicas: {copies()}{_tls()} }}
accounts {{
  {ACCOUNT} {{ jetstream: enabled, users: [ {{ user: intake, password: "{known.intake}" }} ] }}
  {SYSTEM} {{ users: [ {{ user: system, password: "{known.system}" }} ] }}
}}
system_account: {SYSTEM}
authorization {{
  timeout: 5
  auth_callout {{ issuer: {public_name(known.key)}, account: {ACCOUNT}, auth_users: [ intake, system ] }}
}}
"""


def _name() -> str:
    return "hexi" if own_node() == HERE and len(nodes()) == 1 else f"hexi-{own_node()}"


def _cluster(known: Shared) -> str:
    """How the nodes find each other."""
    if len(nodes()) == 1:
        return ""
    routes = ", ".join(f'"nats://route:{known.route}@{node}:{settings.NATS_ROUTES_PORT}"' for node in nodes())
    return f"""cluster {{
  name: hexi
  listen: "{own_node()}:{settings.NATS_ROUTES_PORT}"
  authorization {{ user: route, password: "{known.route}", timeout: 5 }}
  routes: [ {routes} ]
  {tls()}
}}"""


def _tls() -> str:
    certificate, key = settings.MQTT_CERTIFICATE, settings.MQTT_KEY
    if certificate and key:
        return f", tls {{ cert_file: {json.dumps(certificate)}, key_file: {json.dumps(key)} }}"
    if settings.MQTT_BIND.startswith(LOOPBACK):
        return ""
    raise Unavailable(
        t("MQTT 要对外开放，却没有证书", "MQTT is to be open beyond this machine and has no certificate"), which=settings.MQTT_BIND,
        do=t("请设置 HEXI_MQTT_CERTIFICATE 和 HEXI_MQTT_KEY，或让 HEXI_MQTT_BIND 只监听本机",
             "Set HEXI_MQTT_CERTIFICATE and HEXI_MQTT_KEY, or let HEXI_MQTT_BIND be 127.0.0.1"),
    )  # fmt: skip
