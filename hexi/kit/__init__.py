"""Everything that a scenario may import. What is not here may change without notice."""

from datetime import timedelta

from hexi.core.data.api import Change, Form, Group, insert_sample, question, readable, rows_where, sample_size
from hexi.core.data.fields import Choice, Day, Document, Entity, File, Flag, LongText, Moment, Money, Number, Office, Place, Reference, Text
from hexi.core.space.api import doorway_codes
from hexi.kernel.catalogue import register
from hexi.kernel.condition import Column, Cond, Everything, Nothing, all_of, any_of
from hexi.kernel.context import Context, Param, now_context
from hexi.kernel.declare import Action, Grant, Indicator, Job, LayerSource, MenuItem, OpenCase, Progress, Role, Room, Rule, Scenario, Source
from hexi.kernel.errors import Conflict, Forbidden, HexiError, Invalid, NotFound, Problem, Unavailable
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.screen import Camera, Data, Drill, Encode, Envelope, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, Ticker
from hexi.modules.projects.api import load_programme_file

__all__ = [
    "Action", "Camera", "Change", "Choice", "Column", "Cond", "Conflict", "Context", "Data", "Day", "Document", "Drill", "Encode",
    "Entity", "Envelope", "Everything", "File", "Flag", "Forbidden", "Form", "Grant", "Group", "HexiError", "Indicator", "Invalid",
    "Job", "Label", "Layer", "LayerSource", "Lifecycle", "LongText", "MapPart", "MenuItem", "Moment", "Money", "NotFound", "Nothing",
    "Number", "Office", "Open", "OpenCase", "Page", "Panel", "Param", "Place", "Problem", "Progress", "Reference", "Role", "Room", "Rule",
    "Scenario", "Scope", "Series", "Source", "State", "Step", "Tab", "Text", "Ticker", "Unavailable", "all_of", "any_of", "days",
    "doorway_codes", "hours", "insert_sample", "load_programme_file", "now_context", "question", "readable", "register", "rows_where",
    "sample_size", "t",
]  # fmt: skip


def days(number: float) -> timedelta:
    """That many days."""
    return timedelta(days=number)


def hours(number: float) -> timedelta:
    """That many hours."""
    return timedelta(hours=number)
