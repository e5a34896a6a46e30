"""A witness of c2sp.org/tlog-witness: it signs a log's checkpoint only if the log has but grown since the last one that it signed."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time

from hexi.kernel.errors import HexiError, Unproven
from hexi.kernel.tlog.checkpoint import Checkpoint, Opened, checkpoint_in, opened
from hexi.kernel.tlog.merkle import SHA256, SM3, Hashing, TreeHead, check_consistency
from hexi.kernel.tlog.note import Note, note_in
from hexi.kernel.tlog.policy import Policy
from hexi.kernel.tlog.signing import SM2_SM3, SignerKey, VerifierKey
from hexi.kernel.tlog.submission import SIZE_MEDIA_TYPE, Answer, Submission, submission_in

BUSY_S = 20.0
MOST_KEPT = 100
"""Refused checkpoints that are kept of each log."""
TABLES = (
    "CREATE TABLE IF NOT EXISTS latest (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS refused (origin TEXT NOT NULL, at INTEGER NOT NULL, note BLOB NOT NULL, UNIQUE (origin, note))",
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KnownLog:
    """A log that a witness watches, with all keys that may sign for it."""

    origin: str
    keys: tuple[VerifierKey, ...]

    @property
    def hashing(self) -> Hashing:
        """A log that SM2 signs is the tree of SM3."""
        return SM3 if any(key.type is SM2_SM3 for key in self.keys) else SHA256


def known_logs(policy: Policy) -> dict[str, KnownLog]:
    """The logs of a policy by their origins."""
    origins = dict.fromkeys(log.key.name for log in policy.logs)
    return {origin: KnownLog(origin, tuple(log.key for log in policy.logs if log.key.name == origin)) for origin in origins}


class Store:
    """The latest checkpoint of each log, in one SQLite file. Several threads and processes may share it.

    A witness that loses the file has lost its memory: it would sign anything once. Keep it, and never restore an older one.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with self.turn() as turn:
            for table in TABLES:
                turn.execute(table)

    @contextmanager
    def turn(self) -> Generator[sqlite3.Connection]:
        """What is read and written inside is one atomic step, and on the disk when it ends without an error."""
        connection = sqlite3.connect(self.file, timeout=BUSY_S, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=EXTRA")  # a power cut must not bring back what was there before
            connection.execute("BEGIN IMMEDIATE")  # before the read: two that read first could both write
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.close()  # without a commit nothing was written

    def latest(self, origin: str, turn: sqlite3.Connection) -> TreeHead | None:
        """The tree that was signed last."""
        row = turn.execute("SELECT size, root FROM latest WHERE origin = ?", (origin,)).fetchone()
        return TreeHead(*row) if row else None

    def keep(self, checkpoint: Checkpoint, note: bytes, turn: sqlite3.Connection) -> None:
        """From now on this one is the latest of its log."""
        row = (checkpoint.origin, checkpoint.size, checkpoint.root, note)
        turn.execute("INSERT OR REPLACE INTO latest (origin, size, root, note) VALUES (?, ?, ?, ?)", row)

    def keep_refused(self, origin: str, at: int, note: bytes) -> None:
        """Evidence: the log signed this, and it contradicts the latest one."""
        with self.turn() as turn:
            turn.execute("INSERT OR IGNORE INTO refused (origin, at, note) VALUES (?, ?, ?)", (origin, at, note))
            newest = "SELECT rowid FROM refused WHERE origin = ? ORDER BY rowid DESC LIMIT ?"
            turn.execute(f"DELETE FROM refused WHERE origin = ? AND rowid NOT IN ({newest})", (origin, origin, MOST_KEPT))  # noqa: S608

    def refused(self, origin: str) -> list[bytes]:
        """The checkpoints of a log that contradicted what it had shown before, the oldest first."""
        with self.turn() as turn:
            return [note for (note,) in turn.execute("SELECT note FROM refused WHERE origin = ? ORDER BY rowid", (origin,))]

    def note(self, origin_hash: str) -> bytes | None:
        """The latest checkpoint file of the log with this SHA-256 of its origin, in hex."""
        connection = sqlite3.connect(self.file, timeout=BUSY_S)
        try:
            rows = connection.execute("SELECT origin, note FROM latest").fetchall()
        finally:
            connection.close()
        return next((note for origin, note in rows if hashlib.sha256(origin.encode()).hexdigest() == origin_hash), None)


class Refusal(Exception):
    """Why a checkpoint is not signed, as the answer to give."""

    def __init__(self, status: int, why: str, media_type: str = "text/plain; charset=utf-8") -> None:
        super().__init__(why)
        self.answer = Answer(status, f"{why}\n".encode(), media_type)


class Witness:
    """Its keys, the logs that it watches, and its memory."""

    def __init__(
        self, signers: Sequence[SignerKey], logs: Mapping[str, KnownLog], store: Store, clock: Callable[[], float] = time
    ) -> None:
        self.signers, self.logs, self.store, self.clock = tuple(signers), dict(logs), store, clock

    def add_checkpoint(self, body: bytes) -> Answer:
        """The answer to a submission. What it says is on the disk before it is said."""
        try:
            submission, known = self._asked(body)
            signed = self._signed_by_log(submission, known)
            return self._followed(submission, signed, known)
        except Refusal as refusal:
            return refusal.answer
        except (OSError, sqlite3.Error) as error:
            log.error("the store cannot be used, nothing was signed: %s", error)
            return Answer(503, b"the store cannot be used\n")

    def _followed(self, submission: Submission, signed: Opened, known: KnownLog) -> Answer:
        try:
            return Answer(200, self._cosigned(submission, signed, known))
        except Refusal as refusal:
            if refusal.answer.status == 422:
                self.store.keep_refused(known.origin, int(self.clock()), submission.checkpoint)
            raise

    def checkpoint(self, origin_hash: str) -> Answer:
        """The latest checkpoint that it signed of a log, with its own signatures; 404 where there is none."""
        note = self.store.note(origin_hash)
        return Answer(404, b"no checkpoint of such a log\n") if note is None else Answer(200, note)

    def _asked(self, body: bytes) -> tuple[Submission, KnownLog]:
        try:
            submission = submission_in(body)
            origin = checkpoint_in(note_in(submission.checkpoint).text).origin
        except Unproven as error:
            raise Refusal(400, _told(error)) from error
        if origin not in self.logs:
            raise Refusal(404, "unknown log")
        return submission, self.logs[origin]

    def _signed_by_log(self, submission: Submission, known: KnownLog) -> Opened:
        try:
            signed = opened(submission.checkpoint, known.keys)
        except Unproven as error:
            raise Refusal(403, _told(error)) from error
        if submission.old > signed.checkpoint.size:
            raise Refusal(400, "the old size is larger than the checkpoint")
        return signed

    def _cosigned(self, submission: Submission, signed: Opened, known: KnownLog) -> bytes:
        checkpoint = signed.checkpoint
        with self.store.turn() as turn:
            latest = self.store.latest(known.origin, turn) or TreeHead(0, known.hashing.empty)
            if submission.old != latest.size:
                raise Refusal(409, str(latest.size), SIZE_MEDIA_TYPE)
            try:
                check_consistency(latest, checkpoint.head, submission.proof, known.hashing)
            except Unproven as error:
                raise Refusal(422, _told(error)) from error
            at = int(self.clock())
            lines = tuple(key.sign(checkpoint.text, at) for key in self.signers)
            self.store.keep(checkpoint, Note(checkpoint.text, (*signed.signatures, *lines)).encoded(), turn)
        return "".join(line.line for line in lines).encode()


def _told(error: HexiError) -> str:
    return f"{error.what.en} {error.which}".strip().replace("\n", " ")
