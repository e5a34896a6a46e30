"""`hexi witness`: cosign the logs of others, so that their owners cannot rewrite them."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path
from types import FrameType

from hexi.kernel.errors import Conflict, NotFound, Unavailable
from hexi.kernel.label import Label, t
from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.signing import ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE, SignerKey, new_secret, signer
from hexi.kernel.tlog.witness import Store, Witness, known_logs
from hexi.tools.voice import say
from hexi.tools.witness_server import WitnessServer

SUMMARY = t("作为见证方为他人的日志签名", "cosign the logs of others as a witness")
KEYS_IN_ENVIRONMENT = "HEXI_WITNESS_KEYS"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-key", metavar="NAME", help="make keys, named like example.org/witness; prints the public ones")
    parser.add_argument("--keys", type=Path, default=Path("witness.keys"), help="file of the private keys (default: witness.keys)")
    parser.add_argument("--logs", type=Path, default=Path("witness.logs"), help="policy file with `log` lines (default: witness.logs)")
    parser.add_argument("--store", type=Path, default=Path("witness.sqlite3"), help="what was signed; never restore an older copy of it")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8450)


def run(options: argparse.Namespace) -> int:
    if options.new_key:
        return _make_keys(options.new_key, options.keys)
    signers = _signers(options.keys)
    logs = known_logs(policy_in(_read(options.logs, t("没有日志清单文件", "There is no file of logs"))))
    server = _server((options.host, options.port), Witness(signers, logs, Store(options.store)))
    _end_on_signals(server)
    host, port = server.server_address[:2]
    for key in signers:
        say(t(f"公钥：{key.verifier.line}", f"Public key: {key.verifier.line}"))
    say(t(f"见证：{'、'.join(logs)}", f"Witness of: {', '.join(logs)}"))
    say(t(f"地址：{host!s}:{port}", f"Listening on {host!s}:{port}"))
    with server:
        server.serve_forever(poll_interval=0.1)
    return 0


def _end_on_signals(server: WitnessServer) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown).start()  # it waits for the loop that this handler interrupts

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)


def _make_keys(name: str, file: Path) -> int:
    lines = [new_secret(kind, name) for kind in (ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE)]
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        do = t("请换一个文件名；旧密钥不要覆盖", "Name another file; old keys are not overwritten")
        raise Conflict(t("密钥文件已存在", "The key file exists already"), which=str(file), do=do) from error
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write("".join(f"{line}\n" for line in lines))
    say(t(f"私钥已写入 {file}，请勿外传。公钥（交给日志所有者）：", f"The private keys are in {file}, to be kept secret. The public ones, to hand out:"))
    for line in lines:
        print(signer(line).verifier.line)
    return 0


def _signers(file: Path) -> list[SignerKey]:
    """From the environment where they stand there, else from the file."""
    text = os.environ.get(KEYS_IN_ENVIRONMENT) or _read(file, t("没有私钥文件", "There is no file of private keys")).decode()
    keys = [signer(line) for line in text.splitlines() if line.strip()]
    if not keys or not all(key.verifier.type.timed for key in keys):
        do = t("请用 hexi witness --new-key 生成", "Make them by hexi witness --new-key")
        raise Unavailable(t("这些不是见证方的密钥", "These are no keys of a witness"), which=str(file), do=do)
    return keys


def _read(file: Path, what: Label) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        do = t("参见 docs/howto/witness.md", "See docs/howto/witness.md")
        raise NotFound(what, which=str(file), do=do) from error


def _server(address: tuple[str, int], witness: Witness) -> WitnessServer:
    try:
        return WitnessServer(address, witness)
    except OSError as error:
        do = t("请换一个端口：--port", "Choose another one: --port")
        raise Unavailable(t("端口不可用", "The port cannot be used"), which=f"{address[0]}:{address[1]}: {error}", do=do) from error
