"""The front door of the data room."""

from hexi.core.data.actions import Change, act, allowed_actions, claim, claimed, create, locked, platform_change, revise, snapshot
from hexi.core.data.documents import form_schema, may, model_document, model_list, schema_of
from hexi.core.data.entities import Description, Group, describe, described, registers
from hexi.core.data.fields import Entity
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.forms import Form, question
from hexi.core.data.imports.steps import Report, import_file
from hexi.core.data.intake import imported_rows
from hexi.core.data.loose_ends import register_checks
from hexi.core.data.masking import Mask, mask_for
from hexi.core.data.parameters import tuned_context
from hexi.core.data.pointing import check_files
from hexi.core.data.records import (
    Listing,
    counted,
    counts_by_place,
    every,
    facets,
    listed,
    presented,
    readable,
    rows_where,
    shown_rows,
    title_of,
    words_of,
)
from hexi.core.data.sample import insert_sample, sample_size
from hexi.core.data.sharing import keys_of as office_keys
from hexi.core.data.sharing import written as offices_written
from hexi.core.data.sql import to_q
from hexi.core.data.values import Refused, parsed, parsed_all, plain
from hexi.core.data.wording import problem_words

__all__ = [
    "Change", "Description", "Entity", "Form", "Group", "Listing", "Mask", "Query", "Refused", "Report", "act", "allowed_actions",
    "check_files", "claim", "claimed", "condition_of", "counted", "counts_by_place", "create", "describe", "described", "every",
    "facets", "form_schema", "import_file", "imported_rows", "insert_sample", "listed", "locked", "mask_for", "may",
    "model_document", "model_list", "office_keys", "offices_written", "parsed", "parsed_all", "plain", "platform_change",
    "presented", "problem_words", "question", "readable", "register_checks", "registers", "revise", "rows_where", "sample_size",
    "schema_of", "shown_rows", "snapshot", "title_of", "to_q", "tuned_context", "words_of",
]  # fmt: skip
