"""The front door of the data room."""

from hexi.core.data.actions import Change, act, allowed_actions, answers_of, create, locked, platform_change, revise, snapshot
from hexi.core.data.addresses.ending import door_changes
from hexi.core.data.asking import Asked, List
from hexi.core.data.attached import byte_faults, files_unsaid, hanging_faults
from hexi.core.data.claims import claim, claimed
from hexi.core.data.concerned.acts import link_for_person
from hexi.core.data.concerned.erasing import erasing
from hexi.core.data.documents import form_schema, may, model_document, model_list, schema_of
from hexi.core.data.entities import Description, Group, describe, described, registers
from hexi.core.data.fields import Entity
from hexi.core.data.files import readable_file, uses_of
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.forms import Form, question
from hexi.core.data.imports.datums import datum_question, in_wgs84
from hexi.core.data.imports.steps import Report, import_file
from hexi.core.data.intake import imported_rows
from hexi.core.data.likeness import FARTHEST, Twin, twins_of
from hexi.core.data.loose_ends import register_checks
from hexi.core.data.many import insert_many
from hexi.core.data.masking import Mask, mask_for
from hexi.core.data.meshes.acts import Brought, import_meshes, rematch_meshes
from hexi.core.data.meshes.models import Mesh
from hexi.core.data.panels import for_readers_of, inside, may_read
from hexi.core.data.parameters import TUNERS, tuned_context
from hexi.core.data.planner import counted_anew
from hexi.core.data.pointing import check_files
from hexi.core.data.presenting import left_by, presented_whole
from hexi.core.data.records import (
    Listing,
    asked,
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
from hexi.core.data.sample import SAMPLE, amend_sample, begun_as_sample, insert_sample, sample_size
from hexi.core.data.sending import file_answer
from hexi.core.data.sharing import index_rows
from hexi.core.data.sharing import keys_of as office_keys
from hexi.core.data.sharing import written as offices_written
from hexi.core.data.sql import to_q
from hexi.core.data.stories import proof_link
from hexi.core.data.sums import ExactSum
from hexi.core.data.tags import paper_page
from hexi.core.data.throttle import count as count_use
from hexi.core.data.values import DISTRICT_ZONE, Refused, clean, cleaned, parsed, parsed_all, plain
from hexi.core.data.webhooks.addresses import AddressRefused, target_of
from hexi.core.data.webhooks.line import wanted_from
from hexi.core.data.webhooks.post import posted
from hexi.core.data.wording import problem_words

__all__ = [
    "DISTRICT_ZONE", "FARTHEST", "SAMPLE", "TUNERS", "AddressRefused", "Asked", "Brought", "Change", "Description", "Entity", "ExactSum",
    "Form", "Group", "List", "Listing", "Mask", "Mesh", "Query", "Refused", "Report", "Twin", "act", "allowed_actions", "amend_sample",
    "answers_of", "asked", "begun_as_sample", "byte_faults", "check_files", "claim", "claimed", "clean", "cleaned", "condition_of",
    "count_use", "counted", "counted_anew", "counts_by_place", "create", "datum_question", "describe", "described", "door_changes",
    "erasing", "every", "facets", "file_answer", "files_unsaid", "for_readers_of", "form_schema", "hanging_faults", "import_file",
    "import_meshes", "imported_rows", "in_wgs84", "index_rows", "insert_many", "insert_sample", "inside", "left_by", "link_for_person",
    "listed", "locked", "mask_for", "may", "may_read", "model_document", "model_list", "office_keys", "offices_written", "paper_page",
    "parsed", "parsed_all", "plain", "platform_change", "posted", "presented", "presented_whole", "problem_words", "proof_link",
    "question", "readable", "readable_file", "register_checks", "registers", "rematch_meshes", "revise", "rows_where", "sample_size",
    "schema_of", "shown_rows", "snapshot", "target_of", "title_of", "to_q", "tuned_context", "twins_of", "uses_of", "wanted_from",
    "words_of",
]  # fmt: skip
