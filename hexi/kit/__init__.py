"""Everything that a scenario may import. What is not here may change without notice."""

from datetime import timedelta

from hexi.core.data.api import (
    Change,
    Description,
    Form,
    Group,
    Refused,
    counts_by_place,
    insert_sample,
    may,
    parsed,
    plain,
    platform_change,
    question,
    readable,
    registers,
    revise,
    rows_where,
    sample_size,
    shown_rows,
    tuned_context,
)
from hexi.core.data.fields import (
    Choice,
    Day,
    Document,
    Entity,
    File,
    Flag,
    LongText,
    Moment,
    Money,
    Number,
    Office,
    Offices,
    Place,
    Reference,
    Text,
)
from hexi.core.space.api import Level, distance_m, doorway_codes, names, places_of, points_of
from hexi.core.trust.api import Viewer, organisation_labels
from hexi.kernel.case_type import CaseType, LimitRule, Rung
from hexi.kernel.catalogue import register
from hexi.kernel.clock import Clock, Limit
from hexi.kernel.condition import Column, Cond, Everything, Nothing, all_of, any_of
from hexi.kernel.context import Context, Param, now_context
from hexi.kernel.declare import (
    Action,
    Grant,
    Indicator,
    Job,
    LayerSource,
    MenuItem,
    OpenCase,
    Progress,
    Role,
    Room,
    Rule,
    Scenario,
    Source,
    Suspect,
)
from hexi.kernel.errors import Conflict, Forbidden, HexiError, Invalid, NotFound, Problem, Unavailable
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.screen import Camera, Data, Drill, Encode, Envelope, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, Ticker
from hexi.modules.cases.api import (
    CalledBack,
    Checked,
    Dispatch,
    NewCase,
    Precision,
    Reporter,
    called_back,
    called_back_unsolved,
    check_failed,
    check_passed,
    dispatch,
    district_calendar,
    may_open,
    open_case,
    precision_of,
    read_ladder,
    read_limits,
    reopened,
    suspect,
    wilson,
)
from hexi.modules.projects.api import load_programme_file

__all__ = [
    "Action", "CalledBack", "Camera", "CaseType", "Change", "Checked", "Choice", "Clock", "Column", "Cond", "Conflict", "Context",
    "Data", "Day", "Description", "Dispatch", "Document", "Drill", "Encode", "Entity", "Envelope", "Everything", "File", "Flag",
    "Forbidden", "Form", "Grant", "Group", "HexiError", "Indicator", "Invalid", "Job", "Label", "Layer", "LayerSource", "Level",
    "Lifecycle", "Limit", "LimitRule", "LongText", "MapPart", "MenuItem", "Moment", "Money", "NewCase", "NotFound", "Nothing",
    "Number", "Office", "Offices", "Open", "OpenCase", "Page", "Panel", "Param", "Place", "Precision", "Problem", "Progress",
    "Reference", "Refused", "Reporter", "Role", "Room", "Rule", "Rung", "Scenario", "Scope", "Series", "Source", "State", "Step",
    "Suspect", "Tab", "Text", "Ticker", "Unavailable", "Viewer", "all_of", "any_of", "called_back", "called_back_unsolved",
    "check_failed", "check_passed", "counts_by_place", "days", "dispatch", "distance_m", "district_calendar",
    "doorway_codes", "hours", "insert_sample", "load_programme_file", "may", "may_open", "names", "now_context",
    "open_case", "organisation_labels", "parsed", "places_of", "plain", "platform_change", "points_of", "precision_of",
    "question", "read_ladder", "read_limits", "readable", "register", "registers", "reopened", "revise", "rows_where",
    "sample_size", "shown_rows", "suspect", "t", "tuned_context", "wilson",
]  # fmt: skip


def days(number: float) -> timedelta:
    """That many days."""
    return timedelta(days=number)


def hours(number: float) -> timedelta:
    """That many hours."""
    return timedelta(hours=number)
