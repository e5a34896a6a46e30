"""The log's side of witnessing: submit a checkpoint to the witnesses of a policy and collect their cosignatures."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from hexi.kernel.errors import HexiError, Unavailable, Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in, number_in
from hexi.kernel.tlog.note import Note, Signature, note_in
from hexi.kernel.tlog.policy import NO_QUORUM, Policy, Trusted
from hexi.kernel.tlog.signing import time_of
from hexi.kernel.tlog.submission import ADD_CHECKPOINT, SIZE_MEDIA_TYPE, Answer, Submission, cosignatures_in

TIMEOUT_S = 5.0
MOST_TRIES = 3
LARGEST_ANSWER = 64 * 1024

Post = Callable[[str, bytes, float], Answer]
"""(address, body, seconds) -> the answer; raises Unavailable where there is none."""

FORKED = "forked"
BEHIND = "behind"
"""The code of the error where a witness has signed a larger tree: this log was set back to an older state and must not sign on."""


@dataclass(frozen=True, slots=True)
class Collected:
    """The checkpoint with all cosignatures that came, and whether they are the policy's quorum.

    `refusals`: by the address of a witness, why it gave none. With the code `behind` or `forked` the log must stop signing.
    """

    note: bytes
    witnesses: tuple[str, ...]
    is_enough: bool
    refusals: Mapping[str, HexiError]

    @property
    def contradiction(self) -> HexiError | None:
        """A witness's word that this is not the log which it knows."""
        return next((one for one in self.refusals.values() if one.code in {BEHIND, FORKED}), None)


