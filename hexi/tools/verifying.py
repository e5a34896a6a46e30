"""What `hexi verify` finds out: a whole log, or one proof file, against the keys that the reader trusts. Needs no platform."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hexi.kernel.errors import NotFound, Unproven
from hexi.kernel.label import Label, t
from hexi.kernel.tlog.audit import Tree, audit, grown_since, tile_of
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in, opened
from hexi.kernel.tlog.merkle import SHA256, SM3, TreeHead, range_root
from hexi.kernel.tlog.note import note_in
from hexi.kernel.tlog.policy import NO_QUORUM, Accepted, Policy, Trusted, shown
from hexi.kernel.tlog.proof import proof_in
from hexi.kernel.tlog.signing import SM2_SM3, verifier
from hexi.kernel.tlog.sources import Source, source_at
from hexi.kernel.tlog.tiles import CHECKPOINT_PATH, hash_reader

GM_PREFIX = "gm/"
_GM_MARK = b'"kind":"gm-checkpoint"'

Say = Callable[[Label], None]


def policy_of_keys(lines: Sequence[str]) -> Policy:
    """A policy that trusts these logs, and asks for no witness."""
    keys = [verifier(line) for line in lines]
    return Policy(tuple(Trusted(key.name, key) for key in keys), (), {}, NO_QUORUM)


def verify_proof(file: Path, entry: bytes | None, policy: Policy, say: Say) -> None:
    """Say that the entry is in the log; raises Unproven otherwise. Without `entry` it is the one that the file brings along."""
    proof = proof_in(file.read_bytes())
    content = proof.extra if entry is None else entry
    if content is None:
        do = t("请用 --entry 给出条目内容", "Give the entry's content by --entry")
        raise Unproven(t("存证文件没有附带条目", "The proof file brings no entry along"), which=str(file), do=do)
    hashing = SM3 if _is_gm(policy, checkpoint_in(note_in(proof.checkpoint).text)) else SHA256
    accepted = proof.check(hashing.leaf(content), policy, hashing)
    _say_accepted(accepted, policy, say)
    say(t(f"该条目确在日志中，编号 {proof.index}", f"The entry is in the log, with the index {proof.index}"))
    say(t(f"条目：{_printable(content)}", f"Entry: {_printable(content)}"))


def verify_log(where: str, policy: Policy, say: Say, memory: Path | None = None) -> Checkpoint:
    """Rebuild a log, and its second tree where the policy has a key of it; raises Unproven at the first thing that does not hold."""
    with source_at(where) as source:
        return _verified(source, policy, say, memory)


def _verified(source: Source, policy: Policy, say: Say, memory: Path | None) -> Checkpoint:
    accepted = policy.accepted(source.read(CHECKPOINT_PATH))
    _say_accepted(accepted, policy, say)
    main, gm = Tree(accepted.checkpoint.head), _gm_tree(source, policy)
    bound = _Bound(source, gm)
    audit(source, [main, gm] if gm else [main], bound.look if gm else None)
    say(t(f"{main.head.size} 条全部与签名的根相符", f"All {main.head.size} entries follow to the signed root"))
    if gm:
        bound.check(main.head.size)
        say(
            t(
                f"国密树 {gm.head.size} 条相符，其中 {bound.count} 个检查点已写入主日志",
                f"The SM3 tree of {gm.head.size} entries holds; {bound.count} of its checkpoints are in the log",
            )
        )
    if memory:
        _compared(source, accepted, main, memory, say)
    return accepted.checkpoint


def _gm_tree(source: Source, policy: Policy) -> Tree | None:
    keys = [log.key for log in policy.logs if log.key.type is SM2_SM3]
    if not keys:
        return None
    signed = opened(source.read(f"{GM_PREFIX}{CHECKPOINT_PATH}"), keys).checkpoint
    return Tree(signed.head, SM3, GM_PREFIX)


@dataclass
class _Bound:
    """The checkpoints of the second tree that are entries of the first: so the witnesses of the first hold it fast, too."""

    source: Source
    gm: Tree | None
    heads: dict[int, tuple[int, bytes]] = field(default_factory=dict[int, tuple[int, bytes]])

    @property
    def count(self) -> int:
        return len(self.heads)

    def look(self, start: int, entries: Sequence[bytes]) -> None:
        for index, entry in enumerate(entries, start):
            if _GM_MARK in entry:
                note = note_in(str(json.loads(entry)["checkpoint"]).encode())
                logged = checkpoint_in(note.text)
                self.heads[index] = (logged.size, logged.root)

    def check(self, main: int) -> None:
        """Each of them is one of the second tree, and its newest is among them once the first, of size `main`, has grown past it."""
        gm = self.gm
        assert gm is not None
        read = hash_reader(lambda tile: tile_of(self.source, gm.prefix, tile), gm.head.size, gm.hashing)
        for index, (size, root) in self.heads.items():
            if size > gm.head.size or range_root(0, size, read, gm.hashing) != root:
                do = t("请保留全部文件作为证据", "Keep all files as evidence")
                what = t("国密树与主日志中记录的检查点不符", "The SM3 tree is not the one whose checkpoints are in the log")
                raise Unproven(what, which=f"entry {index}", do=do)
        if main > gm.head.size and (gm.head.size, gm.head.root) not in self.heads.values():
            what = t("国密树最新的检查点没有写入主日志", "The newest checkpoint of the SM3 tree is not in the log: nothing holds it fast")
            do = t("请保留全部文件作为证据", "Keep all files as evidence")
            raise Unproven(what, which=f"{gm.prefix}checkpoint {gm.head.size}", do=do)


def _compared(source: Source, accepted: Accepted, tree: Tree, memory: Path, say: Say) -> None:
    """With the checkpoint of the last time, which this one then replaces."""
    try:
        kept = checkpoint_in(note_in(memory.read_bytes()).text)
    except FileNotFoundError:
        kept = None
    if kept:
        _same_origin(kept, accepted.checkpoint, memory)
        grown_since(source, TreeHead(kept.size, kept.root), tree)
        say(t(f"自上次的 {kept.size} 条以来只增未改", f"Since the {kept.size} entries of the last time it only grew"))
    scratch = memory.with_name(f"{memory.name}.new")
    scratch.write_bytes(accepted.opened.note.encoded())
    scratch.replace(memory)


def _same_origin(kept: Checkpoint, now: Checkpoint, memory: Path) -> None:
    if kept.origin != now.origin:
        do = t("每个日志用一个文件", "Use one file for each log")
        raise Unproven(t("该文件记的是另一个日志", "The file remembers another log"), which=f"{memory}: {kept.origin}", do=do)


def _is_gm(policy: Policy, checkpoint: Checkpoint) -> bool:
    return any(log.key.type is SM2_SM3 and log.key.name == checkpoint.origin for log in policy.logs)


def _say_accepted(accepted: Accepted, policy: Policy, say: Say) -> None:
    checkpoint = accepted.checkpoint
    root = base64.b64encode(checkpoint.root).decode()
    origin, size = checkpoint.origin, checkpoint.size
    say(t(f"检查点：{origin}，{size} 条，根 {root}", f"Checkpoint: {origin}, {size} entries, root {root}"))
    names = [shown(name) for name in accepted.witnesses]
    if policy.quorum == NO_QUORUM:
        told = "No witness was asked for: the log's own signature does not exclude a second history"
        say(t("未要求见证：平台一方的签名不能排除其另有一份日志", told))
    else:
        say(t(f"见证：{'、'.join(names)}", f"Witnesses: {', '.join(names)}"))


def _printable(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return text if text.isprintable() and len(text) <= 2000 else f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"


def modules() -> Iterator[tuple[str, Path]]:
    """The files of this program: all that `verify` and `witness` need, with their names within the archive."""
    root = Path(__file__).resolve().parents[2]
    names = ["hexi/__init__.py", "hexi/kernel/__init__.py", "hexi/kernel/errors.py", "hexi/kernel/label.py", "hexi/tools/__init__.py"]
    names += [f"hexi/tools/{name}.py" for name in ("command", "voice", "verifying", "witness_server")]
    names += [f"hexi/tools/commands/{name}.py" for name in ("__init__", "verify", "witness")]
    names += [f"hexi/kernel/tlog/{file.name}" for file in sorted((root / "hexi/kernel/tlog").glob("*.py"))]
    for name in names:
        if not (root / name).is_file():
            raise NotFound(t("缺少程序文件", "A file of the program is missing"), which=name)
        yield name, root / name
