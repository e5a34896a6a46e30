"""The front door of the cases room."""

from hexi.modules.cases.acts import REOPENED, merged, noted, reopened
from hexi.modules.cases.attention import marked, unmarked
from hexi.modules.cases.case_panels import CasePanels
from hexi.modules.cases.checking import CHECKERS, called_back, called_back_unsolved, check_failed, check_passed
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.course import advance
from hexi.modules.cases.forms import CalledBack, Checked, Dispatch
from hexi.modules.cases.intake import Opened, open_case, opened
from hexi.modules.cases.listing import behind_page
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Category, Extension, Supervision, Verification
from hexi.modules.cases.open311.callers import issue_key, withdraw_key
from hexi.modules.cases.panels import (
    all_cases,
    case_envelope,
    case_layer,
    case_rows,
    case_sources,
    group_names,
    period_of,
    rate_indicator,
    tally_row,
    top_of,
)
from hexi.modules.cases.people import repeated
from hexi.modules.cases.rate_files import read_rates
from hexi.modules.cases.rates import Exclusion, Period, Rate, RateTable, Tally, behind, ranked, score, tallies, tally_of
from hexi.modules.cases.replay import PastCase, Replay, has_cases
from hexi.modules.cases.simulated import Course, Over, moments_by_day
from hexi.modules.cases.standing import Run, runs
from hexi.modules.cases.suspicion import Precision, may_open, precision_of, suspect, wilson
from hexi.modules.cases.tables import district_calendar, read_ladder, read_limits, read_row, read_table
from hexi.modules.cases.tasks import DISPATCHERS, HANDLERS, dispatch, take_back
from hexi.modules.cases.trees import load_tree

__all__ = [
    "CHECKERS", "DISPATCHERS", "HANDLERS", "REOPENED", "CalledBack", "Case", "CaseClock", "CasePanels", "CaseTask", "Category", "Checked",
    "Course", "Dispatch", "Exclusion", "Extension", "NewCase", "Opened", "Over", "PastCase", "Period", "Precision", "Rate", "RateTable",
    "Replay", "Reporter", "Run", "Supervision", "Tally", "Verification", "advance", "all_cases", "behind", "behind_page", "called_back",
    "called_back_unsolved", "case_envelope", "case_layer", "case_rows", "case_sources", "check_failed", "check_passed", "dispatch",
    "district_calendar", "group_names", "has_cases", "issue_key", "load_tree", "marked", "may_open", "merged", "moments_by_day", "noted",
    "open_case", "opened", "period_of", "precision_of", "ranked", "rate_indicator", "read_ladder", "read_limits", "read_rates",
    "read_row", "read_table", "reopened", "repeated", "runs", "score", "suspect", "take_back", "tallies", "tally_of", "tally_row",
    "top_of", "unmarked", "wilson", "withdraw_key",
]  # fmt: skip
