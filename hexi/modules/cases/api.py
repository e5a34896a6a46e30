"""The front door of the cases room."""

from hexi.modules.cases.acts import REOPENED, reopened
from hexi.modules.cases.checking import called_back, called_back_unsolved, check_failed, check_passed
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.forms import CalledBack, Checked, Dispatch
from hexi.modules.cases.intake import Opened, open_case
from hexi.modules.cases.open311.callers import issue_key, withdraw_key
from hexi.modules.cases.standing import Run, runs
from hexi.modules.cases.suspicion import Precision, may_open, precision_of, suspect, wilson
from hexi.modules.cases.tables import district_calendar, read_ladder, read_limits
from hexi.modules.cases.tasks import dispatch

__all__ = [
    "REOPENED", "CalledBack", "Checked", "Dispatch", "NewCase", "Opened", "Precision", "Reporter", "Run", "called_back",
    "called_back_unsolved", "check_failed", "check_passed", "dispatch", "district_calendar", "issue_key", "may_open", "open_case",
    "precision_of", "read_ladder", "read_limits", "reopened", "runs", "suspect", "wilson", "withdraw_key",
]  # fmt: skip
