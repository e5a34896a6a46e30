"""Everything that a scenario may import. What is not here may change without notice."""

from datetime import timedelta

from hexi.core.data.api import (
    Change,
    Description,
    ExactSum,
    Form,
    Group,
    Refused,
    amend_sample,
    counts_by_place,
    datum_question,
    erasing,
    for_readers_of,
    in_wgs84,
    insert_many,
    insert_sample,
    inside,
    link_for_person,
    may,
    may_read,
    parsed,
    plain,
    platform_change,
    proof_link,
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
from hexi.core.sensing.api import FALL_LIMIT, FALL_SCORE, FALL_SEEN, SOS_CALL
from hexi.core.space.api import (
    DATUM_LABELS,
    Datum,
    GateRecord,
    Level,
    Standpoint,
    Walk,
    asked_of_walks,
    bordering,
    closures_at,
    convert,
    distance_m,
    district_layers,
    doors_version,
    doorway_codes,
    dwellings,
    gates_of,
    gates_shut_at,
    inhabited_doors,
    joined_shapes,
    names,
    nearest_helpers,
    place_at,
    places_of,
    points_of,
    shapes_of,
    smallest_places,
    standing_codes,
    streets_are_drawn,
    streets_of_district,
    streets_version,
    walking_order,
)
from hexi.core.trust.api import (
    Invented,
    PublicDocument,
    Viewer,
    accounts_named,
    mark_of,
    organisation_labels,
    qr_picture,
    record_reveal,
    subtree_keys,
)
from hexi.core.trust.api import load_organisations as invent_organisations
from hexi.core.trust.api import load_people as invent_people
from hexi.kernel.alarm import OUTCOMES, Alarm, Call, Contact, Outcome, Whom, pressed
from hexi.kernel.arrival import Answers, Arrival, Arriving, Question
from hexi.kernel.case_type import CaseType, LimitRule, Rung, limit_among
from hexi.kernel.catalogue import register
from hexi.kernel.clock import Clock, Limit
from hexi.kernel.concerned import Concerns, Own, People
from hexi.kernel.condition import Column, Cond, Everything, Nothing, all_of, any_of
from hexi.kernel.consent import Allowed, Consents, Quiet
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
    StreamRule,
    Suspect,
)
from hexi.kernel.detector import Detector, Judgement, Window
from hexi.kernel.errors import Conflict, Forbidden, HexiError, Invalid, NotFound, Problem, Unavailable
from hexi.kernel.found import Decide, Found
from hexi.kernel.ground import Arrived, Barred, Keeper, Shown, Spot, WalkAnswer, Warden
from hexi.kernel.hours import Hours, opening_hours
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.logged import Unlogged
from hexi.kernel.outside import Face, Fact, KindGroup, Nearby, Paper, Round, Sheet, Slip, Stop, Tag, Wanted
from hexi.kernel.party import Party, anybody_but
from hexi.kernel.reading import Reading, ReadingKind
from hexi.kernel.screen import Camera, Data, Drill, Encode, Envelope, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, Ticker
from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Unusual
from hexi.kernel.stream.seen import Circle, Fence, Seen
from hexi.kernel.stream.words import pattern_words
from hexi.kernel.tour import Demand, Terms, Tour
from hexi.modules.alarms.api import Duty, PastRescue, Raised, Rescue, RescueCall, alarm_case, load_past, on_duty, raise_alarm, said_title
from hexi.modules.cases.api import (
    CHECKERS,
    DISPATCHERS,
    HANDLERS,
    CalledBack,
    Case,
    CaseClock,
    CasePanels,
    CaseTask,
    Category,
    Checked,
    Course,
    Dispatch,
    NewCase,
    Over,
    PastCase,
    Period,
    Precision,
    Rate,
    RateTable,
    Replay,
    Reporter,
    Supervision,
    Tally,
    Verification,
    all_cases,
    behind,
    behind_page,
    called_back,
    called_back_unsolved,
    case_envelope,
    case_layer,
    case_rows,
    case_sources,
    check_failed,
    check_passed,
    dispatch,
    district_calendar,
    group_names,
    has_cases,
    load_tree,
    marked,
    may_open,
    merged,
    moments_by_day,
    noted,
    open_case,
    period_of,
    precision_of,
    ranked,
    rate_indicator,
    read_ladder,
    read_limits,
    read_rates,
    read_table,
    reopened,
    repeated,
    score,
    suspect,
    take_back,
    tallies,
    tally_of,
    tally_row,
    top_of,
    unmarked,
    wilson,
)
from hexi.modules.projects.api import load_programme_file
from hexi.modules.tours.api import read_terms

