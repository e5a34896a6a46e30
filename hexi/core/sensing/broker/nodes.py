"""One broker on this machine, or several nodes that keep each message together: where they are, and how a line to one is opened."""

from __future__ import annotations

import ssl
from pathlib import Path

from django.conf import settings

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

HERE, LOOPBACK, COPIES = "127.0.0.1", ("127.", "localhost", "::1", "[::1]"), 3


def nodes() -> list[str]:
    """The hosts of all nodes; this machine alone where nothing is set."""
    return settings.NATS_NODES or [HERE]


def own_node() -> str:
    """The host of the node that this machine runs. Raises Unavailable where it is none of them."""
    own = settings.NATS_NODE if settings.NATS_NODES else HERE
    if own not in nodes():
        raise Unavailable(
            t("本机不在消息服务器节点之列", "This machine is none of the broker's nodes"), which=own or "HEXI_NATS_NODE",
            do=t("请把 HEXI_NATS_NODE 设为 HEXI_NATS_NODES 中的一个", "Set HEXI_NATS_NODE to one of HEXI_NATS_NODES"),
        )  # fmt: skip
    return own


def copies() -> int:
    """On how many nodes each message is written before its device is answered by most of them."""
    return min(COPIES, len(nodes()))


def beyond_here() -> bool:
    """Do the nodes' lines leave this machine?"""
    return any(not node.startswith(LOOPBACK) for node in nodes())


def secured() -> bool:
    """Are those lines encrypted?"""
    return bool(settings.NATS_CERTIFICATE and settings.NATS_KEY and settings.NATS_AUTHORITY)


def tls(more: str = "") -> str:
    """How the broker secures a line. Raises Unavailable for one that leaves this machine without certificates."""
    if not secured():
        if beyond_here():
            raise Unavailable(
                t("节点之间要跨机器通信，却没有证书", "The nodes speak beyond this machine and have no certificates"), which=", ".join(nodes()),
                do=t("请设置 HEXI_NATS_CERTIFICATE、HEXI_NATS_KEY 和 HEXI_NATS_AUTHORITY",
                     "Set HEXI_NATS_CERTIFICATE, HEXI_NATS_KEY and HEXI_NATS_AUTHORITY"),
            )  # fmt: skip
        return ""
    files = {"cert_file": settings.NATS_CERTIFICATE, "key_file": settings.NATS_KEY, "ca_file": settings.NATS_AUTHORITY}
    return "tls {{ {} {} }}".format(" ".join(f'{name}: "{Path(path).resolve()}",' for name, path in files.items()), more)


def trust() -> ssl.SSLContext | None:
    """Whom the intake believes to be a node; None where lines are not encrypted."""
    return ssl.create_default_context(cafile=settings.NATS_AUTHORITY) if secured() else None
