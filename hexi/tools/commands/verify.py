"""`hexi verify`: check a log, or one proof of it, without trusting the platform."""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from hexi.kernel.errors import HexiError, NotFound, Unavailable, Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog.checkpoint import Checkpoint
from hexi.kernel.tlog.policy import Policy, policy_in
from hexi.tools.command import spoken
from hexi.tools.verifying import modules, policy_of_keys, verify_log, verify_proof
from hexi.tools.voice import complain, say

if TYPE_CHECKING:
    from hexi.core.sensing.api import DayFault
    from hexi.core.trust.api import Fault

SUMMARY = t("核验日志或存证文件", "check a log or a proof file")
HOLDS, FALSE, USAGE, UNREADABLE = 0, 1, 2, 3
MAIN = "import sys\nfrom hexi.tools.command import main\nsys.exit(main())\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "0 all holds; 1 something does not; 2 wrong words; 3 it could not be read"
    parser.add_argument("where", nargs="?", help="the log's folder or address, or a .tlog-proof file")
    parser.add_argument("--policy", type=Path, help="whom you trust: logs, witnesses, quorum (c2sp.org/tlog-policy)")
    parser.add_argument("--key", action="append", default=[], metavar="VKEY",
                        help="instead of a policy: a public key of the log; may be repeated")  # fmt: skip
    parser.add_argument("--entry", type=Path, help="with a proof file: the entry's content, where the file does not bring it along")
    parser.add_argument("--memory", type=Path, help="remembers the checkpoint, and checks next time that the log only grew")
    parser.add_argument("--rows", action="store_true", help="on the platform's machine: compare its rows with their entries, too")
    parser.add_argument("--readings", action="store_true", help="with all that --rows compares, each day of stored readings, too")
    parser.add_argument("--files", action="store_true", help="with all that --rows compares, the bytes of each attached file, too")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write this program as one file for others: python FILE verify …")


def run(options: argparse.Namespace) -> int:
    if options.write:
        return _write(options.write)
    if not (options.where or _own(options)) or (options.where and not (options.policy or options.key)):
        complain(t("请给出日志位置，并用 --policy 或 --key 给出您信任的公钥", "Say where the log is, and by --policy or --key whom you trust"))
        return USAGE
    try:
        return _verified(options)
    except (NotFound, Unavailable) as error:
        complain(spoken(error))
        return UNREADABLE
    except HexiError as error:
        complain(t("核验不通过：", "DOES NOT HOLD: "))
        complain(spoken(error))
        return FALSE


def _verified(options: argparse.Namespace) -> int:
    held: Checkpoint | None = None
    if options.where and Path(options.where).is_file():
        entry = _read(options.entry) if options.entry else None
        verify_proof(Path(options.where), entry, _policy(options), say)
    elif options.where:
        held = verify_log(options.where, _policy(options), say, options.memory)
    if _own(options) and _faults(held, options):
        return FALSE
    say(t("核验通过", "All holds"))
    return HOLDS


def _own(options: argparse.Namespace) -> bool:
    """Is the platform's own data asked about?"""
    return bool(options.rows or options.readings or options.files)


def _faults(held: Checkpoint | None, options: argparse.Namespace) -> int:
    """How many faults the platform's own data has; each is said. `held` is the checkpoint that was just verified, where there is one."""
    try:
        from hexi.tools import house  # the program as one file has no platform
    except ImportError as error:
        do = t("请在平台所在机器上运行 hexi verify --rows", "Run hexi verify --rows on the platform's machine")
        raise Unavailable(t("此处没有平台", "There is no platform here"), do=do) from error
    house.open_house()
    from hexi.core.trust.api import erased_events, log_root

    with house.needing_disk_and_database():
        if held and log_root(held.size) != held.root:
            raise Unproven(OTHER_LOG, which=f"checkpoint {held.size}", do=KEEP_ALL)
        for erased in erased_events():
            say(erased.words)
        count = _rows() + (_days() if options.readings else 0) + (_files() if options.files else 0)
    if count:
        complain(t(f"核验不通过：{count} 处", f"DOES NOT HOLD: {count} in all"))
    else:
        say(t("业务数据、留痕与日志条目彼此相符", "Rows, events and entries of the log fit each other"))
    return count


def _rows() -> int:
    """How many faults rows, events, entries and what hangs on rows have. Then what was not compared is said, too."""
    from hexi.core.data.api import files_unsaid, hanging_faults
    from hexi.core.trust.api import coverage, people_faults, rows_against_leaves

    count, told = _complained(chain(rows_against_leaves(), people_faults(), hanging_faults())), coverage()
    say(t(f"已比对 {told.kinds} 类登记的 {told.rows} 行，每一行都须有产生它的留痕；以下不在其中：",
          f"{told.rows} rows of {told.kinds} kinds compared, each of which an event must have begun. Not among them:"))  # fmt: skip
    for one in told.exceptions:
        say(t("  {what}", "  {what}").filled(what=one))
    say(t(f"  没有留痕的表：{'、'.join(told.tables)}", f"  tables without events: {', '.join(told.tables)}"))
    if unsaid := files_unsaid():
        say(t(f"  {unsaid} 个附件的摘要没有写入留痕", f"  {unsaid} attached files whose hash no event says"))
    return count


def _files() -> int:
    """How many stored files are not as they were."""
    from hexi.core.data.api import byte_faults

    return _complained(byte_faults())


def _days() -> int:
    """How many days of readings are not as the ledger has them; each is said."""
    from hexi.core.sensing.api import days_against_ledger, days_in_ledger, files_not_in_ledger

    count, held, waiting = _complained(days_against_ledger()), days_in_ledger(), files_not_in_ledger()
    say(t(f"已比对 {held} 天的读数（按类逐日），{waiting} 个读数文件尚未记入账本",
          f"{held} days of readings compared, kind by kind; {waiting} files of readings are not in the ledger yet"))  # fmt: skip
    return count


def _complained(faults: Iterable[Fault | DayFault]) -> int:
    count = 0
    for fault in faults:
        complain(fault.words)
        count += 1
    return count


OTHER_LOG = t("数据库中的日志不是刚刚核验的那一份", "The log in the database is not the one that was just verified")
KEEP_ALL = t("请保留现场，并以见证方签过的检查点为准", "Keep everything as it is; what witnesses have signed is what counts")


def _policy(options: argparse.Namespace) -> Policy:
    return policy_in(_read(options.policy)) if options.policy else policy_of_keys(options.key)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        do = t("请核对文件名", "See that its name is right")
        raise NotFound(t("读不到文件", "The file cannot be read"), which=f"{file}: {error.strerror}", do=do) from error


def _write(file: Path) -> int:
    """A zip file that Python runs. Times are fixed: the same program is the same file, so its SHA-256 can be published."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in modules():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("__main__.py", (1980, 1, 1, 0, 0, 0)), MAIN)
    say(t(f"已写入 {file}；需要 Python 3.11 与 cryptography 包", f"{file} is written; it needs Python 3.11 and the package cryptography"))
    return HOLDS
