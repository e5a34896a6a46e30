"""Is an address free? Asked before anything is started, so that the answer is a sentence and not a stack trace."""

from __future__ import annotations

import errno
import socket

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t


def need_free(host: str, port: int, setting: str) -> None:
    """Raise Unavailable when another program listens there, or when the port may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unavailable(
                t("端口不能使用", "The port cannot be used"),
                which=f"{host}:{port} ({errno.errorcode.get(error.errno or 0, error.errno)})",
                do=t(
                    f"请停止占用该端口的程序，或换一个端口：{setting}=端口号 make run",
                    f"Stop the program that uses it, or choose another port: {setting}=NUMBER make run",
                ),
            ) from error