__all__ = [
    "CHECKERS", "DATUM_LABELS", "DISPATCHERS", "FALL_LIMIT", "FALL_SCORE", "FALL_SEEN", "HANDLERS", "OUTCOMES", "SOS_CALL", "Absent",
    "Action", "Alarm", "Allowed", "Answers", "Arrival", "Arrived", "Arriving", "Barred", "Call", "CalledBack", "Camera", "Case",
    "CaseClock", "CasePanels", "CaseTask", "CaseType", "Category", "Change", "Checked", "Choice", "Circle", "Clock", "Column", "Concerns",
    "Cond", "Conflict", "Consents", "Contact", "Context", "Counted", "Course", "Data", "Datum", "Day", "Decide", "Demand", "Description",
    "Detector", "Dispatch", "Document", "Drill", "Duty", "Encode", "Entity", "Envelope", "Everything", "ExactSum", "Face", "Fact",
    "Fence", "File", "Flag", "Forbidden", "Form", "Found", "GateRecord", "Grant", "Group", "Held", "HexiError", "Hours", "InOrder",
    "Indicator", "Invalid", "Invented", "Job", "Judgement", "Keeper", "KindGroup", "Label", "Layer", "LayerSource", "Level", "Lifecycle",
    "Limit", "LimitRule", "LongText", "MapPart", "MenuItem", "Moment", "Money", "Nearby", "NewCase", "NotFound", "Nothing", "Number",
    "Office", "Offices", "Open", "OpenCase", "Outcome", "Over", "Own", "Page", "Panel", "Paper", "Param", "Party", "PastCase",
    "PastRescue", "People", "Period", "Place", "Precision", "Problem", "Progress", "PublicDocument", "Question", "Quiet", "Raised",
    "Rate", "RateTable", "Reading", "ReadingKind", "Reference", "Refused", "Replay", "Reporter", "Rescue", "RescueCall", "Role", "Room",
    "Round", "Rule", "Rung", "Scenario", "Scope", "Seen", "Series", "Sheet", "Shown", "Slip", "Source", "Spot", "Standpoint", "State",
    "Step", "Stop", "StreamRule", "Supervision", "Suspect", "Tab", "Tag", "Tally", "Terms", "Text", "Ticker", "Tour", "Unavailable",
    "Unlogged", "Unusual", "Verification", "Viewer", "Walk", "WalkAnswer", "Wanted", "Warden", "Whom", "Window", "accounts_named",
    "alarm_case", "all_cases", "all_of", "amend_sample", "any_of", "anybody_but", "asked_of_walks", "behind", "behind_page", "bordering",
    "called_back", "called_back_unsolved", "case_envelope", "case_layer", "case_rows", "case_sources", "check_failed", "check_passed",
    "closures_at", "convert", "counts_by_place", "datum_question", "days", "dispatch", "distance_m", "district_calendar",
    "district_layers", "doors_version", "doorway_codes", "dwellings", "erasing", "for_readers_of", "gates_of", "gates_shut_at",
    "group_names", "has_cases", "hours", "in_wgs84", "inhabited_doors", "insert_many", "insert_sample", "inside", "invent_organisations",
    "invent_people", "joined_shapes", "limit_among", "link_for_person", "load_past", "load_programme_file", "load_tree", "mark_of",
    "marked", "may", "may_open", "may_read", "merged", "minutes", "moments_by_day", "names", "nearest_helpers", "noted", "now_context",
    "on_duty", "open_case", "opening_hours", "organisation_labels", "parsed", "pattern_words", "period_of", "place_at", "places_of",
    "plain", "platform_change", "points_of", "precision_of", "pressed", "proof_link", "qr_picture", "question", "raise_alarm", "ranked",
    "rate_indicator", "read_ladder", "read_limits", "read_rates", "read_table", "read_terms", "readable", "record_reveal", "register",
    "registers", "reopened", "repeated", "revise", "rows_where", "said_title", "sample_size", "score", "seconds", "shapes_of",
    "shown_rows", "smallest_places", "standing_codes", "streets_are_drawn", "streets_of_district", "streets_version", "subtree_keys",
    "suspect", "t", "take_back", "tallies", "tally_of", "tally_row", "top_of", "tuned_context", "unmarked", "walking_order", "wilson",
]  # fmt: skip


def days(number: float) -> timedelta:
    """That many days."""
    return timedelta(days=number)


def hours(number: float) -> timedelta:
    """That many hours."""
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    """That many minutes."""
    return timedelta(minutes=number)


def seconds(number: float) -> timedelta:
    """That many seconds."""
    return timedelta(seconds=number)
