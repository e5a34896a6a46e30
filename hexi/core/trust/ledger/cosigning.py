"""Ask the witnesses of the policy file for their signatures: what they have signed, nobody can rewrite, not even we."""

from __future__ import annotations

import logging
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.signing import newest, newest_cosigned
from hexi.core.trust.ledger.trees import MAIN, reader_of
from hexi.kernel.errors import HexiError, Unavailable
from hexi.kernel.label import t
from hexi.kernel.tlog.cosigning import Collected, Post, collect
from hexi.kernel.tlog.merkle import consistency_proof
from hexi.kernel.tlog.policy import NO_QUORUM, Policy, policy_in

log = logging.getLogger(__name__)
FILE = "policy"


def policy_file() -> Path:
    """A trust policy of c2sp.org/tlog-policy: who cosigns the log, where they are asked, and how many of them are enough."""
    return Path(settings.LEDGER) / FILE


def policy() -> Policy | None:
    """The policy, None where nobody is to cosign. Raises Unproven with the line that is wrong."""
    return policy_in(policy_file().read_bytes()) if policy_file().exists() else None


@dataclass
class Cosigner:
    """Submits the newest checkpoint. `contradiction`: a witness says that this is not the log which it knows, so nothing may be signed."""

    post: Post | None = None
    clock: Callable[[], datetime] = timezone.now
    sizes: MutableMapping[str, int] = field(default_factory=dict[str, int])
    contradiction: HexiError | None = None
    refused: frozenset[str] = frozenset()

    def turn(self) -> bool:
        """Ask for the newest checkpoint, if it lacks the quorum. True when lines were added to it."""
        wanted, last = policy(), newest(MAIN)
        if wanted is None or last is None or last.cosigned_at is not None:
            return False
        return self._kept(last, self._asked(wanted, last))

    def first(self) -> None:
        """Before anything new is signed: do the witnesses know more than we? Raises what they say."""
        wanted, last = policy(), newest(MAIN)
        if wanted is not None and last is not None:
            self._kept(last, self._asked(wanted, last))
        if self.contradiction is not None:
            raise self.contradiction

    def _asked(self, wanted: Policy, last: Signed) -> Collected:
        def proof(old: int) -> Sequence[bytes]:
            return consistency_proof(old, last.size, reader_of(MAIN, last.size))

        found = collect((last.cosigned or last.note).encode(), wanted, proof, self.sizes, post=self.post)
        self.contradiction = found.contradiction or self.contradiction
        self._tell(found)
        return found

    def _tell(self, found: Collected) -> None:
        """Each witness that begins to refuse is logged once."""
        for address in set(found.refusals) - self.refused:
            log.warning("a witness did not sign: %s", found.refusals[address])
        self.refused = frozenset(found.refusals)

    def _kept(self, last: Signed, found: Collected) -> bool:
        note = found.note.decode()
        if not found.witnesses or (note == last.cosigned and not found.is_enough):
            return False
        enough_at = self.clock() if found.is_enough else None
        with transaction.atomic():
            Signed.objects.filter(pk=last.pk, cosigned_at=None).update(cosigned=note, cosigned_at=enough_at)
        return True


def unwitnessed(now: datetime) -> HexiError | None:
    """The alarm when the quorum has been missing for too long; None while all is well, or nobody is to cosign."""
    wanted = policy()
    if wanted is None or wanted.quorum == NO_QUORUM:
        return None
    cosigned = newest_cosigned(MAIN)
    waiting = Signed.objects.filter(tree=MAIN.name, size__gt=cosigned.size if cosigned else 0).order_by("size").first()
    patience = timedelta(minutes=settings.LEDGER_ALARM_M)
    if waiting is None or now - waiting.at < patience:
        return None
    return Unavailable(
        t(
            "见证方久未签名：日志仍在签发，但改动不再能被外部发现",
            "Witnesses have not signed for long: the log goes on, but nobody outside would see a change",
        ),
        which=f"{waiting.at:%Y-%m-%d %H:%M} UTC",
        do=t(
            "请联系见证方，并核对 HEXI_VAR/ledger/policy 中的地址",
            "Ask the witnesses, and compare their addresses in HEXI_VAR/ledger/policy",
        ),
        code="unwitnessed",
    )
