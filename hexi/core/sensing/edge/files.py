"""The files of an edge broker, out of the register: who may connect, who may write where, and the bridge to the platform.

Mosquitto keeps each device to its own subject by the pattern `%u`, its user name; our broker lets the gateway write for the devices that
the register puts behind it and for no other. So a device is itself also behind a bridge; an edge that was taken over speaks for its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hexi.core.sensing.devices.acts import exchange
from hexi.core.sensing.devices.keys import digest
from hexi.core.sensing.devices.models import Device
from hexi.kernel.disk import replaced
from hexi.kernel.errors import Invalid, NotFound, Problem, Unavailable
from hexi.kernel.label import t

LOOPBACK = ("127.", "localhost", "::1", "[::1]")
ACL = """# Written by `hexi edge`. A device writes to its own subject and reads nothing.
pattern write hexi/readings/%u
pattern write hexi/readings/%u/+
"""


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port."""

    host: str
    port: int

    @staticmethod
    def of(text: str, field: str) -> Address:
        """Written host:port. Raises Invalid."""
        host, _, port = text.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
            raise Invalid([Problem(field, t("应写作 主机:端口", "written as host:port"), value=text)])
        return Address(host, int(port))

    @property
    def here(self) -> bool:
        """On this machine only?"""
        return self.host.startswith(LOOPBACK)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where the edge broker listens and where the platform's broker is; certificates where either is beyond the machine itself."""

    listen: Address
    platform: Address
    certificate: str = ""
    key: str = ""
    authority: str = ""


def gateway_of(code: str) -> Device:
    """The gateway of that name. Raises NotFound, or Invalid for a device that is none."""
    row = Device.objects.filter(code=code).first()
    if row is None:
        raise NotFound(t("没有这台设备", "There is no such device"), which=code)
    if row.kind != "gateway":
        raise Invalid([Problem("gateway", t("该设备的类型不是网关", "That device is no gateway"), value=code)])
    return row


def write_devices(gateway: Device, folder: Path) -> tuple[int, list[str]]:
    """Write `passwords` and `acl`: how many devices are behind the gateway, and which need a new code, for their key is not known."""
    folder.mkdir(parents=True, exist_ok=True)
    active = Device.objects.filter(gateway=gateway, state="active").order_by("code")
    known = [f"{one.code}:{one.edge_digest}\n" for one in active if one.edge_digest]
    replaced(folder / "passwords", "".join(known))
    replaced(folder / "acl", ACL)
    return len(known), [one.code for one in active if not one.edge_digest]


def write_bridge(gateway: Device, enrolment: str, folder: Path, edge: Edge) -> None:
    """Write `mosquitto.conf`, with the gateway's key that this code is exchanged for: it is shown nowhere else. Raises SignInNeeded."""
    _check(edge)
    folder.mkdir(parents=True, exist_ok=True)
    if gateway.code_digest != digest(enrolment.upper()):
        raise Invalid([Problem("code", t("不是这台网关的注册码", "That is no code of this gateway"))])
    row, key = exchange(enrolment)
    replaced(folder / "mosquitto.conf", _configuration(row.code, key, folder.resolve(), edge))


def _check(edge: Edge) -> None:
    if not edge.listen.here and not (edge.certificate and edge.key):
        raise Unavailable(
            t("边缘代理要对外开放，却没有证书", "The edge broker is to be open beyond its machine and has no certificate"),
            which=edge.listen.host, do=t("请加 --certificate 和 --key", "Say --certificate and --key"),
        )  # fmt: skip
    if not edge.platform.here and not edge.authority:
        raise Unavailable(
            t("到平台的连接要加密，却不知道平台证书由谁签发", "The line to the platform is to be encrypted, and nobody said who signed its certificate"),
            which=edge.platform.host, do=t("请加 --authority（签发机构的 PEM 文件）", "Say --authority, a PEM file of who signed it"),
        )  # fmt: skip


def _configuration(code: str, key: str, folder: Path, edge: Edge) -> str:
    tls = f"certfile {edge.certificate}\nkeyfile {edge.key}\n" if edge.certificate else ""
    upward = f"bridge_cafile {edge.authority}\n" if edge.authority else ""
    return f"""# Written by `hexi edge`. It holds the gateway's key: keep it readable by the broker only.
listener {edge.listen.port} {edge.listen.host}
{tls}allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/acl
# A client id is the device's name, so that nobody takes over another's session.
use_username_as_clientid true
retain_available false
max_qos 1
message_size_limit 1000000
# What the platform has not taken yet is written down every ten seconds, and when the broker ends or gets SIGUSR1.
persistence true
persistence_location {folder}/
autosave_interval 10
max_inflight_messages 1000
max_queued_messages 500000

connection {code}
address {edge.platform.host}:{edge.platform.port}
{upward}bridge_protocol_version mqttv311
remote_clientid {code}-edge
remote_username {code}
remote_password {key}
cleansession false
restart_timeout 1 30
# Our broker knows neither of these: a mark that the client is a bridge, and messages of its own about the bridge.
try_private false
notifications false
bridge_attempt_unsubscribe false
bridge_outgoing_retain false
topic hexi/readings/# out 1
"""
