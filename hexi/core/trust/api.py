"""The front door of the trust room."""

from hexi.core.trust.accounts import create_account
from hexi.core.trust.attempts import forget_old_attempts, origin
from hexi.core.trust.bells import Bell, ring, ring_after_commit
from hexi.core.trust.contracts import (
    PLATFORM,
    PUBLIC,
    District,
    EventRecord,
    Happening,
    Logged,
    LogStatus,
    Look,
    NoticeLike,
    PostRecord,
    ProofForm,
    ProofTree,
    PublicDocument,
    Subject,
    Told,
    Viewer,
)
from hexi.core.trust.demo import Invented, load_organisations, load_people
from hexi.core.trust.devices import active_accounts, forget_expired_sessions
from hexi.core.trust.erasing import ERASE, erase, erasures_after
from hexi.core.trust.events import first_event, history, is_event_of, leaf_hash, newest_event, record, record_bulk, said_in_events
from hexi.core.trust.holders import Holder, accounts_named, appointed, holders, holders_of, holding
from hexi.core.trust.house import furnish, home
from hexi.core.trust.ledger.contracts import Fault
from hexi.core.trust.ledger.cosigning import Cosigner
from hexi.core.trust.ledger.documents import log_document
from hexi.core.trust.ledger.erased import Erased, erased_events
from hexi.core.trust.ledger.faults import rows_against_leaves
from hexi.core.trust.ledger.keys import make_keys
from hexi.core.trust.ledger.kinds import Coverage, coverage
from hexi.core.trust.ledger.reading import event_proof, log_root, log_status, logged
from hexi.core.trust.ledger.rows import people_faults
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.looks import look_among, looks_at
from hexi.core.trust.masking import masked
from hexi.core.trust.organisations import offices_of_places, organisation_labels, subtree_keys
from hexi.core.trust.outbox import forget_told, give_sequence, latest_told, newest_sequence, oldest_sequence, told_after
from hexi.core.trust.permission import allowed, clear, reached_as, roles_reaching
from hexi.core.trust.qr import qr_file, qr_picture
from hexi.core.trust.reveal import PURPOSES, record_reveal
from hexi.core.trust.sealing import mark_of, seal, unseal
from hexi.core.trust.straight import insert_numbered, insert_row, insert_rows
from hexi.core.trust.stream import Filter, filter_of, session_alive, sessions_alive, stream_filter
from hexi.core.trust.viewers import language_of, viewer_of, viewer_of_account, viewer_of_username

__all__ = [
    "ERASE", "PLATFORM", "PUBLIC", "PURPOSES", "Bell", "Cosigner", "Coverage", "District", "Erased", "EventRecord", "Fault", "Filter",
    "Happening", "Holder", "Invented", "LogStatus", "Logged", "Look", "NoticeLike", "PostRecord", "ProofForm", "ProofTree",
    "PublicDocument", "Sequencer", "Subject", "Told", "Viewer", "accounts_named", "active_accounts", "allowed", "appointed", "clear",
    "coverage", "create_account", "erase", "erased_events", "erasures_after", "event_proof", "filter_of", "first_event",
    "forget_expired_sessions", "forget_old_attempts", "forget_told", "furnish", "give_sequence", "history", "holders", "holders_of",
    "holding", "home", "insert_numbered", "insert_row", "insert_rows", "is_event_of", "language_of", "latest_told", "leaf_hash",
    "load_organisations", "load_people", "log_document", "log_root", "log_status", "logged", "look_among", "looks_at", "make_keys",
    "mark_of", "masked", "newest_event", "newest_sequence", "offices_of_places", "oldest_sequence", "organisation_labels", "origin",
    "people_faults", "qr_file", "qr_picture", "reached_as", "record", "record_bulk", "record_reveal", "ring", "ring_after_commit",
    "roles_reaching", "rows_against_leaves", "said_in_events", "seal", "session_alive", "sessions_alive", "stream_filter", "subtree_keys",
    "told_after", "unseal", "viewer_of", "viewer_of_account", "viewer_of_username",
]  # fmt: skip
