"""Where a webhook may go: never into the platform's own network by somebody's cunning, unless the district allows it."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from hexi.kernel.errors import HexiError
from hexi.kernel.label import Label, t

NAT64 = ipaddress.ip_network("64:ff9b::/96")
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(HexiError):
    """Nothing is sent to this address."""

    status, code = 422, "address_refused"


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    secure: bool
    host: str
    port: int
    path: str


def target_of(address: str) -> Target:
    """The address taken apart. Raises AddressRefused for what is no plain https address, or one that names a forbidden host."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _refused(t("地址格式不对", "This is no address")) from None
    if not address.isascii() or not address.isprintable() or " " in address or not parts.hostname:
        raise _refused(t("地址格式不对", "This is no address"))
    if parts.username is not None or parts.password is not None:
        raise _refused(t("地址中不得含用户名或口令", "An address with a name or password in it is refused"))
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOK_PRIVATE):
        raise _refused(t("只能使用 https 地址", "Only https addresses are told"))
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(secure, parts.hostname, port or (443 if secure else 80), path)
    _check_literal(target.host)
    return target


def reachable_ip(target: Target) -> str:
    """The IP to connect to, looked up and judged now: what the name meant when somebody wrote it down proves nothing.

    Raises AddressRefused, OSError when the name is not known. Whoever connects uses this IP and does not ask for the name again.
    """
    found = {str(info[4][0]) for info in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)}
    if not all(_allowed(ipaddress.ip_address(one)) for one in found):
        raise _inner()
    return min(found, key=lambda one: (":" in one, one))


def _check_literal(host: str) -> None:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        if host.rstrip(".").lower().endswith("localhost") and not settings.WEBHOOK_PRIVATE:
            raise _inner() from None
        return
    if not _allowed(ip):
        raise _inner()


def _allowed(ip: Ip) -> bool:
    ip = _meant(ip)
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:  # among them where clouds keep their machines' secrets
        return False
    return ip.is_global or settings.WEBHOOK_PRIVATE


def _meant(ip: Ip) -> Ip:
    """An IPv4 address that is dressed as an IPv6 one is judged as what it is."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _inner() -> AddressRefused:
    return _refused(t("这个地址在内部网络中，不允许推送", "This address lies within a private network, which is refused"))


def _refused(what: Label) -> AddressRefused:
    do = t("内网接收方请管理员设置 HEXI_WEBHOOK_PRIVATE=1", "For receivers in the intranet an operator sets HEXI_WEBHOOK_PRIVATE=1")
    return AddressRefused(what, do=do)
