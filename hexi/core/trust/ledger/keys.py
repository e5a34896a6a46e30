"""The keys that sign the log: private lines in a file of the installation, or in the environment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hexi.core.trust.ledger.trees import GM
from hexi.kernel.errors import Conflict, Invalid, Problem, Unavailable
from hexi.kernel.label import t
from hexi.kernel.tlog.signing import ED25519, ML_DSA_44_COSIGNATURE, SM2_SM3, SignerKey, new_secret, signer

FILE = "keys"
IN_ENVIRONMENT = "HEXI_LEDGER_KEYS"
DEMO_ORIGIN = "demo.hexi.invalid/ledger"
"""A name that no resolver knows: whoever meets the demonstration's log sees that it is one."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Who signs: `main` the tree of SHA-256, `gm` the tree of SM3, none where the machine has no SM2."""

    main: tuple[SignerKey, ...]
    gm: tuple[SignerKey, ...]

    @property
    def origin(self) -> str:
        """The name of the log, which is the name of its keys."""
        return self.main[0].name

    @property
    def lines(self) -> list[str]:
        """The public keys to hand out."""
        return [key.verifier.line for key in (*self.main, *self.gm)]


def key_file() -> Path:
    """Where the private lines lie unless the environment holds them."""
    return Path(settings.LEDGER) / FILE


def has_keys() -> bool:
    """Are there any?"""
    return bool(os.environ.get(IN_ENVIRONMENT)) or key_file().exists()


def keys() -> Keys:
    """The log's keys. Raises Unavailable with how to make them, Invalid where they do not belong together."""
    if not has_keys():
        raise Unavailable(
            t("日志还没有签名密钥，未写入任何条目", "The log has no signing key yet; nothing is written to it"),
            which=str(key_file()),
            do=t(
                "请运行 hexi ledger --new-key 本区域名/ledger，或设置 HEXI_LEDGER_KEYS",
                "Run hexi ledger --new-key DOMAIN/ledger, or set HEXI_LEDGER_KEYS",
            ),
            code="no_key",
        )
    return _sorted([signer(line) for line in (os.environ.get(IN_ENVIRONMENT) or key_file().read_text()).split()])


def _sorted(found: Sequence[SignerKey]) -> Keys:
    gm = tuple(key for key in found if key.verifier.type is SM2_SM3)
    main = tuple(key for key in found if key.verifier.type is not SM2_SM3)
    names = {key.name for key in main}
    if len(names) != 1 or main[0].verifier.type is not ED25519 or any(key.name != f"{main[0].name}{GM.suffix}" for key in gm):
        wanted = t(
            "应先是 Ed25519，其余同名；SM2 密钥的名称再加 /gm",
            "Ed25519 comes first, the others bear the same name, an SM2 key that name with /gm",
        )
        raise Invalid([Problem(FILE, wanted)], t("日志的密钥彼此不配套", "The log's keys do not belong together"))
    return Keys(main, gm)


def make_keys(origin: str, *, instead: bool = False) -> Keys:
    """Fresh keys in the file, readable by its owner only. Those that they replace stay beside it under the day of the change.

    Raises Conflict where there are some and `instead` was not said.
    """
    file = key_file()
    if file.exists() and not instead:
        do = t(
            "如确要更换，请加 --rotate；见证方须改用新公钥",
            "To replace them say --rotate; witnesses must then be given the new public keys",
        )
        raise Conflict(t("已有签名密钥", "There are signing keys already"), which=str(file), do=do)
    made = "\n".join([new_secret(kind, origin) for kind in (ED25519, ML_DSA_44_COSIGNATURE)] + _gm_secret(origin)) + "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_name(f"{FILE}.{os.getpid()}")
    scratch.touch(mode=0o600)
    scratch.write_text(made)
    if file.exists():
        file.rename(_retired(file, timezone.now()))
    scratch.rename(file)
    return keys()


def _gm_secret(origin: str) -> list[str]:
    """None where the machine's OpenSSL cannot sign by SM2: the other tree does without."""
    try:
        return [new_secret(SM2_SM3, f"{origin}{GM.suffix}")]
    except Unavailable:
        return []


def _retired(file: Path, now: datetime) -> Path:
    return file.with_name(f"{FILE}.until-{now:%Y%m%dT%H%M%S}")
