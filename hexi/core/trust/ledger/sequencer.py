"""One turn of the sequencer: number what waits, sign what is durable, publish what is signed; or say why not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.cosigning import Cosigner, unwitnessed
from hexi.core.trust.ledger.keys import DEMO_ORIGIN, Keys, has_keys, key_file, keys, make_keys
from hexi.core.trust.ledger.models import Entry, State
from hexi.core.trust.ledger.publishing import publish, published
from hexi.core.trust.ledger.records import key_entry, said_by
from hexi.core.trust.ledger.signing import GM_EVERY, newest, sign_gm, sign_main
from hexi.core.trust.ledger.trees import GM, MAIN, TREES, Tree, reader_of
from hexi.core.trust.ledger.waiting import Window
from hexi.kernel.errors import HexiError, Unavailable, Unproven
from hexi.kernel.label import LANGUAGES, Language, t
from hexi.kernel.tlog.tiles import root_from

log = logging.getLogger(__name__)
BATCH = 10_000
HALF = 199


class Sequencer:
    """The one writer of the log. `turn()` may be called as often as one likes; it bears being killed at any moment."""

    def __init__(
        self, clock: Callable[[], datetime] = timezone.now, gm_every: timedelta = GM_EVERY, cosigner: Cosigner | None = None
    ) -> None:  # fmt: skip
        self.clock, self.gm_every, self.cosigner = clock, gm_every, cosigner or Cosigner(clock=clock)
        self.window = Window()
        self.keys: Keys | None = None
        self.read_at = 0

    def turn(self) -> bool:
        """Number one batch, sign and publish. True when more waits. What hinders it is kept for the status and logged once."""
        try:
            own = self._own_keys()
            for tree in TREES:
                never_published_more(tree)
            more = self._number()
            for tree in TREES:
                never_published_otherwise(tree)
            if self.cosigner.contradiction is not None:
                raise self.cosigner.contradiction
            self._sign(own)
            self.publish()
            alarm = unwitnessed(self.clock())
        except HexiError as error:
            tell_trouble(error, self.clock())
            return False
        except OSError as error:
            tell_trouble(unwritable(error), self.clock())
            return False
        tell_trouble(alarm, self.clock())
        return more

    def forget(self) -> None:
        """Begin anew after the database was away: what is known of its transactions and of the log may be of another one."""
        self.window, self.keys = Window(), None

    def publish(self) -> None:
        """Write the newest checkpoints, with the lines of witnesses that have come since."""
        for tree in (GM, MAIN):
            if (last := newest(tree)) is not None:
                publish(tree, last.cosigned or last.note)

    def _own_keys(self) -> Keys:
        """The keys, read again when their file was changed."""
        written = key_file().stat().st_mtime_ns if key_file().exists() else 0
        if self.keys is None or self.read_at != written:
            self.keys = self._opened()
            self.read_at = key_file().stat().st_mtime_ns if key_file().exists() else 0
        return self.keys

    def _opened(self) -> Keys:
        """The keys, once the log was compared with what was published of it: that is a beginning of what the database holds."""
        found = make_keys(DEMO_ORIGIN) if settings.DEMO and not has_keys() else keys()
        for tree in TREES:
            never_published_more(tree)
            never_published_otherwise(tree, even_of_this_size=True)
        self.cosigner.first()
        _declare(found)
        return found

    def _number(self) -> bool:
        before = state().settled
        found = self.window.look(before, BATCH)
        if found.drafts or found.settled != before:
            append(found.drafts, found.settled)
        return len(found.drafts) == BATCH

    def _sign(self, own: Keys) -> None:
        if own.gm:
            sign_gm(own.origin, own.gm, self.clock(), self.gm_every)
        sign_main(own.origin, own.main, self.clock())


def _declare(found: Keys) -> None:
    """A change of keys is an entry, signed by the new ones; the first of all entries says the first keys."""
    last = Entry.objects.filter(kind="key").order_by("-index").first()
    if last is None or said_by(bytes(last.content)).get("keys") != found.lines:
        append([key_entry(found.origin, found.lines)])


def never_published_more(tree: Tree) -> None:
    """Raises Unproven when more was published than the database holds: it was set back to an older state."""
    size = state().size
    if (given := published(tree)) is not None and given.size > size:
        raise behind(f"{tree.prefix}checkpoint {given.size} > {size}")


def never_published_otherwise(tree: Tree, *, even_of_this_size: bool = False) -> None:
    """Raises Unproven when the published checkpoint has another root than the same entries in the database: asked before each new one."""
    given = published(tree)
    if given is None or not given.size or (given.size == state().size and not even_of_this_size):
        return
    if root_from(reader_of(tree, given.size), given.size, tree.hashing) != given.root:
        raise Unproven(
            t(
                "数据库中的日志与已公布的检查点不符，已停止签名",
                "The log in the database is not the one that was published; nothing more is signed",
            ),
            which=f"{tree.prefix}checkpoint {given.size}",
            do=t("请用 hexi verify 核查，并保留现场", "Examine it by hexi verify, and keep everything as it is"),
            code="forked",
        )


def unwritable(error: OSError) -> HexiError:
    """The error when files cannot be written. Nothing is lost: the next turn writes them from the database."""
    return Unavailable(
        t("日志文件写不进去，条目已编号但未公布", "The log's files cannot be written: entries are numbered, but not published"),
        which=str(error),
        do=t("请检查磁盘空间和 HEXI_VAR/ledger 的权限", "See that the disk has room and that HEXI_VAR/ledger can be written"),
        code="unwritable",
    )


def behind(which: str) -> Unproven:
    """The error when others know a larger log than the database: signing on would contradict what was signed."""
    return Unproven(
        t(
            "数据库比已公布的日志旧（可能恢复了备份），已停止签名",
            "The database is older than what was published (was a backup restored?); nothing more is signed",
        ),
        which=which,
        do=t(
            "请恢复更新的备份；若确已丢失，请移走 HEXI_VAR/ledger 并以新的名称另起日志",
            "Restore a newer backup; if the rest is lost, put HEXI_VAR/ledger aside and begin a log under a new name",
        ),
        code="behind",
    )


def _sentence(error: HexiError, language: Language) -> str:
    """What happened, which, what to do, on one line of half the column."""
    which, do = f"（{error.which}）" if error.which else "", f" {error.do.said(language)}" if error.do else ""
    return " ".join(f"{error.what.said(language)}{which}{do}".split())[:HALF]


def tell_trouble(error: HexiError | None, now: datetime) -> None:
    """Keep what hinders the log where the web can tell of it, or that nothing does; what is new is logged."""
    if error is None:
        if state().trouble and State.objects.filter(pk=1).update(trouble="", told="", since=None):
            log.warning("the log is well again")
        return
    told = "\n".join(_sentence(error, language) for language in LANGUAGES)
    State.objects.get_or_create(pk=1)
    if State.objects.filter(pk=1).exclude(trouble=error.code, told=told).update(trouble=error.code, told=told, since=now):
        log.error("the log is in trouble (%s): %s", error.code, told)