def collect(
    checkpoint: bytes,
    policy: Policy,
    proof: Callable[[int], Sequence[bytes]],
    sizes: MutableMapping[str, int],
    *,
    timeout_s: float = TIMEOUT_S,
    post: Post | None = None,
) -> Collected:
    """Ask all witnesses of the policy that have an address, at once, until the quorum is met, all answered or the time is over.

    `checkpoint` is the file that the log signed. `proof(old)` gives the consistency proof from an older size; it is called in this thread
    only, so it may read a database. `sizes` remembers by address what each witness signed last; it may start empty and is kept up to date.
    """
    round_ = _Round(checkpoint, policy, proof, sizes, post or post_over_http, monotonic() + timeout_s)
    pool = ThreadPoolExecutor(max(1, len(round_.addresses)), thread_name_prefix="cosigning")
    try:
        round_.run(pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # each request ends by its own time limit
    return round_.collected()


@dataclass
class _Asked:
    address: str
    old: int
    tries: int = 1


@dataclass
class _Round:
    """One checkpoint on its way to all witnesses."""

    encoded: bytes
    policy: Policy
    proof: Callable[[int], Sequence[bytes]]
    sizes: MutableMapping[str, int]
    post: Post
    end: float
    refusals: dict[str, HexiError] = field(default_factory=dict[str, HexiError])
    lines: dict[tuple[str, bytes], Signature] = field(default_factory=dict[tuple[str, bytes], Signature])
    pending: dict[Future[Answer], _Asked] = field(default_factory=dict[Future[Answer], _Asked])

    def __post_init__(self) -> None:
        self.note: Note = note_in(self.encoded)
        self.checkpoint: Checkpoint = checkpoint_in(self.note.text)
        self.addresses = list(dict.fromkeys(one.url for one in self.policy.witnesses if one.url))

    def run(self, pool: ThreadPoolExecutor) -> None:
        for address in self.addresses:
            self._ask(pool, _Asked(address, min(self.sizes.get(address, 0), self.checkpoint.size)))
        while self.pending and not self._is_enough() and (left := self.end - monotonic()) > 0:
            for future in wait(self.pending, timeout=left, return_when=FIRST_COMPLETED).done:
                self._take(pool, future, self.pending.pop(future))
        for asked in () if self._is_enough() else self.pending.values():
            self.refusals[asked.address] = _silent(asked.address, "timeout")

    def _ask(self, pool: ThreadPoolExecutor, asked: _Asked) -> None:
        proof = tuple(self.proof(asked.old)) if asked.old not in {0, self.checkpoint.size} else ()
        body = Submission(asked.old, proof, self.encoded).encoded()
        left = max(0.1, self.end - monotonic())
        self.pending[pool.submit(self.post, f"{asked.address.rstrip('/')}/{ADD_CHECKPOINT}", body, left)] = asked

    def _take(self, pool: ThreadPoolExecutor, future: Future[Answer], asked: _Asked) -> None:
        try:
            answer = future.result()
            if answer.status == 409:
                self._again(pool, asked, answer)
            else:
                self._accept(asked.address, answer)
        except HexiError as error:
            self.refusals[asked.address] = error

    def _again(self, pool: ThreadPoolExecutor, asked: _Asked, answer: Answer) -> None:
        """The witness is elsewhere: start from its size."""
        size = number_in(answer.body.decode("ascii", "replace").removesuffix("\n")) if answer.media_type == SIZE_MEDIA_TYPE else None
        if size is None or asked.tries >= MOST_TRIES:
            raise _refused(asked.address, answer)
        self.sizes[asked.address] = size
        if size > self.checkpoint.size:
            raise _behind(asked.address, self.checkpoint.size, size)
        self._ask(pool, _Asked(asked.address, size, asked.tries + 1))

    def _accept(self, address: str, answer: Answer) -> None:
        if answer.status != 200:
            raise _refused(address, answer)
        keys = {(one.key.name, one.key.key_id): one for one in self.policy.witnesses if one.url == address}
        good = [one for one in cosignatures_in(answer.body) if self._holds(keys.get((one.name, one.key_id)), one)]
        if not good:
            raise _refused(address, answer)
        self.sizes[address] = self.checkpoint.size
        self.lines |= {(one.name, one.key_id): one for one in good}

    def _holds(self, witness: Trusted | None, line: Signature) -> bool:
        """Of a key that we know, with the time that a witness must state."""
        return witness is not None and witness.key.holds(self.note.text, line.value) and time_of(line) > 0

    def _is_enough(self) -> bool:
        """With no quorum every witness is waited for: their lines are welcome."""
        return self.policy.quorum != NO_QUORUM and self.policy.is_met(self.policy.signers(self.lines.values()))

    def collected(self) -> Collected:
        old = [one for one in self.note.signatures if (one.name, one.key_id) not in self.lines]
        names = self.policy.signers(self.lines.values())
        note = Note(self.note.text, (*old, *self.lines.values())).encoded()
        return Collected(note, tuple(sorted(names)), self.policy.is_met(names), self.refusals)


def post_over_http(address: str, body: bytes, timeout_s: float) -> Answer:
    """The answer of a witness; raises Unavailable where there is none."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)
        try:
            connection.request("POST", parts.path, body, {"Content-Type": "text/plain; charset=utf-8"})
            answer = connection.getresponse()
            media_type = answer.headers.get("Content-Type", "")
            return Answer(answer.status, answer.read(LARGEST_ANSWER), media_type)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _silent(address, str(error) or type(error).__name__) from error


def _silent(address: str, why: str) -> Unavailable:
    do = t("请确认见证方的地址和网络", "See that its address is right and that it runs")
    return Unavailable(t("见证方没有回答", "The witness does not answer"), which=f"{address}: {why}", do=do, code="silent")


def _refused(address: str, answer: Answer) -> Unproven:
    said = answer.body.decode("utf-8", "replace").partition("\n")[0][:120]
    do = t("422 表示见证方见过另一份日志；其余请核对密钥和名称", "422 means that it knows another log; else compare keys and names")
    code = FORKED if answer.status == 422 else "refused"
    return Unproven(t("见证方拒绝签名", "The witness refuses to sign"), which=f"{address}: {answer.status} {said}", do=do, code=code)


def _behind(address: str, ours: int, theirs: int) -> Unproven:
    do = t("停止签名，并恢复最新的备份", "Sign no more, and restore the newest backup")
    what = t("见证方签过更大的日志：本地数据已倒退", "The witness has signed a larger log: ours was set back")
    return Unproven(what, which=f"{address}: {ours} < {theirs}", do=do, code=BEHIND)
