"""Trust policies of c2sp.org/tlog-policy: which logs count, which witnesses, and how many of them must have signed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hexi.kernel.errors import Unproven
from hexi.kernel.label import Label, t
from hexi.kernel.tlog.checkpoint import Checkpoint, Opened, opened
from hexi.kernel.tlog.note import Signature
from hexi.kernel.tlog.signing import ED25519, ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE, SM2_SM3, KeyType, VerifierKey, verifier

NO_QUORUM = "none"
LOG_TYPES = (ED25519, ML_DSA_44_COSIGNATURE, SM2_SM3)
WITNESS_TYPES = (ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Trusted:
    """A log or a witness. A witness's `name` means something within the policy only; a log has its key's. `url` may be empty."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Has witnessed a checkpoint when `needed` of its members have."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A checkpoint that satisfies the policy, and the witnesses that signed it."""

    opened: Opened
    witnesses: tuple[str, ...]

    @property
    def checkpoint(self) -> Checkpoint:
        return self.opened.checkpoint


@dataclass(frozen=True, slots=True)
class Policy:
    """What somebody decided to believe. `quorum` is a witness, a group, or `none`."""

    logs: tuple[Trusted, ...]
    witnesses: tuple[Trusted, ...]
    groups: dict[str, Group]
    quorum: str

    def accepted(self, data: bytes) -> Accepted:
        """The checkpoint in a file; raises Unproven unless a log of the policy signed it and the quorum of witnesses did."""
        found = opened(data, [log.key for log in self.logs], [one.key for one in self.witnesses])
        names = self.signers(found.signatures)
        if not self.is_met(names):
            raise Unproven(NOT_ENOUGH, which=shown(f"{', '.join(sorted(names)) or '-'}; quorum {self.quorum}"), do=ASK_AGAIN)
        return Accepted(found, tuple(sorted(names)))

    def signers(self, signatures: Iterable[Signature]) -> set[str]:
        """The policy's names of those whose verified signatures these are."""
        seen = {(one.name, one.key_id) for one in signatures}
        return {one.name for one in self.witnesses if (one.key.name, one.key.key_id) in seen}

    def is_met(self, names: set[str]) -> bool:
        """Whether these witnesses are enough."""
        return self.quorum == NO_QUORUM or self._has_witnessed(self.quorum, names)

    def _has_witnessed(self, name: str, names: set[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in names
        return sum(self._has_witnessed(one, names) for one in group.members) >= group.needed


NOT_ENOUGH = t("见证方的签名不够", "Not enough witnesses have signed")
ASK_AGAIN = t("稍后重新获取检查点；若一直不够，请询问见证方", "Fetch the checkpoint again later; if it stays so, ask the witnesses")


def shown(name: str) -> str:
    """A name of a policy as it can be printed: its octets need not be UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def policy_in(data: bytes) -> Policy:
    """The policy of a file, to the letter of the format; raises Unproven with the line that is wrong."""
    if _CONTROL.search(data):
        raise _wrong(0, t("含有控制字符", "control character"))
    draft = _Draft()
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):  # other octets are opaque, and stay distinct
        words = re.split("[ \t]+", line.strip(" \t"))
        if words[0] and not words[0].startswith("#"):
            draft.read(number, words)
    if draft.quorum is None:
        raise _wrong(0, t("缺少 quorum 行", "the quorum line is missing"))
    return Policy(tuple(draft.logs), tuple(draft.witnesses), draft.groups, draft.quorum)


@dataclass
class _Draft:
    """A policy while its lines are read."""

    logs: list[Trusted] = field(default_factory=list[Trusted])
    witnesses: list[Trusted] = field(default_factory=list[Trusted])
    groups: dict[str, Group] = field(default_factory=dict[str, Group])
    quorum: str | None = None
    members: set[str] = field(default_factory=set[str])

    def read(self, number: int, words: list[str]) -> None:
        kinds: dict[str, Callable[[int, list[str]], None]] = {
            "log": self._log, "witness": self._witness, "group": self._group, "quorum": self._quorum
        }  # fmt: skip
        kind = kinds.get(words[0])
        if kind is None:
            raise _wrong(number, t(f"不认识 {words[0]}", f"{words[0]} is unknown"))
        kind(number, words[1:])

    @property
    def names(self) -> set[str]:
        return {one.name for one in self.witnesses} | set(self.groups)

    def _log(self, number: int, words: list[str]) -> None:
        _counted(number, words, 1, 2)
        key = _key(number, words[0], LOG_TYPES)
        self.logs.append(_new(number, Trusted(key.name, key, *words[1:]), self.logs))

    def _witness(self, number: int, words: list[str]) -> None:
        _counted(number, words, 2, 3)
        key = _key(number, words[1], WITNESS_TYPES)
        self._free(number, words[0])
        self.witnesses.append(_new(number, Trusted(words[0], key, *words[2:]), self.witnesses))

    def _group(self, number: int, words: list[str]) -> None:
        _counted(number, words, 3, None)
        name, count, *members = words
        self._free(number, name)
        for member in members:
            self._defined(number, member)
            if member in self.members:
                raise _wrong(number, t(f"{member} 已是成员", f"{member} is a member already"))
            self.members.add(member)
        self.groups[name] = Group(_needed(number, count, len(members)), tuple(members))

    def _quorum(self, number: int, words: list[str]) -> None:
        _counted(number, words, 1, 1)
        if self.quorum is not None:
            raise _wrong(number, t("quorum 只能有一行", "there is only one quorum line"))
        if words[0] != NO_QUORUM:
            self._defined(number, words[0])
        self.quorum = words[0]

    def _free(self, number: int, name: str) -> None:
        if name in self.names or name == NO_QUORUM:
            raise _wrong(number, t(f"名称 {name} 已被占用", f"the name {name} is taken"))

    def _defined(self, number: int, name: str) -> None:
        if name not in self.names:
            raise _wrong(number, t(f"{name} 须在前面的行中定义", f"{name} must be defined on a line before"))


def _new(number: int, one: Trusted, others: list[Trusted]) -> Trusted:
    if any(other.key.public == one.key.public for other in others):
        raise _wrong(number, t("同一把公钥出现了两次", "the same public key stands here twice"))
    return one


def _key(number: int, line: str, types: tuple[KeyType, ...]) -> VerifierKey:
    try:
        key = verifier(line)
    except Unproven as error:
        raise _wrong(number, error.what) from error
    if key.type not in types:
        raise _wrong(number, t(f"此处不能用 {key.type.kind} 密钥", f"a {key.type.kind} key cannot be used here"))
    return key


def _needed(number: int, count: str, members: int) -> int:
    needed = {"all": members, "any": 1}.get(count) or (int(count) if re.fullmatch("[1-9][0-9]{0,5}", count) else 0)
    if not 1 <= needed <= members:
        raise _wrong(number, t(f"数目应为 1 至 {members}、any 或 all", f"the number must be 1 to {members}, any or all"))
    return needed


def _counted(number: int, words: list[str], least: int, most: int | None) -> None:
    if len(words) < least or (most is not None and len(words) > most):
        raise _wrong(number, t("词数不对", "wrong number of words"))


def _wrong(number: int, what: Label) -> Unproven:
    what = Label(shown(what.zh), shown(what.en))
    do = t("格式见 c2sp.org/tlog-policy", "The format is c2sp.org/tlog-policy")
    where = f"line {number}" if number else ""
    return Unproven(t(f"信任策略有误：{what.zh}", f"The trust policy is wrong: {what.en}"), which=where, do=do)
